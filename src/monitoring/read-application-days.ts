import type { ClientApplication } from '../domain/model/client-application.ts';
import type { Digest } from '../domain/model/digest.ts';
import { type Demand, shortageOf } from '../domain/polling/day-plan.ts';
import type { RequestsToday } from '../domain/polling/requests-today.ts';
import type { Clock, QuotaStore, Upstreams } from './ports.ts';
import { keyQuotaOf } from './request-quota.ts';

export type ApplicationDayPorts = Readonly<{
  clock: Clock;
  upstreams: Pick<Upstreams, 'applications'>;
  quota: Pick<QuotaStore, 'todayOfAll'>;
  /** What an application's schedules ask for. */
  readDemand(application: ClientApplication): Promise<Demand>;
}>;

/** How the requests of one application's day stand, and what its schedules ask for. */
export type ApplicationDay = Readonly<{ application: ClientApplication; today: RequestsToday; demand: Demand }>;

/** The application of the configuration first, then by name. */
export async function readApplicationDays({
  clock,
  upstreams,
  quota,
  readDemand,
}: ApplicationDayPorts): Promise<readonly ApplicationDay[]> {
  const applications = await upstreams.applications();
  const todays = await quota.todayOfAll(applications.map(keyQuotaOf), clock.now());
  const states: ApplicationDay[] = [];
  for (const [index, today] of todays.entries()) {
    const application = applications[index];
    if (application !== undefined) states.push({ application, today, demand: await readDemand(application) });
  }
  return states;
}

/** What the operator is told of keys whose day holds too few requests. */
export async function readShortages(ports: ApplicationDayPorts): Promise<Pick<Digest, 'quota' | 'shortKeys'>> {
  const all = (await readApplicationDays(ports)).flatMap(({ application, demand }) => {
    const shortage = shortageOf(demand, { perDay: application.requestsPerDay });
    return shortage === null ? [] : [{ application, shortage }];
  });
  const own = all.find(({ application }) => application.id === null);
  const items = all
    .filter((each) => each !== own)
    .map(({ application, shortage }) => ({ application: application.name, ...shortage }));
  return { quota: own?.shortage ?? null, ...(items.length > 0 && { shortKeys: { items, total: items.length } }) };
}
