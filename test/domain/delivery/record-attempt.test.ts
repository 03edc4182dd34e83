import { describe, expect, it } from '@jest/globals';
import {
  type Attempt,
  firstTold,
  mailRetries,
  recordAttempt,
  resultOfAttempt,
} from '../../../src/domain/delivery/record-attempt.ts';
import { retryDelayMs } from '../../../src/domain/delivery/retry-delay.ts';
import type { Incident } from '../../../src/domain/model/incident.ts';
import type { DeliveryOutcome } from '../../../src/domain/model/message-content.ts';
import type { PendingNotification } from '../../../src/domain/model/notification.ts';
import type { TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import { UNTIL_FIXED } from '../../../src/domain/owner/contact-request.ts';
import {
  aConfirmedIncident,
  aContact,
  aNotification,
  aTenant,
  aTopic,
  type GivenNotification,
  NOW,
} from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { alertSettings, countedIds } from '../../support/domain-settings.ts';
import { clock, ms } from '../../support/domain-time.ts';

const accepted: DeliveryOutcome = { outcome: 'accepted', response: '250 OK' };
const deferred: DeliveryOutcome = { outcome: 'deferred', response: '451 later', isOurFault: false };
const refused: DeliveryOutcome = { outcome: 'refused', response: '554 no', isAddressBad: false };
const unknown: DeliveryOutcome = { outcome: 'unknown', response: 'Connection closed unexpectedly' };
const noSuchAddress: DeliveryOutcome = { outcome: 'refused', response: '550 5.1.1 who?', isAddressBad: true };

const inFlight = aNotification({ attempts: 1, leaseUntil: NOW + ms('30s'), outcomeUnknown: true });
const settings = alertSettings();
const context = { now: NOW, settings, newId: countedIds(), operatorEmail: 'operator@linkwatch.example' };

function attempt(outcome: DeliveryOutcome, { mayHaveArrived = false, chance = 0 } = {}) {
  const mail = { messageId: '<1@linkwatch.example>', subject: 'Reconnect' };
  return { now: NOW, mail, outcome, mayHaveArrived, chance };
}

function afterAttempt(mail: PendingNotification, made: Attempt) {
  return { ...mail, ...resultOfAttempt(mail, made, settings) };
}

function attempted(mail: PendingNotification, outcome: DeliveryOutcome, record: TenantRecord) {
  return recordAttempt(record, { after: afterAttempt(mail, attempt(outcome)), outcome }, context);
}

describe('a mail after an attempt', () => {
  it.each<[string, DeliveryOutcome, GivenNotification]>([
    ['is sent when the server took it', accepted, { state: 'sent', sentAt: NOW, reason: 'first_alert' }],
    ['has failed when the server refused it', refused, { state: 'failed', reason: 'refused' }],
    ['has failed when there is no such address', noSuchAddress, { state: 'failed', reason: 'address_refused' }],
    ['waits when the server said later', deferred, { state: 'pending', dueAt: NOW + ms('30s'), reason: 'first_alert' }],
  ])('%s', (_, outcome, expected) => {
    expect(afterAttempt(inFlight, attempt(outcome))).toMatchObject({
      leaseUntil: null,
      outcomeUnknown: false,
      response: outcome.response,
      messageId: '<1@linkwatch.example>',
      subject: 'Reconnect',
      ...expected,
    });
  });

  it.each<[string, DeliveryOutcome, boolean, boolean]>([
    ['when nobody knows what became of the attempt', unknown, false, true],
    ['when nobody knows what became of it or of an earlier one', unknown, true, true],
    ['when only an earlier attempt may have arrived', deferred, true, true],
    ['when it was refused but an earlier attempt may have arrived', refused, true, true],
    ['not when the server said later', deferred, false, false],
    ['not when the server refused it', refused, false, false],
    ['not when the server took it, whatever was before', accepted, true, false],
  ])('may have arrived: %s', (_, outcome, mayHaveArrived, outcomeUnknown) => {
    const after = afterAttempt(inFlight, attempt(outcome, { mayHaveArrived }));
    expect(after.outcomeUnknown).toBe(outcomeUnknown);
  });

  it('whose outcome is unknown is tried again as the same message', () => {
    const after = afterAttempt(inFlight, attempt(unknown));
    expect(after).toMatchObject({ state: 'pending', dueAt: NOW + ms('1h'), messageId: '<1@linkwatch.example>' });
  });

  it.each<[string, Partial<PendingNotification>, GivenNotification]>([
    ['the first attempt is both', {}, { firstAttemptAt: NOW, lastAttemptAt: NOW }],
    [
      'a later one moves the last',
      { firstAttemptAt: NOW - ms('1h'), lastAttemptAt: NOW - ms('30m') },
      { firstAttemptAt: NOW - ms('1h'), lastAttemptAt: NOW },
    ],
  ])('knows when it was tried: %s', (_, before, expected) => {
    expect(afterAttempt({ ...inFlight, ...before }, attempt(deferred))).toMatchObject(expected);
  });

  it('after an attempt without an answer comes an hour later, doubling up to six hours', () => {
    const delays = [1, 2, 3, 4, 500].map((attempts) => retryDelayMs(attempts, 0, mailRetries.unknown));
    expect(delays).toEqual([ms('1h'), ms('2h'), ms('4h'), ms('6h'), ms('6h')]);
  });

  it('is tried again after 30 seconds, doubling to an hour', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8, 9, 500].map((attempts) =>
      clock(retryDelayMs(attempts, 0, mailRetries.deferred)),
    );
    expect(delays).toEqual(['30s', '1m', '2m', '4m', '8m', '16m', '32m', '1h', '1h', '1h']);
  });

  it.each<[number, number, number]>([
    [1, 0, ms('30s')],
    [1, 0.5, ms('33s')],
    [8, 0.999, ms('1h') + 719_280],
  ])('comes back by chance up to a fifth later: attempt %d, chance %d', (attempts, chance, delay) => {
    const after = afterAttempt({ ...inFlight, attempts }, attempt(deferred, { chance }));
    expect(after.dueAt - NOW).toBe(delay);
  });

  it.each<[string, string, string]>([
    ['is tried again within MAIL_RETRY_FOR', '2d23h', 'pending'],
    ['is given up after it', '3d', 'failed'],
  ])('%s', (_, ago, state) => {
    const old = { ...inFlight, attempts: 80, createdAt: NOW - ms(ago) };
    const after = afterAttempt(old, attempt(deferred));
    expect(after.state).toBe(state);
    expect(after.reason).toBe(state === 'failed' ? 'gave_up' : 'first_alert');
  });
});

