import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserFacingError } from '../../monitoring/user-facing-error.ts';
import { isSameFile } from '../same-file.ts';

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
  assertRegularFile(file);
  if (!replace) throw alreadyThere(file);
}

/** Throws for a device, a pipe or a folder. */
export function assertRegularFile(file: string): void {
  if (!statSync(file).isFile()) throw new UserFacingError(`${file} is no regular file`, 'Name a file for the copy.');
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
