import type { TenantRecord } from '../../domain/model/tenant-record.ts';
import { type TenantPatch as DomainPatch, decideUpdate } from '../../domain/tenants/change-tenant.ts';
import type { SettingsUpdate, UpdateOutcome } from '../application.ts';
import type { Clock, NewId, Stores, Upstreams } from '../ports.ts';
import { assignedApplication } from './application-problem.ts';

type Ports = Pick<Stores, 'records' | 'tenants'> &
  Readonly<{ upstreams: Pick<Upstreams, 'applications'>; clock: Clock; newId: NewId }>;

/** Changes many tenants in one transaction: all but those whose external id is another's, or that are not there. */
export async function updateSettings(
  updates: readonly SettingsUpdate[],
  ports: Ports,
): Promise<readonly UpdateOutcome[]> {
  const { records, tenants, clock, newId } = ports;
  const externalIds = updates.flatMap(({ patch }) => patch.externalId ?? []);
  const holders = await tenants.externalIdHolders(externalIds);
  const outcomes = new Map<string, UpdateOutcome>();
  const patches = new Map<string, DomainPatch>();
  const known = await recordsOf(updates, ports);
  for (const { id, patch } of updates) {
    const { application, ...others } = patch;
    const externalId = patch.externalId ?? '';
    const holder = holders.get(externalId) ?? null;
    const assigned = await assignedApplication({ application }, known.get(id)?.tenant ?? null, ports);
    if (holder !== null && holder.id !== id) outcomes.set(id, { outcome: 'external_id_taken', externalId, holder });
    else if ('outcome' in assigned) outcomes.set(id, assigned);
    else patches.set(id, { ...others, ...assigned });
  }
  const context = { now: clock.now(), newId };
  const found = await records.change([...patches.keys()], (stored) => ({
    updates: stored.map((record) => decideUpdate(record, patches.get(record.tenant.id) ?? {}, context)),
    result: stored.map(({ tenant }) => tenant.id),
  }));
  for (const id of found) outcomes.set(id, { outcome: 'updated', untried: null });
  return updates.map(({ id }) => outcomes.get(id) ?? { outcome: 'not_found' });
}

/** Read only where an application is named, which depends on the tenant's own. */
async function recordsOf(updates: readonly SettingsUpdate[], { records }: Ports) {
  const ids = updates.filter(({ patch }) => patch.application !== undefined).map(({ id }) => id);
  const found = ids.length === 0 ? [] : await records.read(ids);
  return new Map<string, TenantRecord>(found.map((record) => [record.tenant.id, record]));
}
