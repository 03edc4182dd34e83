import type { GivenGrant } from '../../domain/model/grant.ts';
import type { Tenant } from '../../domain/model/tenant.ts';
import type { ExternalIdProblem, TokenProblem } from '../application.ts';
import type { Stores } from '../ports.ts';
import { externalIdProblem } from './external-id-problem.ts';
import type { TenantPatch } from './tenant-input.ts';
import { type GrantTrial, type TryGrantPorts, tryGrant } from './try-grant.ts';

export type PatchProblem = TokenProblem | ExternalIdProblem;

type TriedPatch =
  /** `isSpent`: the patch has what took the place of the token that was given. */
  Readonly<{ outcome: 'good'; patch: TenantPatch; isSpent: boolean; untried: string | null }> | PatchProblem;

type TryPatchPorts = TryGrantPorts & Pick<Stores, 'tenants'>;

/** The patch with its new grant tried, where it has one. */
export async function tryPatch(
  { grant, ...others }: TenantPatch,
  tenant: Tenant,
  ports: TryPatchPorts,
): Promise<TriedPatch> {
  // First of all: what is refused must not have spent a token.
  const problem = await externalIdProblem(others, tenant.id, ports);
  if (problem !== null) return problem;
  if (grant === undefined) return { outcome: 'good', patch: others, isSpent: false, untried: null };
  const { refreshToken } = grant;
  const holder = (await ports.tenants.tokenHolders([refreshToken])).get(refreshToken) ?? null;
  if (holder !== null && holder !== tenant.id) return { outcome: 'token_taken', holder };
  const trial = await tryUnlessInUse(grant, { isOwn: holder !== null, tenant }, ports);
  switch (trial.outcome) {
    case 'refused':
      return { outcome: 'token_refused', detail: trial.detail };
    case 'works':
      return { outcome: 'good', patch: { ...others, grant: trial.grant }, isSpent: true, untried: null };
    case 'untried':
      return { outcome: 'good', patch: { ...others, grant }, isSpent: false, untried: trial.why };
  }
}

/** A token that the tenant was given before is not presented here while the daemon uses what came of it. */
async function tryUnlessInUse(
  grant: GivenGrant,
  { isOwn, tenant }: Readonly<{ isOwn: boolean; tenant: Tenant }>,
  ports: TryGrantPorts,
): Promise<GrantTrial> {
  if (isOwn && tenant.state !== 'reauthorize') {
    return { outcome: 'untried', why: 'this tenant was given the same token before' };
  }
  return await tryGrant(grant, ports);
}
