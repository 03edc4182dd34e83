import { describe, expect, it } from '@jest/globals';
import { createApplication } from '../../../src/monitoring/create-application.ts';
import { diagnose, type Findings } from '../../../src/monitoring/operations/doctor.ts';
import type { MailServerStage } from '../../../src/monitoring/ports.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import type { MonitorProblem, MonitorView } from '../../../src/monitoring/views.ts';
import { aWorkerView } from '../../support/cli-views.ts';
import { aWorld } from '../../support/use-case-world.ts';

type Quota = NonNullable<MonitorView['quota']>;

const quota: Quota = {
  used: 412,
  limit: 10_000,
  forPolls: 9000,
  isExhausted: false,
  askedPerDay: 7200,
  stretch: 1,
};

const monitor: MonitorView = {
  ok: true,
  problems: [],
  database: 'SQLite /srv/linkwatch.db',
  lastRoundAt: 0,
  mail: null,
  holds: [],
  outage: null,
  canary: null,
  quota,
  applications: [{ id: null, name: 'default', quota }],
};

const allWell: Findings = {
  database: { ok: true },
  place: 'SQLite /srv/linkwatch.db',
  monitor,
  workers: [aWorkerView()],
  hasOwnSessions: true,
  exposed: [],
  tokens: { ok: true },
  mail: { outcome: 'taken', response: '250 2.1.5 Ok' },
  publicUrl: 'https://linkwatch.example',
  publicAnswer: 'answers',
  sender: { domain: 'agency.example', hasSpf: true, hasDmarc: true, dkim: 'unsigned' },
  constantContact: { ok: true, clockSkewMs: 0 },
  clients: [{ isConfigured: true, name: 'default', client: { ok: true } }],
  schedules: [
    { applicationId: null, schedule: null, timezone: 'UTC', tenants: 300, firstId: 'a' },
    { applicationId: null, schedule: '0 9 * * *', timezone: 'US/Eastern', tenants: 2, firstId: 'b' },
  ],
};

const anew = 'They start anew at 00:00 UTC.';
const pollLess =
  'Poll less often (POLL_SCHEDULE, tenants’ own schedules), or say that the key has more (CONSTANT_CONTACT_REQUESTS_PER_DAY, `linkwatch application update`).';

function checkQuota(name: string, given: Partial<Quota>) {
  const changed = { ...quota, ...given };
  return check(name, { monitor: { ...monitor, applications: [{ id: null, name: 'default', quota: changed }] } });
}

function check(name: string, given: Partial<Findings>) {
  return diagnose({ ...allWell, ...given }).find((line) => line.name === name);
}

