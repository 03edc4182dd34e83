import { setImmediate } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import { inHundredths, slotsOnDay, stretchFor } from '../domain/polling/poll-plan.ts';
import type { TenantSchedules } from '../monitoring/polling/tenant-schedules.ts';
import type { Clock, PollStore } from '../monitoring/ports.ts';

/** Fleets grow slowly, and counting one is not worth doing each second. */
const DEMAND_VALID_MS = 60_000;
/** Schedules counted without letting anything else have its turn. */
const AT_ONCE = 500;

/** What the schedules ask for on this day, and how far that stretches all intervals. */
export type Demand = Readonly<{ askedPerDay: number; stretch: number }>;

type DemandOptions = Readonly<{
  config: Config;
  clock: Clock;
  schedules: TenantSchedules;
  polls: Pick<PollStore, 'schedules'>;
}>;

/** Reads the demand from the schedules that are in use. */
export function createDemandReader({ config, clock, schedules, polls }: DemandOptions) {
  const { requestsPerDay: quota, quotaReserveShare } = config.constantContact;
  let latest = { askedPerDay: 0, stretch: 1, validUntil: 0 };
  let counting: Promise<Demand> | null = null;

  const count = async (): Promise<Demand> => {
    const now = clock.now();
    let askedPerDay = 0;
    for (const [index, use] of (await polls.schedules()).entries()) {
      if (index % AT_ONCE === AT_ONCE - 1) await setImmediate();
      askedPerDay += use.tenants * slotsOnDay(schedules.scheduleOf(use), now);
    }
    const stretch = inHundredths(stretchFor(askedPerDay, quota, quotaReserveShare));
    latest = { askedPerDay, stretch, validUntil: now + DEMAND_VALID_MS };
    return latest;
  };

  const readDemand = async (): Promise<Demand> => {
    if (quota === 0 || clock.now() < latest.validUntil) return latest;
    counting ??= count().finally(() => {
      counting = null;
    });
    return await counting;
  };

  return {
    readDemand,
    /** Null while the demand fits into the day. */
    readQuota: async () => {
      const { askedPerDay, stretch } = await readDemand();
      return stretch === 1 ? null : { perDay: quota, planned: askedPerDay, stretch };
    },
  };
}
