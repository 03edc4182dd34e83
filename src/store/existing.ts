import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Database, fileOf } from './database.ts';
import { placeOf } from './plain-words.ts';

/** The database for a person: a file's path, or server, database and schema, without user and password. */
export function describePlace(databaseUrl: string): string {
  if (databaseUrl.startsWith('file:')) return `SQLite ${fileOf(databaseUrl)}`;
  const { host, pathname, searchParams } = new URL(databaseUrl);
  const server = searchParams.get('host') ?? host;
  const { schema } = placeOf(databaseUrl);
  return `PostgreSQL ${server}${pathname}${schema === null ? '' : `, schema ${schema}`}`;
}

/** Whether Linkwatch has made its tables there. A missing SQLite file is not made by the question. */
export async function hasTables({ db, dialect }: Database, databaseUrl: string): Promise<boolean> {
  if (databaseUrl.startsWith('file:') && isMissing(fileOf(databaseUrl))) return false;
  const rows = await db.$queryRawUnsafe<readonly unknown[]>(dialect.findTable, '_prisma_migrations');
  return rows.length > 0;
}

/** A file of no bytes is what a database leaves that was opened and never written. */
function isMissing(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0;
}

/** Writes what is there already: fails where nothing can be stored, and changes nothing. */
export async function tryWriting({ db }: Database): Promise<void> {
  await db.$executeRawUnsafe('UPDATE "_prisma_migrations" SET "applied_steps_count" = "applied_steps_count"');
}

/** What the disk of a SQLite file has left for this user; null for a server's, or where the system does not tell. */
export async function freeBytes(databaseUrl: string): Promise<number | null> {
  if (!databaseUrl.startsWith('file:')) return null;
  const disk = await statfs(dirname(fileOf(databaseUrl))).catch(() => null);
  return disk === null ? null : disk.bavail * disk.bsize;
}