function recorded(mail: PendingNotification, incident: Incident, outcome: DeliveryOutcome) {
  const record = aRecord({ tenant: aTenant({ timezone: 'UTC' }), incidents: [incident], notifications: [mail] });
  return attempted(mail, outcome, record);
}

const open = aConfirmedIncident();
const alerted = aConfirmedIncident({
  alerting: {
    lastAlert: { action: 'choose_profile', at: NOW - ms('2d'), conversationId: 'conversation-1' },
    alertsSent: 1,
  },
  reminders: { used: 1 },
});

describe('an alert that was accepted', () => {
  it('makes its incident told, and starts the clock of its reminders', () => {
    expect(recorded(inFlight, open, accepted).incidents).toMatchObject([
      {
        alerting: { lastAlert: { action: 'reconnect', at: NOW, conversationId: 'conversation-1' }, alertsSent: 1 },
        reminders: { used: 0, nextAt: NOW + ms('2d') },
      },
    ]);
  });

  it('that had been held says why it was told, not that it is held', () => {
    const held = aConfirmedIncident({ alerting: { decision: 'held_by_command' } });
    expect(recorded(inFlight, held, accepted).incidents).toMatchObject([{ alerting: { decision: 'first_alert' } }]);
  });

  it('of something worse starts that clock anew', () => {
    const worse = { ...inFlight, topics: [aTopic({ step: 'alert:2' })] };
    expect(recorded(worse, alerted, accepted).incidents).toMatchObject([
      {
        alerting: { lastAlert: { action: 'reconnect', at: NOW }, alertsSent: 2 },
        reminders: { used: 0, nextAt: NOW + ms('2d') },
      },
    ]);
  });

  it('of something worse wakes what was snoozed, for everybody', () => {
    const worse = { ...inFlight, topics: [aTopic({ step: 'alert:2' })] };
    const elsewhere = { incidentId: 'other', until: UNTIL_FIXED };
    const cc = aContact({ id: 'cc', snoozes: [{ incidentId: 'incident-1', until: UNTIL_FIXED }, elsewhere] });
    const record = aRecord({
      contacts: [aContact(), cc],
      incidents: [{ ...alerted, reminders: { ...alerted.reminders, snoozedUntil: UNTIL_FIXED } }],
      notifications: [worse],
    });
    expect(attempted(worse, accepted, record)).toMatchObject({
      incidents: [{ reminders: { snoozedUntil: null } }],
      contacts: [{ id: 'cc', snoozes: [elsewhere] }],
    });
  });

  it.each<[string, PendingNotification, Incident]>([
    [
      'for the first time leaves a snooze alone',
      inFlight,
      { ...open, reminders: { ...open.reminders, snoozedUntil: UNTIL_FIXED } },
    ],
    [
      'as a reminder does, too',
      { ...inFlight, kind: 'reminder', topics: [aTopic({ step: 'reminder:1.2' })] },
      { ...alerted, reminders: { ...alerted.reminders, snoozedUntil: UNTIL_FIXED } },
    ],
  ])('%s', (_, mail, incident) => {
    expect(recorded(mail, incident, accepted).incidents).toMatchObject([{ reminders: { snoozedUntil: UNTIL_FIXED } }]);
  });

  it('by a second contact changes nothing', () => {
    expect(recorded(inFlight, alerted, accepted).incidents).toEqual([]);
  });

  it('after its incident closed is told, and reminds of nothing', () => {
    expect(
      recorded(inFlight, { ...open, state: 'closed', alerting: { ...open.alerting, decision: 'recovered' } }, accepted)
        .incidents,
    ).toMatchObject([{ alerting: { lastAlert: { at: NOW }, decision: 'recovered' }, reminders: { nextAt: null } }]);
  });
});

