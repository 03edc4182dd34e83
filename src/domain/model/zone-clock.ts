import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from './time.ts';

/** A time that the clocks of a zone show, in milliseconds: the instant that it would be if the zone were UTC. */
export type LocalTime = number;

/**
 * The latest time that the clocks of the zone have shown by then. It stands still while clocks that were set back show
 * an hour for the second time.
 *
 * @throws RangeError when there is no such zone
 */
export function latestShown(zone: string, at: Instant): LocalTime {
  const { changedAt, before, after } = changeAround(zone, at);
  return at < changedAt ? at + before : Math.max(at + after, changedAt + before - 1);
}

/** The first moment at which the clocks of the zone show that time or, when they skip it, a later one. */
export function firstShown(zone: string, local: LocalTime): Instant {
  const { changedAt, before, after } = changeAround(zone, local);
  return local < changedAt + before ? local - before : Math.max(local - after, changedAt);
}

/** How far the clocks are ahead of UTC, in milliseconds. */
export function offsetAt(zone: string, at: Instant): number {
  const format = formats.get(zone) ?? newFormat(zone);
  formats.set(zone, format);
  const [, sign, ...digits] = OFFSET.exec(format.format(at)) ?? [];
  const [hours = 0, minutes = 0, seconds = 0] = digits.map((text) => Number(text ?? 0));
  return (sign === '-' ? -1 : 1) * (hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS);
}

/**
 * The list that Intl offers lacks UTC and legacy names such as US/Eastern, which Constant Contact uses: only trying
 * tells. An offset such as +05:00 is no zone, because it knows no summer time.
 */
export function isTimeZone(text: string): boolean {
  if (/^[+-]/.test(text)) return false;
  try {
    offsetAt(text, 0);
    return true;
  } catch {
    return false;
  }
}

/** Such as GMT-05:00, and GMT alone for none. */
const OFFSET = /GMT([+-])(\d+):(\d+)(?::(\d+))?$/;

/** Making a format costs more than everything else here, and a fleet shares few time zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function newFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
}

type ClockChange = Readonly<{ changedAt: Instant; before: number; after: number }>;

/** The latest change that was asked about, by zone: to find one takes a day's halving. */
const changes = new Map<string, ClockChange>();

/** The change of the clocks within a day of the moment: no zone has two in so short a time. Else one of long ago. */
function changeAround(zone: string, at: Instant): ClockChange {
  const quiet = quietDay(zone, Math.floor(at / DAY_MS));
  if (quiet !== null) return quiet;
  const [before, after] = [offsetAt(zone, at - DAY_MS), offsetAt(zone, at + DAY_MS)];
  if (before === after) return unchanged(before);
  const known = changes.get(zone);
  const isKnown = known !== undefined && Math.abs(known.changedAt - at) < DAY_MS;
  const change = isKnown ? known : { changedAt: changeBetween(zone, at - DAY_MS, at + DAY_MS), before, after };
  changes.set(zone, change);
  return change;
}

/** Days, by zone, with no change of the clocks from the day before to the day after. */
const quietDays = new Map<string, Map<number, ClockChange | null>>();
/** Plans look at the days around the present, and asking Intl takes longer than all the rest of them. */
const DAYS_KEPT = 32;

/** Null when a change may be near. */
function quietDay(zone: string, day: number): ClockChange | null {
  const known = quietDays.get(zone) ?? new Map<number, ClockChange | null>();
  quietDays.set(zone, known);
  const kept = known.get(day);
  if (kept !== undefined) return kept;
  const [before, after] = [offsetAt(zone, (day - 1) * DAY_MS), offsetAt(zone, (day + 2) * DAY_MS)];
  const quiet = before === after ? unchanged(before) : null;
  if (known.size >= DAYS_KEPT) known.clear();
  known.set(day, quiet);
  return quiet;
}

function unchanged(offset: number): ClockChange {
  return { changedAt: Number.NEGATIVE_INFINITY, before: offset, after: offset };
}

/** The first second on the new clock, by halving: less than two days hold at most one change. */
export function changeBetween(zone: string, from: Instant, to: Instant): Instant {
  const before = offsetAt(zone, from);
  let earlier = Math.floor(from / SECOND_MS);
  let later = Math.ceil(to / SECOND_MS);
  while (later - earlier > 1) {
    const middle = Math.floor((earlier + later) / 2);
    if (offsetAt(zone, middle * SECOND_MS) === before) earlier = middle;
    else later = middle;
  }
  return later * SECOND_MS;
}
