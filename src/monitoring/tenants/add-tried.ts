import type { AddedTenants, ExternalIdProblem, TokenProblem, TriedTenant } from '../application.ts';
import type { Log } from '../ports.ts';
import { type AddTenantsPorts, addTenants } from './add-tenants.ts';
import { externalIdProblem } from './external-id-problem.ts';
import type { NewTenant } from './tenant-input.ts';
import { storeTried, type TryGrantPorts, tryGrant } from './try-grant.ts';

export type AddTriedPorts = AddTenantsPorts & TryGrantPorts & Readonly<{ log: Log }>;

/** Stores a new tenant whose token works, or could not be tried; one with a refused token is not stored. */
export async function addTried(tenant: NewTenant, ports: AddTriedPorts): Promise<TriedTenant> {
  const { grant } = tenant;
  const problem = (await tokenProblem(grant, ports)) ?? (await externalIdProblem(tenant, null, ports));
  if (problem !== null) return problem;
  const trial = grant === null ? null : await tryGrant(grant, ports);
  if (trial?.outcome === 'refused') return { outcome: 'token_refused', detail: trial.detail };
  const tried = trial?.outcome === 'works' ? { ...tenant, grant: trial.grant } : null;
  const store = () => addTenants([tried ?? tenant], ports);
  const added = tried === null ? await store() : await storeTried(store, ports);
  if (!added.ok) return refusal(added);
  return { outcome: 'added', id: added.ids[0] ?? '', untried: trial?.outcome === 'untried' ? trial.why : null };
}

/** Before the token is tried: to present another tenant's may cost that one its access. */
async function tokenProblem(grant: NewTenant['grant'], { tenants }: AddTriedPorts): Promise<TokenProblem | null> {
  if (grant === null) return null;
  const holder = (await tenants.tokenHolders([grant.refreshToken])).get(grant.refreshToken);
  return holder === undefined ? null : { outcome: 'token_taken', holder };
}

/** Another process was faster. */
function refusal(refused: Extract<AddedTenants, { ok: false }>): TokenProblem | ExternalIdProblem {
  const [taken] = refused.takenExternalIds;
  return taken === undefined
    ? { outcome: 'token_taken', holder: refused.taken[0]?.holder ?? null }
    : { outcome: 'external_id_taken', externalId: taken.externalId, holder: taken.holder };
}
