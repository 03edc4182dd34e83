import type { TenantStore } from '../../src/monitoring/ports.ts';
import { storeGrant } from './memory-grant-store.ts';
import { ascending, type Memory, type MemoryState, overviewOf, presentTenants, transact } from './memory-state.ts';

export function memoryTenantStore(memory: Memory): TenantStore {
  return {
    add: async (tenants) =>
      transact(memory, (state) => {
        for (const { tenant, contacts, grant } of tenants) {
          if (state.tenants.has(tenant.id)) throw new Error(`Unique constraint failed: tenant ${tenant.id}`);
          state.tenants.set(tenant.id, { tenant, isRemoved: false });
          for (const contact of contacts) state.contacts.set(contact.id, { contact, removedAt: null });
          if (grant !== null) storeGrant(state, tenant.id, grant);
        }
      }),
    find: async (id) => {
      const overview = overviewOf(memory.state, id);
      return overview === null ? null : { tenant: overview.tenant, contacts: overview.contacts };
    },
    list: async ({ after, limit }) =>
      presentTenants(memory.state)
        .map(({ id }) => id)
        .filter((id) => after === null || id > after)
        .toSorted(ascending)
        .slice(0, limit)
        .flatMap((id) => overviewOf(memory.state, id) ?? []),
    erase: async (id) => transact(memory, (state) => eraseTenant(state, id)),
  };
}

function eraseTenant(state: MemoryState, id: string): boolean {
  const connectionIds = [...state.connections.values()].filter((c) => c.tenantId === id).map((c) => c.id);
  deleteWhere(state.snapshots, ({ connectionId }) => connectionIds.includes(connectionId));
  deleteWhere(state.contacts, ({ contact }) => contact.tenantId === id);
  for (const table of [state.connections, state.changes, state.incidents, state.notifications, state.polls]) {
    deleteWhere<{ tenantId: string | null }>(table, ({ tenantId }) => tenantId === id);
  }
  state.grants.delete(id);
  return state.tenants.delete(id);
}

function deleteWhere<T>(table: Map<unknown, T>, isDoomed: (row: T) => boolean): void {
  for (const [key, row] of table) if (isDoomed(row)) table.delete(key);
}
