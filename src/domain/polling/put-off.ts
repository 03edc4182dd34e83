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

/** A round waits so long for tokens at most, and so do those whose next poll comes due meanwhile. */
const TOKENS_OF_A_ROUND_MS = 15 * SECOND_MS;
const FEWEST_WAITING = 4;

/** How many tenants may wait for a token at once, so that their wait keeps no other tenant waiting. */
export function mostWaitingForTokens(tokenRequestsPerSecond: number): number {
  return Math.max(FEWEST_WAITING, Math.floor((tokenRequestsPerSecond * TOKENS_OF_A_ROUND_MS) / SECOND_MS));
}

/** How long a tenant is put off that waits for a token behind so many others. */
export function waitForTokenMs(before: number, tokenRequestsPerSecond: number): number {
  return Math.min(Math.max(TOKENS_OF_A_ROUND_MS, (before * SECOND_MS) / tokenRequestsPerSecond), LONGEST_MS);
}

/** How long tenants wait for which no request of the day is left: not beyond the next day, by UTC, which has new ones. */
export function waitForRequestsMs(now: Instant): number {
  return Math.min(LONGEST_MS, DAY_MS - (now % DAY_MS));
}
