import type { Config } from '../config/config.ts';
import type { Tenant } from '../domain/model/tenant.ts';
import type { Instant } from '../domain/model/time.ts';
import { requestsPerDay, type Slots, stretchFor } from '../domain/polling/poll-plan.ts';
import type { Clock, PollStore } from '../monitoring/ports.ts';
import { createSlotReader } from '../queue/cron-slots.ts';

/** Fleets grow slowly, and counting one is not worth doing each second. */
const DEMAND_VALID_MS = 60_000;

/** What the schedules ask for in a day, and how far that stretches all intervals. */
type Demand = Readonly<{ askedPerDay: number; stretch: number }>;

/** Where a moment lies in the tenant's own schedule in its time zone, or in the global one in UTC. */
type SlotFinder = (tenant: Pick<Tenant, 'schedule' | 'timezone'>, at: Instant) => Slots;

export function createSlotFinder({ polling }: Config): SlotFinder {
  const slots = createSlotReader();
  return ({ schedule, timezone }, at) =>
    schedule === null ? slots(polling.schedule, 'UTC', at) : slots(schedule, timezone, at);
}

type DemandOptions = Readonly<{ config: Config; clock: Clock; slotsAt: SlotFinder; polls: PollStore }>;

/** Reads it from the schedules that are in use. */
export function createDemandReader({ config, clock, slotsAt, polls }: DemandOptions) {
  const { requestsPerDay: quota, quotaReserveShare } = config.constantContact;
  let latest = { askedPerDay: 0, stretch: 1, validUntil: 0 };
  const readDemand = async (): Promise<Demand> => {
    const now = clock.now();
    if (quota === 0 || now < latest.validUntil) return latest;
    const asked = (await polls.schedules()).map((use) => {
      const { previousAt, nextAt } = slotsAt(use, now);
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
