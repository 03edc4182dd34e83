import { describe, expect, it } from '@jest/globals';
import { type Incident, withReminders } from '../../../src/domain/model/incident.ts';
import type { TenantNotification } from '../../../src/domain/model/notification.ts';
import type { AlertSettings } from '../../../src/domain/model/settings.ts';
import type { Tenant } from '../../../src/domain/model/tenant.ts';
import type { TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import { stepFromText, stepToText } from '../../../src/domain/model/topic.ts';
import {
  afterReminder,
  decideReminder,
  nextReminderAt,
  planMailByClock,
  planReminders,
  putOnClock,
  reminderStepAt,
} from '../../../src/domain/notification/reminders.ts';
import {
  aConfirmedIncident,
  aConnection,
  aNotification,
  aSnapshot,
  aTenant,
  aTopic,
  type GivenIncident,
  NOW,
} from '../../support/builders.ts';
import { cc, owner } from '../../support/domain-contacts.ts';
import { aRecord } from '../../support/domain-record.ts';
import { alertSettings, countedIds } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

/*
 * NOW is a Thursday, 12:00 UTC, and so is the tenant. Reminders are due 2, 7 and 12 days after the alert was accepted.
 */
const settings = alertSettings({ remindAfterMs: ['2d', '7d', '12d'].map(ms) });
const inUtc = aTenant({ timezone: 'UTC', baselinedAt: NOW - ms('7d'), lastPolledAt: NOW });

function alertedAgo(ago: string, given: GivenIncident = {}): Incident {
  const lastAlert = { action: 'reconnect', at: NOW - ms(ago), conversationId: 'c1' } as const;
  return aConfirmedIncident({
    ...given,
    alerting: { lastAlert, alertsSent: 1, ...given.alerting },
    reminders: { nextAt: NOW, ...given.reminders },
  });
}

function seenBroken(ago = '30m') {
  const period = aSnapshot({ health: 'broken', conditions: ['token_invalid'], to: NOW - ms(ago) });
  return [aConnection({ period })];
}

type Given = Partial<TenantRecord> & Readonly<{ settings?: Partial<AlertSettings> }>;

function decide(incident: Incident, { settings: changed, ...given }: Given = {}) {
  const record = aRecord({ tenant: inUtc, connections: seenBroken(), incidents: [incident], ...given });
  return decideReminder(incident, record, { now: NOW, settings: { ...settings, ...changed } });
}

describe('a reminder is due', () => {
  const remind = (reason: string, step: string) => ({ kind: 'remind', reason, topic: { step: stepFromText(step) } });
  it.each<[string, Incident, object]>([
    ['at its slot', alertedAgo('2d'), remind('reminder_due', 'reminder:1.1')],
    ['at the second slot', alertedAgo('7d', { reminders: { used: 1 } }), remind('reminder_due', 'reminder:1.2')],
    [
      'at the last slot, and says so',
      alertedAgo('12d', { reminders: { used: 2 } }),
      remind('last_reminder_due', 'reminder:1.3'),
    ],
    ['once for two slots of which one was missed', alertedAgo('8d'), remind('reminder_due', 'reminder:1.2')],
    ['once for all that were missed', alertedAgo('30d'), remind('last_reminder_due', 'reminder:1.3')],
    [
      'on the clock of the latest alert',
      alertedAgo('2d', { alerting: { alertsSent: 2 } }),
      remind('reminder_due', 'reminder:2.1'),
    ],
    [
      'with what it shows now',
      alertedAgo('2d', { action: 'choose_profile' }),
      { kind: 'remind', topic: { action: 'choose_profile' } },
    ],
  ])('%s', (_, incident, expected) => {
    expect(decide(incident)).toMatchObject(expected);
  });
});

describe('there is none', () => {
  it.each<[string, Incident, string]>([
    ['when nobody was told', aConfirmedIncident(), 'told_nobody'],
    ['when all slots are used', alertedAgo('30d', { reminders: { used: 3 } }), 'reminders_used_up'],
    ['when it is closed', alertedAgo('2d', { state: 'closed' }), 'not_open'],
    ['when it is a suspicion', alertedAgo('2d', { state: 'suspected' }), 'not_open'],
  ])('%s', (_, incident, reason) => {
    expect(decide(incident)).toEqual({ kind: 'never', reason });
  });

  it('with REMIND_AFTER empty', () => {
    expect(decide(alertedAgo('2d'), { settings: { remindAfterMs: [] } })).toMatchObject({
      reason: 'reminders_used_up',
    });
  });
});

describe('it waits', () => {
  const soon = NOW + ms('15m');
  it.each<[string, Incident, Given, object]>([
    ['for its slot', alertedAgo('1d'), {}, { reason: 'not_due', at: NOW + ms('1d') }],
    [
      'while a good poll suspends it',
      alertedAgo('2d', { state: 'recovering' }),
      {},
      { reason: 'suspended_by_good_poll', at: soon },
    ],
    [
      'while it is snoozed',
      alertedAgo('2d', { reminders: { snoozedUntil: NOW + ms('3d') } }),
      {},
      { reason: 'snoozed', at: NOW + ms('3d') },
    ],
    [
      'while there is nothing to do but wait',
      alertedAgo('2d', { action: 'wait' }),
      {},
      { reason: 'nothing_to_do', at: soon },
    ],
    [
      'while the tenant is paused',
      alertedAgo('2d'),
      { tenant: { ...inUtc, state: 'paused' } },
      { reason: 'tenant_paused', at: soon },
    ],
    [
      'while the last look is too old',
      alertedAgo('2d'),
      { connections: seenBroken('2h1s') },
      { reason: 'awaiting_fresh_poll', at: soon },
    ],
    [
      'while the latest look shows nothing of it',
      alertedAgo('2d'),
      { connections: [aConnection({ period: aSnapshot({ health: 'waiting', conditions: ['check_failed'] }) })] },
      { reason: 'awaiting_fresh_poll', at: soon },
    ],
    [
      'for the allowed hours',
      alertedAgo('2d'),
      { settings: { reminderHours: { fromMinute: 13 * 60, toMinute: 17 * 60 } } },
      // Noon is too early; the slot moves to the first allowed minute.
      { reason: 'not_due', at: NOW + ms('1h') },
    ],
    [
      'for the next day, when its slot came at the end of the hours and was missed',
      alertedAgo('2d1h'),
      { settings: { reminderHours: { fromMinute: 9 * 60, toMinute: 12 * 60 } } },
      { reason: 'outside_reminder_hours', at: NOW + ms('21h') },
    ],
  ])('%s', (_, incident, given, expected) => {
    expect(decide(incident, given)).toEqual({ kind: 'later', ...expected });
  });
});

describe('our access has no connection to look at', () => {
  const lost = (given: GivenIncident = {}) => alertedAgo('2d', { connectionId: null, action: 'reauthorize', ...given });
  const failing = (kind: 'unauthorized' | 'timeout', ago = '30m') => ({
    ...inUtc,
    state: 'access_denied' as const,
    failing: { kind, since: NOW - ms('3d') },
    lastPolledAt: NOW - ms(ago),
  });
  it.each<[string, TenantRecord['tenant'], string]>([
    [
      'a dead grant is not polled, and needs no fresh look',
      { ...inUtc, state: 'reauthorize', lastPolledAt: null },
      'remind',
    ],
    ['a refusal within twice the interval is fresh', failing('unauthorized'), 'remind'],
    ['an older one is not', failing('unauthorized', '2h1s'), 'later'],
    ['a timeout says nothing of it', failing('timeout'), 'later'],
    [
      'of access that has never worked no owner is reminded',
      { ...inUtc, baselinedAt: null, state: 'reauthorize' },
      'never',
    ],
    ['after a new grant the old failure says nothing', { ...inUtc, failing: null }, 'later'],
  ])('%s', (_, tenant, kind) => {
    expect(decide(lost(), { tenant })).toMatchObject({ kind });
  });
});

describe('the clock of reminders', () => {
  it.each<[string, Incident, number | null]>([
    ['starts when the alert was accepted', alertedAgo('0s'), NOW + ms('2d')],
    ['counts the slots that are used', alertedAgo('0s', { reminders: { used: 2 } }), NOW + ms('12d')],
    ['ends with the last slot', alertedAgo('0s', { reminders: { used: 3 } }), null],
    ['goes on while it is recovering', alertedAgo('1d', { state: 'recovering' }), NOW + ms('1d')],
    ['ends when it is closed', alertedAgo('1d', { state: 'closed' }), null],
    ['has not started while nobody was told', aConfirmedIncident(), null],
  ])('%s', (_, incident, expected) => {
    expect(nextReminderAt(incident, inUtc, settings)).toBe(expected);
  });

  it('counts days of 24 hours, then waits for an allowed minute of the tenant', () => {
    const tenant = aTenant({ timezone: 'America/New_York' });
    const alertedLate = alertedAgo('0s', {
      alerting: { lastAlert: { action: 'reconnect', at: Date.UTC(2026, 2, 7, 1), conversationId: 'c' } },
    });
    expect(nextReminderAt(alertedLate, tenant, settings)).toBe(Date.UTC(2026, 2, 9, 13));
  });

  it('is named in every step', () => {
    const step = reminderStepAt(alertedAgo('7d', { alerting: { alertsSent: 2 } }), NOW, settings);
    expect(stepToText(step)).toBe('reminder:2.2');
  });

  it.each([
    ['uses up the slot that it names, and those before it', 'reminder:1.2', { alerting: { alertsSent: 1 } }, 2],
    ['of an earlier alert uses up none', 'reminder:1.2', { alerting: { alertsSent: 11 } }, 0],
    ['that comes late gives none back', 'reminder:1.2', { alerting: { alertsSent: 1 }, reminders: { used: 3 } }, 3],
  ])('a reminder %s', (_, step, given, remindersUsed) => {
    const after = afterReminder(alertedAgo('7d', given), stepFromText(step), { tenant: inUtc, settings });
    expect(after.reminders.used).toBe(remindersUsed);
  });
});

describe('the alert about a refused grant, whose tenant is not polled', () => {
  const tenant = aTenant({ state: 'reauthorize', baselinedAt: NOW - ms('9d'), timezone: 'UTC', nextPollAt: null });
  const lost = aConfirmedIncident({ connectionId: null, action: 'reauthorize' });
  const due = withReminders(lost, { nextAt: NOW });
  const anAlert = aNotification({
    kind: 'reauthorize',
    contactId: owner.id,
    topics: [aTopic({ action: 'reauthorize' })],
  });
  const gone: TenantNotification = { ...anAlert, state: 'cancelled', reason: 'recipient_gone', contactId: 'former' };
  const plan = (incident: Incident, given: Partial<TenantRecord> = {}) =>
    planMailByClock(aRecord({ tenant, contacts: [owner], incidents: [incident], ...given }), {
      now: NOW,
      settings,
      holds: [],
      operatorEmail: null,
      newId: countedIds(),
    });

  it('comes on the clock of reminders while nobody was told', () => {
    expect(putOnClock(lost, tenant, NOW).reminders.nextAt).toBe(NOW);
  });

  it.each<[string, Incident, Partial<Tenant>]>([
    ['was told', alertedAgo('1d', { connectionId: null, action: 'reauthorize' }), {}],
    ['is about a tenant that is polled', lost, { state: 'access_denied' }],
    ['is about a connection', aConfirmedIncident(), {}],
    ['is the operator’s matter', lost, { baselinedAt: null }],
    ['is over', { ...lost, state: 'closed' }, {}],
  ])('does not when it %s', (_, incident, given) => {
    expect(putOnClock(incident, { ...tenant, ...given }, NOW)).toBe(incident);
  });

  it('is written for whoever was named since, and looked at again', () => {
    const { notifications, incidents } = plan(due, { notifications: [gone] });
    expect(notifications).toMatchObject([
      { contactId: 'owner', kind: 'reauthorize', topics: [{ step: { number: 1 } }] },
    ]);
    expect(incidents).toMatchObject([
      { reminders: { nextAt: NOW + settings.recheckAfterMs }, alerting: { decision: 'first_alert' } },
    ]);
  });

  it('waits while the tenant is paused', () => {
    const paused = { ...tenant, state: 'paused' } as const;
    const { notifications, incidents } = plan(due, { tenant: paused, notifications: [gone] });
    expect(notifications).toEqual([]);
    expect(incidents).toMatchObject([
      { reminders: { nextAt: NOW + settings.recheckAfterMs }, alerting: { decision: 'tenant_paused' } },
    ]);
  });

  it.each<[string, Partial<TenantNotification>]>([
    ['waits', {}],
    ['is held', { state: 'held', reason: 'held_by_command' }],
    ['was refused', { state: 'failed', reason: 'refused' }],
  ])('is not written twice for a contact whose mail %s', (_, given) => {
    const written = { ...anAlert, ...given } as TenantNotification;
    expect(plan(due, { notifications: [written] }).notifications.filter(({ id }) => id !== written.id)).toEqual([]);
  });
});

describe('one mail reminds a contact of everything that is due', () => {
  const facebook = alertedAgo('2d', { id: 'facebook' });
  const instagram = alertedAgo('12d', { id: 'instagram', reminders: { used: 2 } });
  const access = alertedAgo('2d', { id: 'access', connectionId: null, action: 'reauthorize' });
  const plan = (incidents: readonly Incident[], given: Partial<TenantRecord> = {}) => {
    const tenant = { ...inUtc, failing: { kind: 'unauthorized' as const, since: NOW } };
    const record = aRecord({ tenant, connections: seenBroken(), contacts: [owner, cc], incidents, ...given });
    const planned = planReminders(record, { now: NOW, settings, newId: countedIds() });
    return {
      mail: planned.notifications.map(
        ({ contactId, reason, topics }) => `${reason} to ${contactId}: ${topics.map((t) => t.incidentId).join(', ')}`,
      ),
      notifications: planned.notifications,
      incidents: planned.incidents,
    };
  };

  it('to the owner all of it, to a cc what is reminded of for the last time', () => {
    expect(plan([facebook, instagram]).mail).toEqual([
      'reminder_due to owner: facebook, instagram',
      'last_reminder_due to cc: instagram',
    ]);
  });

  it('but our access by itself, and to owners alone', () => {
    expect(plan([facebook, access]).mail).toEqual(['reminder_due to owner: facebook', 'reminder_due to owner: access']);
  });

  it('in the conversation of the alert', () => {
    expect(plan([facebook]).notifications).toMatchObject([{ conversationId: 'c1', kind: 'reminder', dueAt: NOW }]);
  });

  it('and nothing is due while it is on its way', () => {
    expect(plan([facebook]).incidents).toMatchObject([
      { id: 'facebook', reminders: { nextAt: null }, alerting: { decision: 'reminder_due' } },
    ]);
  });

  it('leaves alone what is not due', () => {
    expect(
      plan([alertedAgo('2d', { reminders: { nextAt: NOW + 1 } }), alertedAgo('2d', { reminders: { nextAt: null } })]),
    ).toMatchObject({
      mail: [],
      incidents: [],
    });
  });

  it('keeps the reason and the time for what must wait', () => {
    expect(plan([alertedAgo('2d', { state: 'recovering' })])).toMatchObject({
      mail: [],
      incidents: [{ reminders: { nextAt: NOW + ms('15m') }, alerting: { decision: 'suspended_by_good_poll' } }],
    });
  });

  it('stops asking when none will ever be due', () => {
    expect(plan([alertedAgo('30d', { reminders: { used: 3 } })]).incidents).toMatchObject([
      { reminders: { nextAt: null }, alerting: { decision: 'reminders_used_up' } },
    ]);
  });

  it('looks again later when there is nobody to remind', () => {
    expect(plan([facebook], { contacts: [cc] }).incidents).toMatchObject([
      { reminders: { nextAt: NOW + ms('15m') }, alerting: { decision: 'no_recipient' } },
    ]);
  });

  it.each([
    ['who wants no reminders', { ...owner, wantsReminders: false }, 'reminders_off'],
    ['who snoozed it', { ...owner, snoozes: [{ incidentId: 'facebook', until: NOW + 1 }] }, 'snoozed'],
  ])('looks again later when there is only somebody %s', (_, contact, decision) => {
    const later = { reminders: { nextAt: NOW + ms('15m') }, alerting: { decision } };
    expect(plan([facebook], { contacts: [contact, cc] })).toMatchObject({ mail: [], incidents: [later] });
  });

  it('does not write to a contact twice, and waits for what is on its way to another', () => {
    const topics = [aTopic({ incidentId: 'facebook', step: 'reminder:1.1', action: 'reconnect' })];
    const onItsWay = aNotification({ kind: 'reminder', contactId: 'owner', topics });
    expect(plan([facebook], { notifications: [onItsWay] })).toMatchObject({
      mail: [],
      incidents: [{ reminders: { nextAt: null }, alerting: { decision: 'reminder_due' } }],
    });
  });
});
