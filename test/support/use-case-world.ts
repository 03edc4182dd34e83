import type { ClientApplication } from '../../src/domain/model/client-application.ts';
import { failureOf } from '../../src/domain/model/poll.ts';
import type { AlertSettings } from '../../src/domain/model/settings.ts';
import type { Contact, Tenant } from '../../src/domain/model/tenant.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../src/domain/model/time.ts';
import type { AssessmentContext } from '../../src/domain/polling/assess-poll.ts';
import { planRegularPoll, type TenantToPlan } from '../../src/domain/polling/poll-plan.ts';
import type { Quota } from '../../src/domain/polling/requests-today.ts';
import { previewContent } from '../../src/mail/preview-contents.ts';
import type { Application, RoundTally } from '../../src/monitoring/application.ts';
import { type ApplicationPorts, createApplication } from '../../src/monitoring/create-application.ts';
import { createAwaitEvents } from '../../src/monitoring/events/await-events.ts';
import { tellingEvents } from '../../src/monitoring/events/telling-events.ts';
import { createGiveBack } from '../../src/monitoring/give-back.ts';
import type { DeliverySummary } from '../../src/monitoring/mailing/deliver-mail.ts';
import type { RoundOptions } from '../../src/monitoring/polling/run-round.ts';
import { createBreakerWatch } from '../../src/monitoring/polling/watch-breaker.ts';
import type { ApiKeySecrets } from '../../src/monitoring/ports.ts';
import { type RequestQuota, requestQuotaOf } from '../../src/monitoring/request-quota.ts';
import { silentObserver } from '../../src/monitoring/silent-observer.ts';
import type { WebhookTally } from '../../src/monitoring/webhooks/deliver-webhooks.ts';
import { createWork } from '../../src/monitoring/work/create-work.ts';
import { doJobs, firstJobs, timetable } from '../../src/monitoring/work/jobs.ts';
import { aContact, aTenant, NOW } from './builders.ts';
import { alertSettings, countedIds } from './domain-settings.ts';
import { createMemoryStores, type MemoryStores } from './memory-store.ts';
import { hourly, unstretched } from './schedules.ts';
import { type ScriptedAuthorizer, scriptedAuthorizer } from './use-case-authorizer.ts';
import { type ManualClock, manualClock } from './use-case-clock.ts';
import {
  type ScriptedAccess,
  type ScriptedConstantContact,
  scriptedAccess,
  scriptedConstantContact,
} from './use-case-constant-contact.ts';
import { noCopies } from './use-case-copies.ts';
import { type CollectingLog, collectingLog } from './use-case-log.ts';
import { type ScriptedMailer, scriptedMailer } from './use-case-mailer.ts';
import { type ScriptedReceivers, scriptedReceivers } from './use-case-receivers.ts';
import { theConfigured, upstreamsOver, withQuota } from './use-case-upstreams.ts';

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
  quota?: Quota;
  /** What the schedules ask for; without it, no more than any day holds. */
  askedPerDay?: number;
  pollConcurrency?: number;
  /** UTC minute of the day; without it there is no digest. */
  digestAtMinute?: number | null;
  /** Every hour on the hour unless given. */
  planRegularPoll?: AssessmentContext['planRegularPoll'];
  startsAt?: Instant;
  /** False: no answer has a digest, so that no tenant is ever at rest. */
  tellsDigests?: boolean;
}>;

export type World = Readonly<{
  clock: ManualClock;
  store: MemoryStores;
  constantContact: ScriptedConstantContact;
  authorizer: ScriptedAuthorizer;
  access: ScriptedAccess;
  mailer: ScriptedMailer;
  webhookSender: ScriptedReceivers;
  log: CollectingLog;
  settings: AlertSettings;
  ports: ApplicationPorts;
  /** The requests of the day of the application of the configuration. */
  requests: RequestQuota;
  app: Application;
  /** A round of the tenants that are due, or as the options say; over other ports, where some are given. */
  poll(options?: Partial<RoundOptions>, ports?: Partial<ApplicationPorts>): Promise<RoundTally>;
  deliver(signal?: AbortSignal, ports?: Partial<ApplicationPorts>): Promise<DeliverySummary>;
  /** Sends what is due to the receivers of webhooks. */
  send(signal?: AbortSignal, ports?: Partial<ApplicationPorts>): Promise<WebhookTally>;
  /** What the daemon does each second; the minutes with nothing to do are skipped. */
  live(ms: number): Promise<void>;
  /** Another process over the same memory, at the same moment; the world outside stays. */
  restarted(wrap?: Wrap): World;
}>;

