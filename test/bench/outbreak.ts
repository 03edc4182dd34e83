/**
 * `npm run outbreak [TENANTS] [REALLY_BROKEN]`: the daemon over a fleet whose Facebook accounts all "break" for what
 * would be 40 minutes; some of them really. An hour is a minute here. Who was mailed what is the result.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { operator } from '../../src/monitoring/viewer.ts';
import { startMailCatcher } from '../../src/sandbox/mail-catcher.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { startChild } from '../support/program-child.ts';
import { openBenchApplication } from './bench-application.ts';

const TENANTS = Number(process.argv[2] ?? 5000);
const REALLY_BROKEN = Number(process.argv[3] ?? 30);
const MINUTE_MS = 1000;
const HOUR_MS = 60 * MINUTE_MS;
const OPERATOR = 'operator@agency.example';

const folder = await mkdtemp(join(tmpdir(), 'linkwatch-outbreak-'));
const sandbox = await startSandbox({ tenants: TENANTS, connectionsEach: 3, accessTokenLifetimeS: 86_400 });
const mail = await startMailCatcher({});
const env = {
  DATABASE_URL: `file:${join(folder, 'outbreak.db')}`,
  ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  CONSTANT_CONTACT_CLIENT_ID: sandbox.clientId,
  CONSTANT_CONTACT_CLIENT_SECRET: sandbox.clientSecret ?? '',
  CONSTANT_CONTACT_API_URL: sandbox.apiUrl,
  CONSTANT_CONTACT_AUTH_URL: sandbox.authUrl,
  CONSTANT_CONTACT_REQUESTS_PER_SECOND: '0',
  CONSTANT_CONTACT_REQUESTS_PER_DAY: '0',
  CONSTANT_CONTACT_TOKEN_REQUESTS_PER_SECOND: '0',
  SMTP_URL: mail.smtpUrl,
  MAIL_FROM: 'Linkwatch <alerts@agency.example>',
  OPERATOR_EMAIL: OPERATOR,
  HTTP_PORT: '0',
  POLL_SCHEDULE: '0 * * * * *',
  RECHECK_AFTER: '15s',
  GROUP_WAIT: '2s',
  FLEET_WINDOW: '1m',
  FLEET_HOLD: '6m',
  OUTAGE_AFTER: '15s',
  REMIND_AFTER: 'off',
  DIGEST_AT: 'off',
};

try {
  await addTenants();
  const daemon = startChild(['start'], { cwd: folder, env });
  await quiet(2 * HOUR_MS, 'the fleet is polled, and well');
  const facebooks = sandbox.control.patchStatuses({ network: 'facebook' }, { token_is_valid: false });
  await quiet(40 * MINUTE_MS, `${facebooks} Facebook accounts show an invalid token`);
  const broken = new Set(reallyBroken().map(({ id }) => id));
  const well = sandbox.control.tenants().filter(({ id }) => !broken.has(id));
  sandbox.control.patchStatuses({ network: 'facebook', tenantIds: well.map(({ id }) => id) }, { token_is_valid: true });
  await quiet(3 * HOUR_MS, `they are well again, but for ${broken.size}`);
  daemon.kill('SIGTERM');
  console.log(`the daemon ended with ${(await daemon.ended).exitCode}`);
  report();
} finally {
  await Promise.all([sandbox.stop(), mail.close()]);
  await rm(folder, { recursive: true });
}

async function addTenants(): Promise<void> {
  const app = await openBenchApplication(env, 'created');
  const lifetimeMs = 86_400_000;
  await app.tenants.add(
    operator,
    sandbox.control.tenants().map(({ name, contactEmail, tokens }, index) => ({
      name,
      timezone: 'UTC',
      locale: 'en',
      schedule: null,
      contacts: [{ email: `${index}.${contactEmail}`, role: 'owner' }],
      grant: { ...tokens, expiresAt: Date.now() + lifetimeMs, lifetimeMs },
    })),
  );
  await app.operations.close(operator);
}

function reallyBroken() {
  const all = sandbox.control.tenants();
  const step = Math.max(1, Math.floor(all.length / Math.max(1, REALLY_BROKEN)));
  return all.filter((_, index) => index % step === 0).slice(0, REALLY_BROKEN);
}

async function quiet(ms: number, what: string): Promise<void> {
  console.log(what);
  await wait(ms);
}

function report(): void {
  const toOperator = mail.mails().filter(({ to }) => to.includes(OPERATOR));
  const toOwners = mail.mails().filter(({ to }) => !to.includes(OPERATOR));
  const expected = new Set(reallyBroken().map(({ contactEmail }) => contactEmail));
  const told = toOwners.filter(({ to }) => expected.has(String(to[0]).replace(/^\d+\./, '')));
  console.log(`${TENANTS} tenants, ${REALLY_BROKEN} really broken, 60 times as fast as life`);
  console.log(`requests for connections: ${sandbox.control.counters().requests.connections}`);
  console.log(`mails to owners: ${toOwners.length}, of which to those really broken: ${told.length}`);
  for (const { subject } of toOwners.slice(0, 3)) console.log(`  ${subject}`);
  console.log(`mails to the operator: ${toOperator.length}`);
  for (const { subject } of toOperator) console.log(`  ${subject}`);
  const isAsExpected = toOwners.length === REALLY_BROKEN && told.length === REALLY_BROKEN && toOperator.length === 2;
  if (!isAsExpected) process.exitCode = 1;
}
