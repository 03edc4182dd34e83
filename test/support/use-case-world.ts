import type { AlertSettings } from '../../src/domain/model/settings.ts';
import type { Contact, Tenant } from '../../src/domain/model/tenant.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../src/domain/model/time.ts';
import type { AssessmentContext } from '../../src/domain/polling/assess-poll.ts';
import { planRegularPoll } from '../../src/domain/polling/poll-plan.ts';
import { type WatchFleetPorts, watchFleet } from '../../src/monitoring/fleet/watch-fleet.ts';
import { watchHolds } from '../../src/monitoring/fleet/watch-holds.ts';
import { writeDigest } from '../../src/monitoring/fleet/write-digest.ts';
import { type DeliveryPorts, type DeliverySummary, deliverMail } from '../../src/monitoring/mailing/deliver-mail.ts';
import type { HoldMailPorts } from '../../src/monitoring/mailing/hold-mail.ts';
import type { RoundTally } from '../../src/monitoring/polling/round-tally.ts';
import { type RoundOptions, type RoundPorts, runRound } from '../../src/monitoring/polling/run-round.ts';
import { aContact, aTenant, NOW } from './builders.ts';
import { alertSettings, countedIds } from './domain-settings.ts';
import type { MemoryQuotaLimits } from './memory-quota-store.ts';
import { createMemoryStores, type MemoryStores } from './memory-store.ts';
import { type ManualClock, manualClock } from './use-case-clock.ts';
import {
  type ScriptedAccess,
  type ScriptedConstantContact,
  scriptedAccess,
  scriptedConstantContact,
} from './use-case-constant-contact.ts';
import { type CollectingLog, collectingLog } from './use-case-log.ts';
import { type ScriptedMailer, scriptedMailer } from './use-case-mailer.ts';

export const OPERATOR = 'operator@linkwatch.example';

export type WorldOptions = Readonly<{
  /** Their ids; the owner of `bakery` is owner@bakery.example. */
  tenants?: readonly string[];
  /** The same for all of them. */
  tenant?: Partial<Tenant>;
  /** Where one of them differs from the rest. */
  except?: Readonly<Record<string, Partial<Tenant>>>;
  /** Further contacts. */
  contacts?: readonly Contact[];
  settings?: Partial<AlertSettings>;
  quota?: MemoryQuotaLimits;
  pollConcurrency?: number;
  /** UTC minute of the day; without it there is no digest. */
  digestAtMinute?: number | null;
  /** Every hour on the hour unless given. */
  planRegularPoll?: AssessmentContext['planRegularPoll'];
  startsAt?: Instant;
}>;

export type World = Readonly<{
  clock: ManualClock;
  store: MemoryStores;
  constantContact: ScriptedConstantContact;
  access: ScriptedAccess;
  mailer: ScriptedMailer;
  log: CollectingLog;
  settings: AlertSettings;
  ports: RoundPorts & DeliveryPorts & WatchFleetPorts & HoldMailPorts;
  /** A round of the tenants that are due, or as the options say; over other ports, where some are given. */
  poll(options?: Partial<RoundOptions>, ports?: Partial<RoundPorts>): Promise<RoundTally>;
  deliver(signal?: AbortSignal, ports?: Partial<DeliveryPorts>): Promise<DeliverySummary>;
  watch(): Promise<void>;
  /** What the daemon does; the minutes with nothing to do are skipped. */
  live(ms: number): Promise<void>;
  /** Another process over the same memory, at the same moment; the world outside stays. */
  restarted(wrap?: Wrap): World;
}>;

/** Puts something between the use cases and each of the things they work with. */
export type Wrap = <Port extends object>(port: Port) => Port;

/** Linkwatch without its edges: every use case over one memory, a scripted Constant Contact and mail server. */
export async function aWorld(options: WorldOptions = {}): Promise<World> {
  const { tenants = ['bakery'], contacts = [], quota = { perDay: 0, reserveShare: 0 }, startsAt = NOW } = options;
  const store = createMemoryStores({ quota });
  await store.tenants.add(
    tenants.map((id) => ({
      tenant: aTenant({
        id,
        name: id,
        createdAt: startsAt,
        nextPollAt: startsAt,
        ...options.tenant,
        ...options.except?.[id],
      }),
      contacts: [ownerOf(id), ...contacts.filter(({ tenantId }) => tenantId === id)],
      grant: null,
    })),
  );
  const clock = manualClock(startsAt);
  const outside = { clock, constantContact: scriptedConstantContact(), mailer: scriptedMailer(clock) };
  return worldOver(store, outside, { options, newId: countedIds(), wrap: (port) => port });
}

