import type { Connection, Snapshot } from '../../src/domain/model/connection.ts';
import type { TenantRecord, TenantUpdate } from '../../src/domain/model/tenant-record.ts';
import { aConnection, aContact, anUpdate, aTenant } from './builders.ts';
import type { FreshStore, StorePorts } from './store-fixtures.ts';

/** With an owner and a cc. */
export async function storeWithTenant(fresh: FreshStore): Promise<StorePorts> {
  const store = await fresh();
  const contacts = [aContact(), aContact({ id: 'contact-2', email: 'cc@bakery.example', role: 'cc' })];
  await store.tenants.add([{ tenant: aTenant(), contacts, grant: null }]);
  return store;
}

export async function storeWithConnection(fresh: FreshStore): Promise<StorePorts> {
  const store = await storeWithTenant(fresh);
  await save(store, anUpdate({ connections: [aConnection()], newSnapshots: periodsOf(aConnection()) }));
  return store;
}

export async function save(store: StorePorts, ...updates: readonly TenantUpdate[]): Promise<void> {
  const ids = updates.map(({ tenantId }) => tenantId);
  await store.records.change(ids, () => ({ updates, result: undefined }));
}

export async function recordOf(store: StorePorts): Promise<TenantRecord> {
  const [record] = await store.records.change(['tenant-1'], (records) => ({ updates: [], result: records }));
  if (record === undefined) throw new Error('tenant-1 is unknown');
  return record;
}

export function periodsOf({ period }: Connection): readonly Snapshot[] {
  return period === null ? [] : [period];
}
