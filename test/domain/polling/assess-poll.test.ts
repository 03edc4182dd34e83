import { describe, expect, it } from '@jest/globals';
import type { Connection, ObservedConnection } from '../../../src/domain/model/connection.ts';
import type { PollFailureKind, PollResult } from '../../../src/domain/model/poll.ts';
import type { Tenant } from '../../../src/domain/model/tenant.ts';
import type { TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import { assessPoll } from '../../../src/domain/polling/assess-poll.ts';
import {
  aConfirmedIncident,
  aConnection,
  aFailedPoll,
  anIncident,
  anObservedConnection,
  aPoll,
  aSnapshot,
  aTenant,
  NOW,
} from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { alertSettings, countedIds } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

/* One poll at NOW of a tenant that was last polled an hour ago; its next regular poll would be in an hour. */
const watched = aTenant({ baselinedAt: NOW - ms('9d'), lastPolledAt: NOW - ms('1h'), lastGoodPollAt: NOW - ms('1h') });
const facebook = aConnection({ period: aSnapshot({ to: NOW - ms('1h') }) });
const well = anObservedConnection();
const broken = anObservedConnection({ tokenIsValid: false });

function assess(result: PollResult, given: Partial<TenantRecord> = {}, at = NOW) {
  const record = aRecord({ tenant: watched, connections: [facebook], ...given });
  return assessPoll(record, aPoll({ result, at }), {
    settings: alertSettings(),
    holds: [],
    faults: [],
    operatorEmail: null,
    now: at,
    newId: countedIds(),
    planRegularPoll: () => ({ nextPollAt: NOW + ms('1h'), intervalMs: ms('1h') }),
  });
}

const shows = (...connections: readonly ObservedConnection[]): PollResult => ({
  outcome: 'observed',
  connections,
  isPartial: false,
});
const fails = (kind: PollFailureKind, retryAfterMs: number | null = null): PollResult => {
  const { result } = aFailedPoll(kind);
  return result.outcome === 'failed' ? { ...result, failure: { ...result.failure, retryAfterMs } } : result;
};

describe('a poll that fails', () => {
  it.each<PollFailureKind>(['timeout', 'server', 'invalid_response', 'invalid_client'])(
    'says nothing about connections: %s',
    (kind) => {
      const update = assess(fails(kind));
      expect(update).toMatchObject({ connections: [], newSnapshots: [], extendedSnapshots: [], changes: [] });
      expect(update).toMatchObject({ incidents: [], notifications: [] });
    },
  );

  it('is remembered from the first of its run', () => {
    expect(assess(fails('timeout')).tenant).toMatchObject({ failing: { kind: 'timeout', since: NOW } });
    const failing = { ...watched, failing: { kind: 'dns', since: NOW - ms('3h') } } as const;
    expect(assess(fails('timeout'), { tenant: failing }).tenant).toMatchObject({
      failing: { kind: 'timeout', since: NOW - ms('3h') },
      lastGoodPollAt: NOW - ms('1h'),
    });
    expect(assess(shows(well), { tenant: failing }).tenant).toMatchObject({ failing: null, lastGoodPollAt: NOW });
  });

  it('for another layer begins another run: who is refused after an outage was not refused during it', () => {
    const since = NOW - ms('3h');
    const down = { ...watched, failing: { kind: 'server', since } } as const;
    expect(assess(fails('unauthorized'), { tenant: down }).tenant).toMatchObject({
      failing: { kind: 'unauthorized', since: NOW },
    });
    const refused = { ...watched, failing: { kind: 'unauthorized', since } } as const;
    expect(assess(fails('forbidden'), { tenant: refused }).tenant).toMatchObject({ failing: { since } });
    expect(assess(fails('timeout'), { tenant: refused }).tenant).toMatchObject({ failing: { since: NOW } });
  });

  it('leaves the baseline to the first good one', () => {
    const unseen = { ...watched, baselinedAt: null };
    expect(assess(fails('timeout'), { tenant: unseen }).tenant).toMatchObject({ baselinedAt: null });
    expect(assess(shows(), { tenant: unseen }).tenant).toMatchObject({ baselinedAt: NOW });
  });
});

describe('an answer that was asked for no later than the last one', () => {
  it.each([0, 1])('is kept as a poll, and changes nothing (%d ms earlier)', (earlierMs) => {
    const update = assess(shows(broken), { tenant: { ...watched, lastPolledAt: NOW } }, NOW - earlierMs);
    expect(update.poll).not.toBeNull();
    expect(update).toMatchObject({ tenant: null, connections: [], newSnapshots: [], changes: [], incidents: [] });
  });
});

describe('the next poll', () => {
  const recheck = NOW + ms('15m');
  const regular = NOW + ms('1h');
  const openIncident = aConfirmedIncident({ confirmedAt: NOW - ms('1d') });
  const lostAccess = aConfirmedIncident({
    connectionId: null,
    action: 'reauthorize',
    confirmation: { certainAction: 'reauthorize' },
  });
  it.each<[string, PollResult, Partial<TenantRecord>, number | null]>([
    ['is the regular one when all is well', shows(well), {}, regular],
    ['is the regular one while a break is certain', shows(broken), { incidents: [openIncident] }, regular],
    ['comes sooner for a suspect', shows(broken), {}, recheck],
    [
      'comes sooner for a suspect that this poll says nothing about',
      shows(anObservedConnection({ networkStatus: 503 })),
      { incidents: [anIncident()] },
      recheck,
    ],
    ['comes sooner for a recovering one', shows(well), { incidents: [openIncident] }, recheck],
    ['comes sooner for an absent one', shows(), {}, recheck],
    ['is the regular one when it was removed', shows(), { connections: [{ ...facebook, absentPolls: 1 }] }, regular],
    ['comes sooner after a failure', fails('timeout'), {}, recheck],
    ['is the regular one while our application is deactivated', fails('application_deactivated'), {}, regular],
    ['comes sooner for one refusal', fails('unauthorized'), {}, recheck],
    ['is the regular one while refusals are certain', fails('unauthorized'), { incidents: [lostAccess] }, regular],
    ['waits for as long as upstream asked', fails('throttled', ms('40m')), {}, NOW + ms('40m')],
    ['waits for that although a regular one would come before', fails('throttled', ms('3h')), {}, NOW + ms('3h')],
    ['is none after the grant was refused', fails('invalid_grant'), {}, null],
    ['is none while the tenant is paused', shows(well), { tenant: { ...watched, state: 'paused' } }, null],
  ])('%s', (_, result, given, nextPollAt) => {
    expect(assess(result, given).tenant).toMatchObject({ nextPollAt, intervalMs: ms('1h'), lastPolledAt: NOW });
  });

  it('is never later than the regular one', () => {
    const record = aRecord({ tenant: watched, connections: [facebook] });
    const planned = { nextPollAt: NOW + ms('5m'), intervalMs: ms('1h') };
    const rules = { settings: alertSettings(), holds: [], faults: [], operatorEmail: null, now: NOW };
    const context = { ...rules, newId: countedIds(), planRegularPoll: () => planned };
    expect(assessPoll(record, aPoll({ result: shows(broken) }), context).tenant).toMatchObject(planned);
  });
});

describe('the state of the tenant', () => {
  const suspected = anIncident({
    connectionId: null,
    action: 'reauthorize',
    confirmation: { bad: { polls: 1, lastCountedAt: NOW - ms('15m') } },
  });
  const open = aConfirmedIncident({
    connectionId: null,
    action: 'reauthorize',
    confirmation: { certainAction: 'reauthorize' },
  });
  const recovering = {
    ...open,
    state: 'recovering',
    confirmation: { ...open.confirmation, good: { polls: 1, lastCountedAt: NOW - ms('15m') } },
  } as const;
  const inState = (state: Tenant['state']) => ({ ...watched, state });
  it.each<[string, PollResult, Tenant['state'], TenantRecord['incidents'], Tenant['state']]>([
    ['one refusal leaves it active', fails('unauthorized'), 'active', [], 'active'],
    ['a second denies access', fails('unauthorized'), 'active', [suspected], 'access_denied'],
    ['a missing privilege does, too', fails('forbidden'), 'active', [suspected], 'access_denied'],
    ['a refused grant asks to authorise again', fails('invalid_grant'), 'active', [], 'reauthorize'],
    ['a scope that is missing a second time does, too', fails('missing_scope'), 'active', [suspected], 'reauthorize'],
    [
      'a refused grant where access was denied does, too',
      fails('invalid_grant'),
      'access_denied',
      [open],
      'reauthorize',
    ],
    ['a timeout changes nothing', fails('timeout'), 'access_denied', [open], 'access_denied'],
    ['one good poll is not yet access', shows(well), 'access_denied', [open], 'access_denied'],
    ['a second is', shows(well), 'access_denied', [recovering], 'active'],
    ['a good poll after a dead grant shows that another lives', shows(well), 'reauthorize', [open], 'active'],
    ['a good poll without an incident is access', shows(well), 'access_denied', [], 'active'],
    ['a paused tenant stays paused', fails('invalid_grant'), 'paused', [], 'paused'],
  ])('%s', (_, result, before, incidents, after) => {
    expect(assess(result, { tenant: inState(before), incidents }).tenant).toMatchObject({ state: after });
  });
});

describe('what is stored', () => {
  it('an unchanged poll extends the period, and touches no connection', () => {
    const update = assess(shows(well));
    expect(update.extendedSnapshots).toMatchObject([{ id: 'snapshot-1', to: NOW }]);
    expect(update).toMatchObject({ connections: [], newSnapshots: [], changes: [], incidents: [], notifications: [] });
  });

  it('a break is a period, a change and a suspicion, and no mail yet', () => {
    const update = assess(shows(broken));
    expect(update.newSnapshots).toMatchObject([{ health: 'broken', from: NOW, to: NOW, polls: 1 }]);
    expect(update.changes).toMatchObject([{ from: 'healthy', to: 'broken', reason: 'broke' }]);
    expect(update.incidents).toMatchObject([{ state: 'suspected', connectionId: facebook.id, foundAtBaseline: false }]);
    expect(update.notifications).toEqual([]);
  });

  it('the second bad poll writes the mail in the same update', () => {
    const suspect = anIncident({ confirmation: { bad: { polls: 1, lastCountedAt: NOW - ms('15m') } } });
    const update = assess(shows(broken), { incidents: [suspect] });
    expect(update.incidents).toMatchObject([{ state: 'open', alerting: { decision: 'first_alert' } }]);
    expect(update.notifications).toMatchObject([{ kind: 'alert', state: 'pending', dueAt: NOW + ms('2m') }]);
  });

  it('the first good poll finds what was broken before', () => {
    const update = assess(shows(broken), { tenant: { ...watched, baselinedAt: null }, connections: [] });
    expect(update.connections).toMatchObject([{ foundAtBaseline: true }]);
    expect(update.incidents).toMatchObject([{ foundAtBaseline: true }]);
  });

  it('an account that is listed twice is one suspicion', () => {
    expect(assess(shows(broken, broken)).incidents).toHaveLength(1);
  });

  const lost = { named: ['Catering'], more: 0 };
  it.each<[string, PollResult, Partial<Connection>, Partial<Connection>]>([
    ['its user name', shows({ ...well, username: 'new' }), {}, { username: 'new' }],
    ['that it is absent', shows(), {}, { absentPolls: 1 }],
    ['that it is listed again', shows(well), { absentPolls: 1 }, { absentPolls: 0 }],
    ['that it was removed', shows(), { absentPolls: 1 }, { removedAt: NOW }],
    ['that it came back', shows(well), { removedAt: NOW - ms('1d'), absentPolls: 2 }, { removedAt: null }],
    ['the begin of a rate limit', shows(anObservedConnection({ rateLimited: true })), {}, { rateLimitedSince: NOW }],
    ['its end', shows(well), { rateLimitedSince: NOW - ms('1h') }, { rateLimitedSince: null }],
    [
      'since when its check fails',
      shows(anObservedConnection({ networkStatus: 503 })),
      {},
      { checkFailedSince: NOW, checkFailedInvalidSince: null },
    ],
    [
      'since when its check fails, and calls the token invalid',
      shows(anObservedConnection({ networkStatus: 503, tokenIsValid: false })),
      { checkFailedSince: NOW - ms('1h') },
      { checkFailedInvalidSince: NOW },
    ],
    [
      'pages that can be posted to again',
      { ...shows(well), pages: [{ ...facebook, unreachable: { named: [], more: 0 }, accessible: 2 }] } as PollResult,
      { unreachablePages: { ...lost, seenAt: NOW - ms('1d'), isCause: false } },
      { unreachablePages: null },
    ],
  ])('%s, with its connection', (_, result, before, after) => {
    const update = assess(result, { connections: [{ ...facebook, ...before }] });
    expect(update.connections).toMatchObject([{ id: facebook.id, ...after }]);
  });

  it('when Constant Contact was last asked for privileges, and for pages', () => {
    const asked = { privilegesAskedAt: NOW - ms('2d'), pagesAskedAt: NOW - ms('1d') };
    const tenantAfter = (result: PollResult) => assess(result, { tenant: { ...watched, ...asked } }).tenant;
    expect(tenantAfter({ ...fails('forbidden'), arePrivilegesAsked: true } as PollResult)).toMatchObject({
      ...asked,
      privilegesAskedAt: NOW,
    });
    expect(tenantAfter(fails('forbidden'))).toMatchObject(asked);
    expect(tenantAfter({ ...shows(well), pages: [] } as PollResult)).toMatchObject({ ...asked, pagesAskedAt: NOW });
    expect(tenantAfter(shows(well))).toMatchObject(asked);
  });

  it('a new name is stored with its connection', () => {
    expect(assess(shows({ ...well, displayName: 'New Bakery' })).connections).toMatchObject([
      { id: facebook.id, displayName: 'New Bakery' },
    ]);
  });
});

describe('a broken connection that is removed', () => {
  const incident = aConfirmedIncident({ openedAt: NOW - ms('5d') });
  const gone = { ...facebook, absentPolls: 1 };
  const another = (given: Parameters<typeof aConnection>[0]) =>
    aConnection({ id: 'another', accountId: '2', firstSeenAt: NOW - ms('1d'), ...given });
  const listed = (given: Parameters<typeof anObservedConnection>[0] = {}) =>
    anObservedConnection({ accountId: '2', ...given });
  it.each<[string, string, ObservedConnection, ReturnType<typeof another>]>([
    ['was replaced by a healthy one of its network, first seen after the break', 'replaced', listed(), another({})],
    ['was not by one that is broken itself', 'removed', listed({ hasToken: false }), another({})],
    ['was not by one of another network', 'removed', listed({ network: 'tiktok' }), another({ network: 'tiktok' })],
    ['was not by one that was there before', 'removed', listed(), another({ firstSeenAt: NOW - ms('6d') })],
  ])('%s: %s', (_, closeReason, entry, other) => {
    const update = assess(shows(entry), { connections: [gone, other], incidents: [incident] });
    const closed = update.incidents.filter(({ id }) => id === incident.id);
    expect(closed).toMatchObject([
      { state: 'closed', closeReason, closedAt: NOW, alerting: { decision: closeReason } },
    ]);
    expect(update.notifications.map(({ kind }) => kind)).toEqual(closeReason === 'removed' ? ['removed'] : []);
  });
});
