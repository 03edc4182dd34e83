/** `firstMs` after the first attempt, doubling up to `longestMs`. */
export type RetryDelays = Readonly<{ firstMs: number; longestMs: number }>;

/** What failed in the same second comes back at different times, up to a fifth of the delay later. */
const SPREAD = 0.2;

/** `chance` is at least 0 and below 1. Whole milliseconds. */
export function retryDelayMs(attempts: number, chance: number, { firstMs, longestMs }: RetryDelays): number {
  const delay = Math.min(firstMs * 2 ** Math.max(0, attempts - 1), longestMs);
  return Math.floor(delay * (1 + SPREAD * chance));
}
