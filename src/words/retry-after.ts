import { DAY_MS, type Instant, SECOND_MS } from '../domain/model/time.ts';

/**
 * The `Retry-After` header (RFC 9110: seconds, or a date) in ms from `now`, null when it says nothing usable.
 * At most a day: Constant Contact's longest limit ends at the next midnight, and no other is heeded for longer.
 */
export function parseRetryAfter(header: string | undefined, now: Instant): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(Number(text) * SECOND_MS, DAY_MS);
  // A date has a weekday's or a month's letters; Date.parse would take "-5" and "1.5" for dates as well.
  if (!/[a-z]/i.test(text)) return null;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.min(Math.max(date - now, 0), DAY_MS);
}
