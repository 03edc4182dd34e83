import { logLevels } from './log-levels.ts';
import { addressList } from './parse-addresses.ts';
import { brandName, hexColor } from './parse-brand.ts';
import { anyText, hostName, identifier, oneOf, onOff } from './parse-choice.ts';
import { cron } from './parse-cron.ts';
import { databaseUrl } from './parse-database-url.ts';
import { dkimDomain, dkimPrivateKey, dkimSelector } from './parse-dkim.ts';
import { ascendingDurations, duration } from './parse-duration.ts';
import { encryptionKeys } from './parse-encryption-keys.ts';
import { mailAddress, namedMailAddress, returnPath } from './parse-mail-address.ts';
import { integer, percent } from './parse-number.ts';
import { reminderHours, timeOfDayOrOff } from './parse-time-of-day.ts';
import { baseUrl, pageUrl, proxyUrl, redactPath, redactUrl, redactUser, smtpUrl } from './parse-url.ts';
import { optional, secret, type Variable, withDefault } from './variable.ts';

const count = integer({ min: 1, max: 1000 });
const limit = integer({ min: 0, max: 1_000_000_000 });

function publicUrl<T>(variable: Variable<T>): Variable<T> {
  return { ...variable, show: redactUser };
}

const data = {
  DATABASE_URL: secret(
    withDefault(databaseUrl, 'file:./data/linkwatch.db', 'file:PATH is SQLite; postgresql://... for several workers'),
    redactUrl,
  ),
  ENCRYPTION_KEY: secret(
    optional(encryptionKeys, 'what `linkwatch key new` prints', 'base64 of 32 bytes; NEW,OLD: the first encrypts'),
  ),
  POLL_RETENTION: withDefault(duration({ min: '1d' }), '30d', 'How long single polls and events are kept'),
  HISTORY_RETENTION: withDefault(
    duration({ min: '1d' }),
    '400d',
    'How long periods, closed incidents and the audit are kept',
  ),
};

const constantContact = {
  CONSTANT_CONTACT_CLIENT_ID: optional(
    identifier,
    'the key that the developer portal shows',
    "The application's API key",
  ),
  CONSTANT_CONTACT_CLIENT_SECRET: secret(
    optional(identifier, 'the-secret-that-the-portal-shows-once', "The application's secret; none for a PKCE client"),
  ),
  CONSTANT_CONTACT_API_URL: publicUrl(withDefault(baseUrl, 'https://api.cc.email/v3', 'Where its API answers')),
  CONSTANT_CONTACT_AUTH_URL: publicUrl(
    withDefault(baseUrl, 'https://authz.constantcontact.com/oauth2/default/v1', 'Where it gives out tokens'),
  ),
  CONSTANT_CONTACT_REQUESTS_PER_SECOND: withDefault(limit, '4', "The API key's limit; 0 = none"),
  CONSTANT_CONTACT_REQUESTS_PER_DAY: withDefault(limit, '10000', "The API key's limit; 0 = none"),
  CONSTANT_CONTACT_TOKEN_REQUESTS_PER_SECOND: withDefault(limit, '1', "The token endpoint's own limit; 0 = none"),
  QUOTA_RESERVE: withDefault(
    percent({ min: 0, max: 90 }),
    '10%',
    "Share of the rest of a day's requests kept for re-checks",
  ),
  REQUEST_TIMEOUT: withDefault(duration({ min: '1ms', max: '10m' }), '15s', 'One request, all phases'),
};

const polling = {
  POLL_SCHEDULE: withDefault(cron, '0 * * * *', 'Cron in UTC, 5 or 6 fields; a tenant can have its own'),
  POLL_SPREAD: withDefault(onOff, 'on', 'Spread tenants between two slots; off = all at the slot'),
  POLL_CONCURRENCY: withDefault(count, '16', 'Requests in flight per process and application'),
};

const certainty = {
  RECHECK_AFTER: withDefault(duration({ max: '1d' }), '15m', 'A suspect is polled again after this'),
  CONFIRM_POLLS: withDefault(count, '2', 'Bad polls in a row that make a problem certain'),
  RECOVERY_POLLS: withDefault(count, '2', 'Good polls in a row that close it'),
  RATE_LIMIT_AFTER: withDefault(duration(), '2h', 'A rate limit that lasts this long is told'),
  CHECK_FAILED_AFTER: withDefault(duration(), '24h', 'A failing check that lasts this long is believed'),
  OUTAGE_AFTER: withDefault(duration(), '15m', 'Polls failing across the fleet for this long are an outage'),
};

const alerts = {
  ALERT_ON_BASELINE: withDefault(onOff, 'on', 'Tell what was broken already when monitoring began'),
  GROUP_WAIT: withDefault(duration({ max: '1d' }), '2m', "Wait for a tenant's other problems; then one mail"),
  REMIND_AFTER: withDefault(ascendingDurations, '2d,7d,12d,17d,22d', 'Reminders, counted from the alert; or off'),
  REMINDER_HOURS: withDefault(reminderHours, '09:00-17:00', "When reminders may be sent, in the tenant's zone"),
  ESCALATE_AFTER: withDefault(duration(), '3d', "Still broken after this: into the operator's digest"),
  DIGEST_AT: withDefault(timeOfDayOrOff, '08:00', "When the operator's digest is sent, UTC; or off"),
  FLAP_CHANGES: withDefault(count, '4', 'So many breaks and repairs within FLAP_WINDOW are flapping'),
  FLAP_WINDOW: withDefault(duration({ min: '1s' }), '24h', 'The time in which they are counted'),
  FLEET_SHARE: withDefault(
    percent({ min: 0, max: 100 }),
    '25%',
    "So many tenants with one problem at once make it upstream's",
  ),
  FLEET_MIN: withDefault(count, '10', 'The least tenants for that'),
  FLEET_WINDOW: withDefault(duration({ min: '1s' }), '1h', 'The time in which they are counted'),
  FLEET_HOLD: withDefault(duration(), '6h', "How long owners' mail is held then"),
};

