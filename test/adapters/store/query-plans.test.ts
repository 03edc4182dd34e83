import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PrismaPg } from '@prisma/adapter-pg';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import type { PastFilter } from '../../../src/monitoring/ports.ts';
import { closable, type Database, fileOf } from '../../../src/store/database.ts';
import { PrismaClient as PostgresClient } from '../../../src/store/generated/postgresql/client.ts';
import { PrismaClient as SqliteClient } from '../../../src/store/generated/sqlite/client.ts';
import { createHistoryStore } from '../../../src/store/history-store.ts';
import { loadRecords } from '../../../src/store/load-records.ts';
import type { PrismaClient } from '../../../src/store/model.ts';
import { OneConnectionLibSql } from '../../../src/store/one-connection.ts';
import { createPastStore } from '../../../src/store/past-store.ts';
import { aConfirmedIncident, anUpdate, NOW } from '../../support/builders.ts';
import { fillHistory } from '../../support/fill-history.ts';
import { createTestDatabase, type DatabaseName, type TestDatabase } from '../../support/store-fixtures.ts';

type Asked = Readonly<{ query: string; params: string }>;

const log = [{ emit: 'event', level: 'query' }] as const;

/** A second client of the database, which tells every statement that it sends. */
function listeningTo(name: DatabaseName, { url, raw }: TestDatabase) {
  const asked: Asked[] = [];
  if (name === 'SQLite') {
    const adapter = new OneConnectionLibSql(
      { url: pathToFileURL(fileOf(url)).href },
      { timestampFormat: 'unixepoch-ms' },
    );
    const client = new SqliteClient({ adapter, log: [...log] });
    client.$on('query', (event) => asked.push(event));
    return { asked, database: closable({ db: client, dialect: raw.dialect }) };
  }
  const client = new PostgresClient({ adapter: new PrismaPg({ connectionString: url }), log: [...log] });
  client.$on('query', (event) => asked.push(event));
  return { asked, database: closable({ db: client as unknown as PrismaClient, dialect: raw.dialect }) };
}

/** How the database goes about a statement: a line for each step. */
async function planOf({ db, dialect }: Database, { query, params }: Asked): Promise<readonly string[]> {
  const isSqlite = dialect.name === 'sqlite';
  const values = isSqlite ? [] : (JSON.parse(params) as unknown[]);
  const rows = await db.$queryRawUnsafe<readonly Readonly<Record<string, unknown>>[]>(
    `${isSqlite ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN'} ${query}`,
    ...values,
  );
  return rows.map((row) => String(row.detail ?? row['QUERY PLAN']).trim());
}

const at = NOW - 100 * DAY_MS;
const page = { tenantId: null, at, cursor: null, limit: 50 } as const;
const filters: readonly PastFilter[] = [
  {},
  { health: ['broken'] },
  { network: 'facebook', condition: 'token_invalid' },
];

describe.each(['SQLite', 'PostgreSQL'] as const)('the past on %s', (name) => {
  let test: TestDatabase;
  let listening: ReturnType<typeof listeningTo>;
  beforeAll(async () => {
    test = await createTestDatabase(name);
    await fillHistory(test.raw, 1_000, NOW);
    listening = listeningTo(name, test);
  });
  afterAll(async () => {
    await listening.database.close();
    await test.drop();
  });

  // Before any plan is asked for: a connection that has explained a statement goes on to see the rows of that moment.
  it('takes one statement for the records of tenants without trouble, and another for incidents and their mail', async () => {
    const { asked, database } = listening;
    const ofRecords = async () => {
      asked.length = 0;
      await loadRecords(database, ['t8', 't9']);
      return asked.length;
    };
    expect(await ofRecords()).toBe(1);

    const incidents = [aConfirmedIncident({ tenantId: 't8', connectionId: null })];
    await test
      .open()
      .records.change(['t8'], () => ({ updates: [anUpdate({ tenantId: 't8', incidents })], result: null }));
    expect(await ofRecords()).toBe(2);
  });

  it('is found by the index, whatever is asked of it', async () => {
    const { asked, database } = listening;
    const [past, history] = [createPastStore(database), createHistoryStore(database)];
    asked.length = 0;
    await history.periods({ tenantId: 't7', from: at, to: NOW });
    for (const filter of filters) await past.list({ ...page, ...filter });
    await past.list({ ...page, order: 'worst' });
    await past.count({ tenantId: null, at });
    const ofPeriods = asked.filter(({ query }) => query.includes('Snapshot'));
    expect(ofPeriods.length).toBeGreaterThan(filters.length);
    for (const statement of ofPeriods) {
      const plan = await planOf(database, statement);
      expect(plan).toContainEqual(expect.stringMatching(byIndex));
      expect(plan.filter(isScan)).toEqual([]);
    }
  });

  it('finds the mail of a tenant that waits among all that it was sent', async () => {
    const { asked, database } = listening;
    const time = new Date(at);
    const sent = Array.from({ length: 2_000 }, (_, n) => ({
      id: `m${n}`,
      tenantId: 't7',
      to: 'owner@bakery.example',
      kind: 'alert',
      state: 'sent',
      reason: 'problem',
      createdAt: time,
      dueAt: time,
      sentAt: time,
      conversationId: `m${n}`,
      messageId: `m${n}`,
      attempts: 1,
      outcomeUnknown: false,
    }));
    await test.raw.db.notification.createMany({ data: sent });
    await test.raw.db.$executeRawUnsafe('ANALYZE "Notification"');
    asked.length = 0;
    await loadRecords(database, ['t7']);
    const [waiting] = asked.filter(({ query }) => query.includes(`"state" IN ('pending'`));
    const plan = await planOf(database, waiting ?? { query: 'nothing was asked', params: '' });
    expect(plan).toContainEqual(expect.stringMatching(/Index Cond: .*"?state"?|\(tenantId=\? AND state=\?\)/));
  });

  it('takes as few statements for fifty tenants as their connections need lists of a hundred', async () => {
    const { asked, database } = listening;
    asked.length = 0;
    const { items } = await createPastStore(database).list(page);
    expect(items.map(({ connections }) => connections.length)).toEqual(Array(50).fill(3));
    expect(asked.length).toBeLessThanOrEqual(8);
  });
});

/** The index of periods, or that of their ids. */
const byIndex = /(Snapshot_connectionId_startedAt_idx|sqlite_autoindex_Snapshot_1|Snapshot_pkey)/;

function isScan(step: string): boolean {
  return /^SCAN ([sc]|main\.Snapshot)\b/.test(step) || /Seq Scan on "(Snapshot|Connection)"/.test(step);
}
