import type { GivenGrant } from '../../domain/model/grant.ts';
import type { Tenant } from '../../domain/model/tenant.ts';
import type { ExternalIdProblem, TokenProblem } from '../application.ts';
import type { Stores } from '../ports.ts';
import { externalIdProblem } from './external-id-problem.ts';
import { type TryGrantPorts, tryGrant } from './try-grant.ts';

export type PatchProblem = TokenProblem | ExternalIdProblem;

type TriedPatch<Patch> =
  /** `isSpent`: the patch has what took the place of the token that was given. */
  Readonly<{ outcome: 'good'; patch: Patch; isSpent: boolean; untried: string | null }> | PatchProblem;

type TryPatchPorts = TryGrantPorts & Pick<Stores, 'tenants'>;

/** The patch with its new grant tried, where it has one. `tenant`: whose it is; null for a tenant that is new. */
export async function tryPatch<Patch extends Readonly<{ externalId?: string | null; grant?: GivenGrant | null }>>(
  patch: Patch,
  tenant: Tenant | null,
  ports: TryPatchPorts,
): Promise<TriedPatch<Patch>> {
  const { grant = null } = patch;
  // First of all: what is refused must not have spent a token.
  const problem = await externalIdProblem(patch, tenant?.id ?? null, ports);
  if (problem !== null) return problem;
  if (grant === null) return { outcome: 'good', patch, isSpent: false, untried: null };
  const { refreshToken } = grant;
  // Before the token is tried: to present another tenant's may cost that one its access.
  const holder = (await ports.tenants.tokenHolders([refreshToken])).get(refreshToken);
  if (holder !== undefined && holder !== tenant?.id) return { outcome: 'token_taken', holder };
  const isInUse = holder !== undefined && tenant?.state !== 'reauthorize';
  const trial = isInUse ? IN_USE : await tryGrant(grant, ports);
  switch (trial.outcome) {
    case 'refused':
      return { outcome: 'token_refused', detail: trial.detail };
    case 'works':
      return { outcome: 'good', patch: { ...patch, grant: trial.grant }, isSpent: true, untried: null };
    case 'untried':
      return { outcome: 'good', patch, isSpent: false, untried: trial.why };
  }
}

/** A token that the tenant was given before is not presented here while the daemon uses what came of it. */
const IN_USE = { outcome: 'untried', why: 'this tenant was given the same token before' } as const;
