import { setImmediate } from 'node:timers/promises';
import type { Digest } from '../../domain/model/digest.ts';
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
}>;

export type DemandReader = Readonly<{
  readDemand(): Promise<Demand>;
  /** Null while the schedules ask for no more than the day holds. */
  readQuota(): Promise<Digest['quota']>;
}>;

/** Reads the demand from the schedules that are in use. */
export function createDemandReader({ clock, schedules, polls, quota }: DemandPorts): DemandReader {
  const count = async (): Promise<Demand> => {
    const now = clock.now();
    let askedPerDay = 0;
    for (const [index, use] of (await polls.schedules()).entries()) {
      if (index % AT_ONCE === AT_ONCE - 1) await setImmediate();
      askedPerDay += use.tenants * slotsOnDay(schedules.scheduleOf(use), now);
    }
    return demandOf(askedPerDay, quota);
  };

  const countedLately = keptFor(VALID_MS, clock, count);
  const readDemand = async () => (quota.perDay === 0 ? demandOf(0, quota) : await countedLately());

  return { readDemand, readQuota: async () => shortageOf(await readDemand(), quota) };
}
