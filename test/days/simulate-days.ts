import type { ClientApplication } from '../../src/domain/model/client-application.ts';
import type { Tenant } from '../../src/domain/model/tenant.ts';
import { HOUR_MS, type Instant, SECOND_MS } from '../../src/domain/model/time.ts';
import { probeSpacingMs } from '../../src/domain/polling/breaker.ts';
import { keptFor } from '../../src/monitoring/kept-for.ts';
import { readPollPlan } from '../../src/monitoring/polling/plan-polls.ts';
import { createPollClaims } from '../../src/monitoring/polling/poll-claims.ts';
import { createPollPermits } from '../../src/monitoring/polling/poll-permits.ts';
import { createDemandReader } from '../../src/monitoring/polling/read-demand.ts';
import { createRequestSlots } from '../../src/monitoring/polling/request-slots.ts';
import type { RoundPorts } from '../../src/monitoring/polling/round-ports.ts';
import { runRound } from '../../src/monitoring/polling/run-round.ts';
import { createTenantSchedules } from '../../src/monitoring/polling/tenant-schedules.ts';
import { createTokenTurns } from '../../src/monitoring/polling/token-turns.ts';
import { createBreakerWatch } from '../../src/monitoring/polling/watch-breaker.ts';
import type { Log } from '../../src/monitoring/ports.ts';
import { createRetriedWrites } from '../../src/monitoring/retried-writes.ts';
import { silentObserver } from '../../src/monitoring/silent-observer.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { aTenant } from '../support/builders.ts';
import { alertSettings, countedIds } from '../support/domain-settings.ts';
import { createMemoryStores } from '../support/memory-store.ts';
import { theConfigured } from '../support/use-case-upstreams.ts';

import { type LightFleet, lightFleet } from './light-fleet.ts';
import { type KeyLimits, type Outage, type SimulatedUpstream, simulatedUpstream } from './simulated-upstream.ts';
import { type ProcessClock, type VirtualTime, virtualTime } from './virtual-clock.ts';

/** Midnight, UTC. */
const FIRST_DAY = Date.UTC(2026, 0, 15);
const HOURLY = '0 * * * *';
const POLL_CONCURRENCY = 8;
const LIMITS: KeyLimits = { perSecond: 4, perDay: 10_000 };

export type Setup = Readonly<{
  tenants: number;
  keys: number;
  workers: number;
  days: number;
  limits?: KeyLimits;
  /** The clock at which the first day is joined, and the share of its requests that is used by then. */
  begin?: Readonly<{ hour: number; usedShare: number }>;
  /** The hours after the begin at which every worker is killed, and others begin half a minute later. */
  restartsAt?: readonly number[];
  /** The share of tenants that break for some hours and are mended. */
  suspects?: number;
  /** In hours after the begin. */
  outages?: readonly Readonly<{ from: number; hours: number; kind: Outage['kind'] }>[];
}>;

export type Days = Readonly<{
  from: Instant;
  until: Instant;
  setup: Setup;
  limits: KeyLimits;
  /** One for each key. */
  upstreams: readonly SimulatedUpstream[];
  usedBefore: number;
  /** When each breaks, of those that do. */
  breaks: ReadonlyMap<string, Instant>;
  tenants: readonly Tenant[];
}>;

/** Lets the program's own rounds live through days of a fleet that asks every tenant once an hour. */
export async function simulateDays(setup: Setup): Promise<Days> {
  const { days, limits = LIMITS, begin = { hour: 0, usedShare: 0 } } = setup;
  const from = FIRST_DAY + begin.hour * HOUR_MS;
  const until = FIRST_DAY + days * 24 * HOUR_MS;
  const time = virtualTime(from);
  const tenants = tenantsOf(setup, from);
  const world = await openWorld(setup, { time, from, limits, fleet: lightFleet(tenants, time.now) });
  await liveThrough(setup, { world, time, from, until });
  return {
    from,
    until,
    setup,
    limits,
    usedBefore: world.usedBefore,
    breaks: world.breaks,
    upstreams: world.upstreams,
    tenants: [...world.fleet.tenants()],
  };
}

/** All are new at once, as after an import. */
function tenantsOf({ tenants, keys }: Setup, now: Instant): readonly Tenant[] {
  return Array.from({ length: tenants }, (_, index) =>
    aTenant({
      id: `tenant-${index}`,
      applicationId: applicationIdOf(index % keys),
      createdAt: now,
      nextPollAt: now,
      pagesAskedAt: now,
      timezone: 'UTC',
    }),
  );
}

function applicationIdOf(key: number): string | null {
  return key === 0 ? null : `application-${key}`;
}

type World = Awaited<ReturnType<typeof openWorld>>;
type Opening = Readonly<{ time: VirtualTime; from: Instant; limits: KeyLimits; fleet: LightFleet }>;

/** What all processes share: the store, and Constant Contact. */
async function openWorld(setup: Setup, { time, from, limits, fleet }: Opening) {
  const { keys, begin, outages = [] } = setup;
  const stores = createMemoryStores({ leaseNow: time.now, rateNow: time.now });
  const usedBefore = Math.round(limits.perDay * (begin?.usedShare ?? 0));
  const chance = seededRandom(`${setup.tenants} tenants of ${keys} keys`);
  const breaks = breaksOf(setup, from, chance);
  const isBroken = (id: string, at: Instant) => {
    const breaksAt = breaks.get(id);
    return breaksAt !== undefined && breaksAt <= at && at < breaksAt + BROKEN_MS;
  };
  const applications = Array.from({ length: keys }, (_, key) => applicationOf(key, limits));
  for (const { clientId } of applications) {
    const of = { key: clientId, perDay: limits.perDay, reserveShare: 0 };
    await stores.quota.reserve(of, { count: usedBefore, purpose: 'priority', now: from });
  }
  const upstreams = applications.map(() =>
    simulatedUpstream({
      limits,
      chance,
      isBroken,
      usedBefore: { at: from, requests: usedBefore },
      outages: outages.map(({ from: hour, hours, kind }) => {
        const begins = from + hour * HOUR_MS;
        return { from: begins, until: begins + hours * HOUR_MS, kind };
      }),
    }),
  );
  return { stores, fleet, applications, upstreams, breaks, usedBefore };
}

