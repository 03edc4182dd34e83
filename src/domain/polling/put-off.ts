import { DAY_MS, type Instant, MINUTE_MS, SECOND_MS } from '../model/time.ts';

const FIRST_MS = 10 * SECOND_MS;
const LONGEST_MS = 10 * MINUTE_MS;

/**
 * How long a tenant waits whose poll could not be made, or not be stored, so many times in a row. After a hiccup of the
 * database it is asked at once; what fails again and again must not use up the requests of the day.
 */
export function waitAfterFailuresMs(inARow: number): number {
  return inARow <= 1 ? 0 : Math.min(FIRST_MS * 2 ** (inARow - 2), LONGEST_MS);
}

/** So many tenants as the token endpoint serves in this time wait for a token; the others are asked for later. */
export const WAIT_FOR_TOKEN_MS = MINUTE_MS;
const FEWEST_WAITING = 4;

/** How many tenants may wait for a token at once, so that their wait keeps no other tenant waiting. */
export function mostWaitingForTokens(tokenRequestsPerSecond: number): number {
  return Math.max(FEWEST_WAITING, Math.floor((tokenRequestsPerSecond * WAIT_FOR_TOKEN_MS) / SECOND_MS));
}

/** How long tenants wait for which no request of the day is left: not beyond the next day, by UTC, which has new ones. */
export function waitForRequestsMs(now: Instant): number {
  return Math.min(LONGEST_MS, DAY_MS - (now % DAY_MS));
}
