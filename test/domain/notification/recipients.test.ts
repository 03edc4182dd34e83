import { describe, expect, it } from '@jest/globals';
import type { TenantNotification } from '../../../src/domain/model/notification.ts';
import type { Contact } from '../../../src/domain/model/tenant.ts';
import {
  alertKindOf,
  alertRecipients,
  recoveryRecipients,
  reminderRecipients,
  whyNobodyReminded,
} from '../../../src/domain/notification/recipients.ts';
import {
  aConfirmedIncident,
  aNotification,
  anIncident,
  aTopic,
  type GivenNotification,
  NOW,
} from '../../support/builders.ts';
import { cc, owner, partner } from '../../support/domain-contacts.ts';

const everybody = [owner, partner, cc];
const connection = aConfirmedIncident();
const access = aConfirmedIncident({
  connectionId: null,
  action: 'reauthorize',
  confirmation: { certainAction: 'reauthorize' },
});
type Somebody = Readonly<{ id: string }> | Readonly<{ contactId: string | null }>;
const ids = (all: readonly Somebody[]) => all.map((one) => ('id' in one ? one.id : one.contactId));

describe('who hears what', () => {
  it.each<[string, readonly Somebody[], readonly string[]]>([
    ['an alert about a connection: everybody', alertRecipients(everybody, connection), ['owner', 'partner', 'cc']],
    ['an alert about our access: owners', alertRecipients(everybody, access), ['owner', 'partner']],
    [
      'a reminder: owners',
      reminderRecipients(everybody, connection, { isLast: false, now: NOW }),
      ['owner', 'partner'],
    ],
    [
      'the last reminder: everybody',
      reminderRecipients(everybody, connection, { isLast: true, now: NOW }),
      ['owner', 'partner', 'cc'],
    ],
    [
      'the last reminder about our access: owners',
      reminderRecipients(everybody, access, { isLast: true, now: NOW }),
      ['owner', 'partner'],
    ],
  ])('%s', (_, contacts, expected) => {
    expect(ids(contacts)).toEqual(expected);
  });

  it.each(['unsubscribed', 'not_mine', 'undeliverable'] as const)('nobody who is %s', (state) => {
    const gone = everybody.map((contact) => ({ ...contact, state }));
    const mail = [aNotification({ contactId: owner.id, state: 'sent' })];
    expect(alertRecipients(gone, connection)).toEqual([]);
    expect(reminderRecipients(gone, connection, { isLast: true, now: NOW })).toEqual([]);
    expect(recoveryRecipients(gone, connection, mail)).toEqual([]);
  });
});

describe('who asked for no reminders', () => {
  const off: Contact = { ...owner, wantsReminders: false };
  const asleep: Contact = { ...owner, snoozes: [{ incidentId: connection.id, until: NOW + 1 }] };
  const awake: Contact = { ...owner, snoozes: [{ incidentId: connection.id, until: NOW }] };
  const elsewhere: Contact = { ...owner, snoozes: [{ incidentId: 'other', until: NOW + 1 }] };
  it.each<[string, readonly Contact[], readonly string[], string]>([
    ['gets none', [off], [], 'reminders_off'],
    ['for a while gets none meanwhile', [asleep], [], 'snoozed'],
    ['for a while gets them again after it', [awake], ['owner'], 'no_recipient'],
    ['about something else gets this one', [elsewhere], ['owner'], 'no_recipient'],
    ['keeps nobody else from theirs', [asleep, partner], ['partner'], 'snoozed'],
    ['is not confused with nobody being there', [{ ...off, state: 'unsubscribed' }, cc], [], 'no_recipient'],
    ['for a while wakes sooner than who never wants any', [off, { ...asleep, id: 'b' }], [], 'snoozed'],
  ])('%s', (_, contacts, expected, reason) => {
    const time = { isLast: false, now: NOW };
    expect(ids(reminderRecipients(contacts, connection, time))).toEqual(expected);
    expect(whyNobodyReminded(contacts, connection, time)).toBe(reason);
  });

  it('hears of alerts and recoveries all the same', () => {
    const mail = [aNotification({ contactId: owner.id, state: 'sent' })];
    for (const contact of [off, asleep]) {
      expect(ids(alertRecipients([contact], connection))).toEqual(['owner']);
      expect(ids(recoveryRecipients([contact], connection, mail))).toEqual(['owner']);
    }
  });
});

describe('a recovery is for whom an alert about it reached', () => {
  const toOwner = (given: GivenNotification) => [aNotification({ contactId: owner.id, ...given })];
  it.each<[string, readonly TenantNotification[], readonly string[]]>([
    ['it was accepted', toOwner({ state: 'sent' }), ['owner']],
    ['it may have been: we crashed and do not know', toOwner({ outcomeUnknown: true }), ['owner']],
    [
      'it may have been, although it was cancelled since',
      toOwner({ outcomeUnknown: true, state: 'cancelled' }),
      ['owner'],
    ],
    ['it still waits', toOwner({ state: 'pending' }), []],
    ['it failed', toOwner({ state: 'failed' }), []],
    ['it was cancelled before it was sent', toOwner({ state: 'cancelled' }), []],
    ['only a reminder was accepted', toOwner({ state: 'sent', kind: 'reminder' }), []],
    [
      'it was about another incident',
      toOwner({ state: 'sent', topics: [aTopic({ incidentId: 'other', step: 'alert:1', action: 'wait' })] }),
      [],
    ],
  ])('%s', (_, notifications, expected) => {
    expect(ids(recoveryRecipients(everybody, connection, notifications))).toEqual(expected);
  });
});

describe('which mail tells it', () => {
  it.each([
    ['an alert about a connection', anIncident({ action: 'wait' }), 'alert'],
    ['a mail that asks to authorise again', access, 'reauthorize'],
    [
      'a mail that asks for a privilege',
      { ...access, confirmation: { ...access.confirmation, certainAction: 'privileges' as const } },
      'access_denied',
    ],
    ['what is certain counts, not what one poll shows', { ...access, action: 'privileges' as const }, 'reauthorize'],
  ])('%s', (_, incident, kind) => {
    expect(alertKindOf(incident)).toBe(kind);
  });
});
