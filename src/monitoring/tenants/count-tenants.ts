import { keptByName } from '../kept-for.ts';
import type { Clock, Stores, TenantFilter } from '../ports.ts';
import type { Scope } from '../viewer.ts';

/** How many tenants there are of each health. With a large fleet an answer may be a minute old. */
export function createCounts({ tenants, clock }: Pick<Stores, 'tenants'> & Readonly<{ clock: Clock }>) {
  return keptByName(clock, (counted: TenantFilter & Scope) => tenants.counts({ ...counted, now: clock.now() }));
}
