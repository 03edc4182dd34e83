import { describe, expect, it } from '@jest/globals';
import {
  afterBounce,
  type BounceDecision,
  type BounceReport,
  decideBounce,
  recordBounce,
} from '../../../src/domain/delivery/bounce.ts';
import type { TenantNotification } from '../../../src/domain/model/notification.ts';
import type { TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import { aConfirmedIncident, aContact, aNotification, type GivenNotification, NOW } from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { countedIds } from '../../support/domain-settings.ts';

const sent = aNotification({ state: 'sent', attempts: 1, sentAt: NOW, response: '250 2.0.0 queued' });
const says = (status: string, action: BounceReport['action'] = 'failed'): BounceReport => ({
  action,
  status,
  response: `550 ${status} said the server`,
});
const refused: BounceDecision = { kind: 'fail', reason: 'address_refused' };
const bounced: BounceDecision = { kind: 'fail', reason: 'bounced' };
const note: BounceDecision = { kind: 'note' };
const ignore = (reason: 'already_recorded' | 'no_failure' | 'never_sent'): BounceDecision => ({
  kind: 'ignore',
  reason,
});

function after(mail: TenantNotification, report: BounceReport) {
  return afterBounce({ mail, report, decision: decideBounce(mail, report) });
}

function recorded(mail: TenantNotification, report: BounceReport, record: TenantRecord) {
  return recordBounce(record, { mail, report, decision: decideBounce(mail, report) }, context);
}

describe('a report about a mail that was sent', () => {
  it.each<[string, BounceReport, BounceDecision]>([
    ['5.1.1: there is no such mailbox', says('5.1.1'), refused],
    ['5.1.2: there is no such domain', says('5.1.2'), refused],
    ['5.1.10: there is no such recipient', says('5.1.10'), refused],
    ['5.1.7: our own address is bad, not the reader’s', says('5.1.7'), bounced],
    ['5.1.8: our own domain is bad, not the reader’s', says('5.1.8'), bounced],
    ['5.2.1: the mailbox is disabled', says('5.2.1'), bounced],
    ['5.2.2: the mailbox is full', says('5.2.2'), bounced],
    ['5.7.1: it is not wanted', says('5.7.1'), bounced],
    ['5.0.0: nobody says why', says('5.0.0'), bounced],
    ['5.0.0, and its words name the mailbox', { ...says('5.0.0'), response: '550 No such user here' }, refused],
    ['5.0.0, and its words name our host', { ...says('5.0.0'), response: '550 Client host blocked' }, bounced],
    ['5.4.4: the last server found no route', says('5.4.4'), bounced],
    ['4.4.1: Postfix gave up after days without an answer', says('4.4.1'), bounced],
    ['4.4.7: the last server gave up', says('4.4.7'), bounced],
    ['4.1.1: the last server gave up', says('4.1.1'), bounced],
    ['4.2.2: the mailbox stayed full', says('4.2.2'), bounced],
    ['5.4.4, delayed', says('5.4.4', 'delayed'), note],
    ['delayed with 4.x.x', says('4.4.1', 'delayed'), note],
    ['delayed, whatever the code', says('5.1.1', 'delayed'), note],
    ['delivered', says('2.0.0', 'delivered'), ignore('no_failure')],
    ['relayed to a server that reports nothing', says('2.0.0', 'relayed'), ignore('no_failure')],
    ['expanded to a list', says('2.0.0', 'expanded'), ignore('no_failure')],
  ])('%s', (_, report, decision) => {
    expect(decideBounce(sent, report)).toEqual(decision);
  });
});

describe('a failure for good', () => {
  it.each<[string, GivenNotification, BounceDecision]>([
    ['of a mail that is tried again, as it may have arrived', { state: 'pending', outcomeUnknown: true }, refused],
    ['of a mail that was given up, but had arrived somewhere', { state: 'failed', reason: 'gave_up' }, refused],
    ['that was fed in before', { state: 'failed', reason: 'bounced' }, ignore('already_recorded')],
    ['that the server had told us itself', { state: 'failed', reason: 'address_refused' }, ignore('already_recorded')],
    ['of a mail that was cancelled after an attempt', { state: 'cancelled' }, note],
    ['of a mail that never went out', { state: 'pending', attempts: 0 }, ignore('never_sent')],
  ])('%s', (_, given, decision) => {
    expect(decideBounce(aNotification({ ...sent, ...given }), says('5.1.1'))).toEqual(decision);
  });

  it('ends the mail, with what the server said, and takes it from whoever is sending it', () => {
    const pending = aNotification({
      ...sent,
      state: 'pending',
      sentAt: null,
      outcomeUnknown: true,
      leaseUntil: NOW + 1,
    });
    expect(after(pending, says('5.2.1'))).toEqual({
      ...pending,
      state: 'failed',
      reason: 'bounced',
      response: '550 5.2.1 said the server',
      leaseUntil: null,
      outcomeUnknown: false,
    });
  });
});

const context = { now: NOW, newId: countedIds(), operatorEmail: 'operator@linkwatch.example' };

describe('a delay', () => {
  it('is noted on the mail, and changes nothing else', () => {
    const record = aRecord({ incidents: [aConfirmedIncident()], notifications: [sent] });
    const update = recorded(sent, says('4.4.1', 'delayed'), record);
    expect(update.notifications).toEqual([{ ...sent, response: '550 4.4.1 said the server' }]);
    expect([update.incidents, update.contacts]).toEqual([[], []]);
  });
});

describe('the contact', () => {
  it.each<[string, number, string, readonly object[]]>([
    ['is kept after a first 5.1.x', 0, '5.1.1', [{ state: 'active', refusals: 1 }]],
    ['is undeliverable after a second', 1, '5.1.1', [{ state: 'undeliverable', refusals: 2 }]],
    ['is not to blame for a full mailbox', 1, '5.2.2', []],
  ])('%s', (_, refusals, status, contacts) => {
    const record = aRecord({ contacts: [aContact({ refusals })], notifications: [sent] });
    expect(recorded(sent, says(status), record).contacts).toMatchObject(contacts);
  });

  it('that is undeliverable is told the operator, with what the server said', () => {
    const record = aRecord({ contacts: [aContact({ refusals: 1 })], notifications: [sent] });
    const [toOperator] = recorded(sent, says('5.1.1'), record).operatorMail;
    expect(toOperator).toMatchObject({
      kind: 'operator',
      report: { about: 'recipient_gone', why: 'undeliverable', response: '550 5.1.1 said the server', left: 0 },
    });
  });

  it('is counted once, however often the report comes', () => {
    const record = aRecord({ contacts: [aContact()], notifications: [sent] });
    const once = after(sent, says('5.1.1'));
    expect(recorded(once, says('5.1.1'), record)).toMatchObject({
      contacts: [],
      notifications: [],
      incidents: [],
    });
  });
});

describe('the incident', () => {
  const alerted = aConfirmedIncident({
    alerting: {
      lastAlert: { action: 'reconnect', at: NOW, conversationId: 'conversation-1' },
      alertsSent: 1,
      decision: 'already_told',
    },
  });
  const copy = { ...sent, id: 'copy', contactId: 'contact-2' };

  it.each<[string, readonly TenantNotification[], readonly object[]]>([
    ['says that nobody got its mail', [sent], [{ alerting: { decision: 'mail_bounced' } }]],
    [
      'says so when the copy came back, too',
      [sent, { ...copy, state: 'failed', reason: 'bounced' }],
      [{ alerting: { decision: 'mail_bounced' } }],
    ],
    ['stays as it is when somebody else got a copy', [sent, copy], []],
  ])('%s', (_, notifications, incidents) => {
    const record = aRecord({ incidents: [alerted], notifications });
    expect(recorded(sent, says('5.2.1'), record).incidents).toMatchObject(incidents);
  });

  it('stays told: another mail would come back, too', () => {
    const record = aRecord({ incidents: [alerted], notifications: [sent] });
    expect(recorded(sent, says('5.2.1'), record).incidents).toMatchObject([
      { alerting: { lastAlert: alerted.alerting.lastAlert, alertsSent: 1 } },
    ]);
  });

  it('that is closed stays as it is', () => {
    const record = aRecord({ incidents: [{ ...alerted, state: 'closed' }], notifications: [sent] });
    expect(recorded(sent, says('5.2.1'), record).incidents).toEqual([]);
  });
});
