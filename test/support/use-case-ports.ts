import type { ClientApplication } from '../../src/domain/model/client-application.ts';
import { failureOf } from '../../src/domain/model/poll.ts';
import type { AlertSettings } from '../../src/domain/model/settings.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../src/domain/model/time.ts';
import type { AssessmentContext } from '../../src/domain/polling/assess-poll.ts';
import { planRegularPoll, type TenantToPlan } from '../../src/domain/polling/poll-plan.ts';
import type { Quota } from '../../src/domain/polling/requests-today.ts';
import { previewContent } from '../../src/mail/preview-contents.ts';
import type { ApplicationPorts } from '../../src/monitoring/create-application.ts';
import { createAwaitEvents } from '../../src/monitoring/events/await-events.ts';
import { tellingEvents } from '../../src/monitoring/events/telling-events.ts';
import { createBreakerWatch } from '../../src/monitoring/polling/watch-breaker.ts';
import type {
  ApiKeySecrets,
  Clock,
  ConstantContact,
  Log,
  Mailer,
  Stores,
  WebhookSender,
} from '../../src/monitoring/ports.ts';
import { createRetriedWrites } from '../../src/monitoring/retried-writes.ts';
import { silentObserver } from '../../src/monitoring/silent-observer.ts';
import { hourly, unstretched } from './schedules.ts';
import type { ScriptedAuthorizer } from './use-case-authorizer.ts';
import type { ScriptedConstantContact } from './use-case-constant-contact.ts';
import { noCopies } from './use-case-copies.ts';
import { theConfigured, upstreamsOver, withQuota } from './use-case-upstreams.ts';

export const OPERATOR = 'operator@linkwatch.example';

/** Puts something between the use cases and each of the things they work with. */
export type Wrap = <Port extends object>(port: Port) => Port;

/** What a process works with besides its stores. */
export type Parts = Readonly<{
  clock: Clock;
  constantContact: Pick<
    ScriptedConstantContact,
    'fetchConnections' | 'fetchProfiles' | 'fetchPrivileges' | 'fetchAccount' | 'fetchContactEmail'
  > &
    Partial<Pick<ConstantContact, 'refresh'>>;
  authorizer: ScriptedAuthorizer;
  mailer: Mailer;
  webhookSender: WebhookSender;
  access: Omit<ApplicationPorts['access'], 'stop'>;
  log: Log;
  settings: AlertSettings;
}>;

export type OwnParts = Readonly<{
  options: Readonly<{
    tenants?: readonly string[];
    pollConcurrency?: number;
    digestAtMinute?: number | null;
    quota?: Quota;
    askedPerDay?: number;
    planRegularPoll?: AssessmentContext['planRegularPoll'];
  }>;
  newId: () => string;
  eventNumber: () => string;
  wrap: Wrap;
}>;

let processes = 0;

/** The application of the configuration. */
export function configuredBy({ quota = { perDay: 0, reserveShare: 0 } }: OwnParts['options']): ClientApplication {
  return theConfigured(withQuota(quota));
}

/** Ports of one process over such stores; what no test of use cases looks at does nothing. */
export function portsOver(stores: Stores, parts: Parts, process: OwnParts): ApplicationPorts {
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
    constantContact: { checkClient: async () => null, refresh: async () => aFailedRefresh, ...constantContact },
    authorizer,
  };
  const configured = configuredBy(options);
  const upstreams = upstreamsOver(asked, { applications: stores.applications, configured });
  return {
    ...telling,
    awaitEvents,
    clock,
    log,
    newId,
    chance: () => 0,
    settings,
    operatorEmail: OPERATOR,
    holder: `process-${++processes}`,
    retriedWrites: createRetriedWrites({ clock, log }),
    observer: silentObserver,
    access: { ...access, stop: () => undefined },
    webhookSender: wrap(parts.webhookSender),
    openMailer: async () => mailer,
    hasMailServer: true,
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
    hasEncryptionKey: false,
    hasClientSecret: false,
    publicUrl: 'https://linkwatch.example',
    place: 'memory',
    freeBytes: async () => null,
    tryWriting: async () => undefined,
    copies: noCopies,
    migrate: async () => [],
    migrateExisting: async () => [],
    tryPublicUrl: async () => 'answers',
    readSenderRecords: async () => null,
    exposedPlaces: () => null,
    hasOwnSessions: async () => true,
    tryMailServer: async () => ({ outcome: 'taken', response: '250 Ok' }),
    keySecrets: countedSecrets(),
    userName: 'operator-of-test',
    reachConstantContact: async () => ({ ok: true, clockSkewMs: null }),
    runDaemon: async () => undefined,
    close: async () => undefined,
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

export function planHourly(tenant: TenantToPlan, at: Instant) {
  return planRegularPoll(tenant, at, { schedule: hourly, spread: false, stretch: unstretched });
}
