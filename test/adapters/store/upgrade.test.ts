import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { migrate } from '../../../src/store/migrate.ts';
import { aFault } from '../../support/builders.ts';
import { firstRows, secondFaults, secondRows } from '../../support/store-first-rows.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';
import { migrationsOf } from '../../support/store-migrations.ts';

/** What the later versions put where the first had nothing. */
const since: Readonly<Record<string, object>> = {
  Tenant: { externalId: null, accountId: null, linksSpentAt: null, applicationId: null, recheckWanted: false },
  RequestDay: { key: '' },
  Contact: { locale: null, wantsReminders: true, snoozes: '[]' },
  Connection: { checkFailedSince: null, turns: '[]' },
  Credential: { refreshLeaseBy: null, fingerprint: null, givenFingerprint: null },
  Notification: { firstAttemptAt: null, lastAttemptAt: null, freshAfter: null, passesHolds: false },
};

/** The versions that were in use, each with its migrations and a row of every table. */
const versions = (['SQLite', 'PostgreSQL'] as const).flatMap((name) => [
  { name, version: 'first', migrations: 1, stored: firstRows },
  { name, version: 'second', migrations: 2, stored: { ...firstRows, ...secondRows } },
]);

describe.each(versions)('a database of the $version version on $name', ({ name, migrations, stored }) => {
  /** Outages have become faults. */
  const { Outage: _, ...kept } = stored;
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase(name, { migrated: false });
    await migrate(database.raw, migrationsOf(name).slice(0, migrations));
    await insertAll(database, stored);
  });
  afterEach(() => database.drop());

  it('has a row in every table', async () => {
    expect(Object.keys(stored).toSorted()).toEqual(await tablesOf(database));
  });

  it('keeps every row of every table, and adds what was not there before', async () => {
    const before = await everything(database, kept);
    const applied = await database.open().migrate();
    expect(applied).toEqual(
      migrationsOf(name)
        .slice(migrations)
        .map((migration) => migration.name),
    );
    const after = await everything(database, kept);
    for (const [table, rows] of Object.entries(before)) expect(after[table]).toMatchObject(rows);
    for (const [table, columns] of Object.entries(since)) {
      const rows = await modelOf(database, table).findMany();
      expect(rows).toMatchObject(rows.map(() => columns));
    }
  });

  it('has each network in lower case, but for an account that it knows in two spellings', async () => {
    const { db } = database.raw;
    const spellings = { a: ['Facebook', '1'], b: [' LinkedIn ', ' 2'], c: ['TikTok', '3'], d: ['tiktok', '3 '] };
    for (const [id, [network, accountId]] of Object.entries(spellings)) {
      await db.$executeRawUnsafe(
        `INSERT INTO "Connection" ("id", "tenantId", "network", "accountId", "firstSeenAt", "foundAtBaseline", "absentPolls")
         VALUES ($1, 'tenant-1', $2, $3, $4, FALSE, 0)`,
        id,
        network,
        accountId,
        new Date(),
      );
    }
    await database.open().migrate();
    const rows = await db.connection.findMany({
      where: { id: { in: Object.keys(spellings) } },
      orderBy: { id: 'asc' },
    });
    expect(rows.map(({ network, accountId }) => [network, accountId])).toEqual([
      ['facebook', '1'],
      ['linkedin', '2'],
      ['TikTok', '3'],
      ['tiktok', '3 '],
    ]);
  });

  it('keeps an open outage as a fault, and lost access and mail trouble too, which were holds', async () => {
    if (migrations > 1) await insertAll(database, secondFaults);
    const store = database.open();
    await store.migrate();
    const [since, confirmedAt] = [firstRows.Outage?.[0]?.since, firstRows.Outage?.[0]?.confirmedAt].map(Number);
    const open = { since, confirmedAt, endedAt: null };
    const outage = { id: 'outage-1', cause: { kind: 'upstream', failure: 'timeout' }, ...open };
    const access = { id: 'access-1', cause: { kind: 'access', failure: 'forbidden', tenants: 14 }, ...open };
    const trouble = { id: 'trouble-1', cause: { kind: 'mail', response: '535 no' }, ...open };
    expect(await store.faults.open()).toEqual(migrations > 1 ? [access, outage, trouble] : [outage]);
    expect(await store.holds.active()).toEqual([]);
    expect(await database.raw.db.fault.count()).toBe(migrations > 1 ? 4 : 1);
    for (const fault of await store.faults.open()) {
      expect(await store.faults.save(fault, { ...fault, endedAt: Number(confirmedAt) }, [])).toBe(true);
    }
    expect(await store.faults.save(null, aFault(), [])).toBe(true);
  });

  it('can be read although its words for reasons and steps are unknown', async () => {
    const store = database.open();
    await store.migrate();
    const { db } = database.raw;
    await db.incident.updateMany({ data: { decision: 'a_word_of_tomorrow' } });
    await db.notification.updateMany({ data: { reason: 'a_word_of_tomorrow' } });
    await db.notificationTopic.updateMany({ data: { step: 'a_step_of_tomorrow' } });
    const [record] = await store.records.read(['tenant-1']);
    const step = { kind: 'other', text: 'a_step_of_tomorrow' };
    expect(record).toMatchObject({
      incidents: [{ alerting: { decision: 'unknown' } }, { alerting: { decision: 'unknown' } }],
      notifications: [{ reason: 'unknown', topics: [{ step }, { step }] }],
    });
  });

  it('still belongs together: its records can be read, and erasing the tenant erases all of it', async () => {
    const store = database.open();
    await store.migrate();
    const [record] = await store.records.read(['tenant-1']);
    expect(record).toMatchObject({
      contacts: [{ id: 'owner', wantsReminders: true, snoozes: [] }],
      connections: [{ id: 'facebook-1', transitions: [], period: { id: 'snapshot-1' } }],
      incidents: [{ id: 'incident-1', flapping: null }, { id: 'incident-2' }],
      notifications: [{ id: 'mail-1', bypassHolds: false, topics: [{}, {}] }],
    });
    expect(await store.tenants.erase('tenant-1')).toBe(true);
    const left = Object.entries(await everything(database, kept)).filter(([, rows]) => rows.length > 0);
    expect(left.map(([table]) => table)).toEqual([
      'Notification',
      'RequestDay',
      ...Object.keys(kept).filter((table) => !(table in firstRows)),
    ]);
  });
});

