import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { migrate } from '../../../src/store/migrate.ts';
import { aHold, NOW } from '../../support/builders.ts';
import { createTestDatabase, type DatabaseName, type TestDatabase } from '../../support/store-fixtures.ts';
import { migrationsOf } from '../../support/store-migrations.ts';
import { insertStored, storedFile, storedRows } from '../../support/stored-databases.ts';

// A database for each version there was.
const MINUTE = 60_000;
const names = migrationsOf('SQLite').map(({ name }) => name);
/** These came with a table of their own; what it held before is told by nobody. */
const [EVENTS, WEBHOOKS] = [
  names.findIndex((name) => name.includes('events')),
  names.findIndex((name) => name.includes('webhooks')),
];

const versions = (['SQLite', 'PostgreSQL'] as const).flatMap((database) =>
  names.map((version, index) => [version, database, index] as const),
);

it('every version has what a database of it may hold: `node test/support/write-stored-databases.ts` writes the missing one', () => {
  expect(names.filter((name) => !existsSync(storedFile(name)))).toEqual([]);
});

describe('A database of the version', () => {
  let database: TestDatabase;
  afterEach(() => database.drop());

  it.each(versions)(
    '%s on %s is brought up to date with every row, and its work goes on',
    async (version, name, index) => {
      const stored = storedRows(version);
      database = await databaseOf(name, index, stored);
      const store = database.open(async () => NOW + MINUTE);
      expect(await store.migrate()).toEqual(names.slice(index + 1));

      for (const [table, rows] of Object.entries(stored)) {
        if (table === 'Outage') continue;
        const [{ count } = { count: 0 }] = await database.raw.db.$queryRawUnsafe<readonly { count: number }[]>(
          `SELECT CAST(COUNT(*) AS INTEGER) AS "count" FROM "${table}"`,
        );
        // An outage that was open has become a fault.
        if (table !== 'Fault') expect({ table, count: Number(count) }).toEqual({ table, count: rows.length });
      }
      const [record] = await store.records.read(['tenant-1']);
      expect(record?.incidents.map(({ id, state }) => `${id} ${state}`).toSorted()).toEqual([
        'incident-1 open',
        'incident-access suspected',
      ]);
      const due = await store.outbox.dueMail(NOW + MINUTE, 10);
      expect(due.map(({ id }) => id).toSorted()).toEqual(['mail-in-flight', 'operator-notification-1']);
      expect(await store.grants.read('tenant-1')).toMatchObject({ refreshToken: 'refresh-1' });
      if (index >= 1) expect(await store.holds.active()).toEqual([aHold()]);
      if (index >= EVENTS) {
        const { events } = await store.events.read({ after: 0, limit: 10, types: null, tenantId: null });
        expect(events.map(({ id }) => id)).toEqual(['event-1', 'event-2', 'event-unread']);
      }
      if (index >= WEBHOOKS) {
        await store.webhookDeliveries.dispatch(NOW);
        expect(await store.webhookDeliveries.due(NOW)).toEqual([{ id: 'webhook-1', failures: 0 }]);
      }
    },
  );
});

async function databaseOf(
  name: DatabaseName,
  index: number,
  stored: ReturnType<typeof storedRows>,
): Promise<TestDatabase> {
  const database = await createTestDatabase(name, { migrated: false });
  await migrate(database.raw, migrationsOf(name).slice(0, index + 1));
  await insertStored(database.raw, stored);
  return database;
}
