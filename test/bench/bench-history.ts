/**
 * `npm run bench:history [PERIODS]`: how long the past takes to read among so many stored periods, a hundred of each
 * tenant, on SQLite and then on a PostgreSQL of its own: one connection over 400 days, one tenant over 30 days, and the
 * fleet as it was at any moment. Beside each stands how many times as long it takes as to look one period up by the index.
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
import { PATIENT_WAITS } from '../../src/store/waits.ts';
import { fillHistory, PERIODS_EACH } from '../support/fill-history.ts';
import type { DatabaseName } from '../support/store-fixtures.ts';
import { upstreamsOver } from '../support/use-case-upstreams.ts';
import { openBenchDatabase } from './bench-database.ts';

const TENANTS = Math.ceil(Number(process.argv[2] ?? 1_000_000) / PERIODS_EACH);
/** How often each is measured; of what looks through the whole fleet, and with it through every connection, less often. */
const [READS, SCANS] = [300, 10];
const PAST_MS = 399 * DAY_MS;

const startedAt = performance.now();
for (const name of ['SQLite', 'PostgreSQL'] as const) await measureOn(name);
const peak = process.resourceUsage().maxRSS >> 10;
console.log(`${secondsSince(startedAt)} s in all; peak memory of this process ${peak} MiB`);

async function measureOn(name: DatabaseName): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'linkwatch-bench-'));
  const database = await openBenchDatabase(name, folder);
  const encryption = createEncryption([randomBytes(32)]);
  const stores = openStores({ databaseUrl: database.url, encryption });
  try {
    await stores.migrate();
    const now = Date.now();
    const patient = openDatabase(database.url, PATIENT_WAITS);
    const filledFrom = performance.now();
    await fillHistory(patient, TENANTS, now);
    await patient.db.$disconnect();
    const stored = `${TENANTS} tenants, ${TENANTS * PERIODS_EACH} periods`;
    console.log(`${name}: ${stored}, stored in ${secondsSince(filledFrom)} s`);
    const clock = { now: () => now, sleep: async () => undefined };
    const retentionTimes = { historyForMs: 401 * DAY_MS };
    console.table(await measureAll(database.raw(), { ...stores, clock, retentionTimes, upstreams: upstreamsOver({}) }));
  } finally {
    await stores.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type Reading = Readonly<{ name: string; times: number; read: () => Promise<unknown> }>;
type Ports = Parameters<typeof createHealth>[0] & Parameters<typeof createPast>[0];

async function measureAll(raw: Database, ports: Ports) {
  const floor = await measure({ times: READS, read: () => lookUp(raw, anyMoment(ports)) });
  const times: [string, Times, number][] = [['one period, by the index', floor, READS]];
  for (const reading of readingsOver(ports)) times.push([reading.name, await measure(reading), reading.times]);
  return Object.fromEntries(
    times.map(([name, { median, p99 }, reads]) => [
      name,
      {
        'median ms': median.toFixed(2),
        '× floor': (median / floor.median).toFixed(1),
        'p99 ms': p99.toFixed(2),
        '× p99 of floor': (p99 / floor.p99).toFixed(1),
        reads,
      },
    ]),
  );
}

function readingsOver(ports: Ports): readonly Reading[] {
  const [health, past, to] = [createHealth(ports), createPast(ports), ports.clock.now()];
  const tenantId = () => `t${any(TENANTS)}`;
  const list = (filter: object) => past.tenants(operator, { cursor: null, limit: 50, at: anyMoment(ports), ...filter });
  const often = (name: string, read: () => Promise<unknown>): Reading => ({ name, times: READS, read });
  const seldom = (name: string, read: () => Promise<unknown>): Reading => ({ name, times: SCANS, read });
  return [
    often('a connection, 400 days', () => {
      const n = any(TENANTS);
      const request = { connection: { id: `c${n}-0` }, from: to - 400 * DAY_MS, to };
      return health.history(operator, { tenantId: `t${n}`, ...request });
    }),
    often('a tenant, 30 days', () =>
      health.history(operator, { tenantId: tenantId(), connection: null, from: to - 30 * DAY_MS, to }),
    ),
    often('a tenant at a moment', () => past.tenant(operator, tenantId(), anyMoment(ports))),
    often('the fleet at a moment, 50 tenants', () => list({})),
    often('the same, of the broken ones', () => list({ health: ['broken'] })),
    { name: 'the same, 500 tenants', times: READS / 10, read: () => list({ limit: 500 }) },
    seldom('the same, worst first', () => list({ order: 'worst' })),
    seldom('the fleet at a moment, counted', () => past.counts(operator, { at: anyMoment(ports) })),
  ];
}

function any(count: number): number {
  return Math.floor(Math.random() * count);
}

function anyMoment({ clock }: Pick<Ports, 'clock'>): number {
  return clock.now() - any(PAST_MS);
}

/** The least that any of them can take: one row, over the same driver. */
async function lookUp({ db }: Database, at: number): Promise<unknown> {
  const sql = `SELECT "health" FROM "Snapshot" WHERE "connectionId" = $1 AND "startedAt" <= $2
    ORDER BY "startedAt" DESC LIMIT 1`;
  return await db.$queryRawUnsafe(sql, `c${any(TENANTS)}-0`, new Date(at));
}

type Times = Readonly<{ median: number; p99: number }>;

async function measure({ read, times }: Omit<Reading, 'name'>): Promise<Times> {
  for (let warm = 0; warm < times / 10; warm += 1) await read();
  const taken: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const from = performance.now();
    await read();
    taken.push(performance.now() - from);
  }
  const sorted = taken.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * times) - 1] ?? 0;
  return { median: at(0.5), p99: at(0.99) };
}

function secondsSince(from: number): string {
  return ((performance.now() - from) / 1000).toFixed(0);
}
