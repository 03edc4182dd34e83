import { describe, expect, it } from '@jest/globals';
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
        ...{ state: 'open', closedAt: null, closeReason: null, acknowledgedAt: null, flapping: null },
        ...{ action: 'choose_profile', conditions: ['no_profile'] },
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

describe('A tenant as it was at a moment of the past', () => {
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
