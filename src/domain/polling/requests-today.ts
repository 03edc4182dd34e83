/** How the key's requests of the current UTC day stand. */
export type RequestsToday = Readonly<{
  used: number;
  /** Null: there is none. */
  limit: number | null;
  /** How many of them polls may use: all but the reserve for re-checks; null without a limit. */
  forPolls: number | null;
  /** Upstream said so, whatever our own count. */
  isExhausted: boolean;
}>;

/** No poll is made any more before the next UTC day. A re-check may be, from the reserve. */
export function isUsedUp({ used, forPolls, isExhausted }: RequestsToday): boolean {
  return isExhausted || (forPolls !== null && used >= forPolls);
}
