import type { AddedTenants, ExternalIdProblem, TokenProblem, TriedTenant } from '../application.ts';
import type { Log } from '../ports.ts';
import { type AddTenantsPorts, addTenants } from './add-tenants.ts';
import { externalIdProblem } from './external-id-problem.ts';
import type { NewTenant } from './tenant-input.ts';
import { storeTried, type TryGrantPorts, tryGrant } from './try-grant.ts';

export type AddTriedPorts = AddTenantsPorts & TryGrantPorts & Readonly<{ log: Log }>;

/** Stores a new tenant whose token works, or could not be tried; one with a refused token is not stored. */
export async function addTried(tenant: NewTenant, ports: AddTriedPorts): Promise<TriedTenant> {
  const { refreshToken } = tenant.grant;
  // Before the token is tried: to present another tenant's may cost that one its access.
  const holder = (await ports.tenants.tokenHolders([refreshToken])).get(refreshToken);
  if (holder !== undefined) return { outcome: 'token_taken', holder };
  const problem = await externalIdProblem(tenant, null, ports);
  if (problem !== null) return problem;
  const trial = await tryGrant(tenant.grant, ports);
  if (trial.outcome === 'refused') return { outcome: 'token_refused', detail: trial.detail };
  const isTried = trial.outcome === 'works';
  const store = () => addTenants([isTried ? { ...tenant, grant: trial.grant } : tenant], ports);
  const added = isTried ? await storeTried(store, ports) : await store();
  if (!added.ok) return refusal(added);
  return { outcome: 'added', id: added.ids[0] ?? '', untried: isTried ? null : trial.why };
}

/** Another process was faster. */
function refusal(refused: Extract<AddedTenants, { ok: false }>): TokenProblem | ExternalIdProblem {
  const [taken] = refused.takenExternalIds;
  return taken === undefined
    ? { outcome: 'token_taken', holder: refused.taken[0]?.holder ?? null }
    : { outcome: 'external_id_taken', externalId: taken.externalId, holder: taken.holder };
}
