import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/model/time.ts';
import { A_KEY, configOf, noFiles, problemsOf } from '../../support/config-environment.ts';

const ANOTHER_KEY = Buffer.alloc(32, 9).toString('base64');

/** Each variable with texts that are refused, the clearest mistakes first. */
const refused: Record<string, readonly string[]> = {
  DATABASE_URL: [
    'linkwatch.db',
    'file:',
    'mysql://host/db',
    'postgresql://host',
    'postgresql://host/',
    'postgresql://u:a/b@host/db',
    'file:./x.db?connection_limit=1',
    'file:./x.db?',
    'file:./x.db?mode=ro&cache=shared',
    'file:///x.db?mode=ro',
    'file:./x.db#y',
    'file:100%/x.db',
    'file:/var/%zz/x.db',
    'file:./a%00b.db',
    'file://data/linkwatch.db',
    'file:///var/%2Fx.db',
    'file:///100%/x.db',
    'file::memory:',
    'file:./data/',
    'postgresql://host/db?connection_limit=1',
    'postgresql://host/db?pgbouncer=true',
    'postgresql://host/db?sslmode=require&Schema=lw',
    'postgresql://host/db?max=5',
    'postgresql://host/db?connect_timeout=5',
    'postgresql://host/db?__proto__=x',
    'postgresql://host/db?schema=',
    'postgresql://host/db?schema=a b',
    'postgresql://host/db?schema=a"b',
    'postgresql://host/db?schema=a&schema=b',
    'postgresql://host/db?sslmode=on',
    'postgresql://host/db?statement_timeout=5s',
  ],
  ENCRYPTION_KEY: [
    'secret',
    Buffer.alloc(31).toString('base64'),
    Buffer.alloc(33).toString('base64'),
    Buffer.alloc(32, 255).toString('base64url').slice(0, -1),
    `${A_KEY},`,
    `${A_KEY},short`,
    `${A_KEY},${A_KEY}`,
    A_KEY.replace('=', '!'),
  ],
  POLL_RETENTION: ['0s', '23h', 'forever'],
  HISTORY_RETENTION: ['0s', '400'],
  CONSTANT_CONTACT_CLIENT_ID: ['with space', 'line\nbreak'],
  CONSTANT_CONTACT_CLIENT_SECRET: ['with space', 'ünïcode'],
  CONSTANT_CONTACT_API_URL: [
    'api.cc.email/v3',
    'ftp://api.cc.email',
    'https://u:p@api.cc.email',
    'https://api.cc.email/?a=1',
    'https://api.cc.email/#a',
  ],
  CONSTANT_CONTACT_AUTH_URL: ['localhost:8080', 'https://', 'https://user@host', 'https://ho st/'],
  CONSTANT_CONTACT_REQUESTS_PER_SECOND: ['-1', '1.5', 'four', '4/s', '1e3'],
  CONSTANT_CONTACT_REQUESTS_PER_DAY: ['10,000', '10 000', '99999999999'],
  CONSTANT_CONTACT_TOKEN_REQUESTS_PER_SECOND: ['-1', '0.5'],
  QUOTA_RESERVE: ['10', '0.1', '91%', '100%', '-1%', 'ten%', '%'],
  REQUEST_TIMEOUT: ['0s', '15', '11m', '1.5s', '-1s', '15 s', '15S', '15sec', 's'],
  POLL_SCHEDULE: [
    'hourly',
    '@hourly',
    '0 * * *',
    '61 * * * *',
    '0 0 30 2 *',
    '* * * * * * *',
    'H * * * *',
    '*/0 * * * *',
    '0 22-6 * * *',
  ],
  POLL_SPREAD: ['maybe', '2', 'onn'],
  POLL_CONCURRENCY: ['0', '1001', '-3'],
  RECHECK_AFTER: ['2d', 'soon'],
  CONFIRM_POLLS: ['0', '-1', 'two'],
  RECOVERY_POLLS: ['0', '2.0'],
  RATE_LIMIT_AFTER: ['2'],
  CHECK_FAILED_AFTER: ['1w', '99999999999999d'],
  OUTAGE_AFTER: ['15 m'],
  ALERT_ON_BASELINE: ['never'],
  GROUP_WAIT: ['2min', '25h'],
  REMIND_AFTER: ['7d,2d', '2d,2d', '2d,', '0s', '2d;7d', 'none', 'off,2d'],
  REMINDER_HOURS: [
    '9-17',
    '09:00',
    '09:00-',
    '24:00-08:00',
    '09:00-24:01',
    '09:60-17:00',
    '09:00-09:00',
    '09:00-12:00-17:00',
    '25:00-26:00',
  ],
  ESCALATE_AFTER: ['3'],
  DIGEST_AT: ['8', '24:00', '08:60', 'noon', '8 am'],
  FLAP_CHANGES: ['0'],
  FLAP_WINDOW: ['0s'],
  FLEET_SHARE: ['101%', '25', '0.25'],
  FLEET_MIN: ['0', 'all'],
  FLEET_WINDOW: ['0s'],
  FLEET_HOLD: ['six hours'],
  SMTP_URL: [
    'mail.example.com',
    'http://mail.example.com',
    'smtp://',
    'smtp:mail.example.com',
    'smtp://u:a/b@host:25',
    'smtp://u:1#b@host:25',
  ],
  MAIL_FROM: [
    'Linkwatch',
    'a@b',
    'Linkwatch <a@b.example',
    'a@b.example, c@d.example',
    'Evil\nBcc: x@y.example <a@b.example>',
    'O"Brien <a@b.example>',
    '"Acme <a@b.example>',
    'Acme" <a@b.example>',
    '"Acme" Support <a@b.example>',
    '"Acme\\" <a@b.example>',
    'Acme \\ Co <a@b.example>',
    "'Acme <a@b.example>'",
    'Acme <a@b.example> (Support)',
    'a@b.example (Acme)',
    'Group: a@b.example;',
    'Acme <>',
    'Acme <<a@b.example>>',
    '<a@b.example>, <c@d.example>',
    'Acme <a@b.example>\nOPERATOR_EMAIL=x',
    'Acme <a@xn--.example>',
    'Acme <a@b.0x10>',
  ],
  OPERATOR_EMAIL: [
    'operator',
    'Operator <operator@example.com>',
    'a@b.example,c@d.example',
    '@example.com',
    'a@',
    'a b@example.com',
    'a@-b.example',
    'a@b..example',
    '.a@b.example',
    'a..b@c.example',
    'a@1.2.3.4',
  ],
  MAIL_RETURN_PATH: ['bounces', 'Bounces <bounces@example.com>', `${'b'.repeat(31)}@example.com`],
  MAIL_REPLY_TO: ['help', 'Help <>', '"Help <a@b.example>'],
  BRAND_NAME: [
    'Agency <a@b.example>',
    'a@b.example',
    '"Agency"',
    'Agency\nBcc: x',
    '\u202eytilic',
    '...',
    'x'.repeat(71),
  ],
  BRAND_URL: ['agency.example', 'javascript:alert(1)', 'https://user:password@agency.example'],
  BRAND_COLOR: ['green', '#12345', '#1f5a40; color: red', 'rgb(0,0,0)', '#gggggg', '1f5a4'],
  RECONNECT_URL: ['app.constantcontact.com', 'javascript:alert(1)', 'https://user:password@app.example.com'],
  RECONNECT_STEPS_FILE: ['/no/such/file.json'],
  MAIL_RETRY_FOR: ['three days'],
  MAIL_BRAKE: ['0', 'off'],
  PUBLIC_URL: ['linkwatch.example.com', 'localhost:8080', 'https://linkwatch.example.com?x'],
  HTTP_HOST: ['http://localhost', 'a b', 'localhost/'],
  HTTP_PORT: ['65536', '-1', 'http', '80.5'],
  TRUSTED_PROXIES: ['0.0.0.0/0', 'proxy.example', '10.0.0.0/33', '10.0.0.0/8/8', '127.0.0.1,,::1', 'everybody'],
  API_REQUESTS_PER_MINUTE: ['-1', 'many', '1.5'],
  HEARTBEAT_URL: ['hc.example.com/ping', 'file:///etc/passwd'],
  LOG_LEVEL: ['verbose', 'warning'],
  LOG_FORMAT: ['text', 'xml'],
};

