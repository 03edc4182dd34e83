/**
 * `npm run bench:workers [-- TENANTS]`: how much faster two workers on PostgreSQL poll a fleet that is due at once than one,
 * with an upstream that takes 200 ms to answer; and what the queue costs. One and two take turns, and the best of each
 * counts, because machines are noisy.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { listening, startDaemon } from './bench-daemon.ts';
import { openBenchFleet } from './bench-fleet.ts';
import { queueShareOfProfiles, serverTimes } from './queue-share.ts';

const TENANTS = Number(process.argv[2] ?? 2000);
const ANSWER_MS = 200;
/** Few enough that the wait for the upstream, and no processor of a small machine, is what takes the time. */
const CONCURRENCY = 8;
const TURNS = [1, 2, 1, 2, 1, 2];
/** Nobody is due but at the moment that is chosen here. */
const SETTINGS = { POLL_CONCURRENCY: String(CONCURRENCY), POLL_SCHEDULE: '0 0 1 1 *' };

type Turn = Readonly<{ workers: number; seconds: number; jobs: number; queueCpu: number; serverCpu: number }>;

const fleet = await openBenchFleet('PostgreSQL', { tenants: TENANTS, settings: SETTINGS });
const { db } = fleet.database.raw();
try {
  await measure();
} finally {
  await fleet.close();
}

async function measure(): Promise<void> {
  await fleet.control('POST', 'script', { route: 'connections', answer: { kind: 'usual', delayMs: ANSWER_MS } });
  const turns: Turn[] = [];
  for (const workers of [1, ...TURNS]) {
    const turn = await pollAll(workers);
    console.error(`${workers} worker${workers === 1 ? '' : 's'}: ${turn.seconds.toFixed(2)} s`);
    // The first one also meets every tenant for the first time.
    turns.push(turn);
  }
  report(turns.slice(1));
  await reportDeadTuples();
}

function report(turns: readonly Turn[]): void {
  const of = (workers: number) => turns.filter((turn) => turn.workers === workers);
  const best = (workers: number) => Math.min(...of(workers).map(({ seconds }) => seconds));
  const sum = (value: (turn: Turn) => number) => turns.reduce((total, turn) => total + value(turn), 0);
  console.log(
    `${TENANTS} tenants due at once, ${CONCURRENCY} requests in flight a worker, answers after ${ANSWER_MS} ms`,
  );
  for (const workers of [1, 2]) {
    console.log(
      `${workers}: ${of(workers)
        .map(({ seconds }) => seconds.toFixed(2))
        .join(', ')} s; best ${(TENANTS / best(workers)).toFixed(1)} polls/s`,
    );
  }
  console.log(`two workers over one: ${(best(1) / best(2)).toFixed(2)}`);
  console.log(`jobs per poll: ${(sum(({ jobs }) => jobs) / (TENANTS * turns.length)).toFixed(4)}`);
  console.log(
    `the queue's share of PostgreSQL's processor time: ${percent(sum(({ queueCpu }) => queueCpu) / sum(({ serverCpu }) => serverCpu))}`,
  );
  console.log(`the queue's share of the workers' processor time: ${percent(queueShareOfProfiles(fleet.folder))}`);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Starts the workers, makes all tenants due at one moment, and waits until each has been asked. */
async function pollAll(workers: number): Promise<Turn> {
  const profiled = { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${fleet.folder}` };
  const children = Array.from({ length: workers }, () => startDaemon(fleet, profiled));
  await Promise.all(children.map(listening));
  await pause(3_000);
  const [before, since] = [await serverTimes(db), new Date()];
  await db.tenant.updateMany({ data: { nextPollAt: since } });
  const began = performance.now();
  while ((await db.tenant.count({ where: { lastPolledAt: { gte: since } } })) < TENANTS) await pause(50);
  const seconds = (performance.now() - began) / 1000;
  const after = await serverTimes(db);
  const [row] = await db.$queryRawUnsafe<readonly { jobs: number }[]>(
    `SELECT count(*)::int AS jobs FROM pgboss.job WHERE created_on >= $1`,
    since,
  );
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(children.map(({ ended }) => ended));
  const spent = (of: 'queue' | 'all') => after[of] - before[of];
  return { workers, seconds, jobs: row?.jobs ?? 0, queueCpu: spent('queue'), serverCpu: spent('all') };
}

async function reportDeadTuples(): Promise<void> {
  const rows = await db.$queryRawUnsafe<readonly { dead: number; live: number }[]>(
    `SELECT sum(n_dead_tup)::int AS dead, sum(n_live_tup)::int AS live FROM pg_stat_user_tables WHERE schemaname = 'pgboss'`,
  );
  console.log(`rows of the queue: ${rows[0]?.live} live, ${rows[0]?.dead} dead`);
}
