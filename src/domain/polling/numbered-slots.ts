import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../model/time.ts';
import type { LocalTime } from '../model/zone-clock.ts';
import { type Cron, numbersBetween } from './cron.ts';

/** The slots of a cron expression on a clock without a zone, numbered: 0 is the first one of the year 2026. */
export type NumberedSlots = Readonly<{
  /** The number of the latest slot at or before that time. */
  numberAt: (local: LocalTime) => number;
  timeOf: (number: number) => LocalTime;
  /** The shortest time between two slots in a usual year. */
  shortestGapMs: () => number;
}>;

const FIRST_YEAR = 2026;
/** Counted from January as 0: the shortest gap lies within one year, or between its end and the next January. */
const LAST_MONTH_TO_MEASURE = 12;
/** Years have four digits: the slot that an absurd stretch of a rare schedule asks for is not searched for ever. */
const FARTHEST_MONTH = 7_900 * 12;
/** In so many months the calendar shows every kind of month: each length with each weekday as its first. */
const MONTHS_OF_EVERY_KIND = 28 * 12;

/** Null when the expression has no day in any year. */
export function numberSlots(cron: Cron): NumberedSlots | null {
  const daysIn = createMonthReader(cron);
  if (!hasDays(daysIn)) return null;
  const day = slotsOfDay(cron);

  /** Negative for a month before the first year. */
  const daysBefore = remembering((month: number): number => {
    let count = 0;
    for (let earlier = 0; earlier < month; earlier += 1) count += daysIn(earlier).length;
    for (let later = month; later < 0; later += 1) count -= daysIn(later).length;
    return count;
  });

  const numberAt = (local: LocalTime): number => {
    const date = new Date(local);
    const month = (date.getUTCFullYear() - FIRST_YEAR) * 12 + date.getUTCMonth();
    const days = daysIn(month);
    const earlierDays = daysBefore(month) + countBelow(days, date.getUTCDate());
    return earlierDays * day.count + (days.includes(date.getUTCDate()) ? day.countUntil(date) : 0) - 1;
  };

  /** The month of that day, and how many days came before it. */
  const monthOf = remembering((dayNumber: number) => {
    let month = 0;
    let first = 0;
    while (first + daysIn(month).length <= dayNumber && month < FARTHEST_MONTH) first += daysIn(month++).length;
    while (first > dayNumber && month > -FARTHEST_MONTH) first -= daysIn(--month).length;
    return { month, first };
  });

  const timeOf = (number: number): LocalTime => {
    const dayNumber = Math.floor(number / day.count);
    const { month, first } = monthOf(dayNumber);
    return dateOf(month, daysIn(month)[dayNumber - first]) + day.timeOf(number - dayNumber * day.count);
  };

  let shortest: number | null = null;
  const shortestGapMs = (): number => {
    shortest ??= Math.min(day.shortestGapMs, closest(datesOfYear(daysIn)) - day.spanMs);
    return shortest;
  };
  return { numberAt, timeOf, shortestGapMs };
}

/** Whoever plans asks about a few months and days, again and again. */
const KEPT = 100;

function remembering<Value>(compute: (key: number) => Value): (key: number) => Value {
  const known = new Map<number, Value>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    if (known.size >= KEPT) known.clear();
    known.set(key, value);
    return value;
  };
}

type MonthReader = (month: number) => readonly number[];

function hasDays(daysIn: MonthReader): boolean {
  for (let month = 0; month < MONTHS_OF_EVERY_KIND; month += 1) if (daysIn(month).length > 0) return true;
  return false;
}

function datesOfYear(daysIn: MonthReader): readonly LocalTime[] {
  return numbersBetween(0, LAST_MONTH_TO_MEASURE).flatMap((month) => daysIn(month).map((day) => dateOf(month, day)));
}

/** Tells which days of a month belong to the expression. Months count from January of the first year. */
function createMonthReader(cron: Cron): MonthReader {
  const known = new Map<number, readonly number[]>();
  return (month) => {
    const first = new Date(dateOf(month, 1));
    if (!cron.months.has(first.getUTCMonth() + 1)) return [];
    const length = new Date(dateOf(month + 1, 0)).getUTCDate();
    const kind = length * 7 + first.getUTCDay();
    const days = known.get(kind) ?? daysOfMonth(cron, length, first.getUTCDay());
    known.set(kind, days);
    return days;
  };
}

/** The rule of every cron: when both fields restrict the day, a day that one of them names belongs to it. */
function daysOfMonth({ monthDays, weekdays }: Cron, length: number, firstWeekday: number): readonly number[] {
  const isMonthDay = (day: number) => monthDays?.has(day) || (day === length && monthDays?.has('L')) || false;
  const isWeekday = (day: number) => {
    const weekday = (firstWeekday + day - 1) % 7;
    if (weekdays?.has(weekday) || weekdays?.has(`${weekday}#${Math.ceil(day / 7)}`)) return true;
    return day + 7 > length && weekdays?.has(`${weekday}L`);
  };
  const isAnyDay = monthDays === null && weekdays === null;
  return numbersBetween(1, length).filter((day) => isAnyDay || isMonthDay(day) || isWeekday(day));
}

/** The slots of one day that has any, numbered from 0. All such days have the same. */
function slotsOfDay({ hours, minutes, seconds }: Cron) {
  const perHour = minutes.length * seconds.length;
  const minuteSpanMs = spanOf(seconds) * SECOND_MS;
  const hourSpanMs = spanOf(minutes) * MINUTE_MS + minuteSpanMs;
  return {
    count: hours.length * perHour,
    /** From the first to the last. */
    spanMs: spanOf(hours) * HOUR_MS + hourSpanMs,
    shortestGapMs: Math.min(
      closest(seconds) * SECOND_MS,
      closest(minutes) * MINUTE_MS - minuteSpanMs,
      closest(hours) * HOUR_MS - hourSpanMs,
    ),
    /** How many slots have come by the time of that date. */
    countUntil: (date: Date): number => {
      const [hour, minute, second] = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
      const ofMinute = minutes.includes(minute) ? countBelow(seconds, second + 1) : 0;
      const ofHour = hours.includes(hour) ? countBelow(minutes, minute) * seconds.length + ofMinute : 0;
      return countBelow(hours, hour) * perHour + ofHour;
    },
    /** Since midnight. */
    timeOf: (number: number): number => {
      const hour = hours[Math.floor(number / perHour)] ?? 0;
      const minute = minutes[Math.floor((number % perHour) / seconds.length)] ?? 0;
      return hour * HOUR_MS + minute * MINUTE_MS + (seconds[number % seconds.length] ?? 0) * SECOND_MS;
    },
  };
}

function dateOf(month: number, day = 1): LocalTime {
  return Date.UTC(FIRST_YEAR, month, day);
}

function countBelow(ascending: readonly number[], limit: number): number {
  return ascending.filter((value) => value < limit).length;
}

function spanOf(ascending: readonly number[]): number {
  return (ascending.at(-1) ?? 0) - (ascending[0] ?? 0);
}

/** The least distance between two neighbours; infinite where there are none. */
function closest(ascending: readonly number[]): number {
  return Math.min(...ascending.slice(1).map((value, index) => value - (ascending[index] ?? value)));
}
