import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import packageJson from '../../package.json' with { type: 'json' };
import type { Opening } from '../cli/context.ts';
import type { Config } from '../config/config.ts';
import { createAuthorizer } from '../constant-contact/authorizer.ts';
import { createConstantContact } from '../constant-contact/constant-contact.ts';
import { SECOND_MS } from '../domain/model/time.ts';
import { planRegularPoll } from '../domain/polling/poll-plan.ts';
import { createAccess } from '../monitoring/access/keep-access.ts';
import { createAwaitEvents } from '../monitoring/events/await-events.ts';
import { tellingEvents } from '../monitoring/events/telling-events.ts';
import { createGiveBack } from '../monitoring/give-back.ts';
import { inTime } from '../monitoring/in-time.ts';
import { createDemandReader } from '../monitoring/polling/read-demand.ts';
import type { PollPlan } from '../monitoring/polling/record-polls.ts';
import { createRequestSlots } from '../monitoring/polling/request-slots.ts';
import { createTenantSchedules } from '../monitoring/polling/tenant-schedules.ts';
import type { Clock, ConstantContact, Log, NewId, Observer, Stores } from '../monitoring/ports.ts';
import { silentObserver } from '../monitoring/silent-observer.ts';
import { createHeartbeat } from '../queue/heartbeat.ts';
import { apiKeySecrets } from '../store/api-key-secrets.ts';
import { createEncryption, type Encryption } from '../store/encryption.ts';
import { openStores } from '../store/open-stores.ts';
import { createWebhookSender } from '../webhooks/webhook-sender.ts';
import { createLog } from './log.ts';
import { openMailAdapters } from './mail-adapters.ts';

export type Adapters = Awaited<ReturnType<typeof openAdapters>>;

/** A command waits so long for a store that does not take back what is no longer needed. */
const GIVE_BACK_MS = 10 * SECOND_MS;

/** Every adapter, made from the configuration. Nothing connects before it is used. */
export async function openAdapters(config: Config, { use }: Pick<Opening, 'use'>) {
  const log = await createLog({ ...config.log, isQuiet: use === 'command' });
  const metrics = use === 'daemon' ? await openMetrics() : null;
  const observer = metrics?.observer ?? silentObserver;
  const clock = systemClock;
  const opened = openStoresOf(config);
  const awaitEvents = createAwaitEvents(clock, opened.events);
  const stores = tellingEvents(opened, { clock, newId, onTold: awaitEvents.ring });
  const { constantContact: unobserved, authorizer } = openConstantContact(config, { rates: stores.rates, clock, log });
  const constantContact = { ...unobserved, refresh: observed(unobserved.refresh, observer) };
  const schedules = createTenantSchedules(config.polling.schedule, log);
  const demand = createDemandReader({
    clock,
    schedules,
    polls: stores.polls,
    quota: quotaOf(config),
    globalSchedule: config.polling.schedule,
  });
  const { closeMailer, ...mail } = openMailAdapters(config);
  const { requestTimeoutMs } = config.constantContact;
  const [holder, giveBack] = [newId(), createGiveBack({ clock, log })];
  const access = createAccess({ ...stores, constantContact, clock, log, requestTimeoutMs, newHolder: newId, giveBack });
  process.once('exit', access.reportLost);
  return {
    ...{ log, clock, newId, chance: Math.random, stores, constantContact, authorizer, access, schedules },
    requestQuota: quotaOf(config),
    ...{ metrics, observer, holder, giveBack, awaitEvents, ...demand, ...mail, keySecrets: apiKeySecrets },
    webhookSender: createWebhookSender({ clock, ...config.webhooks, userAgent: `linkwatch/${packageJson.version}` }),
    heartbeat: config.heartbeatUrl === null ? null : createHeartbeat(config.heartbeatUrl, log, config.proxy),
    /** How a tenant's polls are planned from here on; `stretch` keeps the fleet within the day's requests. */
    readPollPlan: async (): Promise<PollPlan> => {
      const { stretch } = await demand.readDemand();
      const { spread } = config.polling;
      return (tenant, at) =>
        planRegularPoll(tenant, at, { schedule: schedules.scheduleToPlanBy(tenant), spread, stretch });
    },
    close: async () => {
      // As long as it may take: whoever stops this process by a signal has bounded that (process-cli.ts).
      await access.settled();
      await inTime(giveBack.settled(), GIVE_BACK_MS, clock).catch(() =>
        log.warn({}, 'ends with leases that end by themselves'),
      );
      process.off('exit', access.reportLost);
      await closeMailer();
      await stores.close();
    },
  };
}

/** A short command neither loads nor keeps what nobody will read. */
async function openMetrics() {
  const { createMetrics } = await import('../http/metrics/create-metrics.ts');
  return createMetrics({ version: packageJson.version });
}

function observed(refresh: ConstantContact['refresh'], observer: Observer): ConstantContact['refresh'] {
  return async (...request) => {
    const answer = await refresh(...request);
    observer.refreshed(answer.ok ? 'refreshed' : answer.failure.kind);
    return answer;
  };
}

const systemClock: Clock = {
  now: Date.now,
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  },
};

/** For waits of a second or less, which a change of the system's clock must not disturb. */
const steadyClock: Clock = { now: () => performance.now(), sleep: systemClock.sleep };

/** 80 bits in lower case, short enough to type. */
const newId: NewId = () =>
  BigInt(`0x${randomBytes(10).toString('hex')}`)
    .toString(36)
    .padStart(16, '0');

type Limited = Pick<Stores, 'rates'> & Readonly<{ clock: Clock; log: Log }>;

/** The API, and the pages and the token endpoint for authorisation, within the key's rates. */
function openConstantContact({ constantContact: config, proxy }: Config, { rates, clock, log }: Limited) {
  const { clientId, requestsPerSecond, tokenRequestsPerSecond } = config;
  const key = clientId ?? '';
  const slots = (endpoint: 'api' | 'token', perSecond: number) =>
    createRequestSlots({ limit: { key, endpoint, perSecond }, rates, steadyClock, log });
  const limits = { api: slots('api', requestsPerSecond), token: slots('token', tokenRequestsPerSecond) };
  const { version } = packageJson;
  const options = { ...config, clientId: key, slots: limits, proxy, version, clock, log };
  return { constantContact: createConstantContact(options), authorizer: createAuthorizer(options) };
}

function quotaOf({ constantContact: { requestsPerDay: perDay, quotaReserveShare: reserveShare } }: Config) {
  return { perDay, reserveShare };
}

function openStoresOf(config: Config) {
  return openStores({
    databaseUrl: config.database.url,
    encryption: encryptionOf(config),
    quota: quotaOf(config),
  });
}

/** A command that reads no secret needs no key; one that does after all says so. */
function encryptionOf({ encryptionKeys }: Config): Encryption {
  if (encryptionKeys.length > 0) return createEncryption(encryptionKeys.map((key) => Buffer.from(key)));
  const refuse = () => {
    throw new Error('ENCRYPTION_KEY is not set, and this needs it.');
  };
  return { seal: refuse, open: refuse, fingerprints: refuse, keyIds: [] };
}
