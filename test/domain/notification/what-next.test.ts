import { describe, expect, it } from '@jest/globals';
import type { TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import { type NextStep, whatNext } from '../../../src/domain/notification/what-next.ts';
import {
  aConfirmedIncident,
  aNotification,
  anIncident,
  aTenant,
  type GivenIncident,
  NOW,
} from '../../support/builders.ts';
import { cc, owner } from '../../support/domain-contacts.ts';
import { aRecord } from '../../support/domain-record.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const settings = alertSettings({ remindAfterMs: ['2d', '7d'].map(ms) });
const polled = aTenant({ timezone: 'UTC', baselinedAt: NOW - ms('7d'), nextPollAt: NOW + HOUR_MS });
const lastAlert = { action: 'reconnect', at: NOW - ms('1d'), conversationId: 'c1' } as const;

const told = ({ reminders, ...given }: GivenIncident = {}) =>
  aConfirmedIncident({
    alerting: { lastAlert, alertsSent: 1, decision: 'already_told' },
    reminders: { nextAt: NOW + ms('1d'), ...reminders },
    ...given,
  });

const flapping = { since: NOW, by: 'changes', health: 'bad', steadySince: NOW, settledAt: null } as const;

type Case = readonly [name: string, given: Partial<TenantRecord>, steps: readonly Partial<NextStep>[]];

const poll = { kind: 'poll', at: NOW + HOUR_MS, to: [], unless: ['pause'] } as const;

const cases: readonly Case[] = [
  ['all is well: the next poll alone', {}, [poll]],
  [
    'a paused tenant is not polled, and nobody is reminded',
    { tenant: { ...polled, state: 'paused', nextPollAt: null }, incidents: [told()] },
    [
      { kind: 'no_poll', reason: 'paused' },
      { kind: 'silence', reason: 'tenant_paused' },
    ],
  ],
  [
    'access was refused: only a new grant brings the next poll',
    { tenant: { ...polled, state: 'reauthorize', nextPollAt: null } },
    [{ kind: 'no_poll', reason: 'reauthorize' }],
  ],
  [
    'a suspicion: an alert to owner and copy, if a poll confirms it',
    { incidents: [anIncident()], contacts: [owner, cc] },
    [
      poll,
      {
        kind: 'alert',
        at: NOW + HOUR_MS,
        to: [owner.email, cc.email],
        reason: 'awaiting_confirmation',
        unless: ['good_poll', 'pause', 'hold', 'close'],
      },
    ],
  ],
  [
    'an alert waits: when it is due, and nothing else about it',
    { incidents: [aConfirmedIncident()], notifications: [aNotification({ dueAt: NOW + ms('2m') })] },
    [
      poll,
      {
        kind: 'mail',
        at: NOW + ms('2m'),
        mailId: 'notification-1',
        incidentId: 'incident-1',
        to: ['jane@bakery.example'],
        unless: ['good_poll', 'pause', 'hold'],
      },
    ],
  ],
  [
    'a reminder waits: what keeps a reminder back, keeps it back',
    { notifications: [aNotification({ kind: 'reminder', reason: 'reminder_due' })] },
    [poll, { kind: 'mail', unless: ['good_poll', 'snooze', 'reminders_off', 'pause', 'hold'] }],
  ],
  [
    'an invitation waits: it is about no incident, and no poll keeps it back',
    { notifications: [aNotification({ kind: 'invitation', reason: 'invited', topics: [] })] },
    [poll, { kind: 'mail', incidentId: null, unless: ['pause', 'hold'] }],
  ],
  [
    'mail about a removal waits for no poll',
    { notifications: [aNotification({ kind: 'removed', reason: 'removed' })] },
    [poll, { kind: 'mail', unless: ['pause', 'hold'] }],
  ],
  [
    'a tenant that is paused has a time for its next poll, and is not polled then',
    { tenant: { ...polled, state: 'paused' } },
    [{ kind: 'no_poll', at: null, to: [], unless: [], reason: 'paused' }],
  ],
  [
    'an account that flaps is reminded of nothing',
    { incidents: [told({ flapping })] },
    [poll, { kind: 'silence', at: null, reason: 'flapping' }],
  ],
  [
    'no reminder is planned although some are left: the stored decision says why',
    { incidents: [told({ reminders: { used: 1, nextAt: null } })] },
    [poll, { kind: 'silence', reason: 'already_told' }],
  ],
  [
    'mail about the repair waits for no other poll',
    { notifications: [aNotification({ kind: 'recovered', reason: 'recovered' })] },
    [poll, { kind: 'mail', unless: ['pause', 'hold'] }],
  ],
  [
    'an alert is held: until when, nobody knows',
    { incidents: [aConfirmedIncident()], notifications: [aNotification({ state: 'held', reason: 'held_by_command' })] },
    [poll, { kind: 'held', at: null, reason: 'held_by_command' }],
  ],
  [
    'mail that was sent is over',
    { incidents: [told()], notifications: [aNotification({ state: 'sent' })], contacts: [owner, cc] },
    [
      poll,
      {
        kind: 'reminder',
        at: NOW + ms('1d'),
        to: [owner.email],
        reason: 'reminder_due',
        unless: ['good_poll', 'snooze', 'pause', 'hold', 'reminders_off', 'close'],
      },
    ],
  ],
  [
    'the last reminder goes to the copy, too',
    { incidents: [told({ reminders: { used: 1 } })], contacts: [owner, cc] },
    [poll, { kind: 'reminder', to: [owner.email, cc.email], reason: 'last_reminder_due' }],
  ],
  [
    'a snooze puts the reminder off',
    { incidents: [told({ reminders: { snoozedUntil: NOW + ms('3d') } })] },
    [poll, { kind: 'reminder', at: NOW + ms('3d') }],
  ],
  [
    'a snooze that ends before the reminder changes nothing',
    { incidents: [told({ reminders: { snoozedUntil: NOW + ms('1h') } })] },
    [poll, { kind: 'reminder', at: NOW + ms('1d') }],
  ],
  [
    'a reminder that was planned by other hours goes within those of now',
    { incidents: [told({ reminders: { nextAt: NOW + ms('1d8h') } })] },
    [poll, { kind: 'reminder', at: NOW + ms('1d21h') }],
  ],
  [
    'nobody wants reminders',
    { incidents: [told()], contacts: [{ ...owner, wantsReminders: false }] },
    [poll, { kind: 'silence', reason: 'reminders_off' }],
  ],
  [
    'the only contact has left',
    { incidents: [told()], contacts: [{ ...owner, state: 'unsubscribed' }] },
    [poll, { kind: 'silence', reason: 'no_recipient' }],
  ],
  [
    'all reminders were sent',
    { incidents: [told({ reminders: { used: 2, nextAt: null } })] },
    [poll, { kind: 'silence', reason: 'reminders_used_up' }],
  ],
  [
    'the owner can only wait',
    { incidents: [told({ action: 'wait' })] },
    [poll, { kind: 'silence', reason: 'nothing_to_do' }],
  ],
  [
    'certain, and told to nobody: the stored decision says why',
    { incidents: [aConfirmedIncident({ alerting: { decision: 'baseline_is_silent' } })] },
    [poll, { kind: 'silence', reason: 'baseline_is_silent' }],
  ],
  [
    'a good poll came: the repair is told after further ones',
    { incidents: [told({ state: 'recovering' })] },
    [poll, { kind: 'repair', at: NOW + HOUR_MS, unless: ['bad_poll', 'pause', 'close'] }],
  ],
  ['an incident that is over has nothing to come', { incidents: [told({ state: 'closed' })] }, [poll]],
];

describe('what happens next', () => {
  it.each(cases)('%s', (_, given, steps) => {
    const next = whatNext(aRecord({ tenant: polled, ...given }), { now: NOW, settings });
    expect(next).toHaveLength(steps.length);
    expect(next).toMatchObject(steps);
  });
});
