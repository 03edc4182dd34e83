import { describe, expect, it } from '@jest/globals';
import type { Incident } from '../../../src/domain/model/incident.ts';
import type { TenantNotification } from '../../../src/domain/model/notification.ts';
import type { Contact } from '../../../src/domain/model/tenant.ts';
import { stepToText } from '../../../src/domain/model/topic.ts';
import { notificationIntents } from '../../../src/domain/notification/notification-intents.ts';
import {
  aConfirmedIncident,
  aHold,
  aNotification,
  anIncident,
  aTopic,
  type GivenNotification,
  NOW,
} from '../../support/builders.ts';
import { cc, owner } from '../../support/domain-contacts.ts';
import { aRecord } from '../../support/domain-record.ts';
import { alertSettings } from '../../support/domain-settings.ts';

const operator = 'operator@linkwatch.example';
const open = aConfirmedIncident();
const alerted = { action: 'reconnect', at: NOW, conversationId: 'conversation-1' } as const;
const flapping = { since: NOW, by: 'changes', health: 'bad', steadySince: NOW, settledAt: null } as const;
const removed: Incident = { ...open, state: 'closed', closeReason: 'removed', closedAt: NOW };
const repaired: Incident = {
  ...open,
  alerting: { ...open.alerting, lastAlert: alerted, alertsSent: 1 },
  state: 'closed',
  closeReason: 'recovered',
  closedAt: NOW,
};

type Given = Readonly<{
  contacts?: readonly Contact[];
  notifications?: readonly TenantNotification[];
  operatorEmail?: string | null;
  isHeld?: boolean;
}>;

function hears(incident: Incident, given: Given = {}) {
  const { contacts = [owner, cc], notifications = [], operatorEmail = operator, isHeld = false } = given;
  const holds = isHeld ? [aHold()] : [];
  const record = aRecord({ contacts, incidents: [incident], notifications });
  const { incident: after, intents } = notificationIntents(incident, record, {
    settings: alertSettings(),
    holds,
    operatorEmail,
  });
  return {
    lines: intents.map(
      ({ to, kind, topic, held }) =>
        `${to.contactId ?? to.email} ${kind} ${stepToText(topic.step)}${held === null ? '' : ` ${held}`}`,
    ),
    decision: after.alerting.decision,
    intents,
  };
}

const gone = (contact: Contact): Contact => ({ ...contact, state: 'unsubscribed' });
const nobody = { contacts: [gone(owner), gone(cc)] };
const alertOf = (given: GivenNotification) => aNotification({ contactId: 'owner', ...given });

describe('who hears what', () => {
  it.each<[string, Incident, Given, readonly string[], string]>([
    ['a break: everybody', open, {}, ['owner alert alert:1', 'cc alert alert:1'], 'first_alert'],
    ['flapping: owners', { ...open, flapping }, {}, ['owner flapping flapping'], 'flapping'],
    ['a lost account: owners', removed, {}, ['owner removed removed'], 'removed'],
    [
      'lost access: owners',
      {
        ...open,
        connectionId: null,
        action: 'reauthorize',
        confirmation: { ...open.confirmation, certainAction: 'reauthorize' },
      },
      {},
      ['owner reauthorize alert:1'],
      'first_alert',
    ],
    [
      'a break of which the latest poll shows something else: nobody before that is certain',
      { ...open, action: 'choose_profile' },
      {},
      [],
      'awaiting_confirmation',
    ],
    [
      'the same, with a mail that waits already: nobody else, and for the reason of that mail',
      { ...open, action: 'choose_profile' },
      { notifications: [alertOf({}), alertOf({ id: 'to-cc', contactId: 'cc' })] },
      [],
      'first_alert',
    ],
    ['a suspicion: nobody', anIncident(), {}, [], 'awaiting_confirmation'],
    ['our own fault: nobody', { ...open, state: 'closed', closeReason: 'ours' }, {}, [], 'ours'],
    ['a break, with nobody left: the operator', open, nobody, [`${operator} alert alert:1`], 'first_alert'],
    [
      'flapping, with nobody left: the operator',
      { ...open, flapping },
      nobody,
      [`${operator} flapping flapping`],
      'flapping',
    ],
    ['a lost account, with nobody left: nobody', removed, nobody, [], 'no_recipient'],
    ['a break, with nobody at all: nobody', open, { ...nobody, operatorEmail: null }, [], 'no_recipient'],
    [
      'a repair, when an alert arrived: who got it',
      repaired,
      { notifications: [alertOf({ state: 'sent' })] },
      ['owner recovered recovered'],
      'recovered',
    ],
    [
      'a repair, when it may have arrived: who may have got it',
      repaired,
      { notifications: [alertOf({ outcomeUnknown: true })] },
      ['owner recovered recovered'],
      'recovered',
    ],
    [
      'a repair, when it was told to flap: who got that',
      { ...repaired, flapping },
      { notifications: [alertOf({ kind: 'flapping', state: 'sent', topics: [aTopic({ step: 'flapping' })] })] },
      ['owner recovered recovered'],
      'recovered',
    ],
    [
      'a repair, when the operator got it: the operator',
      repaired,
      { ...nobody, notifications: [alertOf({ contactId: null, to: operator, state: 'sent' })] },
      [`${operator} recovered recovered`],
      'recovered',
    ],
    [
      'a repair that nobody knows of: nobody',
      repaired,
      { notifications: [alertOf({ state: 'failed' })] },
      [],
      'told_nobody',
    ],
  ])('%s', (_, incident, given, lines, decision) => {
    expect(hears(incident, given)).toMatchObject({ lines, decision });
  });
});