async function insertAll({ raw: { db } }: TestDatabase, stored: typeof firstRows): Promise<void> {
  for (const [table, rows] of Object.entries(stored)) {
    for (const row of rows) {
      const columns = Object.keys(row).map((column) => `"${column}"`);
      const places = columns.map((_, index) => `$${index + 1}`);
      const sql = `INSERT INTO "${table}" (${columns.join(', ')}) VALUES (${places.join(', ')})`;
      await db.$executeRawUnsafe(sql, ...Object.values(row));
    }
  }
}

/** As they are stored, in the order of what identifies them. */
async function everything(
  { raw: { db } }: TestDatabase,
  stored: typeof firstRows,
): Promise<Record<string, readonly object[]>> {
  const tables = Object.entries(stored).map(async ([table, [row = {}]]) => {
    const [first, second] = Object.keys(row);
    const rows = await db.$queryRawUnsafe<readonly object[]>(
      `SELECT * FROM "${table}" ORDER BY "${first}", "${second}"`,
    );
    return [table, rows] as const;
  });
  return Object.fromEntries(await Promise.all(tables));
}

type Model = Readonly<{ findMany(): Promise<readonly object[]> }>;

function modelOf({ raw: { db } }: TestDatabase, table: string): Model {
  return Reflect.get(db, table.charAt(0).toLowerCase() + table.slice(1)) as Model;
}

async function tablesOf({ raw: { db, dialect } }: TestDatabase): Promise<readonly string[]> {
  const catalogue =
    dialect.name === 'sqlite'
      ? `SELECT "name" FROM "sqlite_master" WHERE "type" = 'table'`
      : `SELECT "tablename" AS "name" FROM "pg_tables" WHERE "schemaname" = 'public'`;
  const rows = await db.$queryRawUnsafe<readonly { name: string }[]>(catalogue);
  return rows
    .map((row) => row.name)
    .filter((table) => !table.startsWith('_') && !table.startsWith('sqlite_'))
    .toSorted();
}
