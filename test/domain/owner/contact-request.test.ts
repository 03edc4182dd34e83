import { describe, expect, it } from '@jest/globals';
import type { Incident } from '../../../src/domain/model/incident.ts';
import type { Contact } from '../../../src/domain/model/tenant.ts';
import { noUpdate, type TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import {
  type ContactRequest,
  decideContactRequest,
  UNTIL_FIXED,
  withSnooze,
} from '../../../src/domain/owner/contact-request.ts';
import { aConfirmedIncident, anIncident, aTenant, type GivenIncident, NOW } from '../../support/builders.ts';
import { cc, owner, partner } from '../../support/domain-contacts.ts';
import { aRecord } from '../../support/domain-record.ts';
import { countedIds } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const operatorEmail = 'operator@linkwatch.example';
const facebook = aConfirmedIncident({ id: 'facebook' });
const recovering = aConfirmedIncident({ id: 'instagram', state: 'recovering' });
const access = aConfirmedIncident({ id: 'access', connectionId: null, action: 'privileges' });
const suspected = anIncident({ id: 'suspected' });
const closed = aConfirmedIncident({ id: 'closed', state: 'closed' });
const day = { kind: 'snooze', length: 'day' } as const;
const forever = { kind: 'snooze', length: 'until_fixed' } as const;

function wished(contact: Contact, wish: ContactRequest, given: Partial<TenantRecord> = {}) {
  const record = aRecord({ contacts: [contact], incidents: [facebook], ...given });
  return decideContactRequest(wish, { record, contact }, { now: NOW, newId: countedIds(), operatorEmail });
}

describe("an owner's snooze", () => {
  it.each<[string, ContactRequest, string, number | null]>([
    ['lasts a day', day, 'snoozed_day', NOW + ms('1d')],
    ['lasts a week', { kind: 'snooze', length: 'week' }, 'snoozed_week', NOW + ms('7d')],
    ['lasts until it is fixed', forever, 'snoozed_until_fixed', UNTIL_FIXED],
    ['can be ended', { kind: 'snooze', length: 'ended' }, 'snoozed_ended', null],
  ])('%s', (_, wish, outcome, snoozedUntil) => {
    const decision = wished(owner, wish, {
      incidents: [{ ...facebook, reminders: { ...facebook.reminders, snoozedUntil: NOW + 1 } }],
    });
    expect(decision).toMatchObject({
      outcome,
      update: { incidents: [{ id: 'facebook', reminders: { snoozedUntil } }], contacts: [] },
    });
  });

  it('is for everything that is certain and not over, our access included', () => {
    const { update } = wished(owner, day, { incidents: [facebook, recovering, access, suspected, closed] });
    expect(update.incidents.map(({ id }) => id)).toEqual(['facebook', 'instagram', 'access']);
  });

  it.each<[string, readonly Incident[]]>([
    ['nothing is in trouble', []],
    ['there is only a suspicion', [suspected, closed]],
  ])('is not needed when %s', (_, incidents) => {
    expect(wished(owner, day, { incidents })).toEqual({ outcome: 'nothing_to_snooze', update: noUpdate('tenant-1') });
  });
});

describe("a cc's snooze", () => {
  const asleep = (...snoozes: Contact['snoozes']) => ({ ...cc, snoozes });
  it.each<[string, Contact, ContactRequest, Contact['snoozes']]>([
    ['is the own one', cc, day, [{ incidentId: 'facebook', until: NOW + ms('1d') }]],
    [
      'takes the place of the one before',
      asleep({ incidentId: 'facebook', until: NOW + 1 }),
      forever,
      [{ incidentId: 'facebook', until: UNTIL_FIXED }],
    ],
    ['can be ended', asleep({ incidentId: 'facebook', until: UNTIL_FIXED }), { kind: 'snooze', length: 'ended' }, []],
    [
      'forgets what is over or has ended',
      asleep({ incidentId: 'long-gone', until: UNTIL_FIXED }, { incidentId: 'suspected', until: NOW }),
      day,
      [{ incidentId: 'facebook', until: NOW + ms('1d') }],
    ],
    [
      'keeps what still runs',
      asleep({ incidentId: 'suspected', until: NOW + 1 }),
      day,
      [
        { incidentId: 'suspected', until: NOW + 1 },
        { incidentId: 'facebook', until: NOW + ms('1d') },
      ],
    ],
  ])('%s', (_, contact, wish, snoozes) => {
    const { update } = wished(contact, wish, { incidents: [facebook, suspected] });
    expect(update).toEqual({ ...noUpdate('tenant-1'), contacts: [{ ...contact, snoozes }] });
  });
});

describe('a reminder that was put off', () => {
  it.each<[string, GivenIncident, number | null]>([
    [
      'to the end of an earlier snooze is decided again',
      { reminders: { snoozedUntil: UNTIL_FIXED, nextAt: UNTIL_FIXED } },
      NOW,
    ],
    ['and is due already stays so', { reminders: { snoozedUntil: NOW - 1, nextAt: NOW - 5 } }, NOW - 5],
    ['by nothing keeps its time', { reminders: { nextAt: NOW + 5 } }, NOW + 5],
    ['for good stays away', { reminders: { snoozedUntil: NOW + 1, nextAt: null } }, null],
  ])('%s', (_, given, remindAt) => {
    expect(withSnooze(aConfirmedIncident(given), NOW + ms('1d'), NOW).reminders.nextAt).toBe(remindAt);
  });
});

it('the decision about an incident says that it is snoozed, and stays as it was when the snooze ends', () => {
  const incident = aConfirmedIncident();
  expect(withSnooze(incident, NOW + 1, NOW).alerting.decision).toBe('snoozed');
  expect(withSnooze(incident, null, NOW).alerting.decision).toBe(incident.alerting.decision);
});

describe('who leaves', () => {
  it.each(['unsubscribed', 'not_mine'] as const)('as %s gets no mail any more', (as) => {
    const { update, outcome } = wished(owner, { kind: 'leave', as }, { contacts: [owner, partner] });
    expect(outcome).toBe(as);
    expect(update).toEqual({ ...noUpdate('tenant-1'), contacts: [{ ...owner, state: as }] });
  });

  it('as the last one is told to the operator', () => {
    const { update } = wished(owner, { kind: 'leave', as: 'not_mine' });
    expect(update.tenant?.unreachableSince).toBe(NOW);
    expect(update.operatorMail).toMatchObject([{ to: operatorEmail, reason: 'recipient_gone' }]);
  });

  it.each(['unsubscribed', 'not_mine', 'undeliverable'] as const)('as %s may come back', (state) => {
    const gone = { ...owner, state, refusals: 2 };
    const { update, outcome } = wished(gone, { kind: 'return' }, { tenant: aTenant({ unreachableSince: NOW - 1 }) });
    expect(outcome).toBe('returned');
    expect(update.contacts).toEqual([owner]);
    expect(update.tenant).toEqual(aTenant());
  });

  it('comes back to a tenant that was reachable all along', () => {
    expect(wished({ ...cc, state: 'unsubscribed' }, { kind: 'return' }).update.tenant).toBeNull();
  });
});

describe('preferences', () => {
  it('are kept with the contact', () => {
    const { update, outcome } = wished(owner, { kind: 'prefer', locale: 'fr', wantsReminders: false });
    expect(outcome).toBe('preferred');
    expect(update).toEqual({
      ...noUpdate('tenant-1'),
      contacts: [{ ...owner, locale: 'fr', wantsReminders: false }],
    });
  });
});
