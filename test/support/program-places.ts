import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaughtMail } from '../../src/sandbox/caught-mail.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { tokensOf } from './program-secrets.ts';
import { startWire, type Wire } from './program-wire.ts';
import { type SmtpCatcher, startSmtpCatcher } from './smtp-catcher.ts';
import { createTestDatabase, type DatabaseName, type TestDatabase } from './store-fixtures.ts';

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

export type Environment = Readonly<Record<string, string>>;

/** Everything that the program talks to, started for one story. */
export type Places = Readonly<{
  folder: string;
  database: TestDatabase;
  sandbox: Sandbox;
  upstream: Wire;
  smtp: SmtpCatcher;
  mailRoute: Wire;
  encryptionKey: string;
}>;

export type PlacesOptions = Readonly<{
  database: DatabaseName;
  /** Whether the tables are there already: making them takes a second of each story. Yes, unless given. */
  migrated?: boolean;
  tenants?: number;
  sandbox?: SandboxOptions;
  /** Hears of each mail as it arrives, however many. */
  onMail?: (mail: CaughtMail) => void;
}>;

export async function openPlaces(places: PlacesOptions): Promise<Places> {
  const { database, migrated = true, tenants = 2, sandbox: options = {}, onMail = () => {} } = places;
  const sandbox = await startSandbox({
    seed: SEED,
    tenants,
    connectionsEach: 3,
    clientSecret: 'client-secret-word-7712',
    ...options,
  });
  const smtp = await startSmtpCatcher({ login: SMTP_LOGIN, onMail });
  return {
    folder: mkdtempSync(join(tmpdir(), 'linkwatch-e2e-')),
    database: await createTestDatabase(database, { migrated }),
    sandbox,
    upstream: await startWire(sandbox.port),
    smtp,
    mailRoute: await startWire(Number(new URL(smtp.smtpUrl).port)),
    encryptionKey: randomBytes(32).toString('base64'),
  };
}

export async function closePlaces(places: Places): Promise<void> {
  await Promise.all([places.upstream.close(), places.mailRoute.close()]);
  await Promise.all([places.sandbox.stop(), places.smtp.close(), places.database.drop()]);
  rmSync(places.folder, { recursive: true, force: true });
}

type Talked = Omit<Places, 'upstream' | 'mailRoute'> & Readonly<Record<'upstream' | 'mailRoute', Pick<Wire, 'port'>>>;

/** What every process of the program is told. */
export function environmentOf({ database, sandbox, upstream, mailRoute, encryptionKey }: Talked): Environment {
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

/** What nothing that the program says may hold. */
export function secretsOf({ sandbox, encryptionKey, database }: Places): readonly string[] {
  const ids = sandbox.control
    .tenants()
    .slice(0, TENANTS_LOOKED_AT)
    .map(({ id }) => id);
  const databasePassword = new URL(database.url).password;
  return [
    ...tokensOf(ids, { seed: SEED, clientId: sandbox.clientId }),
    encryptionKey,
    sandbox.clientSecret ?? '',
    `${sandbox.clientId}:${sandbox.clientSecret}`,
    SMTP_LOGIN.password,
    databasePassword,
  ].filter((secret) => secret !== '');
}
