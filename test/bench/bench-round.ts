/**
 * `npm run bench [TENANTS]`: a full round over a fleet, twice, beside the same requests with got alone, in one run
 * against one stand-in. Machines differ and are noisy: the ratios are the result, the seconds are only an impression.
 */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { openApplication } from '../../src/composition/open-application.ts';
import { loadConfig } from '../../src/config/config.ts';
import { operator } from '../../src/monitoring/viewer.ts';

const TENANTS = Number(process.argv[2] ?? 2000);
const CONNECTIONS = 3;
const CONCURRENCY = '16';
const run = promisify(execFile);
const here = import.meta.dirname;

type Figures = Readonly<{ polled: number; changes?: number; wallMs: number; cpuMs: number; peakMemoryMiB: number }>;
type StandIn = Readonly<{ apiUrl: string; authUrl: string; controlUrl: string }>;
type StandInTenant = Readonly<{
  name: string;
  contactEmail: string;
  tokens: Readonly<{ accessToken: string; refreshToken: string }>;
}>;

const folder = await mkdtemp(join(tmpdir(), 'linkwatch-bench-'));
const sandbox = spawn(process.execPath, [
  join(here, '../../src/sandbox/main.ts'),
  ...['--tenants', String(TENANTS), '--connections', String(CONNECTIONS)],
]);
try {
  await measure(await standInAddresses());
} finally {
  sandbox.kill();
  await once(sandbox, 'close');
  await rm(folder, { recursive: true });
}

async function measure(standIn: StandIn): Promise<void> {
  const env = environment(standIn);
  const tenants = await allTenants(standIn);
  await addTenants(env, tenants);
  const bare = await bareRequests(standIn, tenants);
  const first = await pollOnce(env);
  const sizeAfterFirst = await databaseBytes(env);
  const second = await pollOnce(env);
  const sizeAfterSecond = await databaseBytes(env);

  console.log(`${TENANTS} tenants of ${CONNECTIONS} connections, ${CONCURRENCY} requests in flight, SQLite\n`);
  console.table({ 'got alone': row(bare), 'first round': row(first), 'second round': row(second) });
  console.log(`second round: ${second.changes} changes`);
  console.log(`processor time of the second round / got alone: ${(second.cpuMs / bare.cpuMs).toFixed(1)}`);
  console.log(`database bytes per poll, nothing changed: ${Math.round((sizeAfterSecond - sizeAfterFirst) / TENANTS)}`);
}

function row({ polled, wallMs, cpuMs, peakMemoryMiB }: Figures) {
  return {
    'wall s': (wallMs / 1000).toFixed(2),
    'polls/s': Math.round((polled / wallMs) * 1000),
    'CPU s per 1,000': (cpuMs / polled).toFixed(3),
    'peak MiB': Math.round(peakMemoryMiB),
  };
}

async function standInAddresses(): Promise<StandIn> {
  const [line] = (await once(createInterface(sandbox.stdout), 'line')) as [string];
  return JSON.parse(line) as StandIn;
}

async function allTenants({ controlUrl }: StandIn): Promise<readonly StandInTenant[]> {
  const pages = Array.from({ length: Math.ceil(TENANTS / 1000) }, (_, page) => page * 1000);
  const answers = await Promise.all(pages.map((offset) => fetch(`${controlUrl}/tenants?offset=${offset}&limit=1000`)));
  const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { tenants: StandInTenant[] }[];
  return bodies.flatMap(({ tenants }) => tenants);
}

function environment({ apiUrl, authUrl }: StandIn): Record<string, string> {
  return {
    DATABASE_URL: `file:${join(folder, 'bench.db')}`,
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    CONSTANT_CONTACT_CLIENT_ID: 'sandbox-api-key',
    CONSTANT_CONTACT_CLIENT_SECRET: 'sandbox-secret',
    CONSTANT_CONTACT_API_URL: apiUrl,
    CONSTANT_CONTACT_AUTH_URL: authUrl,
    CONSTANT_CONTACT_REQUESTS_PER_SECOND: '0',
    CONSTANT_CONTACT_REQUESTS_PER_DAY: '0',
    POLL_CONCURRENCY: CONCURRENCY,
  };
}

async function addTenants(env: Record<string, string>, tenants: readonly StandInTenant[]): Promise<void> {
  const loaded = loadConfig(env, { readFile: () => '', purpose: 'poll', isTerminal: false });
  if (!loaded.ok) throw new Error('the benchmark configured itself wrongly');
  const app = await openApplication(loaded.config, { use: 'command', database: 'created' });
  const lifetimeMs = 86_400_000;
  await app.tenants.add(
    operator,
    tenants.map(({ name, contactEmail, tokens }) => ({
      name,
      timezone: 'UTC',
      locale: 'en',
      schedule: null,
      contacts: [{ email: contactEmail, role: 'owner' }],
      grant: { ...tokens, expiresAt: Date.now() + lifetimeMs, lifetimeMs },
    })),
  );
  await app.operations.close(operator);
}

async function bareRequests({ apiUrl }: StandIn, tenants: readonly StandInTenant[]): Promise<Figures> {
  const asked = run(process.execPath, [join(here, 'bare-requests.ts'), apiUrl, CONCURRENCY]);
  asked.child.stdin?.end(JSON.stringify(tenants.map(({ tokens }) => tokens.accessToken)));
  return JSON.parse((await asked).stdout) as Figures;
}

async function pollOnce(env: Record<string, string>): Promise<Figures> {
  const { stdout } = await run(process.execPath, [join(here, 'poll-once.ts')], { env: { ...process.env, ...env } });
  return JSON.parse(stdout) as Figures;
}

async function databaseBytes({ DATABASE_URL = '' }: Record<string, string>): Promise<number> {
  return (await stat(DATABASE_URL.slice('file:'.length))).size;
}
