import { closeSync, openSync, rmSync } from 'node:fs';
import type { Instant } from '../../domain/model/time.ts';
import type { BackupDone, CopyRequest } from '../../monitoring/ports.ts';
import { UserFacingError } from '../../monitoring/user-facing-error.ts';
import { openDatabase } from '../database.ts';
import { describePlace, hasTables } from '../existing.ts';
import { inPlainWords } from '../plain-words.ts';
import { assertCopyPlace } from './copy-place.ts';
import { ourTables } from './our-tables.ts';
import { runProgram } from './postgresql-programs.ts';
import { putInPlace, sizeOf } from './sqlite-file.ts';
import { removeUnfinished, unfinishedCopy } from './unfinished-copies.ts';

type Request = CopyRequest & Readonly<{ now: Instant }>;

/** As `backUpSqlite`, by `pg_dump`: our tables alone, whatever else is in the database. */
export async function backUpPostgresql(databaseUrl: string, { file, replace, now }: Request): Promise<BackupDone> {
  assertCopyPlace(file, replace, null);
  const tables = await tablesAt(databaseUrl);
  removeUnfinished(file);
  const beside = unfinishedCopy(file);
  try {
    rmSync(beside, { force: true });
    closeSync(openSync(beside, 'wx', 0o600));
    const chosen = tables.map((name) => `--table=${name}`);
    const options = ['--format=custom', '--no-owner', '--no-privileges', '--lock-wait-timeout=60s', `--file=${beside}`];
    await runProgram('pg_dump', [...options, ...chosen], databaseUrl);
    putInPlace(beside, file, replace);
  } finally {
    rmSync(beside, { force: true });
  }
  return { file, bytes: sizeOf(file), takenAt: now };
}

async function tablesAt(databaseUrl: string): Promise<readonly string[]> {
  const database = openDatabase(databaseUrl);
  try {
    return await inPlainWords(databaseUrl, async () => {
      if (await hasTables(database, databaseUrl)) return (await ourTables(database)).map(({ quoted }) => quoted);
      throw new UserFacingError(`There is no database of Linkwatch yet: ${describePlace(databaseUrl)}`, null);
    });
  } finally {
    await database.close();
  }
}
