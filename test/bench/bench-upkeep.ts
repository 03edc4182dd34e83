/**
 * `npm run bench:upkeep [INCIDENTS] [DATABASE_URL]`: for how long the digest and the erasing of what is old keep all other
 * work waiting in a fleet with so many incidents, each with its mail, change, period and poll. Fills an SQLite file of its
 * own, or the empty database that is named.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { DAY_MS } from '../../src/domain/model/time.ts';
import { digestRules } from '../../src/domain/notification/digest-rules.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { createDigestStore } from '../../src/store/digest-store.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createRetentionStore } from '../../src/store/retention-store.ts';
import { fillIncidents } from './fill-incidents.ts';

const INCIDENTS = Number(process.argv[2] ?? 1_000_000);
const folder = await mkdtemp(join(tmpdir(), 'linkwatch-bench-'));
const database = openDatabase(process.argv[3] ?? `file:${join(folder, 'bench.db')}`);
const now = Date.now();
try {
  await migrate(database);
  await fillIncidents(database, { incidents: INCIDENTS, now });
  const rules = digestRules({
    now,
    escalateAfterMs: 3 * DAY_MS,
    checkFailedAfterMs: DAY_MS,
    faults: [],
    holds: [],
  });
  const digests = createDigestStore(database);
  const retention = createRetentionStore(database);
  const limits = { pollsBefore: now - 30 * DAY_MS, historyBefore: now - 400 * DAY_MS, writesBefore: now - DAY_MS };
  console.table({
    'the digest': await measure(() => digests.read(rules, 20)),
    'erasing 100 days': await measure(() => retention.prune(limits)),
    'nothing to erase': await measure(() => retention.prune(limits)),
  });
} finally {
  await database.db.$disconnect();
  await rm(folder, { recursive: true });
}

/** While the work lasts, the smallest of statements is asked for again and again, as any other work would. */
async function measure(work: () => Promise<unknown>) {
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const others = new AbortController();
  const waiting = longestWait(database, others.signal);
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  await work();
  const tookMs = performance.now() - startedAt;
  others.abort();
  const { user, system } = process.cpuUsage(cpuBefore);
  loop.disable();
  const ms = (value: number) => Math.round(value);
  return {
    'took ms': ms(tookMs),
    'CPU ms': ms((user + system) / 1000),
    'longest block of the process, ms': ms(loop.max / 1e6),
    'longest wait of another statement, ms': ms(await waiting),
  };
}

async function longestWait({ db }: Database, signal: AbortSignal): Promise<number> {
  let longest = 0;
  while (!signal.aborted) {
    const askedAt = performance.now();
    await db.$executeRawUnsafe(`UPDATE "Tenant" SET "name" = "name" WHERE "id" = 't1'`);
    longest = Math.max(longest, performance.now() - askedAt);
    await sleep(5);
  }
  return longest;
}