describe('a value that is not one', () => {
  const cases = Object.entries(refused).flatMap(([name, texts]) => texts.map((text) => [name, text] as const));

  it.each(cases)('%s=%j is refused, with what to write instead', (name, text) => {
    const [problem, ...others] = problemsOf({ [name]: text }, { readFile: noFiles });
    expect(problem?.variable).toBe(name);
    expect(problem?.problem).toMatch(/\w/);
    expect(problem?.instead).toMatch(/\w/);
    expect(others).toEqual([]);
  });
});

describe('a value that is one', () => {
  const fine: Record<string, readonly string[]> = {
    DATABASE_URL: [
      'file:x.db',
      'file:/var/lib/linkwatch.db',
      'postgresql://host/db',
      'postgres://u:p%2Fq@host:5432/db?sslmode=require',
      'postgresql://host/db?schema=lw_2&sslmode=verify-full&sslrootcert=/etc/ca.pem&application_name=linkwatch',
      'postgresql:///db?host=/var/run/postgresql&user=lw',
      'postgresql://host/db?statement_timeout=5000&options=-c%20geqo%3Doff',
      'file:100%25/x.db',
      'file:./a%3Fb.db',
      'file:///var/lib/with%20space/x.db',
      'file:data/Ö x.db',
    ],
    ENCRYPTION_KEY: [A_KEY, A_KEY.slice(0, -1), `${A_KEY}, ${ANOTHER_KEY}`],
    CONSTANT_CONTACT_API_URL: ['http://127.0.0.1:4000', 'https://api.cc.email/v3/'],
    POLL_SCHEDULE: ['*/15 * * * *', '0 9 * * MON-FRI', '30 0 * * * *', '0  0  L * *'],
    REMIND_AFTER: ['1ms', '2d, 7d', 'off'],
    REMINDER_HOURS: ['00:00-24:00', '22:00-06:00', '9:00-17:30', '22:00 - 00:00'],
    MAIL_FROM: [
      'a@b.example',
      '<a@b.example>',
      'Jörg & Co. <jörg@bücher.example>',
      'ops@localhost',
      'Acme (Support) <a@b.example>',
    ],
    MAIL_REPLY_TO: ['"O\\"Brien" <a@b.example>', '"Acme, <Support>" <a@b.example>', "O'Brien <a@b.example>"],
    OPERATOR_EMAIL: ['first.last+tag@mail.example.co.uk', "o'brien@example.com"],
    SMTP_URL: ['smtp://localhost', 'smtps://apikey:p%40ss@mail.example.com:465', 'smtp://[::1]:25'],
    RECONNECT_URL: ['https://app.example.com/#/social?tab=1'],
    BRAND_NAME: ["Jörg & Söhne (O'Brien)", 'مخبز جين'],
    BRAND_COLOR: ['#FFE000', '1f5a40', '#fc0'],
    HTTP_HOST: ['0.0.0.0', '::', 'localhost'],
    LOG_LEVEL: ['DEBUG', 'silent'],
  };
  const cases = Object.entries(fine).flatMap(([name, texts]) => texts.map((text) => [name, text] as const));

  it.each(cases)('%s=%j is taken', (name, text) => {
    expect(problemsOf({ [name]: text })).toEqual([]);
  });

  it('is a colour as style sheets have it', () => {
    expect(configOf({ BRAND_COLOR: '#FFE000' }).brand.color).toBe('#ffe000');
    expect(configOf({ BRAND_COLOR: 'fc0' }).brand.color).toBe('#ffcc00');
    expect(configOf({}).brand).toEqual({ name: 'Linkwatch', url: null, color: '#1f5a40' });
  });

  it('is an address with its name, and its domain as mail carries it', () => {
    const { mail } = configOf({
      MAIL_FROM: '"O\\"Brien \\\\ Sons" <a@b\u00fccher.example>',
      MAIL_REPLY_TO: '<a@B.example>',
      OPERATOR_EMAIL: 'op@b\u00fccher.example',
      MAIL_RETURN_PATH: 'bounces@\uff42.example',
    });
    expect(mail).toMatchObject({
      from: { name: 'O"Brien \\ Sons', address: 'a@xn--bcher-kva.example' },
      replyTo: { name: '', address: 'a@b.example' },
      operatorEmail: 'op@xn--bcher-kva.example',
      returnPath: 'bounces@b.example',
    });
  });

  it('is measured in ms, in shares of one and in minutes of the day', () => {
    const config = configOf({
      REQUEST_TIMEOUT: '500ms',
      RECHECK_AFTER: '30s',
      GROUP_WAIT: '0s',
      REMIND_AFTER: '1d,36h',
      QUOTA_RESERVE: '2.5%',
      REMINDER_HOURS: '22:30-24:00',
      DIGEST_AT: '07:05',
    });
    expect(config.constantContact.requestTimeoutMs).toBe(500);
    expect(config.alerts.recheckAfterMs).toBe(30 * SECOND_MS);
    expect(config.alerts.groupWaitMs).toBe(0);
    expect(config.alerts.remindAfterMs).toEqual([DAY_MS, 36 * HOUR_MS]);
    expect(config.constantContact.quotaReserveShare).toBe(0.025);
    expect(config.alerts.reminderHours).toEqual({ fromMinute: 22 * 60 + 30, toMinute: 1440 });
    expect(config.digestAtMinute).toBe(7 * 60 + 5);
  });

  it('may be off where there is such a thing', () => {
    const config = configOf({ REMIND_AFTER: 'off', DIGEST_AT: 'off', POLL_SPREAD: 'off', ALERT_ON_BASELINE: 'false' });
    expect(config.alerts.remindAfterMs).toEqual([]);
    expect(config.digestAtMinute).toBeNull();
    expect(config.polling.spread).toBe(false);
    expect(config.alerts.alertOnBaseline).toBe(false);
  });

  it('gives keys as bytes, the encrypting one first', () => {
    const { encryptionKeys } = configOf({ ENCRYPTION_KEY: `${ANOTHER_KEY},${A_KEY}` });
    expect(encryptionKeys.map((key) => key[0])).toEqual([9, 7]);
    expect(encryptionKeys.map((key) => key.length)).toEqual([32, 32]);
  });

  it('loses white space around it, and a base URL the slash at its end', () => {
    const config = configOf({
      CONSTANT_CONTACT_API_URL: ' https://api.example.com/v3/ \n',
      POLL_SCHEDULE: ' 0 * * * * ',
    });
    expect(config.constantContact.apiUrl).toBe('https://api.example.com/v3');
    expect(config.polling.schedule).toBe('0 * * * *');
  });
});

