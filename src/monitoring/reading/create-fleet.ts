import type { ClientApplication } from '../../domain/model/client-application.ts';
import { DAY_MS, MINUTE_MS } from '../../domain/model/time.ts';
import { type PlanWish, planFit, type ScheduleLoad, wishedLoads } from '../../domain/polling/plan-fit.ts';
import { slotsOnDay } from '../../domain/polling/poll-plan.ts';
import { readSchedule } from '../../domain/polling/schedule.ts';
import type { ToldIncident } from '../../domain/reports/effect.ts';
import { effectOf } from '../../domain/reports/effect.ts';
import type { Fleet, KeyPlan, PlanOutcome, WishedPlan } from '../application.ts';
import { findApplication } from '../find-application.ts';
import { keptByName, keptFor, seldom } from '../kept-for.ts';
import type { Clock, PageRequest, Stores, Upstreams } from '../ports.ts';
import { keyQuotaOf } from '../request-quota.ts';
import { forFleet } from '../viewer.ts';

export type FleetPorts = Pick<Stores, 'monitor' | 'reports' | 'quota'> &
  Readonly<{
    clock: Clock;
    upstreams: Pick<Upstreams, 'applications'>;
    /** What the schedules in use ask for, those of an application's tenants that may be polled. */
    readLoads(application: ClientApplication): Promise<readonly ScheduleLoad[]>;
  }>;

/** To count a large fleet takes a while, and is done for all who look. */
const VALID_MS = MINUTE_MS;
const OLD_MS = 5 * MINUTE_MS;
const LOOKED_BACK_MS = 90 * DAY_MS;
/** The effect is computed from the newest incidents, this many at most. */
const LOOKED_AT = 5_000;

/** All tenants together. */
export function createFleet(ports: FleetPorts): Fleet {
  const { clock, monitor, reports } = ports;
  // Nobody but the first reader waits: what is a few minutes old serves while the next answer is made.
  const keeping = { freshMs: (tookMs: number) => Math.max(VALID_MS, seldom(tookMs)), oldMs: OLD_MS };
  const readNow = keptFor(keeping, clock, async () => ({
    connections: await monitor.connections(clock.now()),
    ...(await reports.changes(clock.now() - DAY_MS)),
  }));
  const told = keptFor<readonly ToldIncident[]>(keeping, clock, () =>
    reports.told(clock.now() - LOOKED_BACK_MS, LOOKED_AT),
  );
  const people = keptByName(clock, ({ cursor, limit }: PageRequest) => reports.people({ cursor, limit }));
  return {
    now: forFleet('read', readNow),
    people: forFleet('read', people),
    effect: forFleet('read', async () => effectOf(await told(), clock.now())),
    plan: forFleet('read', (wish: WishedPlan) => plan(wish, ports)),
  };
}

/**
 * The plan of every application, or of one: a wish is about the one that is named, or else about that of the
 * configuration.
 */
async function plan(wished: WishedPlan, ports: FleetPorts): Promise<PlanOutcome> {
  const { tenants, schedule, application } = wished;
  const now = ports.clock.now();
  const read = schedule === undefined ? null : readSchedule(schedule, 'UTC');
  if (read?.ok === false) return { outcome: 'no_schedule', problem: read.problem };
  const isWish = tenants !== undefined || schedule !== undefined;
  const one = application === undefined && !isWish ? null : await findApplication(application ?? null, ports);
  if (one === undefined) return { outcome: 'unknown_application' };
  const wish: PlanWish = {
    tenants,
    ...(read !== null &&
      schedule !== undefined && { schedule: { expression: schedule, pollsPerDay: slotsOnDay(read.value, now) } }),
  };
  const asked = one === null ? await ports.upstreams.applications() : [one];
  const applications: KeyPlan[] = [];
  for (const each of asked) applications.push(await planOf(each, wish, ports));
  const [first] = applications;
  if (first === undefined) throw new Error('There is always the application of the configuration.');
  return { outcome: 'planned', plan: { ...first, applications } };
}

async function planOf(application: ClientApplication, wish: PlanWish, ports: FleetPorts): Promise<KeyPlan> {
  const { id, name } = application;
  const [quota, now] = [keyQuotaOf(application), ports.clock.now()];
  const loads = wishedLoads(await ports.readLoads(application), wish);
  return { application: { id, name }, ...planFit(loads, quota, await ports.quota.today(quota, now), now) };
}
