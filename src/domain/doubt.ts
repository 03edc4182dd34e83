import { type Doubt, isCheckFailed } from './condition.ts';
import { type Connection, type ConnectionStatus, hasGap } from './connection.ts';
import type { Instant } from './time.ts';

/** Since when each doubt has lasted. */
type Doubts = Pick<Connection, 'rateLimitedSince' | 'checkFailedInvalidSince' | 'checkFailedSince'>;

const NO_DOUBTS: Doubts = { rateLimitedSince: null, checkFailedInvalidSince: null, checkFailedSince: null };

/** A time without observation ends a doubt: what lasted before it need not have lasted through it. */
export function doubtSince(before: Connection, status: ConnectionStatus, at: Instant): Doubts {
  const isAfterGap = before.period !== null && hasGap(before.period, at);
  const carried: Doubts = isAfterGap ? NO_DOUBTS : before;
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

export function doubtAt(
  { rateLimitedSince, checkFailedInvalidSince }: Omit<Doubts, 'checkFailedSince'>,
  at: Instant,
): Doubt {
  return {
    rateLimitedForMs: rateLimitedSince === null ? null : at - rateLimitedSince,
    checkFailedInvalidForMs: checkFailedInvalidSince === null ? null : at - checkFailedInvalidSince,
  };
}
