import { DAY_MS, type Instant } from '../model/time.ts';
import { demandOf, stretchAt } from './day-plan.ts';
import { isRefusedEarly, type Quota, type RequestsToday } from './requests-today.ts';

/** What the tenants that share a schedule ask for on a day. */
export type ScheduleLoad = Readonly<{
  schedule: string;
  /** The zone that it is read in. */
  timezone: string;
  tenants: number;
  pollsPerDay: number;
}>;

export type PlanWish = Readonly<{
  /** Plans as if there were so many tenants, in the proportions of today. */
  tenants?: number | undefined;
  /** Plans as if all tenants kept to this schedule. */
  schedule?: Readonly<{ expression: string; pollsPerDay: number }> | undefined;
}>;

/**
 * Whether the schedules fit into the requests of a day, and what would. `just`: they do, as long as re-checks do not
 * use the whole reserve.
 */
export const planFits = ['fits', 'just', 'short'] as const;

export type Plan = Readonly<{
  fit: (typeof planFits)[number];
  tenants: number;
  /** Null without a limit. */
  limit: number | null;
  /** Kept for re-checks and look-ups when the day begins; what they do not use goes to polls in the end. */
  reserve: number;
  /** All but the reserve; null without a limit. */
  forPolls: number | null;
  usedToday: number;
  askedPerDay: number;
  /** How many times longer every interval is than scheduled; 1 when the polls fit. */
  stretch: number;
  /**
   * How many times longer all intervals are until 00:00 UTC, by what is left of this day; null where nothing is left.
   */
  stretchToday: number | null;
  /** Constant Contact refuses more requests today, although our own count leaves some. */
  isRefusedEarly: boolean;
  schedules: readonly (ScheduleLoad & Readonly<{ scheduledMs: number; realMs: number }>)[];
  /** Each by itself would make the polls fit, with the whole reserve beside them; null when they do. */
  remedy: Readonly<{
    requestsPerDay: number;
    tenants: number;
    /** A schedule of every tenant; null when not even one poll a day fits. */
    schedule: string | null;
  }> | null;
}>;

/** Every so many hours; each divides the day, so that the intervals are alike. */
const HOURS = [1, 2, 3, 4, 6, 8, 12, 24] as const;

export function planFit(loads: readonly ScheduleLoad[], quota: Quota, today: RequestsToday, now: Instant): Plan {
  const sum = (of: (load: ScheduleLoad) => number) => loads.reduce((total, load) => total + of(load), 0);
  const [tenants, askedPerDay] = [sum((load) => load.tenants), sum((load) => load.tenants * load.pollsPerDay)];
  const { stretch } = demandOf(askedPerDay, quota);
  const limit = quota.perDay === 0 ? null : quota.perDay;
  const reserve = Math.round(quota.perDay * quota.reserveShare);
  const forPolls = limit === null ? null : limit - reserve;
  const stretchToday = stretchAt(askedPerDay, today, now).today;
  const fit = stretch > 1 ? 'short' : forPolls === null || askedPerDay <= forPolls ? 'fits' : 'just';
  return {
    fit,
    tenants,
    limit,
    reserve,
    forPolls,
    usedToday: today.used,
    askedPerDay,
    stretch,
    stretchToday: Number.isFinite(stretchToday) ? stretchToday : null,
    isRefusedEarly: isRefusedEarly(today),
    schedules: loads.map((load) => {
      const scheduledMs = load.pollsPerDay === 0 ? DAY_MS : DAY_MS / load.pollsPerDay;
      return { ...load, scheduledMs, realMs: scheduledMs * stretch };
    }),
    remedy: forPolls === null || fit === 'fits' ? null : remedyFor({ tenants, askedPerDay, forPolls }, quota),
  };
}

type ShortPlan = Readonly<{ tenants: number; askedPerDay: number; forPolls: number }>;

function remedyFor({ tenants, askedPerDay, forPolls }: ShortPlan, { reserveShare }: Quota): Plan['remedy'] {
  const hours = HOURS.find((each) => tenants * (24 / each) <= forPolls);
  return {
    requestsPerDay: reserveShare >= 1 ? Number.MAX_SAFE_INTEGER : Math.ceil(askedPerDay / (1 - reserveShare)),
    tenants: Math.floor((tenants * forPolls) / askedPerDay),
    schedule:
      hours === undefined ? null : hours === 24 ? '0 0 * * *' : hours === 1 ? '0 * * * *' : `0 */${hours} * * *`,
  };
}

/** One load of each schedule: tenants without one of their own keep to the same one in whatever zone they live. */
export function joinedLoads(loads: readonly ScheduleLoad[]): readonly ScheduleLoad[] {
  const same = Map.groupBy(loads, ({ schedule, timezone }) => `${timezone} ${schedule}`);
  return [...same.values()].flatMap((some) => {
    const [first] = some;
    return first === undefined ? [] : [{ ...first, tenants: some.reduce((sum, { tenants }) => sum + tenants, 0) }];
  });
}

/** The loads as they would be. */
export function wishedLoads(loads: readonly ScheduleLoad[], { tenants, schedule }: PlanWish): readonly ScheduleLoad[] {
  const present = loads.reduce((total, load) => total + load.tenants, 0);
  const wanted = tenants ?? present;
  if (schedule !== undefined) {
    const { expression, pollsPerDay } = schedule;
    return [{ schedule: expression, timezone: 'UTC', tenants: wanted, pollsPerDay }];
  }
  if (tenants === undefined) return loads;
  if (present === 0) return loads.slice(0, 1).map((load) => ({ ...load, tenants }));
  return sharedOut(loads, wanted, present);
}

/** Whole tenants, none lost and none added: what rounding leaves goes to the first. */
function sharedOut(loads: readonly ScheduleLoad[], wanted: number, present: number): readonly ScheduleLoad[] {
  const shares = loads.map((load) => ({ ...load, tenants: Math.floor((load.tenants * wanted) / present) }));
  const left = wanted - shares.reduce((total, share) => total + share.tenants, 0);
  return shares.map((share, index) => (index === 0 ? { ...share, tenants: share.tenants + left } : share));
}
