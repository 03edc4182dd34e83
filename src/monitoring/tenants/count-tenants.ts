import { keptFor } from '../kept-for.ts';
import type { Clock, Stores, TenantCounts, TenantFilter } from '../ports.ts';
import type { Scope } from '../viewer.ts';

/** Counting reads a whole fleet, so of each count it takes at most this share of the time, however often it is asked. */
const BUSY_SHARE = 0.05;
/** Counts that are kept at most; the one that was begun longest ago goes first. */
const MOST_KEPT = 100;

type Counted = TenantFilter & Scope;

/** How many tenants there are of each health. With a large fleet an answer may be some seconds old. */
export function createCounts({ tenants, clock }: Pick<Stores, 'tenants'> & Readonly<{ clock: Clock }>) {
  const kept = new Map<string, () => Promise<TenantCounts>>();
  return (counted: Counted): Promise<TenantCounts> => {
    const name = JSON.stringify(counted);
    const known = kept.get(name);
    if (known !== undefined) return known();
    const count = keptFor(
      (tookMs) => tookMs / BUSY_SHARE,
      clock,
      () => tenants.counts({ ...counted, now: clock.now() }),
    );
    kept.set(name, count);
    const [oldest] = kept.size > MOST_KEPT ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    return count();
  };
}
