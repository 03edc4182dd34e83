import type { ReminderHours } from './settings.ts';
import { DAY_MS, type Instant, MINUTE_MS } from './time.ts';

const MINUTES_PER_DAY = 1440;
/** Past every gap and overlap that a change of clocks can make, and past one whole day. */
const SEARCH_MS = 2 * DAY_MS;

/**
 * The first moment at or after `earliest` whose local minute lies within the hours. A day is 24 elapsed hours, so
 * `earliest` is exact; only the wait for an allowed minute follows the tenant's clock, across changes of it.
 */
export function nextAllowedTime(earliest: Instant, hours: ReminderHours, timezone: string): Instant {
  const minuteOf = localMinuteReader(timezone);
  if (isWithin(minuteOf(earliest), hours)) return earliest;

  let at = earliest - (earliest % MINUTE_MS) + MINUTE_MS;
  const limit = earliest + SEARCH_MS;
  while (at < limit && !isWithin(minuteOf(at), hours)) at += stepTowards(minuteOf(at), hours);
  return at;
}

function isWithin(minute: number, { fromMinute, toMinute }: ReminderHours): boolean {
  if (fromMinute < toMinute) return minute >= fromMinute && minute < toMinute;
  return minute >= fromMinute || minute < toMinute;
}

/** Far away, half of the distance at a time: a change of clocks in between cannot make it jump over the start. */
function stepTowards(minute: number, { fromMinute }: ReminderHours): number {
  const minutesAway = (fromMinute - minute + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  return Math.max(1, Math.floor((minutesAway - 61) / 2)) * MINUTE_MS;
}

function localMinuteReader(timezone: string): (at: Instant) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const [hour, minute] = format.format(at).split(':').map(Number);
    return (hour ?? 0) * 60 + (minute ?? 0);
  };
}
