import { describe, expect, it } from '@jest/globals';
import { revalidate } from '../../../src/domain/delivery/revalidate.ts';
import type { Incident } from '../../../src/domain/model/incident.ts';
import type { PendingNotification, TenantNotification } from '../../../src/domain/model/notification.ts';
import type { Contact } from '../../../src/domain/model/tenant.ts';
import type { TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import {
  aConfirmedIncident,
  aConnection,
  aContact,
  aNotification,
  anIncident,
  aSnapshot,
  aTenant,
  aTopic,
  type GivenIncident,
  NOW,
} from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

/* What becomes of a mail when its turn has come. NOW is noon in UTC, where the tenant is. */
const broken = aConnection({ period: aSnapshot({ health: 'broken', conditions: ['token_invalid'] }) });
const soon = NOW + ms('15m');

type Given = Partial<TenantRecord> & Readonly<{ settings?: Parameters<typeof alertSettings>[0] }>;

function decide(mail: PendingNotification, incidents: readonly Incident[], { settings, ...given }: Given = {}) {
  const tenant = aTenant({ timezone: 'UTC', lastPolledAt: NOW });
  const record = aRecord({ tenant, connections: [broken], incidents, notifications: [mail], ...given });
  return revalidate(mail, record, { now: NOW, settings: alertSettings(settings), holds: [], isBraked: false });
}

function alerted(given: GivenIncident = {}): Incident {
  const at = NOW - ms('2d');
  return aConfirmedIncident({
    ...given,
    alerting: { lastAlert: { action: 'reconnect', at, conversationId: 'c' }, alertsSent: 1, ...given.alerting },
  });
}

const open = aConfirmedIncident();
const alert = aNotification();
const escalation = aNotification({ reason: 'worse_action', topics: [aTopic({ step: 'alert:2' })] });
const reminder = aNotification({
  kind: 'reminder',
  reason: 'last_reminder_due',
  topics: [aTopic({ step: 'reminder:1.1' })],
});
const thanks = aNotification({
  id: 'n2',
  kind: 'recovered',
  reason: 'recovered',
  topics: [aTopic({ step: 'recovered' })],
});
const repaired = alerted({ state: 'closed', closeReason: 'recovered' });
const sentAlert = aNotification({ state: 'sent', sentAt: NOW - ms('2d') });

const send = (reason: string, topics: readonly object[]) => ({ kind: 'send', reason, topics });
const postpone = (reason: string, until: number) => ({ kind: 'postpone', reason, until });
const cancel = (reason: string) => ({ kind: 'cancel', reason });

type Row = readonly [string, PendingNotification, readonly Incident[], object, Given?];

function check(
  _: string,
  mail: PendingNotification,
  incidents: readonly Incident[],
  expected: object,
  given: Given = {},
): void {
  expect(decide(mail, incidents, given)).toMatchObject(expected);
}

describe('any mail', () => {
  const unsubscribed = { contacts: [aContact({ state: 'unsubscribed' })] };
  const paused = { tenant: aTenant({ state: 'paused' }) };
  it.each<Row>([
    ['is not for somebody who unsubscribed', alert, [open], cancel('recipient_gone'), unsubscribed],
    ['is not for somebody who is a contact no longer', alert, [open], cancel('recipient_gone'), { contacts: [] }],
    ['waits while the tenant is paused', alert, [open], postpone('tenant_paused', soon), paused],
    [
      'waits with its thanks, too',
      thanks,
      [repaired],
      postpone('tenant_paused', soon),
      { ...paused, notifications: [sentAlert] },
    ],
  ])('%s', check);
});

describe('mail about access that has never worked, by an older Linkwatch', () => {
  const lost = aConfirmedIncident({ connectionId: null, action: 'reauthorize' });
  const never = cancel('before_first_good_poll');
  it.each<Row>([
    ['is not sent', aNotification({ kind: 'reauthorize' }), [lost], never],
    ['nor is its reminder', reminder, [alerted({ connectionId: null, action: 'reauthorize' })], never],
    [
      'nor a mail to the operator in the owner’s place',
      aNotification({ kind: 'reauthorize', contactId: null }),
      [lost],
      never,
    ],
  ])('%s', check);
});

describe('an alert', () => {
  it.each<Row>([
    ['goes out while it is true', alert, [open], send('first_alert', [aTopic()])],
    [
      'asks for what is certain by now',
      alert,
      [aConfirmedIncident({ confirmation: { certainAction: 'choose_profile' } })],
      send('first_alert', [aTopic({ action: 'choose_profile' })]),
    ],
    [
      'does not ask for what a single poll showed since',
      alert,
      [aConfirmedIncident({ action: 'choose_profile' })],
      send('first_alert', [aTopic()]),
    ],
    [
      'waits while a good poll speaks against it',
      alert,
      [{ ...open, state: 'recovering' }],
      postpone('suspended_by_good_poll', soon),
    ],
    ['is dropped when it was repaired', alert, [{ ...open, state: 'closed' }], cancel('no_longer_true')],
    ['is dropped when its incident is unknown', alert, [], cancel('no_longer_true')],
    ['is dropped while it is a suspicion', alert, [anIncident()], cancel('no_longer_true')],
    [
      'is dropped when alerts on the baseline were switched off since',
      alert,
      [{ ...open, foundAtBaseline: true }],
      cancel('no_longer_true'),
      { settings: { alertOnBaseline: false } },
    ],
    ['goes out although another contact was told first', alert, [alerted()], send('first_alert', [aTopic()])],
    [
      'is dropped when another contact was told first, and then of something worse',
      alert,
      [alerted({ alerting: { alertsSent: 2 } })],
      cancel('no_longer_true'),
    ],
    [
      'of something worse goes out while it is worse',
      escalation,
      [alerted({ alerting: { lastAlert: { action: 'choose_profile', at: NOW, conversationId: 'c' } } })],
      send('worse_action', [aTopic({ step: 'alert:2', action: 'reconnect' })]),
    ],
    [
      'of something worse is dropped when it got easier again',
      escalation,
      [
        alerted({
          alerting: { lastAlert: { action: 'choose_profile', at: NOW, conversationId: 'c' } },
          confirmation: { certainAction: 'choose_profile' },
        }),
      ],
      cancel('no_longer_true'),
    ],
  ])('%s', check);

  it('drops what was repaired, and tells the rest', () => {
    const both = aNotification({ topics: [aTopic(), aTopic({ incidentId: 'incident-2' })] });
    const second = aConfirmedIncident({ id: 'incident-2', connectionId: 'connection-2' });
    expect(decide(both, [{ ...open, state: 'closed' }, second])).toMatchObject(
      send('first_alert', [{ incidentId: 'incident-2' }]),
    );
  });

  it('that may have been read waits for what is recovering: left out now, it would be told twice', () => {
    const both = aNotification({ outcomeUnknown: true, topics: [aTopic(), aTopic({ incidentId: 'incident-2' })] });
    const second = aConfirmedIncident({ id: 'incident-2', connectionId: 'connection-2' });
    expect(decide(both, [{ ...open, state: 'recovering' }, second])).toEqual(postpone('suspended_by_good_poll', soon));
    expect(decide(both, [open, second])).toMatchObject({ kind: 'send', topics: both.topics });
    expect(decide(both, [{ ...open, state: 'closed' }, second])).toMatchObject({
      kind: 'send',
      topics: [{ incidentId: 'incident-2' }],
    });
  });

  describe('waits for another mail that waits with a later alert for the same contact', () => {
    const worse = alerted({ alerting: { lastAlert: { action: 'choose_profile', at: NOW, conversationId: 'c' } } });
    const later = { ...escalation, id: 'later' };
    const about = aNotification({ topics: [aTopic({ incidentId: 'incident-2' })] });
    const second = aConfirmedIncident({ id: 'incident-2', connectionId: 'connection-2' });
    it.each<Row>([
      ['which tells what is true now', alert, [worse], postpone('overtaken', soon), { notifications: [alert, later] }],
      ['but not behind it', later, [worse], { kind: 'send' }, { notifications: [alert, later] }],
      [
        'but not when that is for somebody else',
        alert,
        [worse],
        { kind: 'send' },
        { notifications: [alert, { ...later, contactId: 'cc' }] },
      ],
      [
        'but not when that is held',
        alert,
        [worse],
        { kind: 'send' },
        { notifications: [alert, aNotification({ ...later, state: 'held', reason: 'held_by_command' })] },
      ],
      [
        'but not with news of another problem',
        about,
        [worse, second],
        { kind: 'send' },
        { notifications: [about, later] },
      ],
    ])('%s', check);
  });

  it('tells a contact who missed an alert and then a worse one the worse one alone', () => {
    const both = aNotification({ topics: [aTopic(), aTopic({ step: 'alert:2' })] });
    const worse = alerted({ alerting: { lastAlert: { action: 'choose_profile', at: NOW, conversationId: 'c' } } });
    expect(decide(both, [worse])).toEqual(send('worse_action', [aTopic({ step: 'alert:2' })]));
  });
});

describe('a reminder', () => {
  const by = (given: Partial<Contact>) => ({ contacts: [aContact(given)] });
  const snoozes = [{ incidentId: 'incident-1', until: NOW + 1 }];
  it.each<Row>([
    [
      'goes out while it is still broken, and the last says so',
      reminder,
      [alerted()],
      send('last_reminder_due', [aTopic({ step: 'reminder:1.1' })]),
    ],
    [
      'asks for what it shows now',
      reminder,
      [alerted({ action: 'choose_profile' })],
      send('last_reminder_due', [{ action: 'choose_profile' }]),
    ],
    [
      'is dropped when it is about to be repaired',
      reminder,
      [alerted({ state: 'recovering' })],
      cancel('no_longer_true'),
    ],
    ['is dropped when it was repaired', reminder, [alerted({ state: 'closed' })], cancel('no_longer_true')],
    [
      'is dropped when there is nothing to do but wait',
      reminder,
      [alerted({ action: 'wait' })],
      cancel('no_longer_true'),
    ],
    [
      'is dropped when it was snoozed',
      reminder,
      [alerted({ reminders: { snoozedUntil: NOW + 1 } })],
      cancel('snoozed'),
    ],
    ['is dropped when its reader alone snoozed it', reminder, [alerted()], cancel('snoozed'), by({ snoozes })],
    [
      'is dropped when its reader wants none',
      reminder,
      [alerted()],
      cancel('reminders_off'),
      by({ wantsReminders: false }),
    ],
    [
      'says that it is over rather than unwanted',
      reminder,
      [],
      cancel('no_longer_true'),
      by({ wantsReminders: false }),
    ],
    [
      'waits for a fresh poll',
      reminder,
      [alerted()],
      postpone('awaiting_fresh_poll', soon),
      { connections: [aConnection({ period: null })] },
    ],
    [
      'waits for the hours',
      reminder,
      [alerted()],
      postpone('outside_reminder_hours', NOW + ms('1h')),
      { settings: { reminderHours: { fromMinute: 13 * 60, toMinute: 17 * 60 } } },
    ],
    [
      'is dropped when its next slot has come meanwhile: they become one',
      reminder,
      [alerted({ alerting: { lastAlert: { action: 'reconnect', at: NOW - ms('7d'), conversationId: 'c' } } })],
      cancel('no_longer_true'),
    ],
    [
      'is dropped when a newer alert was told meanwhile',
      reminder,
      [alerted({ alerting: { alertsSent: 2 } })],
      cancel('no_longer_true'),
    ],
    ...(['held', 'pending'] as const).map(
      (state): Row => [
        `waits for a worse alert to its reader that is ${state}`,
        reminder,
        [alerted()],
        postpone('overtaken', soon),
        { notifications: [reminder, aNotification({ ...escalation, id: 'worse', state })] },
      ],
    ),
    [
      'does not wait for a worse alert to somebody else',
      reminder,
      [alerted()],
      { kind: 'send' },
      { notifications: [reminder, aNotification({ ...escalation, id: 'worse', state: 'held', contactId: 'cc' })] },
    ],
    [
      'does not wait for a worse alert that was discarded',
      reminder,
      [alerted()],
      { kind: 'send' },
      { notifications: [reminder, aNotification({ ...escalation, id: 'worse', state: 'cancelled' })] },
    ],
  ])('%s', check);

  it('leaves out what is snoozed, and reminds of the rest', () => {
    const both = aNotification({
      kind: 'reminder',
      topics: [aTopic({ step: 'reminder:1.1' }), aTopic({ incidentId: 'incident-2', step: 'reminder:1.1' })],
    });
    const awake = alerted({ id: 'incident-2' });
    expect(decide(both, [alerted({ reminders: { snoozedUntil: NOW + 1 } }), awake])).toMatchObject({
      kind: 'send',
      topics: [{ incidentId: 'incident-2' }],
    });
  });
});

describe('thanks', () => {
  const besides = (...others: readonly TenantNotification[]) => ({ notifications: [...others, thanks] });
  const brokenAgain = aConfirmedIncident({ id: 'incident-2' });
  const alertAgain = aNotification({ id: 'alert-2', topics: [aTopic({ incidentId: 'incident-2' })] });
  const sentAlertAgain: TenantNotification = { ...alertAgain, state: 'sent', sentAt: NOW };
  const thankedAgain = aNotification({
    id: 'thanks-2',
    kind: 'recovered',
    state: 'sent',
    sentAt: NOW,
    topics: [aTopic({ incidentId: 'incident-2', step: 'recovered' })],
  });
  it.each<Row>([
    [
      'go to whom the alert reached',
      thanks,
      [repaired],
      send('recovered', [aTopic({ step: 'recovered' })]),
      besides(sentAlert),
    ],
    [
      'go to whom it may have reached',
      thanks,
      [repaired],
      send('recovered', [aTopic({ step: 'recovered' })]),
      besides(aNotification({ outcomeUnknown: true })),
    ],
    [
      'are dropped when the alert did not arrive after all',
      thanks,
      [repaired],
      cancel('told_nobody'),
      besides(aNotification({ state: 'failed' })),
    ],
    [
      'are dropped when it reached somebody else alone',
      thanks,
      [repaired],
      cancel('told_nobody'),
      besides({ ...sentAlert, contactId: 'other' }),
    ],
    [
      'wait while the connection is broken again and their reader has not heard of it',
      thanks,
      [repaired, brokenAgain],
      postpone('broken_again', soon),
      besides(sentAlert, alertAgain),
    ],
    [
      'wait while a poll that may confirm another break is awaited',
      thanks,
      [repaired, anIncident({ id: 'incident-2' })],
      postpone('broken_again', soon),
      besides(sentAlert),
    ],
    [
      'do not wait for what passes by itself',
      thanks,
      [repaired, anIncident({ id: 'incident-2', action: 'wait' })],
      { kind: 'send' },
      besides(sentAlert),
    ],
    [
      'wait, too, while another reader alone has heard that it is broken again',
      thanks,
      [repaired, brokenAgain],
      postpone('broken_again', soon),
      besides(sentAlert, { ...sentAlertAgain, contactId: 'other' }),
    ],
    [
      'are dropped when their reader has heard that it is broken again',
      thanks,
      [repaired, brokenAgain],
      cancel('no_longer_true'),
      besides(sentAlert, sentAlertAgain),
    ],
    [
      'wait when their reader has heard that it keeps breaking, although the latest poll was good',
      thanks,
      [repaired, { ...brokenAgain, state: 'recovering' }],
      postpone('broken_again', soon),
      besides(sentAlert, { ...sentAlertAgain, kind: 'flapping' }),
    ],
    [
      'leave out a break that the same mail thanks for a later one of the same connection',
      { ...thanks, topics: [...thanks.topics, ...thankedAgain.topics] },
      [
        { ...repaired, openedAt: NOW - ms('2h'), closedAt: NOW - ms('1h') },
        { ...brokenAgain, state: 'closed', closeReason: 'recovered', openedAt: NOW - ms('30m'), closedAt: NOW },
      ],
      { kind: 'send', topics: [{ incidentId: 'incident-2' }] },
      besides(sentAlert, sentAlertAgain),
    ],
    [
      'wait while the thanks for a later break wait, which then are enough',
      thanks,
      [
        { ...repaired, closedAt: NOW - ms('1h') },
        { ...brokenAgain, state: 'closed', openedAt: NOW },
      ],
      postpone('broken_again', soon),
      besides(sentAlert, sentAlertAgain, { ...thankedAgain, state: 'pending', reason: 'recovered', sentAt: null }),
    ],
    [
      'are sent when a later break, of which their reader has not heard, is about to be over',
      thanks,
      [repaired, { ...brokenAgain, state: 'recovering' }],
      { kind: 'send' },
      besides(sentAlert),
    ],
    [
      'are dropped when their reader may have heard that it is broken again',
      thanks,
      [repaired, brokenAgain],
      cancel('no_longer_true'),
      besides(sentAlert, { ...alertAgain, outcomeUnknown: true }),
    ],
    [
      'go out when the other break is over before their reader heard of it',
      thanks,
      [repaired, { ...brokenAgain, state: 'closed', closeReason: 'recovered' }],
      send('recovered', [aTopic({ step: 'recovered' })]),
      besides(sentAlert, alertAgain),
    ],
    [
      'are dropped when their reader was thanked for a later break while they were held',
      thanks,
      [
        { ...repaired, closedAt: NOW - 2 },
        { ...brokenAgain, state: 'closed', closeReason: 'recovered', openedAt: NOW - 1 },
      ],
      cancel('no_longer_true'),
      besides(sentAlert, sentAlertAgain, thankedAgain),
    ],
    [
      'go out when another reader alone was thanked for a later break',
      thanks,
      [
        { ...repaired, closedAt: NOW - 2 },
        { ...brokenAgain, state: 'closed', closeReason: 'recovered', openedAt: NOW - 1 },
      ],
      { kind: 'send' },
      besides(sentAlert, { ...thankedAgain, contactId: 'other' }),
    ],
    [
      'go out when their reader was thanked for an earlier break',
      thanks,
      [
        { ...repaired, closedAt: NOW - 1 },
        { ...brokenAgain, state: 'closed', closeReason: 'recovered', openedAt: NOW - 2 },
      ],
      { kind: 'send' },
      besides(sentAlert, thankedAgain),
    ],
    [
      'go out while another connection is broken',
      thanks,
      [repaired, { ...brokenAgain, connectionId: 'connection-2' }],
      send('recovered', [aTopic({ step: 'recovered' })]),
      besides(sentAlert),
    ],
    [
      'are dropped when the account is gone',
      thanks,
      [repaired],
      cancel('no_longer_true'),
      { ...besides(sentAlert), connections: [{ ...broken, removedAt: NOW }] },
    ],
    [
      'go out when another account is gone',
      thanks,
      [repaired],
      send('recovered', [aTopic({ step: 'recovered' })]),
      { ...besides(sentAlert), connections: [aConnection({ id: 'connection-2', removedAt: NOW })] },
    ],
  ])('%s', check);

  it('for two connections wait as one mail while one of these is broken again', () => {
    const both = aNotification({
      kind: 'recovered',
      topics: [aTopic({ step: 'recovered' }), aTopic({ incidentId: 'incident-3', step: 'recovered' })],
    });
    const other = { ...repaired, id: 'incident-3', connectionId: 'connection-2' };
    const alertOfBoth: TenantNotification = { ...sentAlert, topics: [aTopic(), aTopic({ incidentId: 'incident-3' })] };
    const incidents = [repaired, other, brokenAgain];

    const untold = { notifications: [alertOfBoth, both] };
    expect(decide(both, incidents, untold)).toEqual(postpone('broken_again', soon));
    const told = { notifications: [alertOfBoth, sentAlertAgain, both] };
    expect(decide(both, incidents, told)).toMatchObject({ kind: 'send', topics: [{ incidentId: 'incident-3' }] });
  });
});
