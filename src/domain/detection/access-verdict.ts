import type { Fault } from '../model/fault.ts';
import type { PollResult } from '../model/poll.ts';
import type { Tenant } from '../model/tenant.ts';
import type { Verdict } from '../model/verdict.ts';

/** What a poll says about our own access to the tenant, which is never a matter of its connections. */
export function accessVerdict(
  result: PollResult,
  { applicationId }: Pick<Tenant, 'applicationId'>,
  faults: readonly Fault[],
): Verdict {
  if (result.outcome === 'observed') return { kind: 'good' };
  const { kind } = result.failure;
  // So many tenants of the application refuse us alike that it is our own fault, and says nothing about this one.
  const isOurs = ({ cause }: Fault) =>
    cause.kind === 'access' && cause.failure === kind && (cause.applicationId ?? null) === applicationId;
  if (faults.some(isOurs)) return { kind: 'neutral' };
  switch (kind) {
    // Refused after the stored token was read again: no later poll can change it without a new grant.
    case 'invalid_grant':
      return { kind: 'bad', action: 'reauthorize', conditions: [], proof: { by: 'fact' } };
    case 'unauthorized':
    // No permission gains a scope later: the owner has to give another one.
    case 'missing_scope':
      return { kind: 'bad', action: 'reauthorize', conditions: [], proof: { by: 'polls' } };
    case 'forbidden':
    case 'missing_privilege':
      return { kind: 'bad', action: 'privileges', conditions: [], proof: { by: 'polls' } };
    default:
      return { kind: 'neutral' };
  }
}
