import type { Config } from '../config/config.ts';
import type { Tenant } from '../domain/model/tenant.ts';
import { requestsPerDay, stretchFor } from '../domain/polling/poll-plan.ts';
import type { Clock, PollStore } from '../monitoring/ports.ts';
import type { SlotReader } from '../queue/cron-slots.ts';

/** Fleets grow slowly, and counting one is not worth doing each second. */
const DEMAND_VALID_MS = 60_000;

/** What the schedules ask for in a day, and how far that stretches all intervals. */
type Demand = Readonly<{ askedPerDay: number; stretch: number }>;

type DemandOptions = Readonly<{ config: Config; clock: Clock; slots: SlotReader; polls: PollStore }>;

/** Reads it from the schedules that are in use. */
export function createDemandReader({ config, clock, slots, polls }: DemandOptions) {
  const { requestsPerDay: quota, quotaReserveShare } = config.constantContact;
  let latest = { askedPerDay: 0, stretch: 1, validUntil: 0 };
  const readDemand = async (): Promise<Demand> => {
    const now = clock.now();
    if (quota === 0 || now < latest.validUntil) return latest;
    const asked = (await polls.schedules()).map((use) => {
      const { previousAt, nextAt } = slotsOf(use, now, { config, slots });
      return use.tenants * requestsPerDay(nextAt - previousAt);
    });
    const askedPerDay = asked.reduce((sum, requests) => sum + requests, 0);
    const stretch = stretchFor(askedPerDay, quota, quotaReserveShare);
    latest = { askedPerDay, stretch, validUntil: now + DEMAND_VALID_MS };
    return latest;
  };
  return {
    readDemand,
    /** Null while what the schedules ask for fits into the day. */
    readQuota: async () => {
      const { askedPerDay, stretch } = await readDemand();
      return stretch === 1 ? null : { perDay: quota, planned: Math.round(askedPerDay), stretch };
    },
  };
}

/** The tenant's own schedule in its time zone, or the global one in UTC. */
export function slotsOf(
  { schedule, timezone }: Pick<Tenant, 'schedule' | 'timezone'>,
  at: number,
  { config, slots }: Readonly<{ config: Config; slots: SlotReader }>,
) {
  return schedule === null ? slots(config.polling.schedule, 'UTC', at) : slots(schedule, timezone, at);
}
