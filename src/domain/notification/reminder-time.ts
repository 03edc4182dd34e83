import type { ReminderHours } from '../model/settings.ts';
import { type Instant, MINUTE_MS } from '../model/time.ts';
import { changeBetween, offsetAt } from '../model/zone-clock.ts';

const MINUTES_PER_DAY = 1440;

/**
 * The first moment at or after `earliest` whose local minute lies within the hours. A day is 24 elapsed hours, so
 * `earliest` is exact; only the wait for an allowed minute follows the tenant's clock, across changes of it.
 */
export function nextAllowedTime(earliest: Instant, hours: ReminderHours, timezone: string): Instant {
  const minuteOf = (at: Instant) => Math.floor((at + offsetAt(timezone, at)) / MINUTE_MS) % MINUTES_PER_DAY;
  if (isWithin(minuteOf(earliest), hours)) return earliest;

  let at = earliest - (earliest % MINUTE_MS) + MINUTE_MS;
  while (!isWithin(minuteOf(at), hours)) {
    const opensAt = at + minutesBetween(minuteOf(at), hours.fromMinute) * MINUTE_MS;
    if (minuteOf(opensAt) === hours.fromMinute) return opensAt;
    // The clocks change before that, which may open the window earlier, later, or not at all on that day.
    at = changeBetween(timezone, at, opensAt);
  }
  return at;
}

function isWithin(minute: number, { fromMinute, toMinute }: ReminderHours): boolean {
  if (fromMinute < toMinute) return minute >= fromMinute && minute < toMinute;
  return minute >= fromMinute || minute < toMinute;
}

function minutesBetween(minute: number, laterMinute: number): number {
  return (laterMinute - minute + MINUTES_PER_DAY) % MINUTES_PER_DAY;
}
