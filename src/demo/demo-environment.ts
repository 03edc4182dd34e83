import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { configuredBy, madeVariables } from '../cli/configuration.ts';
import { openApplication } from '../composition/open-application.ts';
import { type Config, type Environment, formatProblems, loadConfig } from '../config/config.ts';
import type { Application } from '../monitoring/application.ts';
import { operator } from '../monitoring/viewer.ts';
import { type MailCatcher, startMailCatcher } from '../sandbox/mail-catcher.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import type { Screen } from './screen.ts';

const TENANTS = 6;
export const OPERATOR = 'operator@agency.example';

/** Days and minutes of the real thing as seconds, so that a story of weeks fits into a minute. */
const demoPace = {
  POLL_SCHEDULE: '*/3 * * * * *',
  POLL_SPREAD: 'off',
  RECHECK_AFTER: '2s',
  GROUP_WAIT: '1s',
  REMIND_AFTER: '12s',
  REMINDER_HOURS: '00:00-24:00',
  OUTAGE_AFTER: '4s',
};

/** Everything the story needs, running: the stand-in, the mail catcher, the real daemon. */
export type DemoEnvironment = Readonly<{
  app: Application;
  /** Where the daemon's pages are. */
  url: string;
  sandbox: Sandbox;
  catcher: MailCatcher;
  /** Resolves when the daemon has ended. */
  ended: Promise<void>;
  /** Waits until it is so, at most half a minute; false when the demo is being ended. */
  until(isSo: () => boolean | Promise<boolean>): Promise<boolean>;
  close(): Promise<void>;
}>;

export async function openDemoEnvironment({
  screen,
  signal,
}: Readonly<{ screen: Screen; signal: AbortSignal }>): Promise<DemoEnvironment> {
  const folder = await mkdtemp(join(tmpdir(), 'linkwatch-demo-'));
  const sandbox = await startSandbox({ tenants: TENANTS, connectionsEach: 3, accessTokenLifetimeS: 30 });
  const catcher = await startMailCatcher({
    onMail: (mail) => screen.mail({ ...mail, url: catcher.mailUrl(mail) }),
    readerOf: ({ to }) => (to.includes(OPERATOR) ? 'operator' : 'owner'),
  });
  const env = demoVariables({ folder, sandbox, catcher, port: await freePort() });
  const config = demoConfig(env);
  const app = await openApplication(config, {
    use: 'command',
    database: 'created',
    configured: configuredBy(madeVariables(env)),
  });
  await app.tenants.add(operator, sandbox.control.tenants().map(asNewTenant));
  const listening = Promise.withResolvers<void>();
  const ended = app.operations.start(operator, {
    signal,
    onListening: () => listening.resolve(),
    onRound: screen.round,
  });
  await Promise.race([listening.promise, ended]);
  return {
    app,
    url: config.http.publicUrl,
    sandbox,
    catcher,
    ended,
    until: (isSo) => waitUntil(isSo, signal),
    close: async () => {
      await ended;
      await app.operations.close(operator);
      await Promise.all([catcher.close(), sandbox.stop()]);
      await rm(folder, { recursive: true });
    },
  };
}

type Surroundings = Readonly<{ folder: string; sandbox: Sandbox; catcher: MailCatcher; port: number }>;

function demoVariables({ folder, sandbox, catcher, port }: Surroundings): Environment {
  return {
    ...demoPace,
    DATABASE_URL: `file:${join(folder, 'linkwatch.db')}`,
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    CONSTANT_CONTACT_CLIENT_ID: sandbox.clientId,
    CONSTANT_CONTACT_CLIENT_SECRET: sandbox.clientSecret ?? undefined,
    CONSTANT_CONTACT_API_URL: sandbox.apiUrl,
    CONSTANT_CONTACT_AUTH_URL: sandbox.authUrl,
    CONSTANT_CONTACT_REQUESTS_PER_DAY: '0',
    CONSTANT_CONTACT_REQUESTS_PER_SECOND: '0',
    CONSTANT_CONTACT_TOKEN_REQUESTS_PER_SECOND: '0',
    SMTP_URL: catcher.smtpUrl,
    MAIL_FROM: 'alerts@agency.example',
    BRAND_NAME: 'Agency Bright',
    OPERATOR_EMAIL: OPERATOR,
    HTTP_PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    LOG_LEVEL: 'silent',
  };
}

function demoConfig(env: Environment): Config {
  const loaded = loadConfig(env, { readFile: () => '', purpose: 'start', isTerminal: false });
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
  return loaded.config;
}

function asNewTenant({ name, contactEmail, timeZone, tokens }: ReturnType<Sandbox['control']['tenants']>[number]) {
  return {
    name,
    timezone: timeZone,
    locale: 'en-US',
    schedule: null,
    contacts: [{ email: contactEmail, role: 'owner' }] as const,
    grant: { accessToken: null, refreshToken: tokens.refreshToken, expiresAt: null, lifetimeMs: null },
  };
}

/** Links in mail name the port, so it must be known before the daemon listens on it. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const LOOK_EVERY_MS = 250;
const LOOKS = 120;

async function waitUntil(isSo: () => boolean | Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  for (let look = 0; look < LOOKS && !signal.aborted; look += 1) {
    if (await isSo()) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return !signal.aborted;
}
