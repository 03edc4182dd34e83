import { describe, expect, it } from '@jest/globals';
import type { PollFailureKind } from '../../../src/domain/model/poll.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import type { RequestsToday } from '../../../src/domain/polling/requests-today.ts';
import {
  type DaemonFacts,
  type MonitorFacts,
  monitorProblems,
} from '../../../src/monitoring/operations/monitor-problems.ts';
import { aFault, aHold, lostAccess, NOW } from '../../support/builders.ts';
import { aWorkerView } from '../../support/cli-views.ts';
import { theConfigured } from '../../support/use-case-upstreams.ts';

const MIB = 1024 * 1024;

function aKey(today: Partial<RequestsToday> = {}, application = theConfigured()): MonitorFacts['keys'][number] {
  return {
    application,
    today: { used: 412, limit: 10_000, forPolls: 9000, isExhausted: false, ...today },
    demand: { askedPerDay: 7200, stretch: 1 },
  };
}

const allWell: MonitorFacts = {
  now: NOW,
  freeBytes: null,
  polls: { lastAt: NOW - MINUTE_MS, due: null },
  polledAhead: 0,
  mail: {
    pending: 0,
    held: 0,
    oldestPendingAt: null,
    dueSince: null,
    failingSince: null,
    lastSentAt: null,
    lastResponse: null,
  },
  hasMailServer: true,
  faults: [],
  holds: [],
  keys: [aKey()],
  turnSpacingMs: 0,
  grants: { failing: null, deadWhilePaused: 0, refused: [] },
  tenants: 50,
  workers: [],
  canary: null,
  canaryMayTakeMs: 26 * HOUR_MS,
  daemon: null,
};

const noGrants = allWell.grants;
const afterGap = { lastGoodPollAt: NOW - DAY_MS, refusedSince: NOW, intervalMs: HOUR_MS };
const aCanary = { since: NOW - 26 * HOUR_MS, lastSuccessAt: null, failure: null };

const brokenOff = { round: null, mail: null };
const aDaemon: DaemonFacts = {
  startedAt: NOW - DAY_MS,
  idleMs: { round: 0, mail: 0 },
  errors: 0,
  hasTemplates: true,
  brokenOff,
};

function applicationFault(failure: PollFailureKind, applicationId: string | null) {
  return aFault({ cause: { kind: 'application', failure, applicationId }, confirmedAt: NOW });
}

type Given = Partial<Omit<MonitorFacts, 'mail' | 'daemon'>> &
  Readonly<{ mail?: Partial<MonitorFacts['mail']>; daemon?: Partial<DaemonFacts> }>;

function problems({ mail = {}, daemon, ...given }: Given) {
  const facts = { ...allWell, ...given, mail: { ...allWell.mail, ...mail } };
  return monitorProblems(daemon === undefined ? facts : { ...facts, daemon: { ...aDaemon, ...daemon } });
}