const brand = {
  BRAND_NAME: withDefault(brandName, 'Linkwatch', "Who speaks to owners; a tenant's sender name goes before it"),
  BRAND_URL: publicUrl(optional(pageUrl, 'https://agency.example', 'Where that name leads')),
  BRAND_COLOR: withDefault(hexColor, '1f5a40', 'Buttons and links: six hex digits, or "#1f5a40" in quotes'),
};

const mail = {
  SMTP_URL: secret(
    optional(smtpUrl, 'smtp://user:password@mail.example.com:587', 'smtp:// or smtps://user:password@host:port'),
    redactUrl,
  ),
  MAIL_FROM: optional(namedMailAddress, 'alerts@example.com', 'The sender, as Name <address> or an address alone'),
  OPERATOR_EMAIL: optional(mailAddress, 'operator@example.com', 'Whoever runs Linkwatch'),
  MAIL_RETURN_PATH: optional(returnPath, 'bounces@example.com', 'Where undeliverable mail comes back; see mail bounce'),
  MAIL_REPLY_TO: optional(namedMailAddress, 'help@example.com', "Where the owners' answers go"),
  RECONNECT_URL: publicUrl(withDefault(pageUrl, 'https://app.constantcontact.com', "Where the mail's button leads")),
  RECONNECT_STEPS_FILE: optional(anyText, './reconnect-steps.json', 'The steps per network, instead of those built in'),
  MAIL_DKIM_DOMAIN: optional(dkimDomain, 'example.com', 'Mail is signed for this domain (DKIM); needs the next two'),
  MAIL_DKIM_SELECTOR: optional(dkimSelector, 'linkwatch', 'Its public key stands in the DNS at this._domainkey.domain'),
  MAIL_DKIM_PRIVATE_KEY: secret(
    optional(dkimPrivateKey, '"-----BEGIN PRIVATE KEY-----\\n..."', 'RSA, in PEM; line breaks may be written as \\n'),
  ),
  MAIL_RETRY_FOR: withDefault(duration(), '3d', 'How long a mail that cannot be delivered is tried again'),
  MAIL_BRAKE: withDefault(
    integer({ min: 1, max: 1_000_000_000 }),
    '500',
    "More owners' mails an hour than this are held",
  ),
};

const server = {
  PUBLIC_URL: publicUrl(withDefault(baseUrl, 'http://localhost:8080', 'Base of the links in mail')),
  HTTP_HOST: withDefault(hostName, '127.0.0.1', 'Where to listen'),
  HTTP_PORT: withDefault(integer({ min: 0, max: 65_535 }), '8080', '0 = any free one, printed'),
  TRUSTED_PROXIES: optional(addressList, '127.0.0.1,10.0.0.0/8', 'Proxies whose X-Forwarded-* is believed'),
  WEBHOOK_ALLOW_PRIVATE: withDefault(onOff, 'off', 'Webhooks to private and loopback addresses, and to http://'),
  API_REQUESTS_PER_MINUTE: withDefault(limit, '600', 'Of one API key to Linkwatch, in all processes; 0 = no limit'),
  HEARTBEAT_URL: secret(
    optional(pageUrl, 'https://hc.example.com/ping/1234', "Requested after each round: a dead man's switch"),
    redactPath,
  ),
  CANARY_EMAIL: optional(
    mailAddress,
    'canary@example.com',
    'A daily break, told to this address, as the proof that all of it works',
  ),
  HTTPS_PROXY: secret(
    optional(
      proxyUrl,
      'http://user:password@proxy.example.com:3128',
      'Requests to https:// go through this proxy; mail does not',
    ),
    redactUrl,
  ),
  HTTP_PROXY: secret(
    optional(proxyUrl, 'http://user:password@proxy.example.com:3128', 'The same for http://'),
    redactUrl,
  ),
  NO_PROXY: optional(anyText, '.internal.example.com,10.0.0.5', 'Hosts, .suffixes and addresses asked directly; or *'),
  LOG_LEVEL: withDefault(oneOf(logLevels), 'info', 'Logs go to stderr'),
  LOG_FORMAT: optional(oneOf(['json', 'pretty']), 'json', 'json or pretty; without it pretty on a terminal, else json'),
};

/** Every variable, in the order and under the headings in which they are shown. */
export const variableGroups = {
  'Data and secrets': data,
  'Constant Contact': constantContact,
  'When to poll': polling,
  'When to be certain': certainty,
  'Whom to tell, and when': alerts,
  'Who speaks to owners': brand,
  Mail: mail,
  'HTTP and logs': server,
} as const;

export const variables = {
  ...data,
  ...constantContact,
  ...polling,
  ...certainty,
  ...alerts,
  ...brand,
  ...mail,
  ...server,
};

export type VariableName = keyof typeof variables;

/** The parsed value of each variable. */
export type Values = {
  readonly [Name in VariableName]: (typeof variables)[Name] extends Variable<infer T> ? T : never;
};
