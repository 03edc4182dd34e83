import { describe, expect, it } from '@jest/globals';
import { applyUpdate } from '../../../src/domain/model/apply-update.ts';
import type { TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import {
  aConfirmedIncident,
  aConnection,
  aContact,
  anIncident,
  anUpdate,
  aSnapshot,
  aTenant,
  NOW,
} from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';

const connection = aConnection();
const other = aConnection({ id: 'connection-2', accountId: '2' });
const [contact, colleague] = [aContact(), aContact({ id: 'contact-2', email: 'second@bakery.example' })];
const record: TenantRecord = {
  tenant: aTenant(),
  contacts: [contact],
  formerContacts: [],
  connections: [connection, other],
  incidents: [aConfirmedIncident()],
  notifications: [],
};
const periodsAfter = (given: Parameters<typeof anUpdate>[0], before = record) =>
  applyUpdate(before, anUpdate(given)).connections.map(({ period }) => period);

describe('The record after an update', () => {
  it('is the same where nothing changed', () => {
    expect(applyUpdate(record, anUpdate())).toEqual(record);
  });

  it('has the tenant as it was changed', () => {
    expect(applyUpdate(record, anUpdate({ tenant: aTenant({ state: 'paused' }) })).tenant.state).toBe('paused');
  });

  it('has what is new behind the rest, and what was changed in its place', () => {
    const changed = { ...connection, displayName: 'Mill' };
    const third = aConnection({ id: 'connection-3', accountId: '3' });
    expect(applyUpdate(record, anUpdate({ connections: [third, changed] })).connections).toEqual([
      changed,
      other,
      third,
    ]);
    const incidents = [anIncident({ id: 'incident-2' })];
    expect(applyUpdate(record, anUpdate({ incidents })).incidents).toEqual([...record.incidents, ...incidents]);
  });

  it('has a contact on one of the two lists', () => {
    const former = { ...contact, removedAt: NOW };
    const left = applyUpdate(record, anUpdate({ contacts: [colleague], formerContacts: [former] }));
    expect([left.contacts, left.formerContacts]).toEqual([[colleague], [former]]);
    const back = applyUpdate(left, anUpdate({ contacts: [contact] }));
    expect([back.contacts, back.formerContacts]).toEqual([[colleague, contact], []]);
  });
});

describe('The period of a connection after an update', () => {
  const begun = aSnapshot({ id: 'snapshot-new', from: NOW, to: NOW, health: 'broken', polls: 1 });

  it('is the one that began, and of several the last', () => {
    const earlier = aSnapshot({ id: 'snapshot-earlier' });
    expect(periodsAfter({ newSnapshots: [earlier, begun] })).toEqual([begun, other.period]);
  });

  it('is longer by a poll where nothing changed', () => {
    const [to, speaksForMs] = [NOW + ms('1h'), ms('3h')];
    const extendedSnapshots = [{ id: 'snapshot-of-connection-1', to, speaksForMs }];
    expect(periodsAfter({ extendedSnapshots })).toEqual([
      { ...connection.period, to, speaksForMs, polls: 3 },
      other.period,
    ]);
  });

  it('stays where another one is extended, and is none before the first', () => {
    const extendedSnapshots = [{ id: 'snapshot-of-another', to: NOW, speaksForMs: 1 }];
    const before = { ...record, connections: [{ ...connection, period: null }, other] };
    expect(periodsAfter({ extendedSnapshots }, before)).toEqual([null, other.period]);
  });
});
