import { decideUpdate } from '../../domain/tenants/change-tenant.ts';
import type { SettingsUpdate, UpdateOutcome } from '../application.ts';
import type { Clock, NewId, Stores } from '../ports.ts';

type Ports = Pick<Stores, 'records' | 'tenants'> & Readonly<{ clock: Clock; newId: NewId }>;

/** Changes many tenants in one transaction: all but those whose external id is another's, or that are not there. */
export async function updateSettings(
  updates: readonly SettingsUpdate[],
  { records, tenants, clock, newId }: Ports,
): Promise<readonly UpdateOutcome[]> {
  const externalIds = updates.flatMap(({ patch }) => patch.externalId ?? []);
  const holders = await tenants.externalIdHolders(externalIds);
  const outcomes = new Map<string, UpdateOutcome>();
  const patches = new Map<string, SettingsUpdate['patch']>();
  for (const { id, patch } of updates) {
    const externalId = patch.externalId ?? '';
    const holder = holders.get(externalId) ?? null;
    if (holder === null || holder.id === id) patches.set(id, patch);
    else outcomes.set(id, { outcome: 'external_id_taken', externalId, holder });
  }
  const context = { now: clock.now(), newId };
  const found = await records.change([...patches.keys()], (stored) => ({
    updates: stored.map((record) => decideUpdate(record, patches.get(record.tenant.id) ?? {}, context)),
    result: stored.map(({ tenant }) => tenant.id),
  }));
  for (const id of found) outcomes.set(id, { outcome: 'updated', untried: null });
  return updates.map(({ id }) => outcomes.get(id) ?? { outcome: 'not_found' });
}
