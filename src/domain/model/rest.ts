import type { Instant } from './time.ts';

/**
 * What is kept of a tenant at rest: nothing is open about it, so that the same answer again would change nothing but
 * the times. Whatever else is written of the tenant ends its rest.
 */
export type Rest = Readonly<{
  /** Digest of the answer to the tenant's last poll. */
  digest: string;
  /** When the poll was with which it began. */
  since: Instant;
  /** How many polls have found the same answer since then. */
  repeats: number;
  /** The time between the last two of all these polls; 0 before the second. */
  intervalMs: number;
}>;
