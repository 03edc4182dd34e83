import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import packageJson from '../../package.json' with { type: 'json' };
import type { Opening } from '../cli/context.ts';
import type { Config } from '../config/config.ts';
import { SECOND_MS } from '../domain/model/time.ts';
import { createAccess } from '../monitoring/access/keep-access.ts';
import { createAwaitEvents } from '../monitoring/events/await-events.ts';
import { tellingEvents } from '../monitoring/events/telling-events.ts';
import { inTime } from '../monitoring/in-time.ts';
import { keptFor } from '../monitoring/kept-for.ts';
import { readPollPlan } from '../monitoring/polling/plan-polls.ts';
import { createDemandReader } from '../monitoring/polling/read-demand.ts';
import { createTenantSchedules } from '../monitoring/polling/tenant-schedules.ts';
import { createBreakerWatch } from '../monitoring/polling/watch-breaker.ts';
import type { Clock, Heartbeat, Log, NewId, WorkQueue } from '../monitoring/ports.ts';
import { readShortages } from '../monitoring/read-application-days.ts';
import { createRetriedWrites } from '../monitoring/retried-writes.ts';
import { silentObserver } from '../monitoring/silent-observer.ts';
import { createWorkCounter } from '../monitoring/work/work-done.ts';
import { createWorkerClock } from '../monitoring/work/worker-clock.ts';
import { createInProcessQueue } from '../queue/in-process-queue.ts';
import { createPgBossQueue } from '../queue/pg-boss-queue.ts';
import { apiKeySecrets } from '../store/api-key-secrets.ts';
import { createEncryption, type Encryption } from '../store/encryption.ts';
import { openStores } from '../store/open-stores.ts';
import { queuePlace } from '../store/queue-place.ts';
import { createWebhookSender } from '../webhooks/webhook-sender.ts';
import { createLog } from './log.ts';
import { openMailAdapters } from './mail-adapters.ts';
import { openUpstreams } from './open-upstreams.ts';

export type Adapters = Awaited<ReturnType<typeof openAdapters>>;

/** What is left of the day, and so the plan, changes with every poll. */
const PLAN_VALID_MS = SECOND_MS;
/** A process that ends waits so long for a store that does not take what is still to be stored. */
const LAST_WRITES_MS = 10 * SECOND_MS;

/** Every adapter, made from the configuration. Nothing connects before it is used. */
export async function openAdapters(config: Config, { use }: Pick<Opening, 'use'>) {
  const log = createLog({ ...config.log, isQuiet: use === 'command' });
  const metrics = use === 'daemon' ? await openMetrics() : null;
  const workCounter = createWorkCounter();
  const observer = workCounter.observing(metrics?.observer ?? silentObserver);
  const clock = createWorkerClock(systemClock);
  const opened = openStoresOf(config, { use, clock });
  const awaitEvents = createAwaitEvents(clock, opened.events);
  const stores = tellingEvents(opened, { clock, newId, onTold: awaitEvents.ring });
  const upstreams = openUpstreams(config, { ...stores, clock, steadyClock, log, observer });
  const schedules = createTenantSchedules(config.polling.schedule, log);
  const demand = createDemandReader({
    clock,
    schedules,
    polls: stores.polls,
    globalSchedule: config.polling.schedule,
  });
  const { closeMailer, ...mail } = await openMailAdapters(config);
  const { requestTimeoutMs } = config.constantContact;
  const [holder, retriedWrites] = [newId(), createRetriedWrites({ clock, log })];
  const access = createAccess({ ...stores, upstreams, clock, log, requestTimeoutMs, newHolder: newId, retriedWrites });
  const planning = { ...stores, upstreams, clock, demand, schedules, spread: config.polling.spread };
  const queue = use === 'daemon' ? openQueue(config, { clock, log }) : null;
  process.once('exit', access.reportLost);
  return {
    log,
    clock,
    newId,
    chance: Math.random,
    stores,
    upstreams,
    access,
    schedules,
    breaker: createBreakerWatch({ ...stores, clock, log }),
    metrics,
    observer,
    holder,
    retriedWrites,
    queue,
    awaitEvents,
    ...demand,
    ...mail,
    keySecrets: apiKeySecrets,
    webhookSender: workCounter.sending(
      createWebhookSender({ clock, ...config.webhooks, userAgent: `linkwatch/${packageJson.version}` }),
    ),
    workCounter,
    process: { host: hostname(), pid: process.pid, version: packageJson.version },
    heartbeat: use === 'daemon' ? await openHeartbeat(config, log) : null,
    readPollPlan: keptFor(PLAN_VALID_MS, clock, () => readPollPlan(planning)),
    readShortages: () => readShortages({ ...stores, ...demand, upstreams, clock }),
    close: async () => {
      // As long as it may take: whoever stops this process by a signal has bounded that (process-cli.ts).
      await access.settled();
      await inTime(retriedWrites.settled(), LAST_WRITES_MS, clock).catch(() =>
        log.warn(
          {},
          'ends before the store has taken everything: leases end by themselves, a mail or an event may come twice',
        ),
      );
      retriedWrites.end();
      process.off('exit', access.reportLost);
      await closeMailer();
      await stores.close();
    },
  };
}

/** Null without an address to call; most installations load nothing for it. */
async function openHeartbeat({ heartbeatUrl, proxy }: Config, log: Log): Promise<Heartbeat | null> {
  if (heartbeatUrl === null) return null;
  const { createHeartbeat } = await import('../queue/heartbeat.ts');
  return createHeartbeat(heartbeatUrl, log, proxy);
}

/** Only daemons share work: a command does its own. */
function openQueue(config: Config, { clock, log }: Readonly<{ clock: Clock; log: Log }>): WorkQueue {
  const place = queuePlace(config.database.url);
  return place === null ? createInProcessQueue({ clock, log }) : createPgBossQueue({ ...place, log });
}

/** A short command neither loads nor keeps what nobody will read. */
async function openMetrics() {
  const { createMetrics } = await import('../http/metrics/create-metrics.ts');
  return createMetrics({ version: packageJson.version });
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

function openStoresOf(config: Config, { use, clock }: Pick<Opening, 'use'> & Readonly<{ clock: Clock }>) {
  return openStores({
    databaseUrl: config.database.url,
    encryption: encryptionOf(config),
    clock,
    // A daemon does not begin behind a pooler in transaction mode; other commands may work there.
    preparesStatements: use === 'daemon',
  });
}

/** Only commands that use secrets need ENCRYPTION_KEY; without it, each use of a secret throws and names it. */
function encryptionOf({ encryptionKeys }: Config): Encryption {
  if (encryptionKeys.length > 0) return createEncryption(encryptionKeys.map((key) => Buffer.from(key)));
  const refuse = () => {
    throw new Error('ENCRYPTION_KEY is not set, and this needs it.');
  };
  return { seal: refuse, open: refuse, fingerprints: refuse, keyIds: [] };
}