describe('an alert that was not accepted', () => {
  it.each<[string, DeliveryOutcome, readonly object[]]>([
    ['refused: told nobody, and says why', refused, [{ alerting: { lastAlert: null, decision: 'mail_refused' } }]],
    [
      'no such address: told nobody, and says why',
      noSuchAddress,
      [{ alerting: { lastAlert: null, decision: 'mail_address_refused' } }],
    ],
    ['deferred: nothing is known yet', deferred, []],
  ])('%s', (_, outcome, incidents) => {
    expect(recorded(inFlight, open, outcome).incidents).toMatchObject(incidents);
  });
});

describe('mail about flapping', () => {
  const about = { ...inFlight, kind: 'flapping', topics: [aTopic({ step: 'flapping' })] } as const;

  it('that was accepted makes its incident told, where nothing was told before, and starts no clock', () => {
    expect(recorded(about, open, accepted).incidents).toMatchObject([
      {
        alerting: { lastAlert: { action: 'reconnect', at: NOW, conversationId: 'conversation-1' }, alertsSent: 0 },
        reminders: { nextAt: null },
      },
    ]);
    expect(recorded(about, alerted, accepted).incidents).toEqual([]);
  });

  it('that failed told nobody, and says why', () => {
    expect(recorded(about, open, refused).incidents).toMatchObject([
      { alerting: { lastAlert: null, decision: 'mail_refused' } },
    ]);
  });
});

describe('the incidents that were told for the first time', () => {
  const told = (mail: PendingNotification, incident: Incident, outcome: DeliveryOutcome) => {
    const record = aRecord({ incidents: [incident, { ...open, id: 'other' }], notifications: [mail] });
    return firstTold(record, attempted(mail, outcome, record)).map(({ id }) => id);
  };

  it.each<[string, PendingNotification, Incident, DeliveryOutcome, readonly string[]]>([
    ['are those of an alert that a server took', inFlight, open, accepted, ['incident-1']],
    ['are none of an alert that it refused', inFlight, open, refused, []],
    ['are none of a worse alert', { ...inFlight, topics: [aTopic({ step: 'alert:2' })] }, alerted, accepted, []],
  ])('%s', (_, mail, incident, outcome, ids) => {
    expect(told(mail, incident, outcome)).toEqual(ids);
  });
});