function ownerOf(tenantId: string): Contact {
  return aContact({ id: `owner-of-${tenantId}`, tenantId, email: `owner@${tenantId}.example` });
}

/** `tenant-001` and so on. */
export function manyTenants(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `tenant-${String(index + 1).padStart(3, '0')}`);
}

type Outside = Pick<World, 'clock' | 'constantContact' | 'mailer'>;

type Process = Readonly<{ options: WorldOptions; newId: () => string; wrap: Wrap }>;

function worldOver(store: MemoryStores, outside: Outside, process: Process): World {
  const { options, newId, wrap } = process;
  const { clock } = outside;
  const access = scriptedAccess();
  const log = collectingLog();
  const settings = alertSettings(options.settings);
  const plan = options.planRegularPoll ?? planHourly;
  const mailer = wrap(outside.mailer);
  const ports = {
    ...{
      clock,
      log,
      newId,
      chance: () => 0,
      access,
      constantContact: outside.constantContact,
      openMailer: async () => mailer,
    },
    ...{ polls: wrap(store.polls), quota: wrap(store.quota), records: wrap(store.records) },
    ...{ outbox: wrap(store.outbox), operatorMail: wrap(store.operatorMail) },
    ...{ fleet: wrap(store.outages), operatorEmail: OPERATOR },
    mailTroubles: wrap(store.mailTroubles),
    ...{ holds: wrap(store.holds), suspicions: wrap(store.suspicions), mail: wrap(store.mail) },
    settings,
    ...{ digests: wrap(store.digests), outages: wrap(store.outages), readQuota: async () => null },
    openPollPlan: async () => plan,
  };
  const rounds = {
    pollConcurrency: options.pollConcurrency ?? 4,
    assessment: { settings, newId, operatorEmail: OPERATOR, planRegularPoll: plan },
  };
  const world: World = {
    ...{ ...outside, store, access, log, settings, ports },
    poll: (round = {}, other = {}) => runRound({ ...ports, ...other }, rounds, { scope: { kind: 'due' }, ...round }),
    deliver: (signal, other = {}) => deliverMail({ ...ports, ...other }, settings, signal),
    watch: async () => {
      await watchFleet(ports, settings);
      await watchHolds(ports, settings);
    },
    live: async (ms) => {
      for (const end = clock.now() + ms; clock.now() < end; ) {
        await clock.advance(Math.min(end, nextBusyMinute(store, clock.now())) - clock.now());
        if ((await world.poll()).polled > 0) await world.watch();
        await writeDigest(ports, { ...settings, atMinute: options.digestAtMinute ?? null });
        await world.deliver();
      }
    },
    restarted: (otherWrap = (port) => port) => worldOver(store, outside, { ...process, wrap: otherWrap }),
  };
  return world;
}

/** The first of the minutes to come in which a tenant, a mail or a reminder is due. */
function nextBusyMinute({ memory }: MemoryStores, now: Instant): Instant {
  const { tenants, notifications, incidents } = memory.state;
  const due = [
    ...[...tenants.values()].map(({ tenant }) => tenant.nextPollAt),
    ...[...notifications.values()].map(({ state, dueAt }) => (state === 'pending' ? dueAt : null)),
    ...[...incidents.values()].map(({ reminders: { nextAt } }) => nextAt),
  ].filter((at) => at !== null);
  return now + Math.max(1, Math.ceil((Math.min(...due) - now) / MINUTE_MS)) * MINUTE_MS;
}

function planHourly(tenant: Tenant, at: Instant) {
  const previousAt = at - (at % HOUR_MS);
  const slots = { previousAt, nextAt: previousAt + HOUR_MS, shortestGapMs: HOUR_MS };
  return planRegularPoll(tenant.id, at, slots, { spread: false, stretch: 1 });
}
