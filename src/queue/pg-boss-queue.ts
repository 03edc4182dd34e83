import { setTimeout as pause } from 'node:timers/promises';
import type { PgBoss } from 'pg-boss';
import type { BatchHandler, BatchHandlers, DueBatch, Log, WorkQueue } from '../monitoring/ports.ts';
import { type BossOptions, batchKinds, closeBoss, openBoss } from './open-boss.ts';
import { createErrorLog } from './queue-errors.ts';
import { readFigures } from './queue-figures.ts';
import { RETRY_AFTER_S } from './retries.ts';

type Options = Pick<BossOptions, 'connection' | 'schema'> &
  Readonly<{ log: Log; retryAfterS?: number; openAgainAfterMs?: number }>;

const OPEN_AGAIN_AFTER_MS = 5_000;
/** Within the time that a daemon has for its end. */
const STOP_WITHIN_MS = 15_000;

/**
 * The queue of any number of workers, through pg-boss. While its tables are missing or cannot be reached, work goes on
 * without it, and it is opened again until that succeeds.
 */
export function createPgBossQueue({ log, openAgainAfterMs = OPEN_AGAIN_AFTER_MS, ...options }: Options): WorkQueue {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const errors = createErrorLog(log);
  let handlers: BatchHandlers = {};
  let boss: PgBoss | null = null;
  let opening: Promise<void> | null = null;

  /** Counts what is done here, also while the queue is opened anew meanwhile. */
  const counted =
    (handler: BatchHandler): BatchHandler =>
    (batch, signal) => {
      // Fetched while we were told to stop: somebody else is to have it.
      if (signal.aborted) return Promise.reject(new Error('this worker is stopping'));
      const run = handler(batch, signal).finally(() => running.delete(settled));
      const settled = run.catch(() => undefined);
      running.add(settled);
      return run;
    };

  async function open(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        boss = await openBoss(
          {
            retryAfterS: RETRY_AFTER_S,
            ...options,
            signal: stopping.signal,
            onError: heard,
            onWarning: (message, data) => log.info({ ...data }, `queue: ${message}`),
          },
          handlers,
        );
        errors.logOpen();
        return;
      } catch (error) {
        errors.logAway(error);
        await pause(openAgainAfterMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
      }
    }
  }

  function beginToOpen(): void {
    opening ??= open().finally(() => {
      opening = null;
    });
  }

  /** Whoever heard of it, pg-boss or we: without its tables it does not help itself. */
  function heard(error: unknown): void {
    if (!errors.areTablesMissing(error)) {
      errors.logFailure(error);
      return;
    }
    if (boss === null || stopping.signal.aborted) return;
    errors.logAway(error);
    const lost = boss;
    boss = null;
    void closeBoss(lost, () => undefined).then(beginToOpen);
  }

  return {
    async offer(kind, batches) {
      if (boss === null) return false;
      try {
        await boss.insert(kind, batches.map(jobOf));
        return true;
      } catch (error) {
        heard(error);
        return false;
      }
    },
    start(given) {
      handlers = Object.fromEntries(
        Object.entries(given).map(([kind, handler]) => [kind, counted(handler)]),
      ) satisfies BatchHandlers;
      beginToOpen();
    },
    async stop() {
      // In this order: no batch is fetched once those that are being done are told to end.
      if (boss !== null) for (const kind of batchKinds) boss.offWork(kind, { wait: false }).catch(heard);
      stopping.abort();
      await opening;
      await boss?.stop({ timeout: STOP_WITHIN_MS }).catch(heard);
      boss = null;
      await Promise.all(running);
    },
    async figures() {
      try {
        return boss && (await readFigures(boss, options.schema));
      } catch (error) {
        heard(error);
        return null;
      }
    },
  };
}

function jobOf(batch: DueBatch) {
  const [first = ''] = batch;
  return { data: { ids: batch }, singletonKey: first };
}
