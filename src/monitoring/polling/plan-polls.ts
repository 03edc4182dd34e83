import type { Instant } from '../../domain/model/time.ts';
import { type Stretch, stretchAt } from '../../domain/polling/day-plan.ts';
import { planRegularPoll } from '../../domain/polling/poll-plan.ts';
import type { RequestsToday } from '../../domain/polling/requests-today.ts';
import type { Clock, QuotaStore, Upstreams } from '../ports.ts';
import { keyQuotaOf } from '../request-quota.ts';
import type { DemandReader } from './read-demand.ts';
import type { PollPlan } from './record-polls.ts';
import type { TenantSchedules } from './tenant-schedules.ts';

export type PollPlanPorts = Readonly<{
  clock: Clock;
  quota: Pick<QuotaStore, 'today'>;
  upstreams: Pick<Upstreams, 'applications'>;
  demand: Pick<DemandReader, 'readDemand'>;
  schedules: Pick<TenantSchedules, 'scheduleToPlanBy'>;
  spread: boolean;
}>;

/** How every tenant's polls are planned from here on: by its schedule, and by what its key has left of the day. */
export async function readPollPlan(ports: PollPlanPorts): Promise<PollPlan> {
  const now = ports.clock.now();
  const keys = new Map<string | null, Readonly<{ asked: number; today: RequestsToday }>>();
  for (const application of await ports.upstreams.applications()) {
    const { askedPerDay } = await ports.demand.readDemand(application);
    keys.set(application.id, { asked: askedPerDay, today: await ports.quota.today(keyQuotaOf(application), now) });
  }
  const stretchOf = (applicationId: string | null, at: Instant): Stretch => {
    const key = keys.get(applicationId);
    return key === undefined ? AS_SCHEDULED : stretchAt(key.asked, key.today, at);
  };
  const { schedules, spread } = ports;
  return (tenant, at) => {
    const stretch = stretchOf(tenant.applicationId, at);
    return planRegularPoll(tenant, at, { schedule: schedules.scheduleToPlanBy(tenant), spread, stretch });
  };
}

/** Of an application that is not known yet, and of the canary, which has no limits. */
export const AS_SCHEDULED: Stretch = { today: 1, later: 1, dayEndsAt: 0 };
