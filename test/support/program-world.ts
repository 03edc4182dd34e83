import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { Control } from '../../src/sandbox/control.ts';
import type { CaughtMail } from '../../src/sandbox/mail-catcher.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Child, type Ended, startChild } from './program-child.ts';
import { leaksIn, type Said, storedRows, tokensOf } from './program-secrets.ts';
import { letTimePass } from './program-time.ts';
import { startWire, type Wire } from './program-wire.ts';
import { type SmtpCatcher, startSmtpCatcher } from './smtp-catcher.ts';
import { createTestDatabase, type DatabaseName, type TestDatabase } from './store-fixtures.ts';
import { until } from './until.ts';

export const databases: readonly DatabaseName[] = ['SQLite', 'PostgreSQL'];

/** A story starts some dozen processes, each of which may wait for a busy machine. */
export const STORY_MS = 240_000;

export const OPERATOR = 'operator@agency.example';
const SMTP_LOGIN = { user: 'linkwatch', password: 'smtp-login-word-5150' };
const SEED = 'end to end';
/** Of a large fleet, whose tokens all go the same way, so many are looked for. */
const TENANTS_LOOKED_AT = 20;

/** The stand-in counts no requests, and it is always the hour of reminders. */
const withoutLimits = {
  CONSTANT_CONTACT_REQUESTS_PER_SECOND: '0',
  CONSTANT_CONTACT_REQUESTS_PER_DAY: '0',
  CONSTANT_CONTACT_TOKEN_REQUESTS_PER_SECOND: '0',
  REMINDER_HOURS: '00:00-24:00',
};

/** For stories in real time: everything that production does in hours happens within seconds. */
export const hasty: Environment = {
  POLL_SCHEDULE: '*/2 * * * * *',
  POLL_SPREAD: 'off',
  RECHECK_AFTER: '300ms',
  GROUP_WAIT: '0s',
  OUTAGE_AFTER: '500ms',
  REMIND_AFTER: 'off',
};

export type Environment = Readonly<Record<string, string>>;
type RunOptions = Readonly<{ env?: Environment; stdin?: string }>;

export type WorldOptions = Readonly<{
  database: DatabaseName;
  tenants?: number;
  sandbox?: SandboxOptions;
  settings?: Environment;
}>;

/** One installation of Linkwatch with everything around it, all of it real and on loopback. */
export type World = Readonly<{
  folder: string;
  database: TestDatabase;
  /** The stand-in for Constant Contact, and the way to it. */
  control: Control;
  upstream: Wire;
  smtp: SmtpCatcher;
  mailRoute: Wire;
  mails(): readonly CaughtMail[];
  /** The environment of every process of this world. */
  env: Environment;
  /** One command, to its end. */
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** What one command that succeeds prints with `--json`. */
  json<Answer>(args: readonly string[], options?: RunOptions): Promise<Answer>;
  daemon(env?: Environment): Promise<Daemon>;
  /** Imports every tenant of the stand-in; Linkwatch's ids, in the stand-in's order. */
  importTenants(): Promise<readonly string[]>;
  letTimePass(ms: number): Promise<void>;
}>;

export type Daemon = Child &
  Readonly<{
    /** Where it says that it listens. */
    url: string;
    request(path: string, init?: RequestInit): Promise<Readonly<{ status: number; body: string }>>;
  }>;

