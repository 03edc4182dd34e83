import type { Cli, Opening } from '../../src/cli/context.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import type { Config, Environment } from '../../src/config/config.ts';
import type { Application } from '../../src/monitoring/application.ts';
import type { TenantSummary } from '../../src/monitoring/views.ts';
import { NOW } from './builders.ts';
import { capturedOutput } from './captured-output.ts';
import { aDetail, aMonitor, onePage } from './cli-views.ts';
import { completeEnv } from './config-environment.ts';

export type PartialApplication = { readonly [Group in keyof Application]?: Partial<Application[Group]> };

export type CliWorld = Readonly<{
  /**
   * The calls that the application answers. Without a word its monitor is well, and it knows a tenant of any id and none
   * by name; any other call fails the test.
   */
  app?: PartialApplication;
  env?: Environment;
  dotEnv?: Partial<Cli['dotEnv']>;
  stdin?: string;
  /** What the person at the terminal says to a question; null, unless given: there is nobody. */
  confirms?: boolean | null;
  /** By path; any other cannot be read. */
  files?: Readonly<Record<string, string>>;
  isTerminal?: boolean;
  hasColour?: boolean;
  now?: () => number;
  /** Aborted as by SIGINT. */
  stop?: AbortSignal;
  runDemo?: Cli['runDemo'];
}>;

export type CliResult = Readonly<{
  exitCode: number;
  stdout: string;
  stderr: string;
  /** What the one JSON document on stdout says. */
  json: unknown;
  opened: readonly (Readonly<{ config: Config }> & Opening)[];
  /** How often an app was closed. */
  closed: number;
}>;

/** Runs `linkwatch <args>` in memory, at `NOW`, with everything that `start` needs configured. */
export async function linkwatch(args: string | readonly string[], world: CliWorld = {}): Promise<CliResult> {
  const { app = {}, env = completeEnv, stdin = '', files = {}, now = () => NOW } = world;
  const { isTerminal = false, hasColour = false } = world;
  const stdout = capturedOutput({ isTerminal, hasColour, columns: 100 });
  const stderr = capturedOutput({ isTerminal, hasColour, columns: 100 });
  const opened: (Readonly<{ config: Config }> & Opening)[] = [];
  let closed = 0;
  const exitCode = await runCli(
    {
      version: '1.2.3',
      stdout: stdout.output,
      stderr: stderr.output,
      env,
      dotEnv: { file: '.env', names: [], isExposed: false, ...world.dotEnv },
      now,
      readStdin: async () => stdin,
      keepHeapSmall: () => undefined,
      readStdinBytes: async (most) => (Buffer.byteLength(stdin) <= most ? Buffer.from(stdin) : null),
      confirm: async (question) => {
        if (world.confirms != null) stderr.output.write(question);
        return world.confirms ?? null;
      },
      pathOf: (path) => `/where/${path}`,
      readFile: (path) => fileIn(files, path),
      readHomeFile: (path) => fileIn(files, path),
      stopSignal: () => world.stop ?? new AbortController().signal,
      openApplication: async (config, opening) => {
        opened.push({ config, ...opening });
        const operations = { close: async () => void closed++, monitor: async () => aMonitor(), ...app.operations };
        const tenants = { find: knownById, list: async () => onePage<TenantSummary>(), ...app.tenants };
        return fakeApplication({ ...app, tenants, operations });
      },
      runDemo: world.runDemo ?? (async () => undefined),
    },
    typeof args === 'string' ? args.split(' ').filter((arg) => arg !== '') : args,
  );
  const [out, err] = [stdout.text(), stderr.text()];
  return { exitCode, stdout: out, stderr: err, json: parsed(out), opened, closed };
}

const knownById: Application['tenants']['find'] = async (_, id) => aDetail({ id });

const groups = [
  'tenants',
  'health',
  'incidents',
  'mail',
  'events',
  'rounds',
  'replays',
  'owner',
  'connecting',
  'apiKeys',
  'applications',
  'webhooks',
  'audit',
  'fleet',
  'past',
  'operations',
] as const satisfies readonly (keyof Application)[];

function fakeApplication(app: PartialApplication): Application {
  return Object.fromEntries(groups.map((group) => [group, fakeGroup(group, app[group] ?? {})])) as Application;
}

function fakeGroup(group: string, calls: object): object {
  return new Proxy(calls, {
    get: (target, name) => {
      if (name in target) return Reflect.get(target, name);
      throw new Error(`the command called ${group}.${String(name)}, which the test does not expect`);
    },
  });
}

function fileIn(files: Readonly<Record<string, string>>, path: string): string {
  const text = files[path];
  if (text !== undefined) return text;
  throw Object.assign(new Error(`ENOENT: no such file or directory, open '${path}'`), { code: 'ENOENT' });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
