import { describe, expect, it } from '@jest/globals';
import type { Connection, Snapshot } from '../../../src/domain/model/connection.ts';
import type { Incident } from '../../../src/domain/model/incident.ts';
import type { TenantNotification } from '../../../src/domain/model/notification.ts';
import type { TenantPast } from '../../../src/domain/model/tenant-past.ts';
import { rebuildRecord } from '../../../src/domain/replay/rebuild-record.ts';
import {
  aConfirmedIncident,
  aConnection,
  aContact,
  aNotification,
  aSnapshot,
  aStatus,
  aTenant,
  aTopic,
  NOW,
} from '../../support/builders.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const settings = alertSettings({ remindAfterMs: ['2d', '7d'].map(ms) });
const began = NOW - ms('5d');

function sent(step: string, ago: string, given: Partial<TenantNotification> = {}): TenantNotification {
  const at = NOW - ms(ago);
  const kind = step.startsWith('reminder') ? 'reminder' : 'alert';
  return aNotification({
    id: step,
    state: 'sent',
    kind,
    createdAt: at,
    sentAt: at,
    topics: [aTopic({ step })],
    ...given,
  });
}

function rebuilt(given: Partial<TenantPast> = {}, at = NOW) {
  const past: TenantPast = {
    tenant: aTenant({ timezone: 'UTC', baselinedAt: began }),
    contacts: [aContact()],
    connections: [aConnection({ firstSeenAt: began })],
    snapshots: [aSnapshot({ health: 'broken', conditions: ['no_profile'], from: began, to: NOW + ms('1h') })],
    polls: [],
    incidents: [],
    sent: [],
    ...given,
  };
  return rebuildRecord(past, at, settings);
}

const certain = aConfirmedIncident({ confirmedAt: NOW - ms('4d') });

describe('An incident as it was at a moment of the past', () => {
  it.each<[string, Incident]>([
    ['that was not certain yet', aConfirmedIncident({ confirmedAt: NOW })],
    ['that was only suspected', aConfirmedIncident({ confirmedAt: null })],
    ['that was over', aConfirmedIncident({ confirmedAt: NOW - 2, state: 'closed', closedAt: NOW - 1 })],
  ])('is left out %s', (_, incident) => {
    expect(rebuilt({ incidents: [incident] }).incidents).toEqual([]);
  });

  it('is open, shows what its connection showed then, and has forgotten what came later', () => {
    const later = { state: 'closed', closedAt: NOW + 1, closeReason: 'recovered', acknowledgedAt: NOW + 1 } as const;
    const snoozed = { nextAt: null, used: 2, snoozedUntil: NOW + ms('1d') };
    const incident = { ...certain, ...later, reminders: snoozed };
    expect(rebuilt({ incidents: [incident] }).incidents).toMatchObject([
      {
        state: 'open',
        closedAt: null,
        closeReason: null,
        acknowledgedAt: null,
        flapping: null,
        action: 'choose_profile',
        conditions: ['no_profile'],
        confirmation: { bad: null, sameAction: null, good: null, certainAction: 'choose_profile' },
        alerting: { lastAlert: null, alertsSent: 0, heldBy: null },
        reminders: { used: 0, nextAt: null, snoozedUntil: null },
      },
    ]);
  });

  it('knows the latest alert that was written before, whichever contact got it first, and the reminders after it', () => {
    const mail = [
      sent('alert:1', '4d'),
      sent('alert:2', '3d', { topics: [aTopic({ step: 'alert:2', action: 'choose_profile' })] }),
      sent('reminder:2.1', '1d'),
      sent('alert:3', '0s', { createdAt: NOW + 1, sentAt: NOW + 1 }),
    ];
    expect(rebuilt({ incidents: [certain], sent: mail })).toMatchObject({
      incidents: [
        {
          alerting: { alertsSent: 2, lastAlert: { action: 'choose_profile', at: NOW - ms('3d') } },
          reminders: { used: 1, nextAt: NOW + ms('4d') },
        },
      ],
      notifications: [{ id: 'alert:1' }, { id: 'alert:2' }, { id: 'reminder:2.1' }],
    });
  });
});

