import { describe, expect, it } from '@jest/globals';
import type { Incident } from '../../../src/domain/model/incident.ts';
import type { TenantNotification } from '../../../src/domain/model/notification.ts';
import type { AlertSettings } from '../../../src/domain/model/settings.ts';
import type { Contact } from '../../../src/domain/model/tenant.ts';
import { stepToText } from '../../../src/domain/model/topic.ts';
import { groupNotifications } from '../../../src/domain/notification/group-notifications.ts';
import {
  aConfirmedIncident,
  aNotification,
  anIncident,
  aTopic,
  type GivenNotification,
  NOW,
} from '../../support/builders.ts';
import { cc, owner, partner } from '../../support/domain-contacts.ts';
import { aRecord } from '../../support/domain-record.ts';
import { alertSettings, countedIds } from '../../support/domain-settings.ts';
import { clock, ms } from '../../support/domain-time.ts';

type Given = Readonly<{
  incidents: readonly Incident[];
  notifications?: readonly TenantNotification[];
  contacts?: readonly Contact[];
  settings?: Partial<AlertSettings>;
}>;

/** What is written or changed, a mail a line: `alert to owner in 2m: alert:1 of facebook`. */
function plan({ incidents, notifications = [], contacts = [owner], settings }: Given) {
  const record = aRecord({ incidents, notifications, contacts });
  const planned = groupNotifications(record, {
    now: NOW,
    settings: alertSettings(settings),
    newId: countedIds(),
    holds: [],
    operatorEmail: null,
  });
  const decisions = incidents.map(({ id }) => {
    const after = planned.incidents.find((incident) => incident.id === id);
    return (after ?? incidents.find((incident) => incident.id === id))?.alerting.decision;
  });
  return { mail: planned.notifications.map(lineOf), notifications: planned.notifications, decisions };
}

function lineOf({ kind, contactId, dueAt, topics }: TenantNotification): string {
  const about = topics.map(({ step, incidentId }) => `${stepToText(step)} of ${incidentId}`).join(', ');
  const due = dueAt < NOW ? `since ${clock(NOW - dueAt)}` : `in ${clock(dueAt - NOW)}`;
  return `${kind} to ${contactId} ${due}: ${about}`;
}

const facebook = aConfirmedIncident({ id: 'facebook', connectionId: 'facebook' });
const instagram = aConfirmedIncident({ id: 'instagram', connectionId: 'instagram' });
const suspect = anIncident({ id: 'linkedin', connectionId: 'linkedin' });
const access = aConfirmedIncident({
  id: 'access',
  connectionId: null,
  action: 'reauthorize',
  confirmation: { certainAction: 'reauthorize' },
});
const alerted: Pick<Incident, 'alerting'> = {
  alerting: {
    ...facebook.alerting,
    lastAlert: { action: 'reconnect', at: NOW - ms('1d'), conversationId: 'c1' },
    alertsSent: 1,
  },
};
const recovered = (incident: Incident): Incident => ({
  ...incident,
  ...alerted,
  state: 'closed',
  closeReason: 'recovered',
});

/** Facebook's alert, as it waits for the owner since a minute ago. */
const waiting = aNotification({
  id: 'n1',
  contactId: 'owner',
  topics: [aTopic({ incidentId: 'facebook', step: 'alert:1', action: 'reconnect' })],
  createdAt: NOW - ms('1m'),
  dueAt: NOW + ms('1m'),
});
const sent = { ...waiting, state: 'sent', sentAt: NOW - ms('1d') } as const;

type Row = readonly [sentence: string, given: Given, mail: readonly string[]];

function check(_: string, given: Given, mail: readonly string[]): void {
  expect(plan(given).mail).toEqual(mail);
}

