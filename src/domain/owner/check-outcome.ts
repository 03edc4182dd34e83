import type { Snapshot } from '../model/connection.ts';
import type { Incident } from '../model/incident.ts';
import { layerOf, type PollFailureKind } from '../model/poll.ts';
import { isPolled, type Tenant } from '../model/tenant.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import { type Instant, MINUTE_MS } from '../model/time.ts';
import { troublesOf } from './contact-request.ts';

/**
 * The shortest time between checks at contacts' requests, so that pressing a button cannot use up the day's requests.
 */
const CHECK_EVERY_MS = MINUTE_MS;

export const checkOutcomes = [
  'works',
  'works_so_far',
  'needs_you',
  'suspected',
  'limited',
  'unsure',
  'no_answer',
  'still_asking',
  'used_up',
  'asked_just_now',
  'paused',
  'access_lost',
] as const;
/** The answer to a contact who asked for a check. */
export type CheckOutcome = (typeof checkOutcomes)[number];

/** Null when the tenant may be asked about now; else why not. */
export function whyNotChecked(
  { state, lastPolledAt }: Tenant,
  now: Instant,
): Extract<CheckOutcome, 'paused' | 'access_lost' | 'asked_just_now'> | null {
  if (state === 'paused') return 'paused';
  if (!isPolled(state)) return 'access_lost';
  return lastPolledAt !== null && now - lastPolledAt < CHECK_EVERY_MS ? 'asked_just_now' : null;
}

/** The meaning of a failed poll for the contact who asked for it. */
export function outcomeOfFailure(kind: PollFailureKind): CheckOutcome {
  if (kind === 'quota_exceeded') return 'used_up';
  return layerOf(kind) === 'access' ? 'access_lost' : 'no_answer';
}

/** What a good poll has shown; `before` are the incidents that were not closed when it was asked. */
export function whatWasSeen(
  { tenant, connections, incidents }: Pick<TenantRecord, 'tenant' | 'connections' | 'incidents'>,
  before: readonly Incident[],
): CheckOutcome {
  const present = connections.filter(({ removedAt }) => removedAt === null);
  const seen = present.flatMap(({ period }) => (period !== null && period.to === tenant.lastGoodPollAt ? period : []));
  const broken = seen.filter(({ health }) => health === 'broken').map(({ connectionId }) => connectionId);
  if (broken.length > 0) {
    const isCertain = troublesOf({ tenant, incidents }).some(({ connectionId }) =>
      broken.some((id) => id === connectionId),
    );
    return isCertain ? 'needs_you' : 'suspected';
  }
  if (seen.length < present.length || seen.some(isUnclear)) return 'unsure';
  if (seen.some(({ health }) => health === 'waiting')) return 'limited';
  // One good poll is not yet a repair: another one must confirm it before the recovery mail.
  const isInDoubt = incidents.some(({ state }) => state === 'recovering') || before.some(isSuspicion);
  return isInDoubt ? 'works_so_far' : 'works';
}

function isUnclear({ health, conditions }: Snapshot): boolean {
  return health === 'unobserved' || (health === 'waiting' && !conditions.includes('rate_limited'));
}

function isSuspicion({ state }: Incident): boolean {
  return state === 'suspected';
}
