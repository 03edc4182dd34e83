import type { AddedTenants, AddTriedOptions, TriedTenant } from '../application.ts';
import type { Log } from '../ports.ts';
import { type AddTenantsPorts, storeTenants } from './add-tenants.ts';
import { type LearnNewTenantPorts, learnNewTenant } from './learn-new-tenant.ts';
import type { NewTenant } from './tenant-input.ts';
import { storeUntilTaken, type TryGrantPorts } from './try-grant.ts';
import { type PatchProblem, tryPatch } from './try-patch.ts';

export type AddTriedPorts = AddTenantsPorts & TryGrantPorts & LearnNewTenantPorts & Readonly<{ log: Log }>;

/** Stores a new tenant whose token works, or could not be tried; one with a refused token is not stored. */
export async function addTried(
  tenant: NewTenant,
  { isOneOfMany = false }: AddTriedOptions,
  ports: AddTriedPorts,
): Promise<TriedTenant> {
  const tried = await tryPatch(tenant, null, ports);
  if (tried.outcome !== 'good') return tried;
  const id = ports.newId();
  const store = () => storeTenants([tried.patch], ports, { ids: [id] });
  const added = tried.isSpent ? await storeUntilTaken(store, ports) : await store();
  // The store may have taken it, and its answer was lost: then the next attempt finds the tenant that it has made.
  if (!added.ok && !isHolder(id, added)) return refusal(added);
  const accessToken = tried.isSpent ? (tried.patch.grant?.accessToken ?? null) : null;
  const { applicationId = null } = tried.patch;
  const given = { tenantId: id, isZoneGiven: tenant.timezone !== null };
  const isWanted = accessToken !== null && (tenant.timezone === null || !isOneOfMany);
  const learned = !isWanted ? null : await learnNewTenant(given, { accessToken, applicationId }, ports);
  const timezone = tenant.timezone ?? learned?.timezone ?? null;
  return { outcome: 'added', id, untried: tried.untried, timezone, sameAccountAs: learned?.sameAccountAs ?? null };
}

type Refused = Extract<AddedTenants, { ok: false }>;

function isHolder(id: string, { taken, takenExternalIds }: Refused): boolean {
  const holders = [...taken.map(({ holder }) => holder), ...takenExternalIds.map(({ holder }) => holder?.id)];
  return holders.every((holder) => holder === id);
}

/** Another process was faster. */
function refusal(refused: Refused): PatchProblem {
  const [taken] = refused.takenExternalIds;
  return taken === undefined
    ? { outcome: 'token_taken', holder: refused.taken[0]?.holder ?? null }
    : { outcome: 'external_id_taken', externalId: taken.externalId, holder: taken.holder };
}