describe('what is certain becomes mail', () => {
  it.each<Row>([
    ['a suspect does not', { incidents: [suspect] }, []],
    ['one problem, after GROUP_WAIT', { incidents: [facebook] }, ['alert to owner in 2m: alert:1 of facebook']],
    [
      'two problems are one mail',
      { incidents: [facebook, instagram] },
      ['alert to owner in 2m: alert:1 of facebook, alert:1 of instagram'],
    ],
    [
      'one for each contact',
      { incidents: [facebook], contacts: [owner, partner, cc] },
      [
        'alert to owner in 2m: alert:1 of facebook',
        'alert to partner in 2m: alert:1 of facebook',
        'alert to cc in 2m: alert:1 of facebook',
      ],
    ],
    [
      'our access is told to owners alone, and never in one mail with connections',
      { incidents: [access, facebook], contacts: [owner, cc] },
      [
        'reauthorize to owner in 2m: alert:1 of access',
        'alert to owner in 2m: alert:1 of facebook',
        'alert to cc in 2m: alert:1 of facebook',
      ],
    ],
    ['nothing is written twice', { incidents: [facebook], notifications: [waiting] }, []],
    ['not even after it was sent', { incidents: [facebook], notifications: [sent] }, []],
    [
      'what was cancelled may be written again',
      { incidents: [facebook], notifications: [{ ...waiting, state: 'cancelled', reason: 'no_longer_true' }] },
      ['alert to owner in 2m: alert:1 of facebook'],
    ],
    [
      'a contact who joined before anybody was told is told as well',
      { incidents: [facebook], notifications: [waiting], contacts: [owner, partner] },
      ['alert to partner in 2m: alert:1 of facebook'],
    ],
    [
      'one who joined after that is not',
      { incidents: [{ ...facebook, ...alerted }], notifications: [sent], contacts: [owner, partner] },
      [],
    ],
  ])('%s', check);
});

describe('a group waits for more', () => {
  it.each<Row>([
    [
      'RECHECK_AFTER longer, at most, while a sibling is a suspect',
      { incidents: [facebook, suspect] },
      ['alert to owner in 17m: alert:1 of facebook'],
    ],
    [
      'not for one that is only rate limited',
      { incidents: [facebook, { ...suspect, action: 'wait' }] },
      ['alert to owner in 2m: alert:1 of facebook'],
    ],
    [
      'not for our access',
      { incidents: [facebook, { ...suspect, connectionId: null }] },
      ['alert to owner in 2m: alert:1 of facebook'],
    ],
    [
      'nor does our access wait for a connection',
      { incidents: [access, suspect] },
      ['reauthorize to owner in 2m: alert:1 of access'],
    ],
    [
      'what comes in time joins it, and does not make it later',
      { incidents: [facebook, instagram], notifications: [waiting] },
      ['alert to owner in 1m: alert:1 of facebook, alert:1 of instagram'],
    ],
    [
      'it is due at once when the suspect it waited for is cleared',
      { incidents: [facebook], notifications: [{ ...waiting, createdAt: NOW - ms('10m'), dueAt: NOW + ms('7m') }] },
      ['alert to owner since 8m: alert:1 of facebook'],
    ],
    [
      'it is due at once when the suspect has joined it',
      {
        incidents: [facebook, instagram],
        notifications: [{ ...waiting, createdAt: NOW - ms('10m'), dueAt: NOW + ms('7m') }],
      },
      ['alert to owner since 8m: alert:1 of facebook, alert:1 of instagram'],
    ],
    [
      'mail that no server took yet gathers what comes, and keeps its turn',
      { incidents: [facebook, instagram], notifications: [{ ...waiting, attempts: 3, dueAt: NOW + ms('4m') }] },
      ['alert to owner in 4m: alert:1 of facebook, alert:1 of instagram'],
    ],
  ])('%s', check);

  it('with GROUP_WAIT 0 it is due at once', () => {
    expect(plan({ incidents: [facebook], settings: { groupWaitMs: 0 } }).mail).toEqual([
      'alert to owner in 0s: alert:1 of facebook',
    ]);
  });
});

describe('nothing joins a mail that may already have been read', () => {
  it.each<[string, GivenNotification]>([
    ['somebody is sending it', { leaseUntil: NOW + 1, attempts: 1, outcomeUnknown: true }],
    ['somebody died sending it', { leaseUntil: NOW - 1, attempts: 1, outcomeUnknown: true }],
    ['it was sent', { state: 'sent' }],
    ['it failed', { state: 'failed' }],
  ])('%s', (_, given) => {
    const { mail } = plan({
      incidents: [facebook, instagram],
      notifications: [aNotification({ ...waiting, ...given })],
    });
    expect(mail).toEqual(['alert to owner in 2m: alert:1 of instagram']);
  });
});

