import { CronExpressionParser } from 'cron-parser';
import type { Instant } from '../domain/model/time.ts';
import type { Slots } from '../domain/polling/poll-plan.ts';

/** Enough slots to meet the shortest gap of every schedule that people write, without walking a whole year. */
const SLOTS_TO_MEASURE = 50;

/**
 * Where a moment lies in a cron schedule of 5 or 6 fields.
 *
 * @throws when the expression or the time zone is not one
 */
export function slotsAround(expression: string, timezone: string, at: Instant): Slots {
  const parse = (currentDate: Instant) => CronExpressionParser.parse(expression, { tz: timezone, currentDate });
  // The parser never gives the moment it starts from, but a slot that is now counts as the previous one.
  const previousAt = parse(at + 1)
    .prev()
    .getTime();
  const following = parse(at).take(SLOTS_TO_MEASURE);
  const slots = [previousAt, ...following.map((slot) => slot.getTime())];
  const gaps = slots.slice(1).map((slot, index) => slot - (slots[index] ?? slot));
  return { previousAt, nextAt: slots[1] ?? previousAt, shortestGapMs: Math.min(...gaps) };
}

export type SlotReader = typeof slotsAround;

/** Remembers the latest answer per schedule: a round asks the same question for each of its tenants. */
export function createSlotReader(): SlotReader {
  const latest = new Map<string, Slots>();
  return (expression, timezone, at) => {
    const key = `${timezone} ${expression}`;
    const known = latest.get(key);
    if (known !== undefined && known.previousAt <= at && at < known.nextAt) return known;
    const slots = slotsAround(expression, timezone, at);
    latest.set(key, slots);
    return slots;
  };
}
