import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Libsql from 'libsql';
import { codeOf } from '../driver-error.ts';
import { alreadyThere } from './copy-place.ts';

export type RawSqlite = InstanceType<typeof Libsql>;

const TRY_MS = 50;

/** A connection without Prisma, for statements that belong to no transaction. */
export function openRaw(file: string): RawSqlite {
  return new Libsql(file, { timeout: TRY_MS });
}

/** A connection that is closed whatever comes of the work: a file that stays open is in use for everybody else. */
export function withRaw<T>(file: string, work: (raw: RawSqlite) => T): T {
  const raw = openRaw(file);
  try {
    return work(raw);
  } finally {
    raw.close();
  }
}

/** Copies the database into a new file that this user alone may read, as of one moment; whoever writes goes on. */
export function copyInto(from: RawSqlite, file: string): void {
  rmSync(file, { force: true });
  closeSync(openSync(file, 'wx', 0o600));
  from.prepare('VACUUM INTO ?').run(file);
}

/** What is wrong with the file as a database of Linkwatch; null when nothing is. */
export function faultOf(raw: RawSqlite): string | null {
  try {
    const [first] = columnOf(raw, 'PRAGMA integrity_check');
    if (first !== 'ok') return `it is damaged: ${first}`;
    if (columnOf(raw, 'PRAGMA foreign_key_check').length > 0) return 'rows of it refer to rows that are missing';
    return tablesOf(raw).includes('_prisma_migrations') ? null : 'it is no database of Linkwatch';
  } catch (error) {
    return isNoDatabase(error) ? 'it is no SQLite database, or is damaged' : String(error);
  }
}

export function tablesOf(raw: RawSqlite): readonly string[] {
  return columnOf(raw, `SELECT "name" FROM "sqlite_master" WHERE "type" = 'table'`).map(String);
}

/** The first column of each row. */
export function columnOf(raw: RawSqlite, sql: string): readonly unknown[] {
  return raw
    .prepare(sql)
    .raw(true)
    .all()
    .map((row) => (row as readonly unknown[])[0]);
}

/** SQLite's codes of a file that is damaged, or is something else. */
export function isNoDatabase(error: unknown): boolean {
  return /^SQLITE_(NOTADB|CORRUPT)/.test(String(codeOf(error)));
}

export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** What is in the file, or folder, stays there from here on, also when the power fails. */
export function settle(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Gives the finished file its name, in one step. Without `replace` nothing that lies there is touched. */
export function putInPlace(finished: string, file: string, replace: boolean): void {
  settle(finished);
  if (replace) renameSync(finished, file);
  else moveWhereNothingIs(finished, file);
  settle(dirname(file));
}

function moveWhereNothingIs(finished: string, file: string): void {
  try {
    linkSync(finished, file);
    rmSync(finished);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || existsSync(file)) throw alreadyThere(file);
    // A file system without links.
    renameSync(finished, file);
  }
}