describe('what a hold has taken', () => {
  const taken = { ...open, alerting: { ...open.alerting, heldBy: 'hold-1' } };
  it.each<[string, Incident, readonly string[]]>([
    ['is written, but held', taken, ['owner alert alert:1 held_fleet', 'cc alert alert:1 held_fleet']],
    ['so is that it flaps', { ...taken, flapping }, ['owner flapping flapping held_fleet']],
    [
      'so is a loss',
      { ...removed, alerting: { ...removed.alerting, heldBy: 'hold-1' } },
      ['owner removed removed held_fleet'],
    ],
    [
      'but nothing of another hold',
      { ...open, alerting: { ...open.alerting, heldBy: 'hold-2' } },
      ['owner alert alert:1', 'cc alert alert:1'],
    ],
  ])('%s', (_, incident, lines) => {
    expect(hears(incident, { isHeld: true }).lines).toEqual(lines);
  });

  it('says so in its decision, and thanks are never held', () => {
    expect(hears(taken, { isHeld: true }).decision).toBe('held_fleet');
    const notifications = [alertOf({ state: 'sent' })];
    expect(
      hears({ ...repaired, alerting: { ...repaired.alerting, heldBy: 'hold-1' } }, { isHeld: true, notifications })
        .lines,
    ).toEqual(['owner recovered recovered']);
  });
});

describe('what is written already', () => {
  it.each<[string, GivenNotification, readonly string[], string]>([
    ['waits', {}, [], 'first_alert'],
    ['is held', { state: 'held', reason: 'held_brake' }, [], 'held_brake'],
    ['was sent', { state: 'sent' }, [], 'first_alert'],
    ['failed', { state: 'failed', reason: 'refused' }, [], 'mail_refused'],
    ['was discarded', { state: 'cancelled', reason: 'discarded' }, [], 'discarded'],
    [
      'was cancelled, and is written again',
      { state: 'cancelled', reason: 'no_longer_true' },
      ['owner alert alert:1'],
      'first_alert',
    ],
    ['is for somebody else', { contactId: 'cc' }, ['owner alert alert:1'], 'first_alert'],
  ])('%s', (_, given, lines, decision) => {
    expect(hears(open, { contacts: [owner], notifications: [alertOf(given)] })).toMatchObject({ lines, decision });
  });
});

describe('a conversation', () => {
  it('begins with an alert, and what follows answers it', () => {
    expect(
      hears({ ...open, alerting: { ...open.alerting, lastAlert: { ...alerted, action: 'choose_profile' } } }).intents[0]
        ?.conversationId,
    ).toBeNull();
    const notifications = [alertOf({ state: 'sent' })];
    expect(hears(repaired, { notifications }).intents[0]?.conversationId).toBe('conversation-1');
    expect(
      hears({ ...open, alerting: { ...open.alerting, lastAlert: alerted }, flapping }).intents[0]?.conversationId,
    ).toBe('conversation-1');
  });
});
