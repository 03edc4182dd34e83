import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { operator } from '../../src/monitoring/viewer.ts';
import type { DatabaseName } from '../support/store-fixtures.ts';
import { openBenchApplication } from './bench-application.ts';
import { type BenchDatabase, openBenchDatabase } from './bench-database.ts';

export const CONCURRENCY = 16;
const CONNECTIONS = 3;
const DAY_MS = 86_400_000;
const ADDED_AT_ONCE = 2_000;
const ASKED_AT_ONCE = 1_000;

type StandIn = Readonly<{ apiUrl: string; authUrl: string; controlUrl: string }>;
type StandInTenant = Readonly<{
  id: string;
  name: string;
  contactEmail: string;
  tokens: Readonly<{ accessToken: string; refreshToken: string }>;
}>;

/** A stand-in for Constant Contact in a process of its own, and a database that knows its accounts. */
export type BenchFleet = Readonly<{
  folder: string;
  database: BenchDatabase;
  tenants: readonly StandInTenant[];
  apiUrl: string;
  /** What every process of the program is told. */
  env: Readonly<Record<string, string>>;
  /** Asks the stand-in's control, by the routes of `src/sandbox/control-routes.ts`. */
  control<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  /** How many requests for connections it has answered. */
  polled(): Promise<number>;
  close(): Promise<void>;
}>;

export type FleetOptions = Readonly<{
  tenants: number;
  settings?: Readonly<Record<string, string>>;
  /** False: the accounts are there, and the database does not know them yet. */
  added?: boolean;
}>;

export async function openBenchFleet(
  name: DatabaseName,
  { tenants: count, settings, added = true }: FleetOptions,
): Promise<BenchFleet> {
  const folder = await mkdtemp(join(tmpdir(), 'linkwatch-bench-'));
  const database = await openBenchDatabase(name, folder);
  const main = join(import.meta.dirname, '../../src/sandbox/main.ts');
  const sandbox = spawn(process.execPath, [main, '--tenants', `${count}`, '--connections', `${CONNECTIONS}`]);
  const [line] = (await once(createInterface(sandbox.stdout), 'line')) as [string];
  const standIn = JSON.parse(line) as StandIn;
  const control = controlOf(standIn.controlUrl);
  const tenants = await allTenants(control, count);
  const env = { ...environment(standIn, database.url), ...settings };
  if (added) await addTenants(env, tenants);
  return {
    folder,
    database,
    tenants,
    env,
    control,
    apiUrl: standIn.apiUrl,
    polled: async () => (await control<{ requests: { connections: number } }>('GET', 'counters')).requests.connections,
    close: async () => {
      sandbox.kill();
      await once(sandbox, 'close');
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}

function controlOf(controlUrl: string): BenchFleet['control'] {
  return async <Answer>(method: string, path: string, body?: unknown) => {
    const given = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${controlUrl}/${path}`, { method, ...given });
    if (!answer.ok) throw new Error(`the stand-in answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
}

async function allTenants(control: BenchFleet['control'], count: number): Promise<readonly StandInTenant[]> {
  const tenants: StandInTenant[] = [];
  while (tenants.length < count) {
    const page = `tenants?offset=${tenants.length}&limit=${ASKED_AT_ONCE}`;
    tenants.push(...(await control<{ tenants: readonly StandInTenant[] }>('GET', page)).tenants);
  }
  return tenants;
}

function environment({ apiUrl, authUrl }: StandIn, databaseUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    CONSTANT_CONTACT_CLIENT_ID: 'sandbox-api-key',
    CONSTANT_CONTACT_CLIENT_SECRET: 'sandbox-secret',
    CONSTANT_CONTACT_API_URL: apiUrl,
    CONSTANT_CONTACT_AUTH_URL: authUrl,
    CONSTANT_CONTACT_REQUESTS_PER_SECOND: '0',
    CONSTANT_CONTACT_REQUESTS_PER_DAY: '0',
    CONSTANT_CONTACT_TOKEN_REQUESTS_PER_SECOND: '0',
    POLL_CONCURRENCY: `${CONCURRENCY}`,
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'Linkwatch <alerts@agency.example>',
    OPERATOR_EMAIL: 'operator@agency.example',
    HTTP_PORT: '0',
    DIGEST_AT: 'off',
  };
}

async function addTenants(env: Record<string, string>, tenants: readonly StandInTenant[]): Promise<void> {
  const app = await openBenchApplication(env, 'created');
  for (let first = 0; first < tenants.length; first += ADDED_AT_ONCE) {
    await app.tenants.add(
      operator,
      tenants.slice(first, first + ADDED_AT_ONCE).map(({ name, contactEmail, tokens }) => ({
        name,
        timezone: 'UTC',
        locale: 'en',
        schedule: null,
        contacts: [{ email: contactEmail, role: 'owner' }],
        grant: { ...tokens, expiresAt: Date.now() + DAY_MS, lifetimeMs: DAY_MS },
      })),
    );
  }
  await app.operations.close(operator);
}
