import type { Connection } from '../../src/domain/model/connection.ts';
import type { Tenant } from '../../src/domain/model/tenant.ts';
import type { Stores } from '../../src/monitoring/ports.ts';
import {
  aConnection,
  aNotification,
  anIncident,
  anUpdate,
  aTenant,
  aTopic,
  type GivenIncident,
  type GivenNotification,
  NOW,
} from './builders.ts';
import type { FreshStore } from './store-fixtures.ts';

/** An incident about an account of its own, on Facebook unless it says otherwise, with the mail about it. */
export type Trouble = GivenIncident &
  Partial<Pick<Connection, 'network' | 'removedAt'>> &
  Readonly<{ mail?: GivenNotification }>;
type Given = Partial<Tenant> & Readonly<{ id: string; troubles?: readonly Trouble[] }>;

export async function storeWithTroubles(fresh: FreshStore, given: readonly Given[]): Promise<Stores> {
  const store = await fresh();
  const tenants = given.map(({ troubles: _, ...tenant }) => aTenant({ baselinedAt: NOW, ...tenant }));
  await store.tenants.add(tenants.map((tenant) => ({ tenant, contacts: [], grant: null })));
  const updates = given.map(({ id, troubles = [] }) => updateOf(id, troubles));
  await store.records.change(
    given.map(({ id }) => id),
    () => ({ updates, result: null }),
  );
  return store;
}

function updateOf(tenantId: string, troubles: readonly Trouble[]) {
  const rows = troubles.map(({ network = 'facebook', removedAt = null, mail, ...given }, n) => {
    const id = `${tenantId}-${n}`;
    const connection = aConnection({ id, tenantId, network, accountId: id, removedAt, period: null });
    const incident = anIncident({ id, tenantId, connectionId: id, ...given });
    const topics = [aTopic({ incidentId: id })];
    const notification = aNotification({ id, tenantId, contactId: null, topics, ...mail });
    return { connection, incident, notifications: mail === undefined ? [] : [notification] };
  });
  return anUpdate({
    tenantId,
    connections: rows.map(({ connection }) => connection),
    incidents: rows.map(({ incident }) => incident),
    notifications: rows.flatMap(({ notifications }) => notifications),
  });
}
