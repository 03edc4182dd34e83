import { setImmediate } from 'node:timers/promises';
import type { ClientApplication } from '../../domain/model/client-application.ts';
import { HOUR_MS, MINUTE_MS } from '../../domain/model/time.ts';
import { type Demand, demandOf } from '../../domain/polling/day-plan.ts';
import { joinedLoads, type ScheduleLoad } from '../../domain/polling/plan-fit.ts';
import { slotsOnDay } from '../../domain/polling/poll-plan.ts';
import { keptFor } from '../kept-for.ts';
import type { Clock, PollStore } from '../ports.ts';
import type { TenantSchedules } from './tenant-schedules.ts';

/** Fleets grow slowly, and counting one is not worth doing each second. Nobody but the first waits for that. */
const COUNTED = { freshMs: MINUTE_MS, oldMs: HOUR_MS };
/** Schedules counted without letting anything else have its turn. */
const AT_ONCE = 100;

export type DemandPorts = Readonly<{
  clock: Clock;
  schedules: Pick<TenantSchedules, 'scheduleOf'>;
  polls: Pick<PollStore, 'schedules'>;
  /** The schedule of the tenants without one of their own, in UTC. */
  globalSchedule: string;
}>;

export type DemandReader = Readonly<{
  readDemand(application: ClientApplication): Promise<Demand>;
  /** What each schedule that the application's tenants use asks for; without a limit as well. */
  readLoads(application: Pick<ClientApplication, 'id'>): Promise<readonly ScheduleLoad[]>;
}>;

/** Reads the demand from the schedules that are in use. */
export function createDemandReader({ clock, schedules, polls, globalSchedule }: DemandPorts): DemandReader {
  type LoadsOf = ReadonlyMap<string | null, readonly ScheduleLoad[]>;

  const count = async (): Promise<LoadsOf> => {
    const now = clock.now();
    const loads: Readonly<{ applicationId: string | null; load: ScheduleLoad }>[] = [];
    for (const [index, use] of (await polls.schedules()).entries()) {
      if (index % AT_ONCE === AT_ONCE - 1) await setImmediate();
      const own = { schedule: use.schedule ?? globalSchedule, timezone: use.schedule === null ? 'UTC' : use.timezone };
      const load = { ...own, tenants: use.tenants, pollsPerDay: slotsOnDay(schedules.scheduleOf(use), now) };
      loads.push({ applicationId: use.applicationId, load });
    }
    const groups = Map.groupBy(loads, ({ applicationId }) => applicationId);
    return new Map([...groups].map(([id, group]) => [id, joinedLoads(group.map(({ load }) => load))]));
  };

  const countedLately = keptFor(COUNTED, clock, count);
  /** Before the first tenant, a plan is made for those to come. */
  const ofNobody = (): ScheduleLoad => {
    const pollsPerDay = slotsOnDay(schedules.scheduleOf({ schedule: null, timezone: 'UTC' }), clock.now());
    return { schedule: globalSchedule, timezone: 'UTC', tenants: 0, pollsPerDay };
  };
  const readLoads: DemandReader['readLoads'] = async ({ id }) => (await countedLately()).get(id) ?? [ofNobody()];
  return {
    readLoads,
    readDemand: async (application) => {
      const perDay = application.requestsPerDay;
      if (perDay === 0) return demandOf(0, { perDay });
      const loads = await readLoads(application);
      return demandOf(
        loads.reduce((sum, { tenants, pollsPerDay }) => sum + tenants * pollsPerDay, 0),
        { perDay },
      );
    },
  };
}
