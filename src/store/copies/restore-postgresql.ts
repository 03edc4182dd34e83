import { randomUUID } from 'node:crypto';
import type { Instant } from '../../domain/model/time.ts';
import type { CopyRequest, RestoreDone } from '../../monitoring/ports.ts';
import { UserFacingError } from '../../monitoring/user-facing-error.ts';
import { type Database, openDatabase, type Session } from '../database.ts';
import { describePlace } from '../existing.ts';
import { appliedNames, applyMissing, assertCopyNotNewer, CREATE_LEDGER, RESTORE_UNFINISHED } from '../migrate.ts';
import { inPlainWords } from '../plain-words.ts';
import { inTransaction } from '../transaction.ts';
import { PATIENT_WAITS } from '../waits.ts';
import { type DumpFile, type LedgerRow, readDump, restoreParts } from './dump-file.ts';
import { markRestored } from './mark-restored.ts';
import { asBystander, assertNobodyAt } from './nobody-at.ts';
import { ourTables } from './our-tables.ts';

type Request = CopyRequest & Readonly<{ now: Instant; holdId: string }>;

/**
 * Puts a copy by `pg_dump` in the place of our tables. 1. Make sure that no Linkwatch is at work, that nothing would be
 * lost, and that the copy is whole. 2. Set the former tables aside in a schema of their own, and mark the database as
 * unfinished, so that no Linkwatch starts with it. 3. Restore the copy, all or nothing; where that fails, put the
 * former tables back.
 * 4. In one transaction bring the tables up to date, write that they were restored, and take the mark away.
 */
export async function restorePostgresql(databaseUrl: string, request: Request): Promise<RestoreDone> {
  const dump = await readDump(request.file);
  const database = openDatabase(asBystander(databaseUrl), PATIENT_WAITS);
  try {
    return await inPlainWords(databaseUrl, async () => {
      assertCopyNotNewer(
        dump.ledger.map((row) => row.migration_name),
        'postgresql',
      );
      await assertNobodyAt(database, databaseUrl, describePlace(databaseUrl));
      await assertReady(database, dump, { ...request, place: describePlace(databaseUrl) });
      const keptAs = await setAside(database, request.now);
      await restoreParts(dump, databaseUrl).catch(async (error: unknown) => {
        await putBack(database, keptAs);
        throw error;
      });
      return { ...(await finish(database, dump.ledger, request)), keptAs };
    });
  } finally {
    await database.close();
  }
}

async function assertReady(
  database: Database,
  { schema }: DumpFile,
  { replace, place }: Request & Readonly<{ place: string }>,
): Promise<void> {
  const { db } = database;
  const [here] = await db.$queryRawUnsafe<readonly { schema: string }[]>('SELECT current_schema()::text AS "schema"');
  if (here?.schema !== schema) {
    throw new UserFacingError(
      `The copy is of the schema ${schema}, and DATABASE_URL leads to ${here?.schema ?? 'none'}`,
      `Make an empty schema of that name, and add ?schema=${schema} to DATABASE_URL.`,
    );
  }
  const tables = await ourTables(database);
  if (replace || !tables.some(({ name }) => name === 'Tenant')) return;
  const tenants = await db.tenant.count();
  if (tenants === 0) return;
  throw new UserFacingError(
    `${place} holds ${tenants} tenant${tenants === 1 ? '' : 's'}, and is not replaced`,
    'Give --replace to put the copy in its place. What is there now is kept in another schema of the database.',
  );
}

/** Where the former tables are now; null where there were none. What a restore that broke off has left is erased. */
async function setAside(database: Database, now: Instant): Promise<string | null> {
  return await inTransaction(database, async (session) => {
    const { db } = session;
    const tables = await ourTables(session);
    const isUnfinished = tables.length > 0 && (await appliedNames(session)).includes(RESTORE_UNFINISHED);
    for (const { quoted } of isUnfinished ? tables : []) await db.$executeRawUnsafe(`DROP TABLE ${quoted} CASCADE`);
    const kept = `linkwatch_replaced_${new Date(now).toISOString().replaceAll(/\D/g, '').slice(0, 14)}`;
    const former = isUnfinished ? [] : tables;
    if (former.length > 0) await db.$executeRawUnsafe(`CREATE SCHEMA "${kept}"`);
    for (const { quoted } of former) await db.$executeRawUnsafe(`ALTER TABLE ${quoted} SET SCHEMA "${kept}"`);
    await db.$executeRawUnsafe(CREATE_LEDGER);
    await insertIntoLedger(session, { id: randomUUID(), checksum: '', migration_name: RESTORE_UNFINISHED });
    return former.length > 0 ? kept : null;
  });
}

async function putBack(database: Database, kept: string | null): Promise<void> {
  await inTransaction(database, async (session) => {
    const { db } = session;
    await db.$executeRawUnsafe('DROP TABLE "_prisma_migrations"');
    if (kept === null) return;
    const [here] = await db.$queryRawUnsafe<readonly { schema: string }[]>('SELECT current_schema()::text AS "schema"');
    for (const { quoted } of await ourTables(session, kept)) {
      await db.$executeRawUnsafe(`ALTER TABLE ${quoted} SET SCHEMA "${here?.schema}"`);
    }
    await db.$executeRawUnsafe(`DROP SCHEMA "${kept}"`);
  });
}

async function finish(
  database: Database,
  ledger: readonly LedgerRow[],
  { now, holdId }: Request,
): Promise<Omit<RestoreDone, 'keptAs'>> {
  return await inTransaction(database, async (session) => {
    await session.db.$executeRawUnsafe(`DELETE FROM "_prisma_migrations"`);
    for (const row of ledger) await insertIntoLedger(session, row);
    const migrations = await applyMissing(session);
    return { migrations, ...(await markRestored(session, now, holdId)) };
  });
}

async function insertIntoLedger({ db }: Session, { id, checksum, migration_name }: LedgerRow): Promise<void> {
  await db.$executeRawUnsafe(
    `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count")
     VALUES ($1, $2, $3, CURRENT_TIMESTAMP, 1)`,
    id,
    checksum,
    migration_name,
  );
}
