import { HOUR_MS, type Instant } from './time.ts';

/** No lease is longer, so one that ends later was written before the store's clock was set back: it has ended. */
export const LONGEST_LEASE_MS = HOUR_MS;

/** Somebody has what is leased until then. `leaseNow` is the store's clock, which all processes share. */
export function isHeldUntil(until: Instant | null, leaseNow: Instant): boolean {
  return until !== null && until > leaseNow && until <= leaseNow + LONGEST_LEASE_MS;
}
