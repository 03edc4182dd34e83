import type { PollFailure, PollFailureKind } from './poll.ts';
import { DAY_MS, type Instant } from './time.ts';

/**
 * A refresh token that is not used for 180 days stops working (API guide, "OAuth2"); half of that is time to notice.
 */
export const IDLE_MS = 90 * DAY_MS;

/** How the refreshes of a grant have failed since the last one that succeeded. */
export type RefreshTrouble = Readonly<{ kind: PollFailureKind; failures: number; since: Instant }>;

/** Refused for good: no later refresh can succeed. */
export const deadGrantKinds = ['invalid_grant', 'missing_scope'] as const satisfies PollFailureKind[];

/** Only a new grant can help. */
export function isDeadGrant(kind: PollFailureKind): boolean {
  return deadGrantKinds.some((dead) => dead === kind);
}

/** From then on failing refreshes are no hiccup of Constant Contact or of the network. */
export const LASTING_FAILURES = 5;
export const LASTING_MS = DAY_MS;

function isLasting({ failures, since }: RefreshTrouble, now: Instant): boolean {
  return failures >= LASTING_FAILURES && now - since >= LASTING_MS;
}

/** The failure as the tenant shows it: with its own kind once it has lasted. A grant that is dead stays so. */
export function refreshFailureOf(failure: PollFailure, trouble: RefreshTrouble | null, now: Instant): PollFailure {
  if (isDeadGrant(failure.kind) || trouble === null || !isLasting(trouble, now)) return failure;
  const lasting = `failure ${trouble.failures} in a row since ${new Date(trouble.since).toISOString()}`;
  return { ...failure, kind: 'refresh_failed', detail: `${failure.detail}; ${lasting}` };
}
