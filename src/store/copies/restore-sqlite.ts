import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Instant } from '../../domain/model/time.ts';
import type { CopyRequest, RestoreDone } from '../../monitoring/ports.ts';
import { UserFacingError } from '../../monitoring/user-facing-error.ts';
import { openDatabase } from '../database.ts';
import { migrate } from '../migrate.ts';
import { makeFolder } from '../private-files.ts';
import { inTransaction } from '../transaction.ts';
import { PATIENT_WAITS } from '../waits.ts';
import { assertRegularFile, isOfDatabase } from './copy-place.ts';
import { markRestored } from './mark-restored.ts';
import { copyInto, faultOf, putInPlace, sizeOf, withRaw } from './sqlite-file.ts';
import { countTenants, takeAlone } from './take-alone.ts';

type Request = CopyRequest & Readonly<{ now: Instant; holdId: string }>;

/**
 * Puts a copy in the place of the database. 1. Make sure that nobody else has the database open, and that nothing in it
 * would be lost. 2. Read all of the file, copy it beside the database, bring its tables up to date, and write into it
 * that it was restored. 3. Keep the former database under another name, and give the new one its name, in one step. Up
 * to then the database is as it was.
 */
export async function restoreSqlite(database: string, request: Request): Promise<RestoreDone> {
  const { file, replace, now } = request;
  if (sizeOf(file) === 0) throw new UserFacingError(`There is no copy to restore: ${file}`, 'Check its name.');
  assertRegularFile(file);
  if (isOfDatabase(file, database)) throw new UserFacingError(`${file} is the database itself`, 'Name a copy of it.');
  const [work, ready] = [`${database}.restoring`, `${database}.restored`];
  if ([work, ready].some((each) => isOfDatabase(file, each))) throw ownName(file);
  makeFolder(dirname(database));
  const alone = takeAlone(database);
  try {
    if (!replace) assertNothingToLose(database, alone === null ? null : countTenants(alone.raw));
    copyWhole(file, work);
    const prepared = await prepare(work, request);
    // Into a file that this process has never had open: who opens it next is alone with it.
    withRaw(work, (raw) => copyInto(raw, ready));
    const keptAs = keepFormer(database, now);
    putInPlace(ready, database, true);
    return { ...prepared, keptAs };
  } finally {
    for (const each of [work, `${work}-wal`, `${work}-shm`, ready]) rmSync(each, { force: true });
    alone?.letGo();
  }
}

/** What a restore that was killed has left there is erased by the next one. */
function ownName(file: string): UserFacingError {
  return new UserFacingError(`${file} has a name that restoring itself uses`, 'Rename the copy, and restore it then.');
}

function assertNothingToLose(database: string, tenants: number | null): void {
  if (sizeOf(database) === 0 || tenants === 0) return;
  const what =
    tenants === null ? 'is damaged, or is no database' : `holds ${tenants} tenant${tenants === 1 ? '' : 's'}`;
  throw new UserFacingError(
    `${database} ${what}, and is not replaced`,
    'Give --replace to put the copy in its place. What is there now is kept beside it under another name.',
  );
}

function copyWhole(file: string, work: string): void {
  withRaw(file, (copy) => {
    const fault = faultOf(copy);
    if (fault !== null) {
      throw new UserFacingError(
        `${file} cannot be restored: ${fault}`,
        'Restore another copy. One that was made of PostgreSQL needs DATABASE_URL to lead to a PostgreSQL server.',
      );
    }
    copyInto(copy, work);
  });
}

async function prepare(work: string, { now, holdId }: Request): Promise<Omit<RestoreDone, 'keptAs'>> {
  const database = openDatabase(`file:${work}`, PATIENT_WAITS);
  try {
    const migrations = await migrate(database);
    return { migrations, ...(await inTransaction(database, (session) => markRestored(session, now, holdId))) };
  } finally {
    await database.close();
  }
}

/** Where what was there is kept. The new file is about to take the name; until then both names lead to the old one. */
function keepFormer(database: string, now: Instant): string | null {
  if (sizeOf(database) === 0) return null;
  const kept = unusedName(`${database}.replaced-${new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`);
  for (const suffix of ['-wal', '-shm']) {
    if (sizeOf(database + suffix) > 0) renameSync(database + suffix, kept + suffix);
  }
  linkSync(database, kept);
  return kept;
}

/** Two restores may come within a second. */
function unusedName(name: string): string {
  let unused = name;
  for (let number = 2; existsSync(unused); number++) unused = `${name}-${number}`;
  return unused;
}
