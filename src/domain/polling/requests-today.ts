import { DAY_MS, type Instant } from '../model/time.ts';

/** Requests a day (0: no limit), and the share of them, from 0 to 1, that is kept for re-checks. */
export type Quota = Readonly<{ perDay: number; reserveShare: number }>;

/** How the key's requests of the current UTC day stand. */
export type RequestsToday = Readonly<{
  used: number;
  /** Null: there is none. */
  limit: number | null;
  /** How many of them polls may use by now: all but the reserve for re-checks; null without a limit. */
  forPolls: number | null;
  /** Upstream said so, whatever our own count. */
  isExhausted: boolean;
}>;

/** What is stored of a day. */
export type CountedDay = Pick<RequestsToday, 'used' | 'isExhausted'>;

export function requestsToday({ used, isExhausted }: CountedDay, quota: Quota, now: Instant): RequestsToday {
  if (quota.perDay === 0) return { used, limit: null, forPolls: null, isExhausted };
  return { used, limit: quota.perDay, forPolls: forPollsBy(quota, now), isExhausted };
}

/**
 * How many of the day's requests polls may have used by now. The reserve is kept for the re-checks of the rest of the
 * day, so it shrinks with that rest: what no re-check needed goes to polls in the end.
 */
function forPollsBy({ perDay, reserveShare }: Quota, now: Instant): number {
  return Math.floor(perDay * (1 - reserveShare * restOfDay(now)));
}

/** When the day of the requests ends, at 00:00 UTC. */
export function dayEndsAt(now: Instant): Instant {
  return now - (now % DAY_MS) + DAY_MS;
}

/** The part of the UTC day that is still to come: 1 at its begin. */
export function restOfDay(now: Instant): number {
  return 1 - (now % DAY_MS) / DAY_MS;
}

/** How many more requests may be sent today, for whatever purpose. */
export function requestsLeft({ used, limit, isExhausted }: RequestsToday): number {
  if (isExhausted) return 0;
  return limit === null ? Number.POSITIVE_INFINITY : Math.max(0, limit - used);
}

/** Upstream refuses although our own count leaves some: what another program sends with the key is not counted here. */
export function isRefusedEarly({ used, limit, isExhausted }: RequestsToday): boolean {
  return isExhausted && limit !== null && used < limit;
}

/** No regular poll is made for the moment. A re-check may be, from the reserve. */
export function isUsedUp({ used, forPolls, isExhausted }: RequestsToday): boolean {
  return isExhausted || (forPolls !== null && used >= forPolls);
}
