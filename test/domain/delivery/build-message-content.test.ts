import { describe, expect, it } from '@jest/globals';
import {
  buildMessageContent,
  buildOperatorMessageContent,
} from '../../../src/domain/delivery/build-message-content.ts';
import { aConfirmedIncident, aNotification, anOperatorNotification, aTopic, NOW } from '../../support/builders.ts';
import { cc, owner, partner } from '../../support/domain-contacts.ts';
import { aRecord } from '../../support/domain-record.ts';
import { ms } from '../../support/domain-time.ts';

const incident = aConfirmedIncident({ openedAt: NOW - ms('1h') });
const toOwner = aNotification({ contactId: owner.id, to: owner.email });
const record = aRecord({ contacts: [owner, partner, cc], incidents: [incident], notifications: [toOwner] });

describe('a letter', () => {
  it('says what is broken, since when, and what to do', () => {
    expect(buildMessageContent(toOwner, record, NOW)).toMatchObject({
      notificationId: 'notification-1',
      kind: 'alert',
      reason: 'first_alert',
      to: owner.email,
      at: NOW,
      recipient: { contact: { id: 'owner', role: 'owner' }, tenant: { name: "Jane's Bakery" } },
      problems: [
        {
          connection: { network: 'facebook', displayName: "Jane's Bakery" },
          action: 'reconnect',
          conditions: ['token_invalid'],
          since: NOW - ms('1h'),
          until: null,
        },
      ],
      isLastReminder: false,
      report: null,
    });
  });

  it('asks for what was decided, not for what the incident shows at the moment', () => {
    const mail = { ...toOwner, topics: [aTopic({ action: 'choose_profile' })] };
    expect(buildMessageContent(mail, record, NOW).problems).toMatchObject([{ action: 'choose_profile' }]);
  });

  it('names no connection when it is about our access', () => {
    const access = aConfirmedIncident({ connectionId: null });
    expect(buildMessageContent(toOwner, { ...record, incidents: [access] }, NOW).problems).toMatchObject([
      { connection: null },
    ]);
  });

  it('says until when it did not work, once it does', () => {
    const closed = { ...incident, state: 'closed', closedAt: NOW } as const;
    expect(buildMessageContent(toOwner, { ...record, incidents: [closed] }, NOW).problems).toMatchObject([
      { until: NOW },
    ]);
  });

  it('says that a reminder is the last', () => {
    const last = aNotification({ kind: 'reminder', reason: 'last_reminder_due', contactId: owner.id });
    expect(buildMessageContent(last, record, NOW).isLastReminder).toBe(true);
  });
});

describe('whom it is for', () => {
  it('is the operator when nobody of the tenant can be reached', () => {
    const routed = aNotification({ contactId: null, to: 'operator@linkwatch.example' });
    expect(buildMessageContent(routed, record, NOW).recipient).toEqual({
      contact: null,
      tenant: record.tenant,
      alsoTo: [],
    });
  });

  it('is nobody any more when the contact is gone', () => {
    expect(buildMessageContent(aNotification({ contactId: 'gone' }), record, NOW).recipient).toBeNull();
  });
});

describe('the name of its account', () => {
  const nameIn = (name: string, mail = toOwner) => {
    const formerContacts = [{ ...partner, id: 'former', email: 'former@bakery.example', removedAt: NOW }];
    const named = { ...record, contacts: [owner, cc], formerContacts, tenant: { ...record.tenant, name } };
    return buildMessageContent(mail, named, NOW).recipient?.tenant.name;
  };

  it.each([
    ['the name that somebody gave it', "Jane's Bakery", "Jane's Bakery"],
    ['none while it goes by its owner’s address', owner.email, null],
    ['none in whatever letters that is written', owner.email.toUpperCase(), null],
    ['none while it goes by another contact’s address', cc.email, null],
    ['none while it goes by the address of somebody who is no contact any more', 'former@bakery.example', null],
    ['an address that is nobody’s', 'bakery@example.com', 'bakery@example.com'],
  ])('is %s', (_, name, expected) => {
    expect(nameIn(name)).toBe(expected);
  });

  it('is the address to the operator, who knows the account by it', () => {
    expect(nameIn(owner.email, aNotification({ contactId: null }))).toBe(owner.email);
  });
});

describe('who else got it', () => {
  const others = (...notifications: Parameters<typeof aNotification>[0][]) =>
    buildMessageContent(
      toOwner,
      { ...record, notifications: [toOwner, ...notifications.map((given) => aNotification(given))] },
      NOW,
    ).recipient?.alsoTo;
  const toPartner = { id: 'n2', contactId: partner.id, to: partner.email };

  it.each<[string, readonly string[], Parameters<typeof aNotification>[0]]>([
    ['another contact who is told the same', [partner.email], toPartner],
    ['nobody whose mail was cancelled', [], { ...toPartner, state: 'cancelled' }],
    ['nobody who is told something else', [], { ...toPartner, topics: [aTopic({ incidentId: 'incident-2' })] }],
    ['nobody who is only reminded', [], { ...toPartner, kind: 'reminder' }],
  ])('%s', (_, expected, given) => {
    expect(others(given)).toEqual(expected);
  });

  it('each address once', () => {
    expect(others(toPartner, { ...toPartner, id: 'n3' })).toEqual([partner.email]);
  });
});

describe('the conversation', () => {
  const alert = aNotification({ id: 'n0', contactId: owner.id, state: 'sent', subject: 'Reconnect Facebook' });
  const reminder = aNotification({ kind: 'reminder', contactId: owner.id, topics: [aTopic({ step: 'reminder_1' })] });
  const thanks = aNotification({ kind: 'recovered', contactId: owner.id, topics: [aTopic({ step: 'recovered' })] });
  const subjectOf = (mail = reminder, before = alert) =>
    buildMessageContent(mail, { ...record, notifications: [before, mail] }, NOW).threadSubject;

  it('goes on under the subject of the alert this reader got', () => {
    expect(subjectOf()).toBe('Reconnect Facebook');
  });

  it('ends under a subject of its own, because the alert’s would hide the good news', () => {
    expect(subjectOf(thanks)).toBeNull();
  });

  it('begins with an alert', () => {
    expect(subjectOf(toOwner)).toBeNull();
  });

  it('is not that of another reader, nor of another alert', () => {
    expect(subjectOf(reminder, { ...alert, contactId: partner.id })).toBeNull();
    expect(subjectOf(reminder, { ...alert, conversationId: 'another' })).toBeNull();
  });
});

it('the operator hears of no tenant', () => {
  const mail = anOperatorNotification();
  expect(buildOperatorMessageContent(mail, NOW)).toMatchObject({
    kind: 'operator',
    to: 'operator@linkwatch.example',
    recipient: null,
    problems: [],
    report: { about: 'outage_began', failing: 3 },
  });
});
