import type { Poll, PolledResult, PollFailureKind } from '../model/poll.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '../model/time.ts';

/** Whether Constant Contact answers at all, as all processes together know it. */
export type Breaker = Readonly<{
  /** Since when it does not; null while it answers. */
  openSince: Instant | null;
  /** How the polls failed that opened it last. */
  failure: PollFailureKind | null;
  /** When it last answered again: the moment of the poll that it answered. */
  closedAt: Instant | null;
}>;

export const CLOSED: Breaker = { openSince: null, failure: null, closedAt: null };

/** Failures in a row, as one process meets them, and the tenants that it has had no answer for since they failed. */
export type FailureRun = Readonly<{ failures: number; failing: ReadonlySet<string> }>;

export const NO_FAILURE_RUN: FailureRun = { failures: 0, failing: new Set() };

/**
 * The breaker opens after so many tenants in a row that did not fail before: an account that always fails tells nothing
 * new.
 */
export const FAILURES_TO_OPEN = 5;
const LONGEST_PROBE_MS = 30 * SECOND_MS;
const CATCH_UP_MS = 10 * MINUTE_MS;
/** Where no limit is configured. */
const CATCH_UP_PER_SECOND = 4;

export type BreakerStep =
  | Readonly<{ kind: 'open'; failure: PollFailureKind }>
  | Readonly<{ kind: 'close' }>
  | Readonly<{ kind: 'stay' }>;

/** What a poll means for the breaker, and the run of failures after it. */
export function stepBreaker(
  { openSince }: Pick<Breaker, 'openSince'>,
  run: FailureRun,
  { tenantId, result }: Pick<Poll, 'tenantId'> & Readonly<{ result: PolledResult }>,
): Readonly<{ step: BreakerStep; run: FailureRun }> {
  const said = whatPollSays(result);
  if (said === 'nothing') return { step: { kind: 'stay' }, run };
  if (said === 'answers') {
    const failing = run.failing.has(tenantId) ? without(run.failing, tenantId) : run.failing;
    return { step: openSince === null ? { kind: 'stay' } : { kind: 'close' }, run: { failures: 0, failing } };
  }
  if (run.failing.has(tenantId)) return { step: { kind: 'stay' }, run };
  const after = { failures: run.failures + 1, failing: new Set([...run.failing, tenantId]) };
  if (openSince !== null || after.failures < FAILURES_TO_OPEN) return { step: { kind: 'stay' }, run: after };
  return { step: { kind: 'open', failure: said.silent }, run: { ...after, failures: 0 } };
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...ids].filter((other) => other !== id));
}

type Said = 'answers' | 'nothing' | Readonly<{ silent: PollFailureKind }>;

/** The token endpoint is another server: what it says of a grant or of our key tells nothing of the API. */
function whatPollSays(result: PolledResult): Said {
  if (result.outcome === 'observed') return 'answers';
  const { kind } = result.failure;
  switch (kind) {
    case 'timeout':
    case 'dns':
    case 'tls':
    case 'connection':
    case 'server':
    case 'invalid_response':
      return { silent: kind };
    case 'unauthorized':
    case 'forbidden':
    case 'missing_privilege':
    case 'application_deactivated':
    case 'throttled':
    case 'quota_exceeded':
      return 'answers';
    case 'missing_scope':
    case 'client':
    case 'invalid_grant':
    case 'invalid_client':
    case 'refresh_failed':
      return 'nothing';
  }
}

/** How far apart the probes of all processes are: recovery is noticed within a minute, the longest request included. */
export function probeSpacingMs(recheckAfterMs: number): number {
  return Math.min(LONGEST_PROBE_MS, Math.max(recheckAfterMs, 1));
}

/** Whether what was missed is being made good. */
export function isCatchingUp({ closedAt }: Pick<Breaker, 'closedAt'>, now: Instant): boolean {
  return closedAt !== null && Math.abs(now - closedAt) < CATCH_UP_MS;
}

/**
 * How far apart the turns of due tenants are while what was missed is made good: at half the rate that the key has, so
 * that whatever has just come back is not met by a burst. Null when that time is over.
 */
export function catchUpSpacingMs(
  { closedAt }: Pick<Breaker, 'closedAt'>,
  requestsPerSecond: number,
  now: Instant,
): number | null {
  if (!isCatchingUp({ closedAt }, now)) return null;
  return (2 * SECOND_MS) / (requestsPerSecond === 0 ? 2 * CATCH_UP_PER_SECOND : requestsPerSecond);
}
