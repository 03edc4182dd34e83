import { existsSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { HOUR_MS, MINUTE_MS } from '../../domain/model/time.ts';
import { UserFacingError } from '../../monitoring/user-facing-error.ts';
import { codeOf } from '../driver-error.ts';

/** SQLite's own files beside a database; whoever writes there destroys what is not yet in the database file. */
const SQLITE_SUFFIXES = ['', '-wal', '-shm', '-journal'];

/**
 * Throws where a copy would take the place of something that is none: of the database itself (null for a server's), by
 * whichever path or link it is named, of a device, a pipe or a folder, and without `replace` of any file.
 */
export function assertCopyPlace(file: string, replace: boolean, database: string | null): void {
  if (database !== null && isOfDatabase(file, database)) {
    throw new UserFacingError(`${file} is the database itself, or a part of it`, 'Name another file for the copy.');
  }
  if (!existsSync(file)) return;
  if (!statSync(file).isFile()) throw new UserFacingError(`${file} is no regular file`, 'Name a file for the copy.');
  if (!replace) throw alreadyThere(file);
}

/** By its place, and by what lies there: a file may have several names. */
export function isOfDatabase(file: string, database: string): boolean {
  const parts = SQLITE_SUFFIXES.map((suffix) => database + suffix);
  return parts.some((part) => placeOf(part) === placeOf(file) || isSameFile(part, file));
}

export function alreadyThere(file: string): UserFacingError {
  return new UserFacingError(`${file} is there already`, 'Name another file, or give --replace.');
}

function placeOf(file: string): string {
  if (existsSync(file)) return realpathSync(file);
  const folder = dirname(file);
  return existsSync(folder) ? join(realpathSync(folder), basename(file)) : file;
}

function isSameFile(one: string, other: string): boolean {
  // Numbers of files may be larger than a number of JavaScript holds exactly.
  const [a, b] = [one, other].map((file) => statSync(file, { throwIfNoEntry: false, bigint: true }));
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

/** Where a copy is made, beside its place, until it is whole. */
export function unfinishedCopy(file: string): string {
  return `${file}.${process.pid}.partial`;
}

/** No copy takes longer: what is older was left by a process that was killed, and nobody else would ever remove it. */
const LONGEST_COPY_MS = 24 * HOUR_MS;
/** A copy that grows is younger, though its process may not be seen from here: it may run in another container. */
const UNTOUCHED_MS = 10 * MINUTE_MS;

/**
 * Removes what earlier copies to the same place have left unfinished: it holds addresses and sealed tokens. What cannot
 * be removed stays.
 */
export function removeUnfinished(file: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const [, owner] = /^\.(\d+)\.partial(-journal)?$/.exec(name.slice(basename(file).length)) ?? [];
    if (owner === undefined || !name.startsWith(basename(file))) continue;
    removeIfLeft(join(folder, name), Number(owner));
  }
}

function removeIfLeft(path: string, owner: number): void {
  try {
    const untouchedMs = Date.now() - statSync(path).mtimeMs;
    const isLeft = untouchedMs > LONGEST_COPY_MS || (untouchedMs > UNTOUCHED_MS && !isRunning(owner));
    if (isLeft) rmSync(path, { force: true });
  } catch {
    // Somebody else's file, or one that is gone already.
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