describe('a variable that is not set', () => {
  it('has the default of the public contract', () => {
    expect(configOf({})).toEqual({
      unknown: [],
      proxy: {},
      database: { url: 'file:./data/linkwatch.db' },
      encryptionKeys: [],
      constantContact: {
        clientId: null,
        clientSecret: null,
        apiUrl: 'https://api.cc.email/v3',
        authUrl: 'https://authz.constantcontact.com/oauth2/default/v1',
        requestsPerSecond: 4,
        requestsPerDay: 10_000,
        tokenRequestsPerSecond: 1,
        quotaReserveShare: 0.1,
        requestTimeoutMs: 15 * SECOND_MS,
      },
      polling: { schedule: '0 * * * *', spread: true, concurrency: 16 },
      alerts: {
        recheckAfterMs: 15 * MINUTE_MS,
        confirmPolls: 2,
        recoveryPolls: 2,
        rateLimitAfterMs: 2 * HOUR_MS,
        checkFailedAfterMs: DAY_MS,
        outageAfterMs: 15 * MINUTE_MS,
        alertOnBaseline: true,
        groupWaitMs: 2 * MINUTE_MS,
        remindAfterMs: [2, 7, 12, 17, 22].map((days) => days * DAY_MS),
        reminderHours: { fromMinute: 9 * 60, toMinute: 17 * 60 },
        mailRetryForMs: 3 * DAY_MS,
        escalateAfterMs: 3 * DAY_MS,
        flapChanges: 4,
        flapWindowMs: DAY_MS,
        fleetShare: 0.25,
        fleetMin: 10,
        fleetWindowMs: HOUR_MS,
        fleetHoldMs: 6 * HOUR_MS,
        mailBrake: 500,
      },
      digestAtMinute: 8 * 60,
      brand: { name: 'Linkwatch', url: null, color: '#1f5a40' },
      mail: {
        smtpUrl: null,
        from: null,
        operatorEmail: null,
        returnPath: null,
        replyTo: null,
        reconnectUrl: 'https://app.constantcontact.com',
        reconnectStepsFile: null,
        dkim: null,
      },
      http: {
        host: '127.0.0.1',
        port: 8080,
        publicUrl: 'http://localhost:8080',
        trustedProxies: [],
        apiRequestsPerMinute: 600,
      },
      webhooks: { allowPrivate: false },
      retention: { pollsForMs: 30 * DAY_MS, historyForMs: 400 * DAY_MS },
      heartbeatUrl: null,
      canaryEmail: null,
      log: { level: 'info', format: 'json' },
    });
  });

  it('is the same as one that is empty, as a container may leave it', () => {
    const empty = Object.fromEntries(Object.keys(refused).map((name) => [name, ' ']));
    expect(configOf(empty)).toEqual(configOf({}));
  });

  it('lets logs be pretty on a terminal alone, unless somebody says otherwise', () => {
    expect(configOf({}, { isTerminal: true }).log.format).toBe('pretty');
    expect(configOf({}, { isTerminal: false }).log.format).toBe('json');
    expect(configOf({ LOG_FORMAT: 'json' }, { isTerminal: true }).log.format).toBe('json');
  });
});

it('a loaded configuration cannot be changed, at any depth', () => {
  const config = configOf({ ENCRYPTION_KEY: A_KEY });
  const adapters: unknown[] = [
    config,
    config.alerts,
    config.alerts.remindAfterMs,
    config.alerts.reminderHours,
    config.encryptionKeys,
  ];
  expect(adapters.every((part) => Object.isFrozen(part))).toBe(true);
});
