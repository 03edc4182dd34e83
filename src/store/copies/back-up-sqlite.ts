import { rmSync } from 'node:fs';
import type { Instant } from '../../domain/model/time.ts';
import type { BackupDone, CopyRequest } from '../../monitoring/ports.ts';
import { UserFacingError } from '../../monitoring/user-facing-error.ts';
import { codeOf } from '../driver-error.ts';
import { assertCopyPlace } from './copy-place.ts';
import { copyInto, faultOf, putInPlace, type RawSqlite, sizeOf, tablesOf, withRaw } from './sqlite-file.ts';
import { removeUnfinished, unfinishedCopy } from './unfinished-copies.ts';

type Request = CopyRequest & Readonly<{ now: Instant }>;

/**
 * Copies the database as of one moment. 1. Copy it beside the file. 2. Write into the copy when it was made. 3. Read
 * all of the copy, whether it is whole. 4. Give it its name. What breaks off leaves no file of that name.
 */
export function backUpSqlite(database: string, { file, replace, now: takenAt }: Request): BackupDone {
  assertCopyPlace(file, replace, database);
  if (sizeOf(database) === 0) throw new UserFacingError(`There is no database of Linkwatch yet: ${database}`, null);
  removeUnfinished(file);
  const beside = unfinishedCopy(file);
  try {
    withRaw(database, (raw) => copyInto(raw, beside));
    const fault = withRaw(beside, (copy) => {
      noteTime(copy, takenAt);
      return faultOf(copy);
    });
    if (fault !== null) throw new UserFacingError(`The copy cannot be used: ${fault}`, 'Check the disks of both.');
    putInPlace(beside, file, replace);
  } catch (error) {
    for (const suffix of ['', '-journal']) rmSync(beside + suffix, { force: true });
    throw inPlainWords(error, file);
  }
  return { file, bytes: sizeOf(file), takenAt };
}

/** An older database has no place for it; then the latest row of the copy tells. */
function noteTime(copy: RawSqlite, takenAt: Instant): void {
  if (tablesOf(copy).includes('Backup')) {
    copy.prepare('INSERT OR REPLACE INTO "Backup" ("id", "takenAt") VALUES (1, ?)').run(takenAt);
  }
}

function inPlainWords(error: unknown, file: string): unknown {
  const code = String(codeOf(error));
  if (error instanceof UserFacingError) return error;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return new UserFacingError(`There is no room for the copy ${file}`, 'Make room, or name a file on another disk.', {
      cause: error,
    });
  }
  if (/^(E[A-Z]+|SQLITE_(CANTOPEN|READONLY|IOERR).*)$/.test(code)) {
    return new UserFacingError(
      `The copy ${file} cannot be written (${code})`,
      'Name a file in a folder that may be written to.',
      {
        cause: error,
      },
    );
  }
  return error;
}
