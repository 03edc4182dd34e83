/**
 * `npm run bench:history [PERIODS]`: how long the past takes to read among so many stored periods, a hundred of each
 * tenant, on SQLite and on a PostgreSQL of its own: one connection over 400 days, one tenant over 30 days, and the fleet as
 * it was at any moment. Beside each stands how many times as long it takes as to look one period up by the index.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_MS } from '../../src/domain/model/time.ts';
import { createHealth } from '../../src/monitoring/reading/create-health.ts';
import { createPast } from '../../src/monitoring/reading/create-past.ts';
import { operator } from '../../src/monitoring/viewer.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { createEncryption } from '../../src/store/encryption.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { startPostgres } from '../support/database-server.ts';
import { fillHistory, PERIODS_EACH } from '../support/fill-history.ts';
import { upstreamsOver } from '../support/use-case-upstreams.ts';

const PERIODS = Number(process.argv[2] ?? 1_000_000);
const TENANTS = Math.ceil(PERIODS / PERIODS_EACH);
const READS = 300;
/** Of what looks through the whole fleet. */
const SCANS = 5;

const startedAt = performance.now();
const folder = await mkdtemp(join(tmpdir(), 'linkwatch-bench-'));
try {
  await measureOn('SQLite', `file:${join(folder, 'bench.db')}`);
} finally {
  await rm(folder, { recursive: true });
}
const server = await startPostgres();
try {
  await measureOn('PostgreSQL', server.url);
} finally {
  await server.stop();
}
console.log(
  `${secondsSince(startedAt)} s in all, peak memory of this process ${process.resourceUsage().maxRSS >> 10} MiB`,
);

async function measureOn(name: string, databaseUrl: string): Promise<void> {
  const now = Date.now();
  const encryption = createEncryption([randomBytes(32)]);
  const stores = openStores({ databaseUrl, encryption });
  await stores.migrate();
  const raw = openDatabase(databaseUrl);
  const filledFrom = performance.now();
  await fillHistory(raw, TENANTS, now);
  console.log(
    `${name}: ${TENANTS} tenants, ${TENANTS * PERIODS_EACH} periods, stored in ${secondsSince(filledFrom)} s`,
  );
  const clock = { now: () => now, sleep: async () => undefined };
  console.table(
    await measureAll(raw, {
      ...stores,
      ...{ clock, upstreams: upstreamsOver({}) },
      retentionTimes: { historyForMs: 401 * DAY_MS },
    }),
  );
  await raw.db.$disconnect();
  await stores.close();
}

type Reading = Readonly<{ read: () => Promise<unknown>; times: number }>;
type Ports = Parameters<typeof createHealth>[0] & Parameters<typeof createPast>[0];

async function measureAll(raw: Database, ports: Ports) {
  const [health, past, now] = [createHealth(ports), createPast(ports), ports.clock.now()];
  const any = (count: number) => Math.floor(Math.random() * count);
  const anyMoment = () => now - any(399 * DAY_MS);
  const page = (filter: object, limit = 50) =>
    past.tenants(operator, { cursor: null, limit, at: anyMoment(), ...filter });
  const anyTenant = () => `t${any(TENANTS)}`;
  const often = (read: () => Promise<unknown>): Reading => ({ read, times: READS });
  const seldom = (read: () => Promise<unknown>): Reading => ({ read, times: SCANS });
  const readings: Readonly<Record<string, Reading>> = {
    'bare look-up of one period': often(() => lookUp(raw, `c${any(TENANTS)}-0`, new Date(anyMoment()))),
    'a connection, 400 days': often(() => {
      const n = any(TENANTS);
      const request = { connection: { id: `c${n}-0` }, from: now - 400 * DAY_MS, to: now };
      return health.history(operator, { tenantId: `t${n}`, ...request });
    }),
    'a tenant, 30 days': often(() =>
      health.history(operator, { tenantId: anyTenant(), connection: null, from: now - 30 * DAY_MS, to: now }),
    ),
    'a tenant at a moment': often(() => past.tenant(operator, anyTenant(), anyMoment())),
    'fleet at a moment, 50 tenants': often(() => page({})),
    'the same, broken ones': often(() => page({ health: ['broken'] })),
    'the same, 500 tenants': often(() => page({}, 500)),
    'the same, worst first': seldom(() => page({ order: 'worst' })),
    'the fleet counted': seldom(() => past.counts(operator, { at: anyMoment() })),
  };
  const table: Record<string, object> = {};
  let floor: Times = { p50: 0, p99: 0 };
  for (const [name, reading] of Object.entries(readings)) {
    const times = await measure(reading);
    if (reading === readings['bare look-up of one period']) floor = times;
    table[name] = {
      ...{ 'median ms': times.p50.toFixed(2), 'p99 ms': times.p99.toFixed(2) },
      ...{
        '× median': (times.p50 / floor.p50).toFixed(1),
        '× p99': (times.p99 / floor.p99).toFixed(1),
        reads: reading.times,
      },
    };
  }
  return table;
}

/** The least that any of them can take: one row, by the index, over the same driver. */
async function lookUp({ db }: Database, connectionId: string, at: Date): Promise<unknown> {
  const sql = `SELECT "health" FROM "Snapshot" WHERE "connectionId" = $1 AND "startedAt" <= $2 ORDER BY "startedAt" DESC LIMIT 1`;
  return await db.$queryRawUnsafe(sql, connectionId, at);
}

type Times = Readonly<{ p50: number; p99: number }>;

async function measure({ read, times }: Reading): Promise<Times> {
  for (let warm = 0; warm < times / 15; warm += 1) await read();
  const taken: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const from = performance.now();
    await read();
    taken.push(performance.now() - from);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => taken[Math.ceil(share * times) - 1] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

function secondsSince(from: number): string {
  return ((performance.now() - from) / 1000).toFixed(0);
}
