import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { type Dialect, postgresql, sqlite } from './dialect.ts';
import { PrismaClient as PostgresClient } from './generated/postgresql/client.ts';
import { PrismaClient as SqliteClient } from './generated/sqlite/client.ts';
import type { Prisma, PrismaClient } from './model.ts';
import { OneConnectionLibSql } from './one-connection.ts';
import { placeOf } from './plain-words.ts';

/** What reads and writes: the database itself, or one transaction of it. */
export type Session = Readonly<{ db: Prisma.TransactionClient; dialect: Dialect }>;

export type Database = Session & Readonly<{ db: PrismaClient }>;

/** How long SQLite waits for another process's transaction, and PostgreSQL for a connection. */
const WAIT_MS = 5000;

const clientOptions = {
  errorFormat: 'minimal',
  transactionOptions: { maxWait: 30_000, timeout: 30_000 },
} as const;

/** Connects on first use. `databaseUrl`: `file:…` or `postgresql://…`, as in `DATABASE_URL`. */
export function openDatabase(databaseUrl: string, waitMs = WAIT_MS): Database {
  if (databaseUrl.startsWith('file:')) return openSqlite(databaseUrl, waitMs);
  if (/^postgres(ql)?:\/\//.test(databaseUrl)) return openPostgresql(databaseUrl, waitMs);
  throw new Error('The database URL begins with neither file: nor postgresql://');
}

/** `synchronous` stays FULL: after a power cut, a rotated refresh token that was not on disk would be lost for good. */
function openSqlite(databaseUrl: string, waitMs: number): Database {
  const file = fileOf(databaseUrl);
  const adapter = new OneConnectionLibSql(
    { url: pathToFileURL(file).href, timeout: waitMs },
    { timestampFormat: 'unixepoch-ms' },
  );
  return { db: new SqliteClient({ ...clientOptions, adapter }), dialect: sqlite };
}

/** `file:./data/x.db` is relative to the working directory, `file:/x.db` and `file:///x.db` are absolute. */
export function fileOf(databaseUrl: string): string {
  if (databaseUrl.startsWith('file://')) return fileURLToPath(databaseUrl);
  return resolve(decodeURIComponent(databaseUrl.slice('file:'.length)));
}

/** Prisma's own queries name the schema; raw ones find it by the search path. */
function openPostgresql(databaseUrl: string, waitMs: number): Database {
  const url = new URL(databaseUrl);
  const { schema } = placeOf(databaseUrl);
  const { searchParams } = url;
  if (schema !== null) searchParams.set('options', `${searchParams.get('options') ?? ''} -c search_path="${schema}"`);
  const pool = { connectionString: url.href, connectionTimeoutMillis: waitMs };
  const adapter = new PrismaPg(pool, schema === null ? {} : { schema });
  const client = new PostgresClient({ ...clientOptions, adapter });
  return { db: client as unknown as PrismaClient, dialect: postgresql(schema) };
}

export async function ping({ db, dialect }: Database): Promise<void> {
  await db.$queryRawUnsafe(dialect.ping);
}