describe('The doctor', () => {
  it('tells first of the configuration, and of all without its secrets', async () => {
    const { ports } = await aWorld();
    const { operations } = createApplication({
      ...ports,
      configured: {
        checks: () => [{ name: 'configuration', ok: true, detail: 'complete', remedy: null }],
        redact: (text) => text.replaceAll('hunter2', '[redacted]'),
      },
      hasMailServer: true,
      tryMailServer: async () => ({ outcome: 'taken', response: '250 hunter2' }),
    });
    const checks = await operations.doctor(operator);
    expect(checks[0]).toEqual({ name: 'configuration', ok: true, detail: 'complete', remedy: null });
    expect(checks.find(({ name }) => name === 'mail server')?.detail).toMatch(/250 \[redacted\]$/);
  });

  it('finds nothing to do where all is well', () => {
    expect(diagnose(allWell).filter(({ ok, remedy }) => !ok || remedy !== null)).toEqual([]);
  });

  it('says who is at work, and leaves it to a problem of theirs to say more', () => {
    const [one, other] = [aWorkerView(), aWorkerView({ version: '1.2.4' })];
    expect(check('workers', { workers: [one, other] })).toMatchObject({
      ok: true,
      detail: '2 at work, of version 1.2.3 and 1.2.4; together they do all there is to do',
    });
    expect(check('workers', { workers: [aWorkerView({ isAlive: false })] })).toMatchObject({ isUnchecked: true });
    expect(check('workers', { workers: null })).toBeUndefined();
    const problem = { what: 'workers', severity: 'warning', since: null, detail: 'nobody mails', remedy: 'Start one.' };
    const lines = diagnose({ ...allWell, monitor: { ...monitor, problems: [problem as MonitorProblem] } });
    expect(lines.filter(({ name }) => name === 'workers')).toEqual([
      { name: 'workers', ok: false, detail: 'nobody mails', remedy: 'Start one.' },
    ]);
  });

  it('finds a pooler that gives each transaction another session', () => {
    expect(check('database sessions', { hasOwnSessions: false })).toMatchObject({
      ok: false,
      detail: 'DATABASE_URL leads to a pooler in transaction mode',
      remedy: expect.stringContaining('pool_mode = session'),
    });
    for (const hasOwnSessions of [true, null]) expect(check('database sessions', { hasOwnSessions })).toBeUndefined();
  });

  it('finds files of the database that others may look into; a server has none', () => {
    expect(check('database files', { exposed: ['/srv', '/srv/x.db'] })).toMatchObject({
      ok: false,
      detail: 'other users of this machine may look into /srv, /srv/x.db',
    });
    expect(check('database files', { exposed: null })).toBeUndefined();
  });

  it('names the database, and says so where there is none', () => {
    expect(check('database', {})?.detail).toMatch(/^SQLite \/srv\/linkwatch\.db answers/);
    const database = { ok: false, problem: 'there is none', isMissing: true } as const;
    expect(check('database', { database })).toMatchObject({
      ok: false,
      detail: 'SQLite /srv/linkwatch.db: there is none',
      remedy: expect.stringContaining('linkwatch connect'),
    });
    expect(check('database', { database: { ...database, isMissing: false } })?.remedy).toContain('Check DATABASE_URL');
  });

  it('finds every problem of the monitor that no other line is about, with its time and remedy', () => {
    const problem = {
      severity: 'critical',
      since: Date.UTC(2026, 0, 15, 3, 12),
      detail: 'it stands',
      remedy: 'Move it.',
    };
    const problems = (['rounds', 'mail', 'hold', 'hold', 'access', 'disk', 'clock'] as const).map(
      (what) => ({ ...problem, what }) as const,
    ) as MonitorView['problems'];
    const lines = diagnose({ ...allWell, monitor: { ...monitor, ok: false, problems } }).filter(({ ok }) => !ok);
    expect(lines.map(({ name }) => name)).toEqual([
      'stored times',
      'disk',
      'rounds',
      'mail that waits',
      'holds',
      'holds',
      'outage',
    ]);
    expect(lines[0]).toMatchObject({ detail: 'it stands (since 2026-01-15 03:12 UTC)', remedy: 'Move it.' });
  });

  const failed = (stage: MailServerStage, response: string, isAboutAddress = false) =>
    ({ outcome: 'failed', stage, response, isAboutAddress }) as const;
  it.each<[string, Findings['mail'], string, string]>([
    ['is not configured', null, 'not configured', 'SMTP_URL, MAIL_FROM and OPERATOR_EMAIL'],
    ['is not there', failed('connection', 'connect ECONNREFUSED'), 'cannot be talked to: connect', 'host, port'],
    ['refuses our login', failed('login', '535 5.7.8 No'), 'our login: 535 5.7.8 No', 'user and the password'],
    ['refuses our sender', failed('sender', '550 Who?'), 'our sender (MAIL FROM): 550 Who?', 'MAIL_FROM'],
    ['does not relay for us', failed('recipient', '554 Relay access denied'), '(RCPT TO): 554 Relay', 'relay for this'],
    ['does not know the operator', failed('recipient', '550 5.1.1 No', true), '(RCPT TO): 550 5.1.1', 'OPERATOR_EMAIL'],
  ])('finds a mail server that %s', (_, mail, detail, remedy) => {
    expect(check('mail server', { mail })).toEqual({
      name: 'mail server',
      ok: false,
      detail: expect.stringContaining(detail),
      remedy: expect.stringContaining(remedy),
    });
  });

  it('says that a mail server defers, and lets it pass', () => {
    const mail = { outcome: 'deferred', stage: 'recipient', response: '450 4.2.0 Greylisted' } as const;
    expect(check('mail server', { mail })).toEqual({
      name: 'mail server',
      ok: true,
      remedy: null,
      detail: 'deferred: it would take mail later (greylisting, for instance). It says: 450 4.2.0 Greylisted',
    });
  });

  it('finds schedules of tenants that cannot be read, and names a tenant of each', () => {
    const [own, timezone] = [{ applicationId: null }, 'UTC'];
    const schedules = [
      { ...own, schedule: '0 0 30 2 *', timezone, tenants: 1, firstId: 'bakery' },
      { ...own, schedule: '0 * * * *', timezone: 'Mars/Olympus', tenants: 3, firstId: 'florist' },
      { ...own, schedule: '0 9 * * *', timezone, tenants: 1, firstId: 'garage' },
    ];
    expect(check('schedules of tenants', { schedules })).toEqual({
      name: 'schedules of tenants',
      ok: false,
      detail:
        'POLL_SCHEDULE is used instead of what cannot be read. “0 0 30 2 *” of bakery: it never comes: none of its months has one of its days; “0 * * * *” of florist and 2 more: Mars/Olympus is not a time zone',
      remedy: 'Set another one: `linkwatch tenant update ID --schedule CRON` (or `default`).',
    });
    expect(check('schedules of tenants', { schedules: null })).toBeUndefined();
  });

  it.each<[string, boolean, Partial<Quota>, string]>([
    ['are left', true, {}, '412 of 10,000 used'],
    ['have no limit', true, { limit: null, forPolls: null }, '412 used, no limit'],
    [
      'are left for re-checks alone',
      false,
      { used: 9000 },
      '9,000 of 10,000 used, none is left for polls; the rest is kept for re-checks',
    ],
    ['are used up', false, { used: 10_000 }, '10,000 of 10,000 used, none is left for polls'],
    [
      'are refused when all are used',
      false,
      { used: 10_000, isExhausted: true },
      '10,000 of 10,000 used, and Constant Contact refuses more',
    ],
  ])('says when the requests of the day %s', (_, ok, today, detail) => {
    const remedy = ok ? null : anew;
    expect(checkQuota('requests today', today)).toEqual({ name: 'requests today', ok, detail, remedy });
  });

  it('says where to look when requests are refused although some of the day’s are left', () => {
    const { detail, remedy } = checkQuota('requests today', { isExhausted: true }) ?? {};
    expect(detail).toBe('412 of 10,000 used, and Constant Contact refuses more');
    expect(remedy).toMatch(/^They start anew at 00:00 UTC\. Look whether another program uses the same key/);
  });

  it('says how far schedules that ask for too much stretch, and what to change', () => {
    expect(checkQuota('schedules', {})).toMatchObject({
      ok: true,
      detail: 'they ask for 7,200 requests a day, and 10,000 are there',
    });
    expect(checkQuota('schedules', { askedPerDay: 14_400, stretch: 1.44 })).toMatchObject({
      ok: false,
      detail: 'they ask for 14,400 requests a day, and 10,000 are there: every interval is ×1.44 longer',
      remedy: pollLess,
    });
    expect(checkQuota('schedules', { limit: null, forPolls: null })).toBeUndefined();
  });

  it('does not blame key and secret where the token endpoint could not be asked', () => {
    const client = { ok: false, problem: 'connect ECONNREFUSED', isUntried: true } as const;
    const clients = [{ isConfigured: true, name: 'default', client }];
    expect(check('API key and secret', { clients })).toMatchObject({
      ok: true,
      isUnchecked: true,
      remedy: null,
      detail: 'not tried: connect ECONNREFUSED',
    });
  });

  it('looks up no domain of a sender where there is none', () => {
    const names = diagnose({ ...allWell, mail: null, sender: null }).map(({ name }) => name);
    expect(names).not.toContain('sender’s domain');
  });

  it('tells the keys of several applications apart', () => {
    const other = { ...quota, used: 10_000, limit: 10_000, forPolls: 9_000 };
    const applications = [
      { id: null, name: 'default', quota },
      { id: 'application-2', name: 'brand', quota: other },
    ];
    const clients: Findings['clients'] = [
      { isConfigured: true, name: 'default', client: { ok: true } },
      { isConfigured: false, name: 'brand', client: { ok: false, problem: 'invalid_client' } },
    ];
    const lines = diagnose({ ...allWell, clients, monitor: { ...monitor, applications } });
    expect(lines.filter(({ ok }) => !ok)).toEqual([
      {
        name: 'API key and secret (brand)',
        ok: false,
        detail: 'invalid_client',
        remedy: 'Correct them: `linkwatch application update`.',
      },
      {
        name: 'requests today (brand)',
        ok: false,
        remedy: anew,
        detail: '10,000 of 10,000 used, none is left for polls',
      },
    ]);
    const names = lines.map(({ name }) => name);
    for (const name of ['API key and secret (default)', 'requests today (default)', 'schedules (brand)'])
      expect(names).toContain(name);
  });

  it('says nothing of the work where there is no database to tell', () => {
    const names = diagnose({ ...allWell, monitor: null }).map(({ name }) => name);
    for (const name of ['requests today', 'stored times', 'disk', 'rounds', 'outage'])
      expect(names).not.toContain(name);
  });

  it('calls nothing well of what the database did not tell', async () => {
    const { ports } = await aWorld();
    const away = async () => {
      throw new Error('the database is away');
    };
    const { operations } = createApplication({ ...ports, faults: { ...ports.faults, open: away } });
    const checks = await operations.doctor({ kind: 'operator' });
    expect(checks.filter(({ name }) => name === 'state of the monitor')).toEqual([
      {
        name: 'state of the monitor',
        ok: false,
        detail: 'the database is away',
        remedy: 'Check DATABASE_URL, and that the database runs and may be written to.',
      },
    ]);
    const names = checks.map(({ name }) => name);
    const unknown = ['requests today', 'schedules', 'stored times', 'disk', 'rounds', 'mail that waits', 'holds'];
    for (const name of [...unknown, 'outage']) expect(names).not.toContain(name);
  });

  it('asks the database once for each thing', async () => {
    const { ports } = await aWorld();
    const asked: string[] = [];
    const todayOfAll: typeof ports.quota.todayOfAll = (of, now) => {
      asked.push('quota');
      return ports.quota.todayOfAll(of, now);
    };
    const countPolledAhead: typeof ports.polls.countPolledAhead = (now) => {
      asked.push('polled ahead');
      return ports.polls.countPolledAhead(now);
    };
    const counting = { quota: { ...ports.quota, todayOfAll }, polls: { ...ports.polls, countPolledAhead } };
    await createApplication({ ...ports, ...counting }).operations.doctor({ kind: 'operator' });
    expect(asked.toSorted()).toEqual(['polled ahead', 'quota']);
  });
});
