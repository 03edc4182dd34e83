import { layerOf } from '../model/poll.ts';
import type { Tenant } from '../model/tenant.ts';
import { DAY_MS, type Instant } from '../model/time.ts';
import type { Stretch } from './day-plan.ts';
import type { Schedule } from './schedule.ts';

export type PlannedPoll = Readonly<{
  nextPollAt: Instant;
  /** The time between the regular polls before and after. */
  intervalMs: number;
}>;

/** What a tenant's next poll is planned by. */
export type TenantToPlan = Pick<
  Tenant,
  'id' | 'applicationId' | 'name' | 'timezone' | 'schedule' | 'lastPolledAt' | 'intervalMs'
>;

export type PollPlanSettings = Readonly<{
  schedule: Schedule;
  spread: boolean;
  stretch: Stretch;
}>;

/** A tenant's next regular poll: its next slot, or later by as much as the requests of its key are too few. */
export function planRegularPoll(
  tenant: Pick<Tenant, 'id' | 'lastPolledAt'>,
  at: Instant,
  settings: PollPlanSettings,
): PlannedPoll {
  const { today, later } = settings.stretch;
  return today === 1 && later === 1 ? planSlot(tenant, at, settings) : planStretched(tenant, at, settings);
}

/**
 * Each tenant has its own constant share of the time between two slots, so that a fleet on one schedule is asked evenly
 * instead of all at minute 0. Slots are numbered: late polls, re-checks and polls by hand neither add nor cost one.
 */
function planSlot({ id }: Pick<Tenant, 'id'>, at: Instant, { schedule, spread }: PollPlanSettings): PlannedPoll {
  const share = spread ? shareOf(id) : 0;
  const pollAt = (number: number) => schedule.momentOf(number + share);
  let number = Math.floor(schedule.numberAt(at) - share);
  let previousAt = pollAt(number);
  let nextPollAt = pollAt(number + 1);
  while (nextPollAt <= at) {
    number += 1;
    previousAt = nextPollAt;
    nextPollAt = pollAt(number + 1);
  }
  return { nextPollAt, intervalMs: nextPollAt - previousAt };
}

/**
 * One slot on, each slot as long as the stretch makes it. It counts from this poll, whatever it was made for: where
 * requests are short, a tenant that was just asked needs no other poll. The order in which tenants are asked evens them
 * out. Tenants that came together are drawn apart by their first poll, by half a slot, so that none is asked much more
 * often.
 */
function planStretched(
  { id, lastPolledAt }: Pick<Tenant, 'id' | 'lastPolledAt'>,
  at: Instant,
  { schedule, spread, stretch }: PollPlanSettings,
): PlannedPoll {
  const momentAfter = (slots: number) =>
    Math.max(at + 1, schedule.momentOf(positionAfter(slots, at, schedule, stretch)));
  const intervalMs = momentAfter(1) - at;
  const isFirst = lastPolledAt === null && spread;
  return { nextPollAt: isFirst ? momentAfter(1 + (shareOf(id) - 0.5) / 2) : at + intervalMs, intervalMs };
}

function positionAfter(
  slots: number,
  at: Instant,
  { positionAt }: Schedule,
  { today, later, dayEndsAt }: Stretch,
): number {
  const [now, midnight] = [positionAt(at), positionAt(dayEndsAt)];
  const untilMidnight = (midnight - now) / today;
  return untilMidnight >= slots ? now + slots * today : midnight + (slots - untilMidnight) * later;
}

/** The moment that a new plan asks a tenant at, where that is sooner than planned; null where it stays. */
export function soonerPoll(
  { nextPollAt, failing }: Pick<Tenant, 'nextPollAt' | 'failing'>,
  plannedAt: Instant,
): Instant | null {
  // Asked again soon anyway, unless upstream itself asked us to wait.
  if (failing !== null && layerOf(failing.kind) !== 'access') return null;
  return nextPollAt !== null && plannedAt < nextPollAt ? plannedAt : null;
}

/** How far the slots around the moment are apart. */
export function scheduledInterval({ numberAt, momentOf }: Schedule, at: Instant): number {
  return momentOf(numberAt(at) + 1) - momentOf(numberAt(at));
}

/** How many slots the schedule has on the UTC day of the moment: the key's requests are counted by that day. */
export function slotsOnDay({ numberAt }: Schedule, at: Instant): number {
  const dayStart = at - (at % DAY_MS);
  return numberAt(dayStart + DAY_MS - 1) - numberAt(dayStart - 1);
}

/** A stable number in [0, 1) for a name (FNV-1a, with a final mix so that similar names lie far apart). */
export function shareOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
