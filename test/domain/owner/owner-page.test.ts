import { describe, expect, it } from '@jest/globals';
import type { Health } from '../../../src/domain/model/condition.ts';
import type { Connection } from '../../../src/domain/model/connection.ts';
import type { Incident } from '../../../src/domain/model/incident.ts';
import type { Contact } from '../../../src/domain/model/tenant.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { type OwnerConnection, ownerPageOf } from '../../../src/domain/owner/owner-page.ts';
import {
  aConfirmedIncident,
  aConnection,
  aContact,
  anIncident,
  aSnapshot,
  aTenant,
  NOW,
} from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';

type Given = Readonly<{
  state?: 'active' | 'reauthorize' | 'access_denied';
  connections?: readonly Connection[];
  incidents?: readonly Incident[];
  contact?: Partial<Contact>;
  contactId?: string;
  baselinedAt?: number | null;
}>;

function pageOf(given: Given = {}) {
  const { state = 'active', connections = [aConnection()], incidents = [], contact, contactId = 'contact-1' } = given;
  const { baselinedAt = NOW - DAY_MS } = given;
  const record = aRecord({
    tenant: aTenant({ state, baselinedAt }),
    contacts: [aContact(contact)],
    connections,
    incidents,
  });
  return ownerPageOf(record, contactId, NOW);
}

it('calls the account by no address of a contact, as that is no name', () => {
  const [contact, former] = [aContact(), aContact({ id: 'former', email: 'former@bakery.example' })];
  const nameOf = (name: string) => {
    const formerContacts = [{ ...former, removedAt: NOW }];
    return ownerPageOf(aRecord({ tenant: aTenant({ name }), contacts: [contact], formerContacts }), contact.id, NOW)
      ?.tenant.name;
  };
  expect([contact.email, contact.email.toUpperCase(), former.email, "Jane's Bakery"].map(nameOf)).toEqual([
    null,
    null,
    null,
    "Jane's Bakery",
  ]);
});

const broken = aConnection({
  period: aSnapshot({ health: 'broken', conditions: ['token_invalid'], from: NOW - HOUR_MS }),
});

