import type { Instant } from '../domain/model/time.ts';
import type { Slots } from '../domain/polling/poll-plan.ts';
import { readSchedule, type Schedule } from '../domain/polling/schedule.ts';

/** Schedules that are kept as read: a fleet shares few, and with many it costs little to read one again. */
const KEPT = 1_000;

export type SlotReader = (expression: string, timezone: string, at: Instant) => Slots;

/** @throws when the expression or the time zone is not one */
export function createSlotReader(): SlotReader {
  const known = new Map<string, Schedule>();
  return (expression, timezone, at) => {
    const key = `${timezone} ${expression}`;
    const schedule = known.get(key) ?? scheduleOf(expression, timezone);
    if (known.size >= KEPT) known.clear();
    known.set(key, schedule);
    return slotsIn(schedule, at);
  };
}

/** @throws when the expression or the time zone is not one */
export function slotsAround(expression: string, timezone: string, at: Instant): Slots {
  return slotsIn(scheduleOf(expression, timezone), at);
}

function slotsIn({ numberAt, momentOf, shortestGapMs }: Schedule, at: Instant): Slots {
  const number = numberAt(at);
  return { previousAt: momentOf(number), nextAt: momentOf(number + 1), shortestGapMs: shortestGapMs() };
}

function scheduleOf(expression: string, timezone: string): Schedule {
  const reading = readSchedule(expression, timezone);
  if (reading.ok) return reading.value;
  throw new Error(`The schedule “${expression}” cannot be read: ${reading.problem}`);
}