describe('a contact that has snoozed an incident', () => {
  const snoozed = (incidentId: string) => aContact({ snoozes: [{ incidentId, until: UNTIL_FIXED }] });
  const contactsAfter = (mail: PendingNotification, incidents: readonly Incident[], incidentId = 'incident-1') => {
    const record = aRecord({ contacts: [snoozed(incidentId)], incidents, notifications: [mail] });
    return attempted(mail, accepted, record).contacts;
  };
  const worse = { ...inFlight, topics: [aTopic({ step: 'alert:2' })] };

  it.each<[string, PendingNotification, readonly Incident[], string]>([
    ['is not woken by the first alert', inFlight, [open], 'incident-1'],
    ['is not woken by a second copy of an alert', inFlight, [alerted], 'incident-1'],
    [
      'is not woken by a reminder',
      { ...inFlight, kind: 'reminder', topics: [aTopic({ step: 'reminder:1.2' })] },
      [alerted],
      'incident-1',
    ],
    ['is not woken by a worse alert about another incident', worse, [alerted, { ...alerted, id: 'other' }], 'other'],
  ])('%s', (_, mail, incidents, incidentId) => {
    expect(contactsAfter(mail, incidents, incidentId)).toEqual([]);
  });

  it('is woken by a mail of which one of several incidents is worse', () => {
    const both = { ...inFlight, topics: [aTopic({ step: 'alert:2' }), aTopic({ incidentId: 'other' })] };
    expect(contactsAfter(both, [alerted, { ...open, id: 'other' }])).toMatchObject([{ snoozes: [] }]);
  });

  it('is not woken by a worse alert that no server took', () => {
    const record = aRecord({ contacts: [snoozed('incident-1')], incidents: [alerted], notifications: [worse] });
    expect(attempted(worse, refused, record).contacts).toEqual([]);
  });
});

describe('a reminder', () => {
  const reminder = { ...inFlight, kind: 'reminder', topics: [aTopic({ step: 'reminder:1.2' })] } as const;
  it.each<[string, DeliveryOutcome]>([
    ['that was accepted uses up its slot', accepted],
    ['that failed uses it up, too', refused],
  ])('%s, and sets the next', (_, outcome) => {
    expect(recorded(reminder, alerted, outcome).incidents).toMatchObject([
      { reminders: { used: 2, nextAt: NOW - ms('2d') + ms('12d') } },
    ]);
  });

  it('that was deferred does not', () => {
    expect(recorded(reminder, alerted, deferred).incidents).toEqual([]);
  });

  it('of an older alert uses up no slot of the newer one', () => {
    expect(
      recorded(reminder, { ...alerted, alerting: { ...alerted.alerting, alertsSent: 2 } }, accepted).incidents,
    ).toEqual([]);
  });
});

describe('a contact', () => {
  const contactsAfter = (refusals: number, outcome: DeliveryOutcome) => {
    const record = aRecord({ contacts: [aContact({ refusals })], incidents: [open], notifications: [inFlight] });
    return attempted(inFlight, outcome, record).contacts;
  };
  it.each<[string, number, DeliveryOutcome, readonly object[]]>([
    ['is kept after a first 5.1.x', 0, noSuchAddress, [{ state: 'active', refusals: 1 }]],
    ['is undeliverable after a second', 1, noSuchAddress, [{ state: 'undeliverable', refusals: 2 }]],
    ['is not to blame for another refusal', 1, refused, []],
    ['is not to blame for a delay', 1, deferred, []],
    ['is left as it is when mail arrives', 1, accepted, []],
  ])('%s', (_, refusals, outcome, expected) => {
    expect(contactsAfter(refusals, outcome)).toMatchObject(expected);
  });

  it('that turns out not to exist is told to the operator, with what the server said', () => {
    const contacts = [aContact({ refusals: 1 }), aContact({ id: 'cc', role: 'cc' })];
    const record = aRecord({ contacts, incidents: [open], notifications: [inFlight] });
    const { notifications, operatorMail, tenant } = attempted(inFlight, noSuchAddress, record);
    expect(notifications).toMatchObject([{ id: inFlight.id, state: 'failed' }]);
    expect(operatorMail).toMatchObject([
      { tenantId: null, reason: 'recipient_gone', report: { left: 1, response: '550 5.1.1 who?' } },
    ]);
    expect(tenant).toBeNull();
  });
});
