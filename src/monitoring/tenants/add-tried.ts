import type { AddedTenants, ExternalIdProblem, TokenProblem, TriedTenant } from '../application.ts';
import type { Log } from '../ports.ts';
import { type AddTenantsPorts, addTenants } from './add-tenants.ts';
import type { NewTenant } from './tenant-input.ts';
import { storeTried, type TryGrantPorts } from './try-grant.ts';
import { tryPatch } from './try-patch.ts';

export type AddTriedPorts = AddTenantsPorts & TryGrantPorts & Readonly<{ log: Log }>;

/** Stores a new tenant whose token works, or could not be tried; one with a refused token is not stored. */
export async function addTried(tenant: NewTenant, ports: AddTriedPorts): Promise<TriedTenant> {
  const tried = await tryPatch(tenant, null, ports);
  if (tried.outcome !== 'good') return tried;
  const store = () => addTenants([tried.patch], ports);
  const added = tried.isSpent ? await storeTried(store, ports) : await store();
  if (!added.ok) return refusal(added);
  return { outcome: 'added', id: added.ids[0] ?? '', untried: tried.untried };
}

/** Another process was faster. */
function refusal(refused: Extract<AddedTenants, { ok: false }>): TokenProblem | ExternalIdProblem {
  const [taken] = refused.takenExternalIds;
  return taken === undefined
    ? { outcome: 'token_taken', holder: refused.taken[0]?.holder ?? null }
    : { outcome: 'external_id_taken', externalId: taken.externalId, holder: taken.holder };
}
