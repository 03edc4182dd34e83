import { HOUR_MS, type Instant } from '../../src/domain/model/time.ts';
import type { Stores } from '../../src/monitoring/ports.ts';
import {
  aChange,
  aConnection,
  aContact,
  aFault,
  aHold,
  aNotification,
  anAuditEntry,
  anEvent,
  anIncident,
  anOperatorNotification,
  anUpdate,
  aPoll,
  aSnapshot,
  aTenant,
  aTopic,
} from './builders.ts';
import { save } from './store-records.ts';

const POLLS_A_DAY = 4;
const tenants = ['bakery'];

/** An account with one connection, whose days follow. */
export async function addFleet(store: Stores, at: Instant): Promise<void> {
  for (const id of tenants) {
    const contact = aContact({ id: `owner of ${id}`, tenantId: id, email: `owner@${id}.example` });
    await store.tenants.add([{ tenant: aTenant({ id, name: id, createdAt: at }), contacts: [contact], grant: null }]);
    await save(store, anUpdate({ tenantId: id, connections: [connectionOf(id)] }));
  }
}

function connectionOf(tenantId: string) {
  return aConnection({ id: `connection of ${tenantId}`, tenantId, accountId: tenantId, period: null });
}

/** A day in which the connection breaks, its owner is told, and it works again; and in which all else happens that is kept. */
export async function liveADay(store: Stores, at: Instant): Promise<void> {
  for (const id of tenants) await liveADayOf(id, store, at);
  const day = new Date(at).toISOString().slice(0, 10);
  await store.digests.write(day, at, [
    anOperatorNotification({ id: `digest ${day}`, state: 'sent', createdAt: at, sentAt: at }),
  ]);
  await store.quota.reserve({ key: 'client', perDay: 0, reserveShare: 0 }, { count: 50, purpose: 'regular', now: at });
  await store.faults.save(null, aFault({ id: `fault ${day}`, since: at, confirmedAt: at, endedAt: at + HOUR_MS }), []);
  const hold = aHold({ id: `hold ${day}`, since: at, beganAt: at });
  await store.holds.begin(hold, []);
  await store.holds.end({ ...hold, endedAt: at + HOUR_MS, endReason: 'mostly_good_again' }, []);
  await store.audit.add(anAuditEntry({ id: `audit ${day}`, at }));
}

async function liveADayOf(tenantId: string, store: Stores, at: Instant): Promise<void> {
  const name = `${tenantId} ${at}`;
  const connectionId = `connection of ${tenantId}`;
  const closed = { closedAt: at + HOUR_MS, closeReason: 'recovered', state: 'closed' } as const;
  for (let n = 0; n < POLLS_A_DAY; n += 1) {
    const pollAt = at + n * HOUR_MS;
    const isLast = n === POLLS_A_DAY - 1;
    const period = { connectionId, from: pollAt, to: pollAt, id: `period ${name} ${n}` };
    await save(
      store,
      anUpdate({
        tenantId,
        poll: aPoll({ tenantId, at: pollAt }),
        connections: [{ ...connectionOf(tenantId), period: aSnapshot(period) }],
        newSnapshots: [aSnapshot(period)],
        changes: [aChange({ id: `change ${name} ${n}`, tenantId, connectionId, at: pollAt })],
        ...(isLast && {
          incidents: [anIncident({ id: `incident ${name}`, tenantId, connectionId, openedAt: at, ...closed })],
          notifications: [toldOf(tenantId, name, at)],
          events: [anEvent({ id: `event ${name}`, tenantId, at })],
        }),
      }),
    );
  }
}

function toldOf(tenantId: string, name: string, at: Instant) {
  return aNotification({
    id: `mail ${name}`,
    tenantId,
    contactId: `owner of ${tenantId}`,
    to: `owner@${tenantId}.example`,
    state: 'sent',
    createdAt: at,
    dueAt: at,
    sentAt: at,
    conversationId: name,
    topics: [aTopic({ incidentId: `incident ${name}` })],
  });
}
