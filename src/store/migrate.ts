import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OutdatedProgram } from '../monitoring/outdated-program.ts';
import { UserFacingError } from '../monitoring/user-facing-error.ts';
import type { Database, Session } from './database.ts';
import type { Dialect } from './dialect.ts';
import {
  assertMayWrite,
  folderOf,
  levelNeededBy,
  type Migration,
  migrationNames,
  readLowestLevel,
} from './program-level.ts';
import { retrying } from './transaction.ts';
import { troubleOf } from './trouble.ts';

/**
 * A second start waits for the first: on SQLite for as long as the pauses of so many attempts take, a minute and a
 * half.
 */
const ATTEMPTS = 60;

/** The table and its columns are Prisma's own, so that Prisma's tools read it too. */
export const CREATE_LEDGER = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMP,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMP,
  "started_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/** Reads alone, so that a command that only looks does not wait for anybody who writes. */
export async function isUpToDate({ db, dialect }: Database): Promise<boolean> {
  for (const { ask, wanted } of dialect.settings) {
    if ((await settingOf(db, ask)) !== wanted) return false;
  }
  const applied = await appliedNames({ db, dialect }).catch((error: unknown): readonly string[] => {
    // Without its tables, or without the right to read them, migrating says what is missing.
    if (troubleOf(error, dialect.name) === null) return [];
    throw error;
  });
  assertReady(applied);
  if (!migrationNames(dialect.name).every((name) => applied.includes(name))) return false;
  assertMayWrite(await readLowestLevel({ db, dialect }));
  return true;
}

/**
 * Brings the database up to this program's model and returns the names of the migrations it applied. Any number of
 * processes may start at once: one migrates, the others wait for it. All migrations or none.
 */
export async function migrate(
  database: Database,
  migrations = readMigrations(database.dialect.name),
): Promise<readonly string[]> {
  const { db, dialect } = database;
  return retrying(async () => {
    for (const statement of dialect.beforeMigrations) await db.$queryRawUnsafe(statement);
    try {
      return await db.$transaction((transaction) => applyMissing({ db: transaction, dialect }, migrations));
    } finally {
      for (const statement of dialect.afterMigrations) await db.$queryRawUnsafe(statement);
    }
  }, ATTEMPTS);
}

/** Within a transaction that also does something else. */
export async function applyMissing(
  session: Session,
  migrations: readonly Migration[] = readMigrations(session.dialect.name),
): Promise<readonly string[]> {
  for (const statement of session.dialect.lockMigrations) await session.db.$executeRawUnsafe(statement);
  await session.db.$executeRawUnsafe(CREATE_LEDGER);
  const applied = await appliedNames(session);
  const missing = migrations.filter(({ name }) => !applied.includes(name));
  if (applied.length === 0) await assertHoldsEveryAlphabet(session);
  assertReady(applied);
  assertMayWrite(await readLowestLevel(session));
  assertOfOurLine(applied, migrations);
  const level = levelNeededBy(missing);
  if (level !== null) await lockOutOthers(session);
  for (const migration of missing) await apply(session, migration);
  if (level !== null) await raiseLevel(session, level);
  return missing.map(({ name }) => name);
}

async function settingOf(db: Session['db'], ask: string): Promise<unknown> {
  const [row = {}] = await db.$queryRawUnsafe<readonly Record<string, unknown>[]>(ask);
  return Object.values(row)[0];
}

async function assertHoldsEveryAlphabet({ db, dialect }: Session): Promise<void> {
  if (dialect.encoding === null) return;
  const { ask, wanted } = dialect.encoding;
  const encoding = await settingOf(db, ask);
  if (encoding === wanted) return;
  throw new UserFacingError(
    `The database is encoded as ${encoding}, which does not hold the names of every language`,
    `Make another one, and name it in DATABASE_URL: CREATE DATABASE linkwatch ENCODING '${wanted}' LOCALE 'C' TEMPLATE template0`,
  );
}