/** For so long a connection that breaks is broken. */
export const BROKEN_MS = 6 * HOUR_MS;

function applicationOf(key: number, { perSecond, perDay }: KeyLimits): ClientApplication {
  const limits = { requestsPerSecond: perSecond, requestsPerDay: perDay, reserveShare: 0.1 };
  return theConfigured({ id: applicationIdOf(key), name: `key ${key}`, clientId: `key-${key}`, ...limits });
}

function breaksOf({ tenants, suspects = 0, days }: Setup, from: Instant, chance: () => number) {
  const broken = Array.from({ length: Math.round(tenants * suspects) }, (_, index) => {
    const at = from + Math.floor((1 + chance() * (days * 24 - 2)) * HOUR_MS);
    return [`tenant-${Math.floor(index / suspects)}`, at] as readonly [string, Instant];
  });
  return new Map(broken);
}

type Living = Readonly<{ world: World; time: VirtualTime; from: Instant; until: Instant }>;

async function liveThrough({ workers, restartsAt = [] }: Setup, { world, time, from, until }: Living): Promise<void> {
  let running = startAll();
  for (const hour of restartsAt) {
    await time.runUntil(from + hour * HOUR_MS);
    for (const worker of running) worker.kill();
    await time.runUntil(from + hour * HOUR_MS + 30 * SECOND_MS);
    running = startAll();
  }
  await time.runUntil(until);

  function startAll(): readonly ProcessClock[] {
    return Array.from({ length: workers }, (_, index) => {
      const clock = time.process();
      // Each begins at another part of the second.
      void work(world, clock, Math.floor((index * SECOND_MS) / workers));
      return clock;
    });
  }
}

let processes = 0;

/** A daemon's rounds: one each second, but for seconds in which nothing can be due. */
async function work(world: World, clock: ProcessClock, afterMs: number): Promise<void> {
  await clock.sleep(afterMs);
  const ports = portsOf(world, clock);
  for (;;) {
    await runRound(ports, { scope: 'due' });
    await clock.sleep(await idleMs(world, clock.now()));
  }
}

function portsOf({ stores, fleet, applications, upstreams }: World, clock: ProcessClock): RoundPorts {
  const log = silentLog;
  const schedules = createTenantSchedules(HOURLY, log);
  const polls = { ...stores.polls, ...fleet.polls };
  const demand = createDemandReader({ clock, schedules, polls, globalSchedule: HOURLY });
  const asked = applications.map((application, key) => {
    const limit = { key: application.clientId, endpoint: 'api', perSecond: application.requestsPerSecond } as const;
    const slots = createRequestSlots({ limit, rates: stores.rates, steadyClock: clock, log });
    return { application, constantContact: upstreams[key]?.askedBy({ slots, clock }) ?? missing(key) };
  });
  const find = (id: string | null) => asked.find(({ application }) => application.id === id) ?? missing(id);
  const own: RoundPorts['upstreams'] = {
    of: async (id) => find(id),
    application: async (id) => find(id).application,
    applications: async () => applications,
    renew: () => undefined,
  };
  const [holder, retriedWrites] = [`process-${++processes}`, createRetriedWrites({ clock, log })];
  const planning = { ...stores, clock, demand, schedules, upstreams: own, spread: true };
  return {
    ...stores,
    polls,
    records: { ...stores.records, ...fleet.records },
    clock,
    log,
    newId: countedIds(),
    settings: alertSettings({ fleetShare: 0 }),
    operatorEmail: null,
    access: {
      accessToken: async (tenantId) => ({ ok: true, accessToken: tenantId }),
      renewAfterUnauthorized: async (tenantId) => ({ ok: true, accessToken: tenantId }),
    },
    claims: createPollClaims({ polls, holder, retriedWrites, clock }),
    queue: null,
    withPermit: createPollPermits(POLL_CONCURRENCY),
    tokenTurns: createTokenTurns(),
    retriedWrites,
    observer: silentObserver,
    upstreams: own,
    pollConcurrency: POLL_CONCURRENCY,
    breaker: createBreakerWatch({ ...stores, clock, log }),
    readDemand: demand.readDemand,
    readPollPlan: keptFor(SECOND_MS, clock, () => readPollPlan(planning)),
  };
}

function missing(what: unknown): never {
  throw new Error(`${what} is not there`);
}

const silentLog: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Until the first second in which a tenant can have its turn, as anybody may compute from what is stored. */
async function idleMs({ stores, fleet, applications }: World, now: Instant): Promise<number> {
  const { openSince } = await stores.breakers.read();
  const moments: Instant[] = [];
  for (const { id, clientId } of applications) {
    const dueAt = fleet.nextDueAt(id);
    if (dueAt !== null && dueAt > now) moments.push(dueAt);
    else if (dueAt !== null) moments.push((await stores.rates.read({ key: clientId, endpoint: 'turns' })).nextAt);
  }
  if (openSince !== null) moments.push(now + probeSpacingMs(alertSettings().recheckAfterMs) / 6);
  const seconds = Math.ceil((Math.min(...moments, now + 10 * SECOND_MS) - now) / SECOND_MS);
  return Math.max(1, seconds) * SECOND_MS;
}
