import type { ReminderHours } from '../model/settings.ts';
import { type Instant, MINUTE_MS } from '../model/time.ts';

const MINUTES_PER_DAY = 1440;

/**
 * The first moment at or after `earliest` whose local minute lies within the hours. A day is 24 elapsed hours, so
 * `earliest` is exact; only the wait for an allowed minute follows the tenant's clock, across changes of it.
 */
export function nextAllowedTime(earliest: Instant, hours: ReminderHours, timezone: string): Instant {
  const minuteOf = localMinuteReader(timezone);
  if (isWithin(minuteOf(earliest), hours)) return earliest;

  let at = earliest - (earliest % MINUTE_MS) + MINUTE_MS;
  while (!isWithin(minuteOf(at), hours)) {
    const opensAt = at + minutesBetween(minuteOf(at), hours.fromMinute) * MINUTE_MS;
    if (minuteOf(opensAt) === hours.fromMinute) return opensAt;
    // The clocks change before that, which may open the window earlier, later, or not at all on that day.
    at = clockChangeBetween(at, opensAt, minuteOf);
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

type MinuteOf = (at: Instant) => number;

/** The first minute on the new clock, by halving: less than a day holds at most one change. */
function clockChangeBetween(from: Instant, to: Instant, minuteOf: MinuteOf): Instant {
  const offsetAt = (at: Instant) => minutesBetween(Math.floor(at / MINUTE_MS) % MINUTES_PER_DAY, minuteOf(at));
  const offsetBefore = offsetAt(from);
  let before = from;
  let after = to;
  while (after - before > MINUTE_MS) {
    const middle = before + Math.floor((after - before) / MINUTE_MS / 2) * MINUTE_MS;
    if (offsetAt(middle) === offsetBefore) before = middle;
    else after = middle;
  }
  return after;
}

/** Making a formatter costs more than everything else here, and a fleet shares few time zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function localMinuteReader(timezone: string): MinuteOf {
  const format = formatters.get(timezone) ?? newFormatter(timezone);
  formatters.set(timezone, format);
  return (at) => {
    const [hour, minute] = format.format(at).split(':').map(Number);
    return (hour ?? 0) * 60 + (minute ?? 0);
  };
}

function newFormatter(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}
