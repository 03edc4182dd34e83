import { type Instant, MINUTE_MS, SECOND_MS } from '../model/time.ts';
import { dayEndsAt } from './requests-today.ts';

const FIRST_MS = 10 * SECOND_MS;
const LONGEST_MS = 10 * MINUTE_MS;

/**
 * How long a tenant waits whose poll could not be made, or not be stored, so many times in a row. After a hiccup of the
 * database it is asked at once; what fails again and again must not use up the requests of the day.
 */
export function waitAfterFailuresMs(inARow: number): number {
  return inARow <= 1 ? 0 : Math.min(FIRST_MS * 2 ** (inARow - 2), LONGEST_MS);
}

/** Nobody who has a token waits for longer than this behind those that need one first. */
const TOKENS_OF_A_ROUND_MS = 5 * SECOND_MS;
const FEWEST_WAITING = 4;

/** How many tenants of an application may wait for a token at once. */
export function mostWaitingForTokens(tokenRequestsPerSecond: number): number {
  return Math.max(FEWEST_WAITING, Math.floor((tokenRequestsPerSecond * TOKENS_OF_A_ROUND_MS) / SECOND_MS));
}

/** When one more tenant that is put off has its turn for a token: as far after the last one as the limit wants it. */
export function nextTokenTurn(lastTurnAt: Instant, now: Instant, tokenRequestsPerSecond: number): Instant {
  const turnAt = Math.max(lastTurnAt, now + TOKENS_OF_A_ROUND_MS) + SECOND_MS / tokenRequestsPerSecond;
  return Math.min(turnAt, now + LONGEST_MS);
}

/**
 * How long tenants wait for which no request of the day is left: not beyond the next day, by UTC, which has new ones.
 */
export function waitForRequestsMs(now: Instant): number {
  return Math.min(LONGEST_MS, dayEndsAt(now) - now);
}
