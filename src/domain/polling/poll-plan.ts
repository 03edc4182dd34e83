import { layerOf } from '../model/poll.ts';
import type { Tenant } from '../model/tenant.ts';
import { DAY_MS, type Instant } from '../model/time.ts';

/** Where a moment lies in a schedule. */
export type Slots = Readonly<{
  /** The latest slot at or before the moment. */
  previousAt: Instant;
  /** The first slot after it. */
  nextAt: Instant;
  /** The shortest time between two slots; polls are spread over it. */
  shortestGapMs: number;
}>;

export type PollPlanSettings = Readonly<{
  spread: boolean;
  /** At least 1: how many times longer the intervals are than scheduled, so that the day's quota holds. */
  stretch: number;
}>;

/**
 * A tenant's next regular poll: its schedule's slot, plus its own constant share of the gap between slots, so that
 * a fleet on one schedule is asked evenly instead of all at minute 0.
 */
export function planRegularPoll(
  tenantId: string,
  at: Instant,
  slots: Slots,
  { spread, stretch }: PollPlanSettings,
): Readonly<{ nextPollAt: Instant; intervalMs: number }> {
  const offsetMs = spread ? Math.floor(shareOf(tenantId) * slots.shortestGapMs) : 0;
  const scheduledAt = [slots.previousAt, slots.nextAt].map((slot) => slot + offsetMs).find((slot) => slot > at);
  const gapMs = slots.nextAt - slots.previousAt;
  return {
    nextPollAt: (scheduledAt ?? slots.nextAt + offsetMs) + Math.round(gapMs * (stretch - 1)),
    intervalMs: Math.round(gapMs * stretch),
  };
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

/** How far intervals must stretch for the day's requests to suffice; the reserve is kept for re-checks. */
export function stretchFor(plannedPerDay: number, quotaPerDay: number, reserveShare: number): number {
  if (quotaPerDay === 0) return 1;
  return Math.max(1, plannedPerDay / (quotaPerDay * (1 - reserveShare)));
}

export function requestsPerDay(intervalMs: number): number {
  return DAY_MS / intervalMs;
}

/** A stable number in [0, 1) for a name (FNV-1a, with a final mix so that similar names lie far apart). */
export function shareOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
