import type { RoundScope } from '../application.ts';
import type { Clock, PollStore } from '../ports.ts';

/** Taken from the queue at once. */
const BATCH = 100;
/** Tenants of a worker that died are due again after this. */
const CLAIM_LEASE_MS = 10 * 60_000;

/** The tenants that a round asks, each of them once. */
export type TenantsToAsk = Readonly<{
  /** Several may take from it at once; when one stops early, it ends for all. */
  ids: AsyncIterable<string>;
  /** Null while nobody knows how many there are. */
  total: number | null;
}>;

/** `onClaimed` hears how many tenants more there are to ask, before they are. */
export async function tenantsToAsk(
  scope: RoundScope,
  { polls, clock }: Readonly<{ polls: PollStore; clock: Clock }>,
  onClaimed: (count: number) => void,
): Promise<TenantsToAsk> {
  if (scope === 'due') return { ids: dueTenants(polls, clock, onClaimed), total: null };
  const ids = await polls.pollableTenants(scope === 'all' ? null : scope);
  onClaimed(ids.length);
  return { ids: each(ids), total: ids.length };
}

/** Due when the round began: a tenant that comes due again meanwhile waits for the next round. */
async function* dueTenants(
  polls: PollStore,
  clock: Clock,
  onClaimed: (count: number) => void,
): AsyncGenerator<string, void> {
  const now = clock.now();
  for (;;) {
    const leaseUntil = clock.now() + CLAIM_LEASE_MS;
    const claimed = await polls.claimDueTenants({ now, leaseUntil, limit: BATCH });
    onClaimed(claimed.length);
    yield* claimed;
    if (claimed.length < BATCH) return;
  }
}

async function* each(ids: readonly string[]): AsyncGenerator<string, void> {
  yield* ids;
}