describe('The state of the monitor', () => {
  it('is well where the work gets on', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ daemon: {} })).toEqual([]);
  });

  const due = { tenants: 3, isMore: false, since: NOW - HOUR_MS };
  const lastAt = NOW - 2 * HOUR_MS;
  const confirmed = { confirmedAt: NOW - MINUTE_MS };
  const refused = aFault({ cause: { kind: 'mail', response: '535 5.7.8 wrong password' }, since: NOW - HOUR_MS });

  it.each<[string, string, number | null, Given]>([
    ['critical', 'disk', null, { freeBytes: 7 * MIB }],
    ['warning', 'disk', null, { freeBytes: 99 * MIB }],
    ['warning', 'grants', NOW - DAY_MS, { grants: { ...noGrants, failing: { tenants: 2, since: NOW - DAY_MS } } }],
    ['warning', 'grants', null, { grants: { ...noGrants, deadWhilePaused: 1 } }],
    ['warning', 'grants', NOW - DAY_MS, { grants: { ...noGrants, refused: [afterGap, afterGap] } }],
    ['critical', 'rounds', due.since, { polls: { due, lastAt } }],
    ['critical', 'rounds', due.since, { polls: { due, lastAt: null } }],
    ['critical', 'rounds', null, { daemon: { errors: 1 } }],
    ['critical', 'rounds', NOW - 6 * MINUTE_MS, { daemon: { idleMs: { round: 6 * MINUTE_MS, mail: 0 } } }],
    ['critical', 'mail', NOW - 6 * MINUTE_MS, { daemon: { idleMs: { round: 0, mail: 6 * MINUTE_MS } } }],
    ['critical', 'rounds', null, { daemon: { brokenOff: { ...brokenOff, round: 'disk full' } } }],
    ['critical', 'mail', null, { daemon: { brokenOff: { ...brokenOff, mail: 'disk full' } } }],
    ['critical', 'mail', null, { daemon: { hasTemplates: false } }],
    ['critical', 'mail', NOW - HOUR_MS, { faults: [refused] }],
    [
      'critical',
      'mail',
      NOW - MINUTE_MS,
      { hasMailServer: false, mail: { pending: 1, oldestPendingAt: NOW - MINUTE_MS } },
    ],
    ['critical', 'mail', NOW - 15 * MINUTE_MS, { mail: { pending: 1, failingSince: NOW - 15 * MINUTE_MS } }],
    [
      'critical',
      'mail',
      NOW - HOUR_MS,
      { mail: { pending: 1, failingSince: NOW - HOUR_MS, lastSentAt: NOW - HOUR_MS - 1 } },
    ],
    ['critical', 'mail', NOW - 6 * MINUTE_MS, { mail: { pending: 1, dueSince: NOW - 6 * MINUTE_MS } }],
    [
      'critical',
      'access',
      NOW - HOUR_MS,
      { faults: [lostAccess('forbidden', { since: NOW - HOUR_MS, ...confirmed })] },
    ],
    [
      'critical',
      'access',
      NOW,
      {
        faults: [
          aFault({
            cause: { kind: 'application', failure: 'invalid_client', applicationId: null },
            since: NOW,
            ...confirmed,
          }),
        ],
      },
    ],
    [
      'warning',
      'outage',
      NOW,
      { faults: [aFault({ cause: { kind: 'upstream', failure: 'server' }, since: NOW, ...confirmed })] },
    ],
    ['warning', 'hold', NOW - DAY_MS, { holds: [aHold({ cause: { kind: 'command' }, beganAt: NOW - DAY_MS })] }],
    ['warning', 'hold', NOW, { holds: [aHold({ cause: { kind: 'brake' }, beganAt: NOW })] }],
    [
      'warning',
      'hold',
      NOW,
      { holds: [aHold({ cause: { kind: 'fleet', network: 'facebook', condition: 'token_invalid' }, beganAt: NOW })] },
    ],
    ['warning', 'quota', null, { keys: [aKey({ used: 9000 })] }],
    ['warning', 'quota', null, { keys: [aKey({ isExhausted: true })] }],
    ['warning', 'clock', null, { polledAhead: 2 }],
    ['warning', 'canary', NOW - 27 * HOUR_MS, { canary: { ...aCanary, lastSuccessAt: NOW - 27 * HOUR_MS } }],
    ['warning', 'canary', NOW - 27 * HOUR_MS, { canary: { ...aCanary, since: NOW - 27 * HOUR_MS } }],
    ['warning', 'canary', null, { canary: { ...aCanary, failure: 'disk full' } }],
  ])('has a %s problem of %s since %s for %j', (severity, what, since, given) => {
    const [problem, ...others] = problems(given);
    expect(others).toEqual([]);
    expect(problem).toEqual({ what, severity, since, detail: expect.any(String), remedy: expect.any(String) });
  });

  it('says where more tenants are due than it has counted', () => {
    const many = { ...due, tenants: 1000, isMore: true };
    expect(problems({ polls: { due: many, lastAt } })[0]?.detail).toMatch(/^more than 1,000 tenants should have/);
  });

  it.each([
    [1, '1 tenant was last polled in the future'],
    [1200, '1,200 tenants were last polled in the future'],
  ])('counts %i tenants polled ahead in words: %s', (polledAhead, words) => {
    expect(problems({ polledAhead })[0]?.detail).toContain(words);
  });

  it.each<[string, Given]>([
    ['a long queue of tenants that moves', { polls: { due, lastAt: NOW - MINUTE_MS } }],
    ['tenants whose turn is seldom', { polls: { due, lastAt }, turnSpacingMs: HOUR_MS }],
    ['tenants that have only just come due', { polls: { due: { ...due, since: NOW - MINUTE_MS }, lastAt } }],
    ['a daemon that has only just begun', { polls: { due, lastAt }, daemon: { startedAt: NOW - MINUTE_MS } }],
    ['a mail that one recipient’s server defers', { mail: { pending: 1, failingSince: NOW - 14 * MINUTE_MS } }],
    [
      'a mail that is deferred while others are taken',
      { mail: { pending: 1, failingSince: NOW - DAY_MS, lastSentAt: NOW - HOUR_MS } },
    ],
    ['mail that has only just come due', { mail: { pending: 1, dueSince: NOW - MINUTE_MS } }],
    [
      'a long queue of mail that moves',
      { mail: { pending: 900, dueSince: NOW - HOUR_MS, lastSentAt: NOW - MINUTE_MS } },
    ],
    ['no mail server, while there is no mail', { hasMailServer: false }],
    ['an outage that is only suspected', { faults: [aFault({ cause: { kind: 'upstream', failure: 'server' } })] }],
    ['a disk with room', { freeBytes: 100 * MIB }],
  ])('is well with %s', (_, given) => {
    expect(problems(given)).toEqual([]);
  });

  it('says that the requests are used up, and not that nobody polls', () => {
    const keys = [aKey({ isExhausted: true })];
    expect(problems({ polls: { due: null, lastAt }, keys }).map(({ what }) => what)).toEqual(['quota']);
  });

  it('does not advise to make requests last that Constant Contact refuses long before the limit', () => {
    const remedyOf = (used: number) => problems({ keys: [aKey({ used, isExhausted: true })] })[0]?.remedy;
    expect(remedyOf(4)).toMatch(/^Look whether another program uses the same key/);
    expect(remedyOf(10_000)).toBe('`linkwatch plan` says what would make them last.');
  });

  it('names the application whose requests are used up, or that is refused, where there are several', () => {
    const brand = theConfigured({ id: 'application-2', name: 'brand' });
    const keys = [aKey(), aKey({ used: 10_000 }, brand)];
    expect(problems({ keys })[0]?.detail).toBe(
      '10000 of the day’s 10000 requests are used: no tenant of application brand is polled by its schedule until the day ends, at 00:00 UTC',
    );
    const refusedOne = (failure: PollFailureKind, applicationId: string | null) =>
      problems({ keys: [aKey(), aKey({}, brand)], faults: [applicationFault(failure, applicationId)] })[0];
    expect(refusedOne('invalid_client', 'application-2')).toMatchObject({
      what: 'access',
      severity: 'critical',
      detail: 'Constant Contact refuses the application itself (invalid_client): application brand',
      remedy: 'Check its key and secret, and correct them: `linkwatch application update`.',
    });
    expect(refusedOne('invalid_client', null)?.remedy).toContain('CONSTANT_CONTACT_CLIENT_SECRET');
    expect(refusedOne('application_deactivated', null)?.remedy).toContain('deactivated');
    expect(refusedOne('throttled', 'application-2')).toMatchObject({ what: 'outage', severity: 'warning' });
  });

  it('names the critical problems first', () => {
    const holds = [aHold({ cause: { kind: 'command' } })];
    expect(problems({ holds, faults: [refused], polledAhead: 1 }).map(({ what }) => what)).toEqual([
      'mail',
      'hold',
      'clock',
    ]);
  });

  it('says what the mail server said, how much waits, and what to do', () => {
    expect(problems({ faults: [refused], mail: { pending: 1200 } })).toMatchObject([
      {
        detail: 'the mail server refuses all mail, and 1,200 mails wait. It said: 535 5.7.8 wrong password',
        remedy: 'Check SMTP_URL and MAIL_FROM; `linkwatch doctor` tries them.',
      },
    ]);
  });

  it.each([
    ['not run yet', { since: null }],
    ['only just begun', {}],
    ['told of a break in time', { since: NOW - 90 * DAY_MS, lastSuccessAt: NOW - 26 * HOUR_MS }],
  ])('has none with a canary that has %s', (_, canary) => {
    expect(problems({ canary: { ...aCanary, ...canary } })).toEqual([]);
  });
});