/** Puts something between the use cases and each of the things they work with. */
export type Wrap = <Port extends object>(port: Port) => Port;

/** Linkwatch without its edges: every use case over one memory, a scripted Constant Contact and mail server. */
export async function aWorld(options: WorldOptions = {}): Promise<World> {
  const { tenants = ['bakery'], contacts = [], startsAt = NOW } = options;
  const clock = manualClock(startsAt);
  const store = createMemoryStores({ leaseNow: clock.now, rateNow: clock.now });
  await store.tenants.add(
    tenants.map((id) => ({
      tenant: aTenant({
        id,
        name: id,
        createdAt: startsAt,
        nextPollAt: startsAt,
        pagesAskedAt: startsAt,
        ...options.tenant,
        ...options.except?.[id],
      }),
      contacts: [ownerOf(id), ...contacts.filter(({ tenantId }) => tenantId === id)],
      grant: null,
    })),
  );
  const outside = {
    clock,
    constantContact: scriptedConstantContact({ tellsDigests: options.tellsDigests ?? true }),
    authorizer: scriptedAuthorizer(clock),
    mailer: scriptedMailer(clock),
    webhookSender: scriptedReceivers(),
  };
  return worldOver(store, outside, { options, newId: countedIds(), eventNumber: countedIds(), wrap: (port) => port });
}

function ownerOf(tenantId: string): Contact {
  return aContact({ id: `owner-of-${tenantId}`, tenantId, email: `owner@${tenantId}.example` });
}

/** `tenant-001` and so on. */
export function manyTenants(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `tenant-${String(index + 1).padStart(3, '0')}`);
}

type Outside = Pick<World, 'clock' | 'constantContact' | 'authorizer' | 'mailer' | 'webhookSender'>;

type Process = Readonly<{ options: WorldOptions; newId: () => string; eventNumber: () => string; wrap: Wrap }>;

/** The daemon's timetable but for what comes less often than each second. */
const everySecond = timetable.filter(({ expression }) => expression === '* * * * * *').flatMap(({ jobs }) => jobs);

function worldOver(store: MemoryStores, outside: Outside, process: Process): World {
  const { clock } = outside;
  const [access, log, settings] = [scriptedAccess(), collectingLog(), alertSettings(process.options.settings)];
  const ports = portsOver(store, { ...outside, access, log, settings }, process);
  const work = (other: Partial<ApplicationPorts>) => createWork({ ...ports, ...other });
  const own = createWork(ports);
  let hasBegun = false;
  const world: World = {
    ...{ ...outside, store, access, log, settings, ports },
    requests: requestQuotaOf(configuredBy(process.options), ports.quota),
    app: createApplication(ports),
    poll: ({ scope = 'due', ...round } = {}, other = {}) => work(other).round(scope, round),
    deliver: (signal, other = {}) => work(other).deliver({ signal }),
    send: (signal, other = {}) => work(other).webhooks({ signal }),
    live: async (ms) => {
      for (const end = clock.now() + ms; clock.now() < end; ) {
        await clock.advance(Math.min(end, nextBusyMinute(store, clock.now(), settings)) - clock.now());
        if (!hasBegun) await doJobs(firstJobs, own);
        hasBegun = true;
        await doJobs(everySecond, own, { readAgenda: () => store.agenda.read(clock.now()) });
      }
    },
    restarted: (otherWrap = (port) => port) => worldOver(store, outside, { ...process, wrap: otherWrap }),
  };
  return world;
}

let processes = 0;

function configuredBy({ quota = { perDay: 0, reserveShare: 0 } }: WorldOptions): ClientApplication {
  return theConfigured(withQuota(quota));
}

type Parts = Outside & Pick<World, 'access' | 'log' | 'settings'>;