/**
 * Waits until no transaction of an older program is under way that may write by the level that it has read, and lets
 * none begin before ours has ended (`lease-clock.ts` reads the level in each of them).
 */
async function lockOutOthers(session: Session): Promise<void> {
  const { db, dialect } = session;
  if (dialect.lockTable !== null && (await readLowestLevel(session)) !== null) {
    await db.$executeRawUnsafe(dialect.lockTable('WriterLevel'));
  }
}

async function raiseLevel(session: Session, level: number): Promise<void> {
  const lowest = await readLowestLevel(session);
  if (lowest === null || lowest >= level) return;
  await session.db.$executeRawUnsafe('UPDATE "WriterLevel" SET "lowest" = $1', level);
}

export async function appliedNames({ db }: Session): Promise<readonly string[]> {
  const rows = await db.$queryRawUnsafe<readonly { migration_name: string }[]>(
    'SELECT "migration_name" FROM "_prisma_migrations"',
  );
  return rows.map((row) => row.migration_name);
}

/** In the ledger of a database that is not ready: no Linkwatch starts with it. */
export const MOVE_UNFINISHED = '9999_a_move_into_this_database_is_not_finished';
export const RESTORE_UNFINISHED = '9999_a_restore_of_this_database_is_not_finished';

function assertReady(applied: readonly string[]): void {
  if (applied.includes(MOVE_UNFINISHED)) {
    throw new UserFacingError(
      'A move into this database was begun and not finished',
      'Set DATABASE_URL to the former database, and begin the move anew: `linkwatch db move URL`.',
    );
  }
  if (applied.includes(RESTORE_UNFINISHED)) {
    throw new UserFacingError(
      'A restore of this database was begun and not finished',
      'Begin it anew: `linkwatch db restore FILE`.',
    );
  }
}

/** A copy is taken into this program's tables, so that it must hold nothing that this program does not know. */
export function assertCopyNotNewer(applied: readonly string[], database: Dialect['name']): void {
  assertReady(applied);
  const known = migrationNames(database);
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new OutdatedProgram(`it has ${unknown.join(', ')}`);
}

/**
 * A newer program may have added what this one can live with. But where some of our own are missing as well, the
 * database is of another line of versions.
 */
function assertOfOurLine(applied: readonly string[], migrations: readonly Migration[]): void {
  const unknown = applied.filter((name) => !migrations.some((migration) => migration.name === name));
  const hasOurs = migrations.every(({ name }) => applied.includes(name));
  if (unknown.length > 0 && !hasOurs) throw new OutdatedProgram(`it has ${unknown.join(', ')}`);
}

async function apply({ db }: Session, { name, sql }: Migration): Promise<void> {
  const statements = statementsOf(sql);
  for (const statement of statements) {
    try {
      await db.$executeRawUnsafe(statement);
    } catch (cause) {
      throw new Error(`Migration ${name} failed at: ${statement.slice(0, 200)}`, { cause });
    }
  }
  await db.$executeRawUnsafe(
    `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count")
     VALUES ($1, $2, $3, CURRENT_TIMESTAMP, $4)`,
    randomUUID(),
    createHash('sha256').update(sql).digest('hex'),
    name,
    1,
  );
}

/** Prisma ends each statement with a semicolon at the end of a line, and puts comments on lines of their own. */
function statementsOf(sql: string): readonly string[] {
  return sql
    .replaceAll(/^--.*$/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

/** Every table that there is, or was in some version. */
export function everyTable(database: Dialect['name']): readonly string[] {
  const created = readMigrations(database).flatMap(({ sql }) => [...sql.matchAll(/^CREATE TABLE "(\w+)"/gm)]);
  return [...new Set(created.flatMap(([, name]) => name ?? []))].filter((name) => !name.startsWith('new_'));
}

function readMigrations(database: Dialect['name']): readonly Migration[] {
  return migrationNames(database).map((name) => ({
    name,
    sql: readFileSync(join(folderOf(database), name, 'migration.sql'), 'utf8'),
  }));
}
