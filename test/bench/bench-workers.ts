/**
 * `npm run bench:workers [-- TENANTS]`: how much faster two workers on PostgreSQL poll a fleet that is due at once than one,
 * with an upstream that takes 200 ms to answer; and what the queue costs. One and two take turns, and the best of each
 * counts, because machines are noisy.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { configuredBy, madeVariables } from '../../src/cli/configuration.ts';
import { openApplication } from '../../src/composition/open-application.ts';
import { loadConfig } from '../../src/config/config.ts';
import { operator } from '../../src/monitoring/viewer.ts';
import { startPostgres } from '../support/database-server.ts';
import { type Child, startChild } from '../support/program-child.ts';
import { createTestDatabase, type TestDatabase } from '../support/store-fixtures.ts';
import { queueShareOfProfiles, serverTimes } from './queue-share.ts';

const TENANTS = Number(process.argv[3] ?? 2000);
const ANSWER_MS = 200;
/** Few enough that the wait for the upstream, and no processor of a small machine, is what takes the time. */
const CONCURRENCY = 8;
const TURNS = [1, 2, 1, 2, 1, 2];
const DAY_MS = 86_400_000;
const here = import.meta.dirname;

type StandIn = Readonly<{ apiUrl: string; authUrl: string; controlUrl: string }>;
type Tenant = Readonly<{ name: string; contactEmail: string; tokens: { accessToken: string; refreshToken: string } }>;
type Turn = Readonly<{ workers: number; seconds: number; jobs: number; queueCpu: number; serverCpu: number }>;

const folder = await mkdtemp(join(tmpdir(), 'linkwatch-bench-workers-'));
const postgres = process.env.TEST_DATABASE_URL ? null : await startPostgres();
if (postgres !== null) process.env.TEST_DATABASE_URL = postgres.url;
const sandbox = spawn(process.execPath, [
  join(here, '../../src/sandbox/main.ts'),
  ...['--tenants', String(TENANTS), '--connections', '3'],
]);
const database = await createTestDatabase('PostgreSQL', { migrated: false });
try {
  await measure(await standInAddresses());
} finally {
  sandbox.kill();
  await database.drop();
  await postgres?.stop();
  await rm(folder, { recursive: true });
}

async function measure(standIn: StandIn): Promise<void> {
  const env = environment(standIn, database);
  await addTenants(env, await allTenants(standIn));
  await slowDown(standIn);
  const turns: Turn[] = [];
  for (const workers of [1, ...TURNS]) {
    const turn = await pollAll(env, workers);
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
  console.log(`the queue's share of the workers' processor time: ${percent(queueShareOfProfiles(folder))}`);
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Starts the workers, makes all tenants due at one moment, and waits until each has been asked. */
async function pollAll(env: Record<string, string>, workers: number): Promise<Turn> {
  const { db } = database.raw;
  const children = Array.from({ length: workers }, () => startChild(['start'], { cwd: folder, env }));
  await Promise.all(children.map(listens));
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

async function listens(child: Child): Promise<void> {
  while (!child.stdout().includes('listens on')) {
    if (!child.isRunning()) throw new Error(child.stderr());
    await pause(50);
  }
}

async function reportDeadTuples(): Promise<void> {
  const rows = await database.raw.db.$queryRawUnsafe<readonly { dead: number; live: number }[]>(
    `SELECT sum(n_dead_tup)::int AS dead, sum(n_live_tup)::int AS live FROM pg_stat_user_tables WHERE schemaname = 'pgboss'`,
  );
  console.log(`rows of the queue: ${rows[0]?.live} live, ${rows[0]?.dead} dead`);
}

async function standInAddresses(): Promise<StandIn> {
  const [line] = (await once(createInterface(sandbox.stdout), 'line')) as [string];
  return JSON.parse(line) as StandIn;
}

async function slowDown({ controlUrl }: StandIn): Promise<void> {
  const answer = { kind: 'usual', delayMs: ANSWER_MS };
  const body = JSON.stringify({ route: 'connections', answer });
  const headers = { 'content-type': 'application/json' };
  const told = await fetch(`${controlUrl}/script`, { method: 'POST', body, headers });
  if (!told.ok) throw new Error(`the stand-in answered ${told.status}: ${await told.text()}`);
}

async function allTenants({ controlUrl }: StandIn): Promise<readonly Tenant[]> {
  const pages = Array.from({ length: Math.ceil(TENANTS / 1000) }, (_, page) => page * 1000);
  const answers = await Promise.all(pages.map((offset) => fetch(`${controlUrl}/tenants?offset=${offset}&limit=1000`)));
  const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { tenants: Tenant[] }[];
  return bodies.flatMap(({ tenants }) => tenants);
}

function environment({ apiUrl, authUrl }: StandIn, { url }: TestDatabase): Record<string, string> {
  return {
    DATABASE_URL: url,
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    CONSTANT_CONTACT_CLIENT_ID: 'sandbox-api-key',
    CONSTANT_CONTACT_CLIENT_SECRET: 'sandbox-secret',
    CONSTANT_CONTACT_API_URL: apiUrl,
    CONSTANT_CONTACT_AUTH_URL: authUrl,
    CONSTANT_CONTACT_REQUESTS_PER_SECOND: '0',
    CONSTANT_CONTACT_REQUESTS_PER_DAY: '0',
    POLL_CONCURRENCY: String(CONCURRENCY),
    POLL_SCHEDULE: '0 0 1 1 *',
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'alerts@agency.example',
    OPERATOR_EMAIL: 'operator@agency.example',
    HTTP_PORT: '0',
    LOG_LEVEL: 'warn',
    NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}`,
  };
}

async function addTenants(
  { NODE_OPTIONS: _, ...env }: Record<string, string>,
  tenants: readonly Tenant[],
): Promise<void> {
  const loaded = loadConfig(env, { readFile: () => '', purpose: 'poll', isTerminal: false });
  if (!loaded.ok) throw new Error('the benchmark configured itself wrongly');
  const app = await openApplication(loaded.config, {
    use: 'command',
    database: 'created',
    configured: configuredBy(madeVariables(env)),
  });
  await app.tenants.add(
    operator,
    tenants.map(({ name, contactEmail, tokens }) => ({
      ...{ name, timezone: 'UTC', locale: 'en', schedule: null },
      contacts: [{ email: contactEmail, role: 'owner' }],
      grant: { ...tokens, expiresAt: Date.now() + DAY_MS, lifetimeMs: DAY_MS },
    })),
  );
  await app.operations.close(operator);
}