function portsOver({ memory: _, ...stores }: MemoryStores, parts: Parts, process: Process): ApplicationPorts {
  const { options, newId, wrap } = process;
  const { clock, constantContact, authorizer, access, log, settings } = parts;
  const mailer = wrap(parts.mailer);
  const wrapped = wrapEach(stores, wrap);
  const awaitEvents = createAwaitEvents(clock, wrapped.events);
  const telling = tellingEvents(wrapped, {
    clock,
    newId: () => `event-${process.eventNumber()}`,
    onTold: awaitEvents.ring,
  });
  const asked = {
    constantContact: { ...constantContact, checkClient: async () => null, refresh: async () => aFailedRefresh },
    authorizer,
  };
  const configured = configuredBy(options);
  const upstreams = upstreamsOver(asked, { applications: stores.applications, configured });
  return {
    ...{ ...telling, awaitEvents },
    ...{ clock, log, newId, chance: () => 0, settings, operatorEmail: OPERATOR },
    ...{ holder: `process-${++processes}`, giveBack: createGiveBack({ clock, log }), observer: silentObserver },
    access: { ...access, stop: () => undefined },
    webhookSender: wrap(parts.webhookSender),
    ...{ openMailer: async () => mailer, hasMailServer: true },
    upstreams,
    breaker: createBreakerWatch({ ...telling, clock, log }),
    pollConcurrency: options.pollConcurrency ?? 4,
    queue: null,
    digestAtMinute: options.digestAtMinute ?? null,
    retentionTimes: { pollsForMs: 30 * DAY_MS, historyForMs: 400 * DAY_MS },
    intervalOf: () => HOUR_MS,
    readPollPlan: async () => options.planRegularPoll ?? planHourly,
    readShortages: async () => ({ quota: null }),
    readCanary: async () => null,
    readLoads: async () => [
      { schedule: '0 * * * *', timezone: 'UTC', tenants: (options.tenants ?? ['bakery']).length, pollsPerDay: 24 },
    ],
    readDemand: async () => ({ askedPerDay: options.askedPerDay ?? 0, stretch: 1 }),
    ...mailTools,
    configured: { checks: () => [], redact: (text) => text },
    ...{ hasEncryptionKey: false, hasClientSecret: false, publicUrl: 'https://linkwatch.example' },
    ...{ place: 'memory', freeBytes: async () => null, tryWriting: async () => undefined },
    ...{
      copies: noCopies,
      migrate: async () => [],
      migrateExisting: async () => [],
      tryPublicUrl: async () => 'answers',
      readSenderRecords: async () => null,
      exposedPlaces: () => null,
      hasOwnSessions: async () => true,
      tryMailServer: async () => ({ outcome: 'taken', response: '250 Ok' }),
    },
    ...{ keySecrets: countedSecrets(), userName: 'operator-of-test' },
    reachConstantContact: async () => ({ ok: true, clockSkewMs: null }),
    ...{ runDaemon: async () => undefined, close: async () => undefined },
  };
}

/** Nothing comes back, and nothing is previewed, unless a test hands in other ones. */
const mailTools = {
  hasReturnPath: false,
  readBounce: async () => ({ kind: 'not_a_bounce', why: 'empty' }) as const,
  readReturnAddress: () => null,
  previewContent,
};

function countedSecrets(): ApiKeySecrets {
  let made = 0;
  const make = () => ({ secret: `secret-${++made}`, prefix: 'secret' });
  return { make, hash: (secret) => `hash of ${secret}` };
}

const aFailedRefresh = { ok: false, failure: failureOf('connection', 'no token endpoint in this world') } as const;

function wrapEach<Ports extends Readonly<Record<string, object>>>(ports: Ports, wrap: Wrap): Ports {
  return Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, wrap(port)])) as Ports;
}

/** The first of the minutes to come in which a tenant, a mail, a reminder or a word to the operator is due. */
function nextBusyMinute({ memory }: MemoryStores, now: Instant, { groupWaitMs }: AlertSettings): Instant {
  const { tenants, notifications, incidents } = memory.state;
  const due = [
    ...[...tenants.values()].map(({ tenant }) => tenant.nextPollAt),
    ...[...notifications.values()].map(({ state, dueAt }) => (state === 'pending' ? dueAt : null)),
    ...[...incidents.values()].map(({ reminders: { nextAt } }) => nextAt),
    ...[...incidents.values()].map(({ confirmedAt, alerting: { decision } }) =>
      decision === 'before_first_good_poll' && confirmedAt !== null ? confirmedAt + groupWaitMs : null,
    ),
  ].filter((at) => at !== null);
  return now + Math.max(1, Math.ceil((Math.min(...due) - now) / MINUTE_MS)) * MINUTE_MS;
}

export function planHourly(tenant: TenantToPlan, at: Instant) {
  return planRegularPoll(tenant, at, { schedule: hourly, spread: false, stretch: unstretched });
}
