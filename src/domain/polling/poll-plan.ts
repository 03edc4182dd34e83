import type { Digest } from '../model/digest.ts';
import { layerOf } from '../model/poll.ts';
import type { Tenant } from '../model/tenant.ts';
import { DAY_MS, type Instant } from '../model/time.ts';
import type { Schedule } from './schedule.ts';

export type PlannedPoll = Readonly<{
  nextPollAt: Instant;
  /** The time between the regular polls before and after. */
  intervalMs: number;
}>;

/** What a tenant's next poll is planned by. */
export type TenantToPlan = Pick<Tenant, 'id' | 'name' | 'timezone' | 'schedule' | 'lastPolledAt' | 'intervalMs'>;

export type PollPlanSettings = Readonly<{
  schedule: Schedule;
  spread: boolean;
  /** At least 1: how many times longer the intervals are than scheduled, so that the day's quota holds. */
  stretch: number;
}>;

/**
 * A tenant's next regular poll. Of all polls only the regular ones are planned by number, so that late polls, re-checks
 * and polls by hand neither add nor cost one: their number over time is that of the slots divided by the stretch.
 */
export function planRegularPoll(
  tenant: Pick<Tenant, 'id' | 'lastPolledAt' | 'intervalMs'>,
  at: Instant,
  settings: PollPlanSettings,
): PlannedPoll {
  const plan = planAfter(tenant.id, at, settings);
  if (settings.stretch === 1 || tenant.lastPolledAt === null) return plan;
  const before = planAfter(tenant.id, tenant.lastPolledAt, settings);
  if (Math.abs(before.intervalMs - tenant.intervalMs) <= 1) return plan;
  // With another stretch the regular polls lie elsewhere, perhaps just ahead: on average one interval passes this way.
  const later = planAfter(tenant.id, at + Math.round(plan.intervalMs / 2), settings);
  return { ...later, intervalMs: Math.max(later.intervalMs, later.nextPollAt - at) };
}

/**
 * The regular polls of a tenant are the slots of its schedule, drawn apart by the stretch. Each tenant has its own
 * constant share of the time between two, so that a fleet on one schedule is asked evenly instead of all at minute 0.
 */
function planAfter(tenantId: string, at: Instant, { schedule, spread, stretch }: PollPlanSettings): PlannedPoll {
  const share = spread ? shareOf(tenantId) : 0;
  const pollAt = (number: number) => schedule.momentOf((number + share) * stretch);
  let number = Math.floor(schedule.numberAt(at) / stretch - share);
  let previousAt = pollAt(number);
  let nextPollAt = pollAt(number + 1);
  while (nextPollAt <= at) {
    number += 1;
    previousAt = nextPollAt;
    nextPollAt = pollAt(number + 1);
  }
  return { nextPollAt, intervalMs: nextPollAt - previousAt };
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

/** Requests a day (0: no limit), and the share of them, from 0 to 1, that is kept for re-checks. */
export type Quota = Readonly<{ perDay: number; reserveShare: number }>;

/** What all schedules ask for on a day, and how far that stretches all intervals. */
export type Demand = Readonly<{ askedPerDay: number; stretch: number }>;

export function demandOf(askedPerDay: number, { perDay, reserveShare }: Quota): Demand {
  return { askedPerDay, stretch: inHundredths(stretchFor(askedPerDay, perDay, reserveShare)) };
}

/** What the operator is told of a day that holds too few requests; null when it holds enough. */
export function shortageOf({ askedPerDay, stretch }: Demand, { perDay }: Quota): Digest['quota'] {
  return stretch === 1 ? null : { perDay, planned: askedPerDay, stretch };
}

/** How far intervals must stretch for the day's requests to suffice. */
export function stretchFor(plannedPerDay: number, quotaPerDay: number, reserveShare: number): number {
  if (quotaPerDay === 0) return 1;
  return Math.max(1, plannedPerDay / (quotaPerDay * (1 - reserveShare)));
}

/** Rounded up to hundredths, so that adding one tenant rarely moves the polls of the others. */
export function inHundredths(stretch: number): number {
  return Math.ceil(stretch * 100 - 1e-6) / 100;
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
