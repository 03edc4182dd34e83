import type { TenantRecord, TenantUpdate } from '../../domain/model/tenant-record.ts';
import {
  decidePause,
  decideRemoval,
  decideResume,
  decideUpdate,
  type TenantPatch,
} from '../../domain/tenants/change-tenant.ts';
import type { Clock, NewId, RecordStore, TenantStore } from '../ports.ts';

export type UpdateTenantPorts = Readonly<{ clock: Clock; newId: NewId; records: RecordStore }>;

/** Changes what is given. False, here and below: there is no such tenant. */
export async function updateTenant(
  id: string,
  patch: TenantPatch,
  { clock, newId, records }: UpdateTenantPorts,
): Promise<boolean> {
  const context = { now: clock.now(), newId };
  return await change(id, records, (record) => decideUpdate(record, patch, context));
}

export async function pauseTenant(id: string, { records }: UpdateTenantPorts): Promise<boolean> {
  return await change(id, records, decidePause);
}

export async function resumeTenant(id: string, { records, clock }: UpdateTenantPorts): Promise<boolean> {
  const now = clock.now();
  return await change(id, records, (record) => decideResume(record, now));
}

/** `purge` erases every row of the tenant, one that was removed before included. */
export async function removeTenant(
  { id, purge }: Readonly<{ id: string; purge: boolean }>,
  { clock, records, tenants }: UpdateTenantPorts & Readonly<{ tenants: Pick<TenantStore, 'erase'> }>,
): Promise<boolean> {
  if (purge) return await tenants.erase(id);
  const now = clock.now();
  return await change(id, records, (record) => decideRemoval(record, now));
}

async function change(
  id: string,
  records: RecordStore,
  decide: (record: TenantRecord) => TenantUpdate,
): Promise<boolean> {
  return await records.change([id], ([record]) =>
    record === undefined ? { updates: [], result: false } : { updates: [decide(record)], result: true },
  );
}