describe('The workers', () => {
  it('are a problem when those that are alive leave a kind of work undone', () => {
    const [poller, mailer] = [aWorkerView({ roles: ['poll', 'http'] }), aWorkerView({ roles: ['mail'] })];
    expect(problems({ workers: [poller, mailer] })).toMatchObject([
      {
        what: 'workers',
        severity: 'warning',
        detail: 'no worker does this kind of work: webhooks',
        remedy: expect.stringContaining('--only webhooks'),
      },
    ]);
    const silent = aWorkerView({ roles: ['webhooks'], isAlive: false });
    expect(problems({ workers: [poller, mailer, silent] })).toHaveLength(1);
    expect(problems({ workers: [poller, mailer, { ...silent, isAlive: true }] })).toEqual([]);
    expect(problems({ workers: [silent] })).toEqual([]);
  });

  it.each([
    [61_000, ['the clock of the worker on host-1 (process 4711) is 61 s ahead of the database’s']],
    [-3_600_000, ['the clock of the worker on host-1 (process 4711) is 3600 s behind the database’s']],
    [59_000, []],
  ])('are a problem when the clock of one is off by more than a minute: %i ms', (clockAheadMs, details) => {
    const found = problems({ workers: [aWorkerView({ clockAheadMs })] });
    expect(found.map(({ detail }) => detail)).toEqual(details);
  });
});
