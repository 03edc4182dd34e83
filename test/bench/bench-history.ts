/**
 * `npm run bench:history [PERIODS] [DATABASE_URL]`: how long history takes to read among so many stored periods, 100 of
 * each connection: one connection over 400 days, one tenant of three connections over 30 days. Fills an SQLite file of
 * its own, or the empty database that is named.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_MS } from '../../src/domain/model/time.ts';
import { createHealth } from '../../src/monitoring/reading/create-health.ts';
import { operator } from '../../src/monitoring/viewer.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { createEncryption } from '../../src/store/encryption.ts';
import { openStores } from '../../src/store/open-stores.ts';

const PERIODS = Number(process.argv[2] ?? 1_000_000);
const EACH = 100;
const CONNECTIONS = Math.ceil(PERIODS / EACH);
const READS = 300;

const folder = await mkdtemp(join(tmpdir(), 'linkwatch-bench-'));
const databaseUrl = process.argv[3] ?? `file:${join(folder, 'bench.db')}`;
const now = Date.now();
const stores = openStores({
  databaseUrl,
  encryption: createEncryption([randomBytes(32)]),
  quota: { perDay: 0, reserveShare: 0 },
});
try {
  await stores.migrate();
  const raw = openDatabase(databaseUrl);
  await fill(raw);
  const health = createHealth({ ...stores, clock: { now: () => now, sleep: async () => undefined } });
  const tenants = Math.floor(CONNECTIONS / 3);
  const any = (count: number) => Math.floor(Math.random() * count);
  console.table({
    'one connection, 400 days': await measure(() => {
      const n = any(CONNECTIONS);
      const request = { connection: { id: `c${n}` }, from: now - 400 * DAY_MS, to: now };
      return health.history(operator, { tenantId: `t${Math.floor(n / 3)}`, ...request });
    }),
    'one tenant, 30 days': await measure(() =>
      health.history(operator, { tenantId: `t${any(tenants)}`, connection: null, from: now - 30 * DAY_MS, to: now }),
    ),
  });
  await raw.db.$disconnect();
} finally {
  await stores.close();
  await rm(folder, { recursive: true });
}

/** A period every four days, the last 400 days full of them. */
async function fill({ db, dialect }: Database): Promise<void> {
  const step = Math.round((400 * DAY_MS) / EACH);
  const begin = now - EACH * step;
  const at = (ms: string) => (dialect.name === 'sqlite' ? ms : `to_timestamp((${ms}) / 1000.0)::timestamp`);
  const numbers = (count: number, name: string) =>
    dialect.name === 'sqlite'
      ? `(WITH RECURSIVE r(${name}) AS (SELECT 0 UNION ALL SELECT ${name} + 1 FROM r WHERE ${name} < ${count - 1}) SELECT ${name} FROM r)`
      : `(SELECT generate_series(0, ${count - 1})::bigint AS ${name})`;
  await db.$executeRawUnsafe(`INSERT INTO "Tenant" ("id", "name", "state", "timezone", "locale", "createdAt", "intervalMs")
    SELECT 't' || n, 'Tenant ' || n, 'active', 'UTC', 'en', ${at(String(begin))}, 3600000
    FROM ${numbers(Math.ceil(CONNECTIONS / 3), 'n')} AS a`);
  await db.$executeRawUnsafe(`INSERT INTO "Connection"
      ("id", "tenantId", "network", "accountId", "firstSeenAt", "foundAtBaseline", "absentPolls")
    SELECT 'c' || n, 't' || (n / 3), 'facebook', 'a' || n, ${at(String(begin))}, true, 0
    FROM ${numbers(CONNECTIONS, 'n')} AS a`);
  const part = 2_000;
  for (let first = 0; first < CONNECTIONS; first += part) {
    await db.$executeRawUnsafe(`INSERT INTO "Snapshot"
        ("id", "connectionId", "startedAt", "seenUntil", "speaksUntil", "health", "conditions", "polls")
      SELECT 's' || (n + ${first}) || '-' || p, 'c' || (n + ${first}), ${at(`${begin} + p * ${step}`)},
        ${at(`${begin} + (p + 1) * ${step} - 2`)}, ${at(`${begin} + (p + 1) * ${step} - 1`)},
        CASE WHEN p % 2 = 0 THEN 'healthy' ELSE 'broken' END, CASE WHEN p % 2 = 0 THEN '' ELSE 'token_invalid' END, 9
      FROM ${numbers(Math.min(part, CONNECTIONS - first), 'n')} AS a, ${numbers(EACH, 'p')} AS b`);
  }
  await db.$executeRawUnsafe('ANALYZE');
}

async function measure(read: () => Promise<unknown>) {
  for (let warm = 0; warm < 20; warm += 1) await read();
  const times: number[] = [];
  const cpuBefore = process.cpuUsage();
  for (let n = 0; n < READS; n += 1) {
    const startedAt = performance.now();
    await read();
    times.push(performance.now() - startedAt);
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(share * (READS - 1))] ?? 0).toFixed(1);
  return {
    periods: PERIODS,
    'CPU ms each': ((user + system) / 1000 / READS).toFixed(1),
    'median ms': at(0.5),
    'p99 ms': at(0.99),
  };
}
