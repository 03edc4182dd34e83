import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { CaughtMail } from '../../src/sandbox/caught-mail.ts';
import type { Control } from '../../src/sandbox/control.ts';
import { mayBeHosted, runHosted } from './hosted-commands.ts';
import { type Child, type Ended, startChild } from './program-child.ts';
import {
  closePlaces,
  type Environment,
  environmentOf,
  openPlaces,
  type Places,
  type PlacesOptions,
  secretsOf,
} from './program-places.ts';
import { leaksIn, type Said, storedRows } from './program-secrets.ts';
import { letTimePass } from './program-time.ts';
import type { Wire } from './program-wire.ts';
import type { SmtpCatcher } from './smtp-catcher.ts';
import type { TestDatabase } from './store-fixtures.ts';
import { until } from './until.ts';

/** For stories in real time: everything that production does in hours happens within seconds. */
export const hasty: Environment = {
  POLL_SCHEDULE: '*/2 * * * * *',
  POLL_SPREAD: 'off',
  RECHECK_AFTER: '300ms',
  GROUP_WAIT: '0s',
  OUTAGE_AFTER: '500ms',
  REMIND_AFTER: 'off',
};

type RunOptions = Readonly<{ env?: Environment; stdin?: string }>;

export type WorldOptions = PlacesOptions &
  Readonly<{
    /** Beyond the world's own. */
    settings?: Environment;
    secrets?: readonly string[];
    /**
     * Whether `json` starts a process for each command, too: where that is what the story is about, or where the file of
     * SQLite is to be nobody's, as a process may keep it open until it has tidied its memory.
     */
    ownProcesses?: boolean;
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
  /** One command, which the story may stop. */
  begin(args: readonly string[], options?: RunOptions): Child;
  /** One command in a process of its own, to its end. */
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** What one command that succeeds prints with `--json`; it sets the stage, or looks at it, in a process that stays. */
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

/**
 * Runs a story in a world of its own, and gives what it gives. Whatever happened in it, nothing that was said in it may
 * hold a secret.
 */
export async function withWorld<T>(options: WorldOptions, story: (world: World) => Promise<T>): Promise<T> {
  const places = await openPlaces(options);
  const said: Said[] = [];
  const children: Child[] = [];
  const { settings = {}, ownProcesses = false } = options;
  const world = createWorld(places, { said, children, settings, ownProcesses });
  try {
    const told = await story(world);
    const leaks = leaksIn(await everythingSaid(places, said, children), [
      ...secretsOf(places),
      ...(options.secrets ?? []),
    ]);
    if (leaks.length > 0) throw new Error(`A secret was said in: ${leaks.join(', ')}.`);
    return told;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n\n${lastWords(said, children)}`, {
      cause: error,
    });
  } finally {
    for (const child of children) if (child.isRunning()) child.kill('SIGKILL');
    await Promise.all(children.map(({ ended }) => ended));
    await closePlaces(places);
  }
}

type Cast = Readonly<{ said: Said[]; children: Child[]; settings: Environment; ownProcesses: boolean }>;

function createWorld(places: Places, { said, children, settings, ownProcesses }: Cast): World {
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
  const runAnywhere = async (args: readonly string[], options: RunOptions = {}) => {
    const command = { args, cwd: folder, env: { ...base, ...options.env }, stdin: options.stdin ?? '' };
    if (ownProcesses || !mayBeHosted(command)) return await run(args, options);
    const ended = await runHosted(command);
    said.push({ where: args.join(' '), text: `${ended.stdout}\n${ended.stderr}` });
    return ended;
  };
  const json = async <Answer>(args: readonly string[], options?: RunOptions): Promise<Answer> => {
    const { exitCode, stdout, stderr } = await runAnywhere([...args, '--json'], options);
    if (exitCode !== 0) throw new Error(`${args.join(' ')} ended with ${exitCode}: ${stderr}`);
    return JSON.parse(stdout) as Answer;
  };

  return {
    ...places,
    control: sandbox.control,
    mails: () => smtp.mails(),
    env: base,
    begin: start,
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
