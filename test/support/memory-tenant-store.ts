import type { Contact, Tenant } from '../../src/domain/model/tenant.ts';
import type { TenantChange, TenantStore } from '../../src/monitoring/ports.ts';
import { mergeContacts } from '../../src/store/merge-contacts.ts';
import { storeGrant } from './memory-grant-store.ts';
import { ascending, type Memory, type MemoryState, overviewOf, presentTenants, transact } from './memory-state.ts';

export function memoryTenantStore(memory: Memory): TenantStore {
  return {
    add: async (tenants) =>
      transact(memory, (state) => {
        for (const { tenant, contacts, grant } of tenants) {
          if (state.tenants.has(tenant.id)) throw new Error(`Unique constraint failed: tenant ${tenant.id}`);
          state.tenants.set(tenant.id, { tenant, isRemoved: false });
          for (const contact of contacts) state.contacts.set(contact.id, { contact, isRemoved: false });
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
    update: async (change) => transact(memory, (state) => update(state, change)),
    remove: async (id, purge) => transact(memory, (state) => (purge ? purgeTenant(state, id) : hideTenant(state, id))),
  };
}

function update(state: MemoryState, { id, contacts, grant, ...fields }: TenantChange): boolean {
  const stored = state.tenants.get(id);
  if (stored === undefined || stored.isRemoved) return false;
  const tenant: Tenant = { ...stored.tenant, ...fields };
  state.tenants.set(id, { tenant, isRemoved: false });
  if (contacts !== undefined) replaceContacts(state, id, contacts);
  if (grant !== undefined) storeGrant(state, id, grant);
  return true;
}

function replaceContacts(state: MemoryState, tenantId: string, wanted: readonly Contact[]): void {
  const known = [...state.contacts.values()].filter(({ contact }) => contact.tenantId === tenantId);
  for (const { contact } of known) state.contacts.set(contact.id, { contact, isRemoved: true });
  const merged = mergeContacts(known, wanted);
  for (const contact of merged) state.contacts.set(contact.id, { contact, isRemoved: false });
  const stored = state.tenants.get(tenantId);
  if (stored === undefined || !merged.some((contact) => contact.state === 'active')) return;
  state.tenants.set(tenantId, { ...stored, tenant: { ...stored.tenant, unreachableSince: null } });
}

function hideTenant(state: MemoryState, id: string): boolean {
  const stored = state.tenants.get(id);
  if (stored === undefined || stored.isRemoved) return false;
  state.tenants.set(id, { tenant: { ...stored.tenant, nextPollAt: null }, isRemoved: true });
  state.grants.delete(id);
  for (const mail of state.notifications.values()) {
    if (mail.tenantId === id && (mail.state === 'pending' || mail.state === 'held')) {
      state.notifications.set(mail.id, { ...mail, state: 'cancelled', reason: 'tenant_removed' });
    }
  }
  return true;
}

function purgeTenant(state: MemoryState, id: string): boolean {
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
