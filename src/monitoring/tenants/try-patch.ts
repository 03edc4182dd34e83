import type { GivenGrant } from '../../domain/model/grant.ts';
import type { Tenant } from '../../domain/model/tenant.ts';
import type { ApplicationProblem, ExternalIdProblem, TokenProblem } from '../application.ts';
import type { Upstreams } from '../ports.ts';
import { type AccountOfTokenPorts, accountOfToken } from './account-of-token.ts';
import { type AssignedApplication, assignedApplication } from './application-problem.ts';
import { takenExternalId } from './taken-external-id.ts';
import { type TryGrantPorts, tryGrant } from './try-grant.ts';

export type PatchProblem = TokenProblem | ExternalIdProblem | ApplicationProblem;

type Wish = Readonly<{ externalId?: string | null; grant?: GivenGrant | null; application?: string }>;

type TriedPatch<Patch extends Wish> =
  /** `isSpent`: the patch has what took the place of the token that was given. */
  | Readonly<{
      outcome: 'good';
      patch: Omit<Patch, 'application'> & AssignedApplication;
      isSpent: boolean;
      untried: string | null;
    }>
  | PatchProblem;

type TryPatchPorts = TryGrantPorts & AccountOfTokenPorts & Readonly<{ upstreams: Pick<Upstreams, 'applications'> }>;

/** The patch with its new grant tried, where it has one. `tenant`: whose it is; null for a tenant that is new. */
export async function tryPatch<Patch extends Wish>(
  wish: Patch,
  tenant: Tenant | null,
  ports: TryPatchPorts,
): Promise<TriedPatch<Patch>> {
  const { application: _, ...others } = wish;
  const { grant = null } = wish;
  // First of all: what is refused must not have spent a token.
  const problem = await takenExternalId(wish, tenant?.id ?? null, ports);
  if (problem !== null) return problem;
  const assigned = await assignedApplication(wish, tenant, ports);
  if ('outcome' in assigned) return assigned;
  const patch = { ...others, ...assigned };
  if (grant === null) return { outcome: 'good', patch, isSpent: false, untried: null };
  const { refreshToken } = grant;
  // Before the token is tried: to present another tenant's may cost that one its access.
  const holder = (await ports.tenants.tokenHolders([refreshToken])).get(refreshToken);
  if (holder !== undefined && holder !== tenant?.id) return { outcome: 'token_taken', holder };
  const isInUse = holder !== undefined && tenant?.state !== 'reauthorize';
  const { applicationId = tenant?.applicationId ?? null } = assigned;
  const trial = isInUse ? IN_USE : await tryGrant({ grant, applicationId }, ports);
  switch (trial.outcome) {
    case 'refused':
      return { outcome: 'token_refused', detail: trial.detail };
    case 'works': {
      const token = { accessToken: trial.grant.accessToken, applicationId };
      const account = await accountOfToken(tenant, token, ports);
      if (account.kind === 'other') return { outcome: 'token_of_another_account', holder: account.holder };
      const known = account.kind === 'instead' ? { accountId: null } : {};
      return { outcome: 'good', patch: { ...patch, ...known, grant: trial.grant }, isSpent: true, untried: null };
    }
    case 'untried':
      return { outcome: 'good', patch, isSpent: false, untried: trial.why };
  }
}

/** A token that the tenant was given before is not presented here while the daemon uses what came of it. */
const IN_USE = { outcome: 'untried', why: 'this tenant was given the same token before' } as const;