/** Runs a story in a world of its own. Whatever happened in it, nothing that was said in it may hold a secret. */
export async function withWorld(options: WorldOptions, story: (world: World) => Promise<void>): Promise<void> {
  const places = await openPlaces(options);
  const said: Said[] = [];
  const children: Child[] = [];
  const world = createWorld(places, { said, children, settings: options.settings ?? {} });
  try {
    await story(world);
    const leaks = leaksIn(await everythingSaid(places, said, children), secretsOf(places));
    if (leaks.length > 0) throw new Error(`A secret was said in: ${leaks.join(', ')}.`);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n\n${lastWords(said, children)}`, {
      cause: error,
    });
  } finally {
    await closePlaces(places, children);
  }
}

type Places = Readonly<{
  folder: string;
  database: TestDatabase;
  sandbox: Sandbox;
  upstream: Wire;
  smtp: SmtpCatcher;
  mailRoute: Wire;
  encryptionKey: string;
}>;

async function openPlaces({ database, tenants = 2, sandbox: options = {} }: WorldOptions): Promise<Places> {
  const sandbox = await startSandbox({
    seed: SEED,
    tenants,
    connectionsEach: 3,
    clientSecret: 'client-secret-word-7712',
    ...options,
  });
  const smtp = await startSmtpCatcher({ login: SMTP_LOGIN });
  return {
    folder: mkdtempSync(join(tmpdir(), 'linkwatch-e2e-')),
    database: await createTestDatabase(database, { migrated: false }),
    sandbox,
    upstream: await startWire(sandbox.port),
    smtp,
    mailRoute: await startWire(Number(new URL(smtp.smtpUrl).port)),
    encryptionKey: randomBytes(32).toString('base64'),
  };
}

async function closePlaces(places: Places, children: readonly Child[]): Promise<void> {
  for (const child of children) if (child.isRunning()) child.kill('SIGKILL');
  await Promise.all(children.map(({ ended }) => ended));
  await Promise.all([places.upstream.close(), places.mailRoute.close()]);
  await Promise.all([places.sandbox.stop(), places.smtp.close(), places.database.drop()]);
  rmSync(places.folder, { recursive: true, force: true });
}

function environmentOf({ database, sandbox, upstream, mailRoute, encryptionKey }: Places): Environment {
  const origin = `http://127.0.0.1:${upstream.port}`;
  return {
    DATABASE_URL: database.url,
    ENCRYPTION_KEY: encryptionKey,
    CONSTANT_CONTACT_CLIENT_ID: sandbox.clientId,
    CONSTANT_CONTACT_CLIENT_SECRET: sandbox.clientSecret ?? '',
    CONSTANT_CONTACT_API_URL: `${origin}/v3`,
    CONSTANT_CONTACT_AUTH_URL: `${origin}/oauth2/default/v1`,
    SMTP_URL: `smtp://${SMTP_LOGIN.user}:${SMTP_LOGIN.password}@127.0.0.1:${mailRoute.port}`,
    MAIL_FROM: 'Linkwatch <alerts@agency.example>',
    OPERATOR_EMAIL: OPERATOR,
    HTTP_PORT: '0',
    ...withoutLimits,
  };
}

type Cast = Readonly<{ said: Said[]; children: Child[]; settings: Environment }>;

function createWorld(places: Places, { said, children, settings }: Cast): World {
  const { folder, database, sandbox, smtp } = places;
  const base = { ...environmentOf(places), ...settings };

  const start = (args: readonly string[], { env = {}, ...rest }: RunOptions = {}) => {
    const child = startChild(args, { cwd: folder, env: { ...base, ...env }, ...rest });
    children.push(child);
    return child;
  };
  const run = async (args: readonly string[], options?: RunOptions) => {
    const ended = await start(args, options).ended;
    said.push({ where: args.join(' '), text: `${ended.stdout}\n${ended.stderr}` });
    return ended;
  };
  const json = async <Answer>(args: readonly string[], options?: RunOptions): Promise<Answer> => {
    const { exitCode, stdout, stderr } = await run([...args, '--json'], options);
    if (exitCode !== 0) throw new Error(`${args.join(' ')} ended with ${exitCode}: ${stderr}`);
    return JSON.parse(stdout) as Answer;
  };

  return {
    ...places,
    control: sandbox.control,
    mails: () => smtp.mails(),
    env: base,
    run,
    json,
    daemon: async (env = {}) => withHttp(await listening(start(['start'], { env })), said),
    importTenants: async () => {
      const file = join(folder, 'tenants.csv');
      writeFileSync(file, tenantsAsCsv(sandbox.control));
      const { tenants } = await json<{ tenants: readonly { id: string }[] }>(['tenant', 'import', file]);
      rmSync(file);
      return tenants.map(({ id }) => id);
    },
    letTimePass: (ms) => letTimePass(database.raw, ms),
  };
}

async function listening(child: Child): Promise<Child & { url: string }> {
  const url = await until('the daemon listens', () => {
    if (!child.isRunning()) throw new Error(`The daemon ended at once: ${child.stderr()}`);
    return /listens on (\S+)/.exec(child.stdout())?.[1];
  });
  return { ...child, url };
}

function withHttp(child: Child & { url: string }, said: Said[]): Daemon {
  return {
    ...child,
    request: async (path, init) => {
      const response = await fetch(new URL(path, child.url), init);
      const body = await response.text();
      said.push({ where: `GET or POST ${path.slice(0, 10)}`, text: body });
      return { status: response.status, body };
    },
  };
}

function tenantsAsCsv(control: Control): string {
  const rows = control.tenants().map(({ name, contactEmail, timeZone, tokens }) => ({
    name,
    owner: contactEmail,
    timezone: timeZone,
    refresh_token: tokens.refreshToken,
  }));
  return stringify(rows, { header: true });
}

function secretsOf({ sandbox, encryptionKey, database }: Places): readonly string[] {
  const ids = sandbox.control
    .tenants()
    .slice(0, TENANTS_LOOKED_AT)
    .map(({ id }) => id);
  const databasePassword = new URL(database.url).password;
  return [
    ...tokensOf(ids, { seed: SEED, clientId: sandbox.clientId }),
    encryptionKey,
    sandbox.clientSecret ?? '',
    SMTP_LOGIN.password,
    databasePassword,
  ].filter((secret) => secret !== '');
}

async function everythingSaid(places: Places, said: readonly Said[], children: readonly Child[]) {
  return [
    ...said,
    ...children.map((child) => ({ where: 'a process', text: `${child.stdout()}\n${child.stderr()}` })),
    ...places.smtp.mails().map(({ subject, source, html }) => ({ where: `mail ${subject}`, text: source + html })),
    ...(await storedRows(places.database.raw)),
  ];
}

/** What was said last, for whoever has to find out why a story ended otherwise. */
function lastWords(said: readonly Said[], children: readonly Child[]): string {
  const commands = said.slice(-4).map(({ where, text }) => `--- ${where}\n${text.trim().slice(-2000)}`);
  const daemons = children
    .filter((child) => child.stdout().includes('listens on'))
    .map((child) => `--- daemon\n${child.stderr().trim().slice(-3000)}`);
  return [...commands, ...daemons].join('\n');
}
