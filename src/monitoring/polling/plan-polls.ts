import type { Instant } from '../../domain/model/time.ts';
import { type Stretch, stretchAt } from '../../domain/polling/day-plan.ts';
import { planRegularPoll } from '../../domain/polling/poll-plan.ts';
import type { Clock, QuotaStore, Upstreams } from '../ports.ts';
import { readApplicationDays } from '../read-application-days.ts';
import type { DemandReader } from './read-demand.ts';
import type { PollPlan } from './record-polls.ts';
import type { TenantSchedules } from './tenant-schedules.ts';

export type PollPlanPorts = Readonly<{
  clock: Clock;
  quota: Pick<QuotaStore, 'todayOfAll'>;
  upstreams: Pick<Upstreams, 'applications'>;
  demand: Pick<DemandReader, 'readDemand'>;
  schedules: Pick<TenantSchedules, 'scheduleToPlanBy'>;
  spread: boolean;
}>;

/** How every tenant's polls are planned from here on: by its schedule, and by what its key has left of the day. */
export async function readPollPlan(ports: PollPlanPorts): Promise<PollPlan> {
  const { readDemand } = ports.demand;
  const keys = new Map((await readApplicationDays({ ...ports, readDemand })).map((key) => [key.application.id, key]));
  const stretchOf = (applicationId: string | null, at: Instant): Stretch => {
    const key = keys.get(applicationId);
    return key === undefined ? AS_SCHEDULED : stretchAt(key.demand.askedPerDay, key.today, at);
  };
  const { schedules, spread } = ports;
  return (tenant, at) => {
    const stretch = stretchOf(tenant.applicationId, at);
    return planRegularPoll(tenant, at, { schedule: schedules.scheduleToPlanBy(tenant), spread, stretch });
  };
}

/** The stretch of an application that is not known yet, and of the canary, which has no limits. */
export const AS_SCHEDULED: Stretch = { today: 1, later: 1, dayEndsAt: 0 };
