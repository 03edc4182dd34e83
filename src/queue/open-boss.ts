import type { ConstructorOptions, PgBoss, Queue } from 'pg-boss';
import { type BatchKind, workerRoles } from '../domain/model/worker.ts';
import type { BatchHandler, BatchHandlers, DueBatch } from '../monitoring/ports.ts';
import { isDenied } from './queue-errors.ts';
import { RETRIES } from './retries.ts';

export type BossOptions = Readonly<{
  /** Where the database is, and how long anything there is waited for, as node-postgres takes it. */
  connection: object;
  /** Holds pg-boss's tables and nothing else. */
  schema: string;
  retryAfterS: number;
  signal: AbortSignal;
  onError(error: Error): void;
  onWarning(message: string, data: object): void;
}>;

/** Batches that failed as often as they may; nobody takes them out again. The name is that of earlier versions. */
export const DEAD_BATCHES = 'dead-pages';
export const batchKinds: readonly BatchKind[] = workerRoles.filter((role) => role !== 'http');

/** Fetches, what becomes of a batch, and pg-boss's own care for its tables; each takes a few ms. */
const CONNECTIONS = 3;
/** How often the queue is looked at without LISTEN/NOTIFY. */
const LOOK_EVERY_S = 2;
/** The same with LISTEN/NOTIFY, in case a notification was lost. */
const LOOK_ANYWAY_EVERY_S = 10;
/** Longer than a batch of polls takes for many workers who share four requests a second. */
const GIVEN_UP_AFTER_S = 15 * 60;
const KEPT_FOR_S = 60 * 60;
const DEAD_KEPT_FOR_S = 7 * 24 * 60 * 60;

/** pg-boss over its own tables, which it makes where they are missing, at work on the batches of these kinds. */
export async function openBoss(options: BossOptions, handlers: BatchHandlers): Promise<PgBoss> {
  const boss = await startBoss(options);
  try {
    await makeQueues(boss, options);
    for (const kind of batchKinds) {
      const handler = handlers[kind];
      if (handler !== undefined) await workOn(boss, kind, (batch) => handler(batch, options.signal));
    }
    return boss;
  } catch (error) {
    await closeBoss(boss, options.onError);
    throw error;
  }
}

/**
 * A user without the right to make schemas may be given one that is made: pg-boss would ask for the right all the same.
 */
async function startBoss(options: BossOptions): Promise<PgBoss> {
  return await startWith(options, {}).catch(async (error: unknown) => {
    if (!isDenied(error)) throw error;
    return await startWith(options, { createSchema: false }).catch(() => Promise.reject(error));
  });
}

async function startWith(options: BossOptions, more: Pick<ConstructorOptions, 'createSchema'>): Promise<PgBoss> {
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({ ...settingsOf(options), ...more });
  boss.on('error', options.onError);
  boss.on('warning', ({ message, data }) => options.onWarning(message, data));
  await boss.start().catch(async (error: unknown) => {
    await closeBoss(boss, options.onError);
    throw error;
  });
  return boss;
}

/** At once: whatever is being done here goes on, and only its end is not told any more. */
export async function closeBoss(boss: PgBoss, onError: (error: Error) => void): Promise<void> {
  await boss.stop({ graceful: false }).catch(onError);
}

function settingsOf({ connection, schema }: BossOptions): ConstructorOptions {
  return {
    ...connection,
    application_name: 'linkwatch queue',
    max: CONNECTIONS,
    schema,
    useListenNotify: true,
    // What is due by the clock stays in our tables, and the ticker looks there.
    schedule: false,
    // The table of workers is our own, which a worker without a queue needs as well.
    registerInstance: false,
  };
}

async function makeQueues(boss: PgBoss, { retryAfterS }: BossOptions): Promise<void> {
  await boss.createQueue(DEAD_BATCHES, { retentionSeconds: DEAD_KEPT_FOR_S });
  const settings: Omit<Queue, 'name'> = {
    // Of the batches that begin alike, one waits at a time.
    policy: 'short',
    notify: true,
    retryLimit: RETRIES,
    retryDelay: retryAfterS,
    retryBackoff: retryAfterS > 0,
    expireInSeconds: GIVEN_UP_AFTER_S,
    retentionSeconds: KEPT_FOR_S,
    deleteAfterSeconds: KEPT_FOR_S,
    deadLetter: DEAD_BATCHES,
  };
  for (const kind of batchKinds) await boss.createQueue(kind, settings);
}

type BatchData = Readonly<{ ids: DueBatch }>;

async function workOn(
  boss: PgBoss,
  kind: BatchKind,
  handle: (batch: DueBatch) => ReturnType<BatchHandler>,
): Promise<void> {
  const looks = { pollingIntervalSeconds: LOOK_EVERY_S, notifyPollingIntervalSeconds: LOOK_ANYWAY_EVERY_S };
  const id: string = await boss.work<BatchData>(kind, looks, async (jobs) => {
    // Where there was one batch, another may wait: looked for at once, and not at the next look.
    boss.notifyWorker(id);
    for (const { data } of jobs) await handle(data.ids);
  });
}
