import type { Instant } from '../model/time.ts';
import { firstShown, isTimeZone, latestShown } from '../model/zone-clock.ts';
import { type Parsed, readCron } from './cron.ts';
import { type NumberedSlots, numberSlots } from './numbered-slots.ts';

/**
 * The slots of a cron expression in a time zone. A slot comes when the zone's clocks first show its time or, when they
 * skip that time, a later one: a slot in a gap comes at the gap's end, and one in an hour that comes twice comes once.
 */
export type Schedule = Readonly<{
  /** The number of the latest slot at or before the moment. Slots count from the beginning of 2026. */
  numberAt: (at: Instant) => number;
  /**
   * When the slot of a number comes. A fraction of the shortest gap may follow: 5.5 is half of that gap after slot 5.
   */
  momentOf: (position: number) => Instant;
  /**
   * The number of the latest slot, and how much of the shortest gap has passed since: what `momentOf` undoes. A longer
   * gap stands still when the shortest one has passed.
   */
  positionAt: (at: Instant) => number;
  shortestGapMs: () => number;
}>;

/** What is wrong with a cron expression of 5 fields, or 6 with seconds first; null when nothing is. */
export function cronProblem(expression: string): string | null {
  const reading = readSlots(expression);
  return reading.ok ? null : reading.problem;
}

export function readSchedule(expression: string, zone: string): Parsed<Schedule> {
  const slots = readSlots(expression);
  if (!slots.ok) return slots;
  if (!isTimeZone(zone)) return { ok: false, problem: `${zone} is not a time zone` };
  return { ok: true, value: scheduleOf(slots.value, zone) };
}

function readSlots(expression: string): Parsed<NumberedSlots> {
  const cron = readCron(expression);
  if (!cron.ok) return cron;
  const slots = numberSlots(cron.value);
  return slots === null
    ? { ok: false, problem: 'it never comes: none of its months has one of its days' }
    : { ok: true, value: slots };
}

/** Products of a position with a factor are a little off; less than this is not meant. */
const TINY = 1e-9;
/** Nearly a whole gap. */
const NEARLY_ONE = 1 - 1e-6;

function scheduleOf({ numberAt, timeOf, shortestGapMs }: NumberedSlots, zone: string): Schedule {
  const gapAfter = (number: number) => Math.min(shortestGapMs(), timeOf(number + 1) - timeOf(number));
  return {
    shortestGapMs,
    numberAt: (at) => numberAt(latestShown(zone, at)),
    positionAt: (at) => {
      const local = latestShown(zone, at);
      const number = numberAt(local);
      return number + Math.min((local - timeOf(number)) / gapAfter(number), NEARLY_ONE);
    },
    momentOf: (position) => {
      const number = Math.floor(position + TINY);
      const time = timeOf(number);
      const fraction = position - number;
      if (fraction <= TINY) return firstShown(zone, time);
      return firstShown(zone, time + Math.floor(fraction * gapAfter(number)));
    },
  };
}