describe("the owner's page", () => {
  it('is not there for somebody who is no contact of the tenant any more', () => {
    expect(pageOf({ contactId: 'somebody-else' })).toBeNull();
  });

  it('shows a broken connection since its incident began, not since its latest period', () => {
    const incidents = [aConfirmedIncident({ openedAt: NOW - 30 * HOUR_MS })];
    expect(pageOf({ connections: [broken], incidents })?.connections).toMatchObject([
      {
        health: 'broken',
        action: 'reconnect',
        conditions: ['token_invalid'],
        since: NOW - 30 * HOUR_MS,
        unconfirmed: null,
      },
    ]);
  });

  it.each<[string, Health, Incident | null, Partial<OwnerConnection>]>([
    ['healthy: since no moment', 'healthy', null, { since: null, foundAtBaseline: false, unconfirmed: null }],
    ['waiting since its period began', 'waiting', null, { since: NOW - HOUR_MS, foundAtBaseline: false }],
    [
      'waiting, and found so when monitoring began',
      'waiting',
      aConfirmedIncident({ foundAtBaseline: true }),
      { foundAtBaseline: true },
    ],
    [
      'broken, and found so when monitoring began',
      'broken',
      aConfirmedIncident({ foundAtBaseline: true }),
      { foundAtBaseline: true, unconfirmed: null },
    ],
    ['broken since, not found so', 'broken', aConfirmedIncident(), { foundAtBaseline: false }],
    [
      'healthy, though it was found broken',
      'healthy',
      aConfirmedIncident({ foundAtBaseline: true, state: 'recovering' }),
      { foundAtBaseline: false, unconfirmed: 'repair' },
    ],
    ['healthy, and its trouble is not over', 'healthy', aConfirmedIncident(), { unconfirmed: null }],
    ['unobserved: its incident is not its matter', 'unobserved', anIncident(), { unconfirmed: null }],
  ])('shows a connection as %s', (_, health, incident, expected) => {
    const connection = aConnection({ period: aSnapshot({ health, from: NOW - HOUR_MS }) });
    const page = pageOf({ connections: [connection], incidents: incident === null ? [] : [incident] });
    expect(page?.connections).toMatchObject([{ health, ...expected }]);
  });

  it('is snoozed as soon as one of its troubles is', () => {
    const other = aConnection({ ...broken, id: 'connection-2', accountId: '2' });
    const incidents = [
      aConfirmedIncident({ reminders: { snoozedUntil: NOW + 5 } }),
      aConfirmedIncident({ id: 'incident-2', connectionId: 'connection-2' }),
    ];
    expect(pageOf({ connections: [broken, other], incidents })?.reminders).toBe('snoozed');
  });

  it('cannot say since when access is lost without an incident', () => {
    expect(pageOf({ state: 'reauthorize' })?.accessProblem).toMatchObject({ action: 'reauthorize', since: null });
  });

  it('does not take one bad poll for certain', () => {
    expect(pageOf({ connections: [broken], incidents: [anIncident()] })?.connections).toMatchObject([
      { health: 'broken', unconfirmed: 'break' },
    ]);
  });

  it('shows as unobserved what no poll speaks for any more, and when it was last seen', () => {
    const stale = aConnection({ period: aSnapshot({ to: NOW - 3 * HOUR_MS, speaksForMs: 2 * HOUR_MS }) });
    expect(pageOf({ connections: [stale] })?.connections).toMatchObject([
      { health: 'unobserved', action: 'none', since: NOW - HOUR_MS, observedAt: NOW - 3 * HOUR_MS },
    ]);
    expect(pageOf({ connections: [aConnection({ period: null })] })?.connections).toMatchObject([
      { health: 'unobserved', since: null, observedAt: null },
    ]);
  });

  it.each([
    ['reauthorize', 'reauthorize'],
    ['access_denied', 'privileges'],
  ] as const)(
    'in the state %s calls no connection broken, and says since when Linkwatch cannot look',
    (state, action) => {
      const incidents = [aConfirmedIncident({ connectionId: null, action, openedAt: NOW - 5 * MINUTE_MS })];
      const page = pageOf({ state, incidents, connections: [broken] });
      expect(page?.accessProblem).toEqual({ action, missing: null, since: NOW - 5 * MINUTE_MS, snoozedUntil: null });
      expect(page?.connections).toMatchObject([{ health: 'unobserved', action: 'none', conditions: [] }]);
    },
  );

  it('says nothing of access that has never worked, and offers no snooze for it', () => {
    const incidents = [aConfirmedIncident({ connectionId: null, action: 'reauthorize' })];
    const page = pageOf({ state: 'reauthorize', incidents, connections: [], baselinedAt: null });
    expect(page).toMatchObject({ accessProblem: null, reminders: 'none' });
  });

  it('puts what needs somebody first and what is gone last', () => {
    const inHealth = (id: string, health: 'healthy' | 'broken' | 'waiting' | 'removed') =>
      aConnection({ id, accountId: id, period: aSnapshot({ health }) });
    const connections = [
      inHealth('1', 'removed'),
      inHealth('2', 'healthy'),
      inHealth('3', 'waiting'),
      inHealth('4', 'broken'),
    ];
    expect(pageOf({ connections })?.connections.map(({ health }) => health)).toEqual([
      'broken',
      'waiting',
      'healthy',
      'removed',
    ]);
  });

  it('shows a removed connection as removed however long ago it was seen', () => {
    const removed = aConnection({
      period: aSnapshot({ health: 'removed', to: NOW - 900 * HOUR_MS, conditions: ['removed'] }),
    });
    expect(pageOf({ connections: [removed] })?.connections).toMatchObject([{ health: 'removed', unconfirmed: null }]);
  });

  it('does not take one good poll for a repair', () => {
    const incidents = [aConfirmedIncident({ state: 'recovering' })];
    expect(pageOf({ incidents })?.connections).toMatchObject([{ health: 'healthy', unconfirmed: 'repair' }]);
  });

  const own = (until: number) => ({ snoozes: [{ incidentId: 'incident-1', until }] });
  it.each<[string, number | null, Partial<Contact>, number | null, string]>([
    ['nobody snoozed it', null, {}, null, 'awake'],
    ['an owner snoozed it', NOW + 5, {}, NOW + 5, 'snoozed'],
    ['the reader snoozed it', null, own(NOW + 5), NOW + 5, 'snoozed'],
    ['both did: the longer counts', NOW + 5, own(NOW + 9), NOW + 9, 'snoozed'],
    ['the snooze is over', NOW, own(NOW), null, 'awake'],
    ['something else was snoozed', null, { snoozes: [{ incidentId: 'x', until: NOW + 5 }] }, null, 'awake'],
  ])('shows until when there are no reminders: %s', (_, snoozedUntil, contact, expected, reminders) => {
    const incidents = [aConfirmedIncident({ reminders: { snoozedUntil } })];
    const page = pageOf({ connections: [broken], incidents, contact });
    expect(page).toMatchObject({ reminders, connections: [{ snoozedUntil: expected }] });
  });

  it('has nothing to remind of while there is only a suspicion', () => {
    expect(pageOf({ connections: [broken], incidents: [anIncident()] })?.reminders).toBe('none');
  });
});
