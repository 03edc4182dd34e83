import { type GracePeriod, isCheckFailed } from '../model/condition.ts';
import { type Connection, isAfterGap } from '../model/connection.ts';
import type { ConnectionStatus } from '../model/connection-status.ts';
import type { Instant } from '../model/time.ts';

/** Since when each doubt has lasted. */
type GracePeriodStarts = Pick<Connection, 'rateLimitedSince' | 'checkFailedInvalidSince' | 'checkFailedSince'>;

export const NO_GRACE_PERIOD_STARTS: GracePeriodStarts = {
  rateLimitedSince: null,
  checkFailedInvalidSince: null,
  checkFailedSince: null,
};

/** Unobserved time ends a grace period: a state from before need not have lasted through it. */
export function gracePeriodStarts(before: Connection, status: ConnectionStatus, at: Instant): GracePeriodStarts {
  const carried: GracePeriodStarts = isAfterGap(before, at) ? NO_GRACE_PERIOD_STARTS : before;
  const isUnanswered = isCheckFailed(status);
  return {
    rateLimitedSince: rateLimitedSince(carried.rateLimitedSince, status, at),
    checkFailedSince: isUnanswered ? (carried.checkFailedSince ?? at) : null,
    checkFailedInvalidSince:
      isUnanswered && status.tokenIsValid === false ? (carried.checkFailedInvalidSince ?? at) : null,
  };
}

function rateLimitedSince(since: Instant | null, status: ConnectionStatus, at: Instant): Instant | null {
  if (status.rateLimited === false) return null;
  return status.rateLimited === true ? (since ?? at) : since;
}

export function gracePeriodAt(
  { rateLimitedSince, checkFailedInvalidSince }: Omit<GracePeriodStarts, 'checkFailedSince'>,
  at: Instant,
): GracePeriod {
  return {
    rateLimitedForMs: rateLimitedSince === null ? null : at - rateLimitedSince,
    checkFailedInvalidForMs: checkFailedInvalidSince === null ? null : at - checkFailedInvalidSince,
  };
}