describe('a repair becomes mail to whoever got the alert', () => {
  it.each<Row>([
    [
      'to the owner, when only he did',
      { incidents: [recovered(facebook)], notifications: [sent], contacts: [owner, cc] },
      ['recovered to owner in 2m: recovered of facebook'],
    ],
    ['to nobody, when nobody did', { incidents: [recovered(facebook)], notifications: [waiting] }, []],
    [
      'to whom it may have reached',
      { incidents: [recovered(facebook)], notifications: [{ ...waiting, outcomeUnknown: true, leaseUntil: NOW - 1 }] },
      ['recovered to owner in 2m: recovered of facebook'],
    ],
    [
      'with a sibling that is about to be repaired, after RECHECK_AFTER at most',
      {
        incidents: [recovered(facebook), { ...instagram, ...alerted, state: 'recovering' }],
        notifications: [sent],
      },
      ['recovered to owner in 17m: recovered of facebook'],
    ],
    [
      'never in one mail with the repair of our access',
      {
        incidents: [recovered(facebook), recovered(access)],
        notifications: [
          sent,
          {
            ...sent,
            id: 'n2',
            kind: 'reauthorize',
            topics: [aTopic({ incidentId: 'access', step: 'alert:1', action: 'reauthorize' })],
          },
        ],
      },
      ['recovered to owner in 2m: recovered of facebook', 'recovered to owner in 2m: recovered of access'],
    ],
  ])('%s', check);
});

describe('the reason is kept with the incident', () => {
  it.each<[string, Given, string]>([
    ['it will be told', { incidents: [facebook] }, 'first_alert'],
    ['it is in doubt', { incidents: [suspect] }, 'awaiting_confirmation'],
    ['it was told', { incidents: [{ ...facebook, ...alerted }], notifications: [sent] }, 'already_told'],
    [
      'there is nobody to tell',
      { incidents: [facebook], contacts: [{ ...owner, state: 'unsubscribed' }] },
      'no_recipient',
    ],
    ['our access cannot be told to a cc', { incidents: [access], contacts: [cc] }, 'no_recipient'],
    [
      'the only mail was refused',
      { incidents: [facebook], notifications: [{ ...waiting, state: 'failed', reason: 'refused' }] },
      'mail_refused',
    ],
    [
      'one mail was refused, another is on its way',
      {
        incidents: [facebook],
        contacts: [owner, cc],
        notifications: [
          { ...waiting, state: 'failed', reason: 'refused' },
          { ...waiting, id: 'n2', contactId: 'cc' },
        ],
      },
      'first_alert',
    ],
    ['it is repaired and told nobody', { incidents: [recovered(facebook)] }, 'told_nobody'],
    [
      'it is not told at the baseline',
      { incidents: [{ ...facebook, foundAtBaseline: true }], settings: { alertOnBaseline: false } },
      'baseline_is_silent',
    ],
  ])('%s', (_, given, decision) => {
    expect(plan(given).decisions).toEqual([decision]);
  });
});

describe('an alert of which every copy came back', () => {
  const bounced: TenantNotification = { ...sent, state: 'failed', reason: 'bounced' };
  const told = { ...facebook, ...alerted };
  const joan = { ...owner, id: 'joan', email: 'joan@bakery.example' };

  it('goes to contacts who were named since, in the same conversation', () => {
    const { notifications } = plan({ incidents: [told], contacts: [owner, joan], notifications: [bounced] });
    const conversationId = told.alerting.lastAlert?.conversationId;
    expect(notifications).toMatchObject([
      { contactId: 'joan', kind: 'alert', conversationId, topics: [{ incidentId: 'facebook', step: { number: 1 } }] },
    ]);
  });

  it('goes to nobody twice, and to nobody at all when one copy has arrived', () => {
    expect(plan({ incidents: [told], contacts: [owner], notifications: [bounced] }).notifications).toEqual([]);
    const arrived = [bounced, { ...sent, id: 'n2', contactId: 'cc' }];
    expect(plan({ incidents: [told], contacts: [owner, joan], notifications: arrived }).notifications).toEqual([]);
  });
});

describe('a conversation', () => {
  it('is shared by the mails of one alert, whoever they are for', () => {
    const { notifications } = plan({ incidents: [facebook], contacts: [owner, cc] });
    const [one, other] = notifications.map(({ conversationId }) => conversationId);
    expect(one).toBe(other);
    expect(one).not.toBeNull();
  });

  it('is shared by an alert and its recovery', () => {
    const { notifications } = plan({ incidents: [recovered(facebook)], notifications: [sent] });
    expect(notifications.map(({ conversationId }) => conversationId)).toEqual(['c1']);
  });
});
