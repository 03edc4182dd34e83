import { setImmediate } from 'node:timers/promises';
import type { Digest } from '../../domain/model/digest.ts';
import { joinedLoads, type ScheduleLoad } from '../../domain/polling/plan-fit.ts';
import { type Demand, demandOf, type Quota, shortageOf, slotsOnDay } from '../../domain/polling/poll-plan.ts';
import { keptFor } from '../kept-for.ts';
import type { Clock, PollStore } from '../ports.ts';
import type { TenantSchedules } from './tenant-schedules.ts';

/** Fleets grow slowly, and counting one is not worth doing each second. */
const VALID_MS = 60_000;
/** Schedules counted without letting anything else have its turn. */
const AT_ONCE = 100;

export type DemandPorts = Readonly<{
  clock: Clock;
  schedules: Pick<TenantSchedules, 'scheduleOf'>;
  polls: Pick<PollStore, 'schedules'>;
  quota: Quota;
  /** Of the tenants without one of their own, in UTC. */
  globalSchedule: string;
}>;

export type DemandReader = Readonly<{
  readDemand(): Promise<Demand>;
  /** What each schedule in use asks for; without a limit as well. */
  readLoads(): Promise<readonly ScheduleLoad[]>;
  /** Null while the schedules ask for no more than the day holds. */
  readQuota(): Promise<Digest['quota']>;
}>;

/** Reads the demand from the schedules that are in use. */
export function createDemandReader({ clock, schedules, polls, quota, globalSchedule }: DemandPorts): DemandReader {
  const count = async (): Promise<readonly ScheduleLoad[]> => {
    const now = clock.now();
    const loads: ScheduleLoad[] = [];
    for (const [index, use] of (await polls.schedules()).entries()) {
      if (index % AT_ONCE === AT_ONCE - 1) await setImmediate();
      const own = { schedule: use.schedule ?? globalSchedule, timezone: use.schedule === null ? 'UTC' : use.timezone };
      loads.push({ ...own, tenants: use.tenants, pollsPerDay: slotsOnDay(schedules.scheduleOf(use), now) });
    }
    if (loads.length > 0) return joinedLoads(loads);
    // Before the first tenant, a plan is made for those to come.
    const pollsPerDay = slotsOnDay(schedules.scheduleOf({ schedule: null, timezone: 'UTC' }), now);
    return [{ schedule: globalSchedule, timezone: 'UTC', tenants: 0, pollsPerDay }];
  };

  const countedLately = keptFor(VALID_MS, clock, count);
  const readDemand = async () => {
    if (quota.perDay === 0) return demandOf(0, quota);
    const asked = (await countedLately()).reduce((sum, { tenants, pollsPerDay }) => sum + tenants * pollsPerDay, 0);
    return demandOf(asked, quota);
  };

  return { readDemand, readLoads: countedLately, readQuota: async () => shortageOf(await readDemand(), quota) };
}
