import { randomUUID } from 'node:crypto';
import type { MoveDone, MoveRequest } from '../../monitoring/ports.ts';
import { UserFacingError } from '../../monitoring/user-facing-error.ts';
import { type Database, openDatabase, type Session } from '../database.ts';
import { describePlace, hasTables } from '../existing.ts';
import { appliedNames, MOVE_UNFINISHED, migrate } from '../migrate.ts';
import { inPlainWords } from '../plain-words.ts';
import { migrationNames } from '../program-level.ts';
import { inTransaction } from '../transaction.ts';
import { PATIENT_WAITS } from '../waits.ts';
import { asBystander, assertNobodyAt } from './nobody-at.ts';
import { addRows, NO_ROWS, type RowsDigest } from './rows-digest.ts';
import { countRows, type SourceTable, sourcePages, sourceTables } from './source-tables.ts';
import { columnOf, type RawSqlite } from './sqlite-file.ts';
import { takeAlone } from './take-alone.ts';
import { copyRowsInto, countOn, targetPages, targetTable, valuesOf } from './target-table.ts';

/**
 * Takes every row of an SQLite file to PostgreSQL. 1. Make sure that no Linkwatch is at work on either, and that the
 * target is empty. 2. Make its tables, and mark it as unfinished, so that no Linkwatch starts with it. 3. Copy table by
 * table, a page of rows at a time. 4. Read all of it back: each table must hold as many rows as the file, and the same.
 * 5. Take the mark away. The file itself is only read.
 */
export async function moveToPostgresql(file: string, { url, onProgress }: MoveRequest): Promise<MoveDone> {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new UserFacingError(
      'The new place is no PostgreSQL database',
      'Write it as postgresql://user:password@host/name.',
    );
  }
  const alone = takeAlone(file);
  if (alone === null)
    throw new UserFacingError(`There is no database of Linkwatch to move: ${file}`, 'Check DATABASE_URL.');
  const target = openDatabase(asBystander(url), PATIENT_WAITS);
  try {
    assertUpToDate(alone.raw);
    return await inPlainWords(url, async () => {
      const tables = sourceTables(alone.raw);
      const begunAnew = await begin(target, url, tables);
      const moved = await moveTables(alone.raw, { target, tables }, onProgress);
      await finish(target);
      return { from: describePlace(`file:${file}`), to: describePlace(url), begunAnew, tables: moved };
    });
  } finally {
    await target.close();
    alone.letGo();
  }
}

function assertUpToDate(raw: RawSqlite): void {
  const applied = columnOf(raw, 'SELECT "migration_name" FROM "_prisma_migrations"').map(String);
  const known = migrationNames('sqlite');
  if (applied.length === known.length && known.every((name) => applied.includes(name))) return;
  throw new UserFacingError(
    'The tables of the SQLite file are of another version',
    'Run `linkwatch db migrate` first.',
  );
}

/** True when rows of a move that broke off were erased. */
async function begin(target: Database, url: string, tables: readonly SourceTable[]): Promise<boolean> {
  await assertNobodyAt(target, url, describePlace(url));
  const isUnfinished = (await hasTables(target, url)) && (await appliedNames(target)).includes(MOVE_UNFINISHED);
  if (!isUnfinished) {
    await migrate(target);
    await assertEmpty(target, url);
  }
  await inTransaction(target, async (session) => {
    if (!isUnfinished) await mark(session);
    // The migrations themselves have put a row into one of them.
    await session.db.$executeRawUnsafe(`TRUNCATE ${tables.map(({ name }) => `"${name}"`).join(', ')}`);
  });
  return isUnfinished;
}

async function assertEmpty({ db }: Session, url: string): Promise<void> {
  const tenants = await db.tenant.count();
  const others = (await db.apiKey.count()) + (await db.webhookEndpoint.count());
  if (tenants + others === 0) return;
  throw new UserFacingError(
    `${describePlace(url)} is not empty: it holds ${tenants} tenant${tenants === 1 ? '' : 's'}, and ${others} API keys and webhooks`,
    'Name an empty database, or another schema of it (?schema=NAME).',
  );
}

async function mark({ db }: Session): Promise<void> {
  await db.$executeRawUnsafe(
    `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "applied_steps_count") VALUES ($1, '', $2, 0)`,
    randomUUID(),
    MOVE_UNFINISHED,
  );
}

async function finish({ db }: Session): Promise<void> {
  await db.$executeRawUnsafe('DELETE FROM "_prisma_migrations" WHERE "migration_name" = $1', MOVE_UNFINISHED);
}

type Way = Readonly<{ target: Database; tables: readonly SourceTable[] }>;

async function moveTables(
  raw: RawSqlite,
  { target, tables }: Way,
  onProgress: MoveRequest['onProgress'],
): Promise<MoveDone['tables']> {
  const total = tables.reduce((sum, table) => sum + countRows(raw, table), 0);
  let done = 0;
  const sent: (readonly [SourceTable, RowsDigest])[] = [];
  for (const table of tables) {
    const digest = await moveTable(raw, { target, table }, (rows) => {
      done += rows;
      onProgress(done, total);
    });
    sent.push([table, digest]);
  }
  for (const [table, digest] of sent) await assertArrived(target, table, digest);
  return sent.map(([{ name: table }, { rows }]) => ({ table, rows }));
}

async function moveTable(
  raw: RawSqlite,
  { target, table }: Readonly<{ target: Database; table: SourceTable }>,
  onPage: (rows: number) => void,
): Promise<RowsDigest> {
  const into = await targetTable(target, table);
  let sent = NO_ROWS;
  for (const page of sourcePages(raw, table)) {
    const rows = page.map((row) => valuesOf(into, row));
    await copyRowsInto(target, into, rows);
    sent = addRows(sent, rows);
    onPage(rows.length);
  }
  await countOn(target, into);
  return sent;
}

async function assertArrived(target: Database, table: SourceTable, sent: RowsDigest): Promise<void> {
  let found = NO_ROWS;
  for await (const rows of targetPages(target, await targetTable(target, table))) found = addRows(found, rows);
  if (found.rows === sent.rows && found.digest === sent.digest) return;
  throw new UserFacingError(
    `The table ${table.name} has not arrived as it was: ${found.rows} rows of ${sent.rows}, or other ones`,
    'Nothing was changed in the SQLite file. See that nobody else writes to the new database, and begin anew.',
  );
}
