import { describe, expect, it } from '@jest/globals';
import { claimMail, MAIL_LEASE_MS } from '../../../src/domain/delivery/claim-mail.ts';
import type { Hold } from '../../../src/domain/model/hold.ts';
import type { Incident } from '../../../src/domain/model/incident.ts';
import type { TenantNotification } from '../../../src/domain/model/notification.ts';
import type { TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import {
  aConfirmedIncident,
  aConnection,
  aContact,
  aHold,
  aNotification,
  aSnapshot,
  aTenant,
  aTopic,
  type GivenNotification,
  NOW,
} from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { alertSettings, countedIds } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const open = aConfirmedIncident();
const flapping = { since: NOW, by: 'changes', health: 'good', steadySince: NOW, settledAt: null } as const;

function claim(
  mail: TenantNotification,
  { holds = [], ...given }: Partial<TenantRecord> & Readonly<{ holds?: readonly Hold[] }> = {},
  now = NOW,
) {
  const record = aRecord({ incidents: [open], notifications: [mail], ...given });
  return claimMail(record, 'notification-1', {
    now,
    leaseNow: now,
    messageId: '<m@x>',
    newId: countedIds(),
    settings: alertSettings(),
    holds,
    isBraked: false,
  });
}

describe('a mail is taken by one worker at a time', () => {
  it('who has it until the lease ends, and whose outcome is unknown until it is recorded', () => {
    const { update, content, decision } = claim(aNotification());
    expect(update.notifications).toMatchObject([
      { state: 'pending', leaseUntil: NOW + MAIL_LEASE_MS, attempts: 1, outcomeUnknown: true },
    ]);
    expect(content).toMatchObject({ notificationId: 'notification-1', kind: 'alert', at: NOW });
    expect(decision).toMatchObject({ kind: 'send', reason: 'first_alert' });
  });

  it('for half a minute at most', () => {
    expect(MAIL_LEASE_MS).toBeLessThanOrEqual(ms('30s'));
  });

  it.each<[string, GivenNotification]>([
    ['not while somebody else has it', { leaseUntil: NOW + 1 }],
    ['not before it is due', { dueAt: NOW + 1 }],
    ['not after it was sent', { state: 'sent' }],
    ['not after it failed', { state: 'failed' }],
    ['not while it is held', { state: 'held' }],
    ['not when it is unknown', { id: 'another' }],
  ])('%s', (_, given) => {
    const { update, content, decision } = claim(aNotification(given));
    expect({ content, alerting: { decision }, notifications: update.notifications }).toEqual({
      content: null,
      alerting: { decision: null },
      notifications: [],
    });
  });

  it('again after a crash, as the same mail', () => {
    const first = claim(aNotification()).update.notifications[0] ?? aNotification();
    const second = claim(first, {}, NOW + MAIL_LEASE_MS);
    expect(second.content).toMatchObject({ notificationId: 'notification-1' });
    expect(second.update.notifications).toMatchObject([{ id: 'notification-1', attempts: 2, outcomeUnknown: true }]);
  });
});

it('a mail about what a hold has not taken yet is held for it, and let go with it', () => {
  const { update, content } = claim(aNotification(), { connections: [aConnection()], holds: [aHold()] });
  expect(content).toBeNull();
  expect(update.notifications).toMatchObject([{ state: 'held', reason: 'held_fleet' }]);
  expect(update.incidents).toMatchObject([{ alerting: { heldBy: 'hold-1', decision: 'held_fleet' } }]);
});

describe('a mail that may have left is never recorded as never sent', () => {
  const mayHaveLeft: GivenNotification = {
    attempts: 1,
    outcomeUnknown: true,
    messageId: '<m@x>',
    response: 'no answer',
    firstAttemptAt: NOW - 2,
    lastAttemptAt: NOW - 1,
  };

  it('and can be found by its Message-ID before any answer', () => {
    expect(claim(aNotification()).update.notifications).toMatchObject([
      { messageId: '<m@x>', firstAttemptAt: NOW, lastAttemptAt: NOW, outcomeUnknown: true },
    ]);
    expect(claim(aNotification(mayHaveLeft)).update.notifications).toMatchObject([
      { messageId: '<m@x>', firstAttemptAt: NOW - 2, lastAttemptAt: NOW, outcomeUnknown: true },
    ]);
  });

  it.each<[string, string, Partial<TenantRecord>]>([
    ['when its trouble is over', 'no_longer_true', { incidents: [{ ...open, state: 'closed' }] }],
    ['when its incident is gone', 'no_longer_true', { incidents: [] }],
    ['when its recipient has left', 'recipient_gone', { contacts: [] }],
  ])('%s', (_, reason, given) => {
    const cancelled = { state: 'cancelled', reason, ...mayHaveLeft };
    expect(claim(aNotification(mayHaveLeft), given).update.notifications).toMatchObject([cancelled]);
  });
});

describe('an alert that may have been read, and is sent again when one of its problems is over', () => {
  const repaired = aConfirmedIncident({ id: 'repaired', connectionId: 'other', state: 'closed' });
  const topics = [aTopic(), aTopic({ incidentId: 'repaired' })];
  const retried = claim(aNotification({ topics, attempts: 1, outcomeUnknown: true }), { incidents: [open, repaired] });

  it('says what is still true, and is remembered as all that it may have said', () => {
    expect(retried.content?.problems).toMatchObject([{ incidentId: 'incident-1' }]);
    expect(retried.update.notifications).toMatchObject([
      { topics: [{ incidentId: 'incident-1' }, { incidentId: 'repaired' }] },
    ]);
    expect(retried.notification).toBe(retried.update.notifications[0]);
  });

  it('so that its reader is told what works again', () => {
    const [alert] = retried.update.notifications;
    if (alert === undefined) throw new Error('The alert was not taken.');
    const thanks = aNotification({
      kind: 'recovered',
      reason: 'recovered',
      topics: [aTopic({ incidentId: 'repaired', step: 'recovered' })],
    });
    const notifications = [thanks, { ...alert, id: 'alert' }];
    expect(claim(thanks, { incidents: [open, repaired], notifications }).decision).toMatchObject({ kind: 'send' });
  });
});

describe('an alert whose problems are not all certain at the moment', () => {
  const suspended = aConfirmedIncident({ id: 'suspended', connectionId: 'other', state: 'recovering' });
  const both: GivenNotification = { topics: [aTopic(), aTopic({ incidentId: 'suspended' })], attempts: 3 };

  it('says what is certain, and the rest waits in a mail of its own to the same contact', () => {
    const mail = aNotification(both);
    const { update, content } = claim(mail, { incidents: [open, suspended] });
    expect(content?.problems).toMatchObject([{ incidentId: 'incident-1' }]);
    const { to, contactId, kind, reason, conversationId } = mail;
    expect(update.notifications).toMatchObject([
      { id: 'notification-1', topics: [{ incidentId: 'incident-1' }], attempts: 4 },
      {
        to,
        contactId,
        kind,
        reason,
        conversationId,
        state: 'pending',
        attempts: 0,
        outcomeUnknown: false,
        topics: [{ incidentId: 'suspended' }],
        createdAt: NOW,
        dueAt: NOW + ms('15m'),
      },
    ]);
    expect(update.notifications[1]?.id).not.toBe('notification-1');
  });

  it.each<[string, GivenNotification, Partial<TenantRecord>]>([
    ['is over', both, { incidents: [open, { ...suspended, state: 'closed' }] }],
    [
      'goes up and down, which is told by another mail',
      both,
      { incidents: [open, { ...suspended, flapping: flapping }] },
    ],
    ['is unknown', both, { incidents: [open] }],
  ])('makes no other mail of what %s', (_, mail, given) => {
    expect(claim(aNotification(mail), given).update.notifications).toHaveLength(1);
  });
});

describe('it is decided again when it is taken', () => {
  it('what it is about is stored as it is told', () => {
    const both = aNotification({ topics: [aTopic(), aTopic({ incidentId: 'repaired' })] });
    const repaired = aConfirmedIncident({ id: 'repaired', connectionId: 'other', state: 'closed' });
    const { update, content } = claim(both, { incidents: [open, repaired] });
    expect(update.notifications).toMatchObject([{ topics: [{ incidentId: 'incident-1' }] }]);
    expect(content?.problems).toHaveLength(1);
  });

  it('it is cancelled with its reason when it is no longer true', () => {
    const { update, content } = claim(aNotification(), { incidents: [{ ...open, state: 'closed' }] });
    expect(update.notifications).toMatchObject([{ state: 'cancelled', reason: 'no_longer_true', attempts: 0 }]);
    expect(content).toBeNull();
  });

  it('it is put off, which its incidents say, and stays what it was', () => {
    const { update, content } = claim(aNotification(), { incidents: [{ ...open, state: 'recovering' }] });
    expect(update.notifications).toMatchObject([{ state: 'pending', reason: 'first_alert', dueAt: NOW + ms('15m') }]);
    expect(update.incidents).toMatchObject([{ alerting: { decision: 'suspended_by_good_poll' } }]);
    expect(content).toBeNull();
  });

  it('a mail about our access becomes another when something else is missing by now', () => {
    const access = aConfirmedIncident({
      connectionId: null,
      confirmation: { certainAction: 'reauthorize' },
      action: 'reauthorize',
    });
    const { update } = claim(aNotification({ kind: 'access_denied' }), { incidents: [access] });
    expect(update.notifications).toMatchObject([{ kind: 'reauthorize' }]);
  });
});

describe('when the last recipient is gone', () => {
  const gone = { contacts: [aContact({ state: 'unsubscribed' })] };

  it('the incident says why nobody was told', () => {
    expect(claim(aNotification(), gone).update.incidents).toMatchObject([{ alerting: { decision: 'recipient_gone' } }]);
  });

  it.each<[string, Incident, readonly TenantNotification[]]>([
    ['another mail about it is on its way', open, [aNotification({ id: 'other', contactId: 'contact-2' })]],
    [
      'somebody was told already',
      { ...open, alerting: { ...open.alerting, lastAlert: { action: 'reconnect', at: NOW, conversationId: 'c' } } },
      [],
    ],
    ['it is closed', { ...open, state: 'closed' }, []],
  ])('it does not when %s', (_, incident, others) => {
    const mail = aNotification();
    const given = { ...gone, incidents: [incident], notifications: [mail, ...others] };
    expect(claim(mail, given).update.incidents).toEqual([]);
  });
});

describe('a reminder that is taken', () => {
  const alerted = { action: 'reconnect', at: NOW - ms('2d'), conversationId: 'c' } as const;
  const reminded = aConfirmedIncident({ alerting: { lastAlert: alerted, alertsSent: 1 }, reminders: { nextAt: null } });
  const reminder = aNotification({ kind: 'reminder', topics: [aTopic({ step: 'reminder:1.1' })] });
  const tenant = aTenant({ timezone: 'UTC', nextPollAt: NOW + ms('40m') });

  it('asks for a poll first when the last look is too old', () => {
    const { update } = claim(reminder, { tenant, incidents: [reminded], connections: [aConnection({ period: null })] });
    expect(update.tenant).toMatchObject({ nextPollAt: NOW });
    expect(update.notifications).toMatchObject([{ state: 'pending', dueAt: NOW + ms('15m') }]);
  });

  it('asks for none where none is made', () => {
    const { update } = claim(reminder, {
      tenant: { ...tenant, nextPollAt: null },
      incidents: [reminded],
      connections: [aConnection({ period: null })],
    });
    expect(update.tenant).toBeNull();
  });

  it('leaves unused the slot of what it leaves out', () => {
    const both = { ...reminder, topics: [...reminder.topics, aTopic({ incidentId: 'second', step: 'reminder:1.1' })] };
    const second = { ...reminded, id: 'second', state: 'recovering' } as const;
    const connections = [aConnection({ period: aSnapshot({ health: 'broken' }) })];
    const { update } = claim(both, { tenant, incidents: [reminded, second], connections });
    expect(update.notifications).toMatchObject([{ topics: [{ incidentId: 'incident-1' }] }]);
    expect(update.incidents).toMatchObject([{ id: 'second', reminders: { nextAt: NOW } }]);
  });

  it('leaves its slot unused when it is cancelled, so that a relapse is reminded of on the same clock', () => {
    const { update } = claim(reminder, { tenant, incidents: [{ ...reminded, state: 'recovering' }] });
    expect(update.notifications).toMatchObject([{ state: 'cancelled' }]);
    expect(update.incidents).toMatchObject([{ reminders: { nextAt: NOW, used: 0 } }]);
  });
});