describe('A connection as it was at a moment of the past', () => {
  type Expected = Partial<Connection>;
  const shown = (given: Partial<Snapshot>) => [aSnapshot({ from: began, to: NOW + ms('1h'), ...given })];
  const unanswered = aStatus({ tokenIsValid: false, networkStatus: 503, error: 'service unavailable' });

  it.each<[string, readonly Snapshot[], Partial<Connection>, Expected]>([
    ['shows what it showed', shown({}), {}, { rateLimitedSince: null, checkFailedSince: null, unreachablePages: null }],
    [
      'was limited since then',
      shown({ status: aStatus({ rateLimited: true }) }),
      { rateLimitedSince: null },
      { rateLimitedSince: began },
    ],
    [
      'was not limited then',
      shown({}),
      { rateLimitedSince: began, checkFailedSince: began, checkFailedInvalidSince: began },
      { rateLimitedSince: null, checkFailedSince: null, checkFailedInvalidSince: null },
    ],
    [
      'got no answer, and looked as if its token were invalid',
      shown({ status: unanswered }),
      {},
      { checkFailedSince: began, checkFailedInvalidSince: began },
    ],
    [
      'got no answer, and its token was valid',
      shown({ status: { ...unanswered, tokenIsValid: true } }),
      {},
      { checkFailedSince: began, checkFailedInvalidSince: null },
    ],
    [
      'was removed, and had been absent',
      shown({ health: 'removed', conditions: ['removed'] }),
      { removedAt: NOW - 1, absentPolls: 2 },
      { removedAt: NOW - 1, absentPolls: 2 },
    ],
    ['was not removed yet', shown({}), { removedAt: NOW, absentPolls: 2 }, { removedAt: null, absentPolls: 0 }],
    ['has been absent since, not then', shown({}), { absentPolls: 1 }, { absentPolls: 0 }],
    [
      'had pages that could not be posted to',
      shown({ health: 'broken', conditions: ['page_unreachable'] }),
      {},
      { unreachablePages: { named: [], more: 1, seenAt: NOW - 1, isCause: true } },
    ],
    [
      'remembers the transitions before alone',
      shown({}),
      {
        transitions: [
          { kind: 'opened', at: NOW - 1 },
          { kind: 'closed', at: NOW },
        ],
      },
      { transitions: [{ kind: 'opened', at: NOW - 1 }] },
    ],
    ['was seen by no poll', [], {}, { period: null, rateLimitedSince: null, checkFailedSince: null }],
    [
      'shows its own latest period that had begun',
      [
        ...shown({ id: 'older', from: began, to: began + 1 }),
        ...shown({ id: 'latest', from: NOW - 5, to: NOW - 3 }),
        ...shown({ id: 'of another', connectionId: 'connection-2', from: NOW - 2 }),
        ...shown({ id: 'later', from: NOW }),
      ],
      {},
      { period: expect.objectContaining({ id: 'latest', to: NOW - 3 }) as never },
    ],
    [
      'shows a period that goes on up to that moment',
      shown({}),
      {},
      { period: expect.objectContaining({ to: NOW - 1 }) as never },
    ],
  ])('%s', (_, snapshots, given, expected) => {
    const connections = [aConnection({ firstSeenAt: began, ...given })];
    expect(rebuilt({ connections, snapshots }).connections).toMatchObject([expected]);
  });

  it('was not there before it was first seen', () => {
    expect(rebuilt({ connections: [aConnection({ firstSeenAt: NOW })] }).connections).toEqual([]);
  });
});

describe('A tenant as it was at a moment of the past', () => {
  it('had its baseline from its first good poll on', () => {
    expect(rebuilt({}, began + 1).tenant.baselinedAt).toBe(began);
    expect(rebuilt({ tenant: aTenant({ baselinedAt: null }) }).tenant.baselinedAt).toBeNull();
  });

  it('had no baseline before its first good poll, and none of its later connections', () => {
    const { tenant, connections } = rebuilt({}, began);
    expect(tenant).toMatchObject({ state: 'active', baselinedAt: null, lastPolledAt: null, nextPollAt: null });
    expect(connections).toEqual([]);
  });

  it('was without access while an incident about it was certain', () => {
    const lost = aConfirmedIncident({
      connectionId: null,
      action: 'privileges',
      confirmedAt: NOW - 1,
      openedAt: NOW - 2,
    });
    expect(rebuilt({ incidents: [lost] }).tenant).toMatchObject({
      state: 'access_denied',
      failing: { kind: 'forbidden', since: NOW - 2 },
    });
    expect(rebuilt({ incidents: [{ ...lost, action: 'reauthorize' }] }).tenant.state).toBe('reauthorize');
  });
});
