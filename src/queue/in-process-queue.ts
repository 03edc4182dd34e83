import type { BatchKind } from '../domain/model/worker.ts';
import type { BatchHandler, BatchHandlers, Clock, DueBatch, Log, WorkQueue } from '../monitoring/ports.ts';
import { RETRIES, RETRY_AFTER_S } from './retries.ts';

type Options = Readonly<{ clock: Clock; log: Log; retryAfterS?: number }>;

/** A batch with how often it has failed. */
type Waiting = Readonly<{ batch: DueBatch; failures: number }>;

/** The queue of a process that shares its work with nobody. */
export function createInProcessQueue({ clock, log, retryAfterS = RETRY_AFTER_S }: Options): WorkQueue {
  const stopping = new AbortController();
  const waiting = new Map<BatchKind, Waiting[]>();
  const running = new Map<BatchKind, Promise<void>>();
  let handlers: BatchHandlers = {};
  let dead = 0;

  async function doAll(kind: BatchKind, handler: BatchHandler): Promise<void> {
    for (let next = take(kind); next !== undefined; next = take(kind)) {
      await doOne(kind, next, handler);
    }
  }

  function take(kind: BatchKind): Waiting | undefined {
    return stopping.signal.aborted ? undefined : waiting.get(kind)?.shift();
  }

  async function doOne(kind: BatchKind, { batch, failures }: Waiting, handler: BatchHandler): Promise<void> {
    try {
      await handler(batch, stopping.signal);
    } catch (error) {
      const isDead = failures >= RETRIES;
      log.warn({ err: error, kind, failures: failures + 1 }, isDead ? 'a batch is given up' : 'a batch failed');
      if (isDead) dead += 1;
      else void putBack(kind, { batch, failures: failures + 1 });
    }
  }

  async function putBack(kind: BatchKind, failed: Waiting): Promise<void> {
    await clock.sleep(retryAfterS * 1000, stopping.signal).catch(() => undefined);
    put(kind, failed);
  }

  function put(kind: BatchKind, item: Waiting): void {
    const items = waiting.get(kind) ?? [];
    waiting.set(kind, items);
    if (!items.some(({ batch }) => batch[0] === item.batch[0])) items.push(item);
    begin(kind);
  }

  function begin(kind: BatchKind): void {
    const handler = handlers[kind];
    if (handler === undefined || running.has(kind)) return;
    const run = doAll(kind, handler).finally(() => {
      running.delete(kind);
      // A batch may have come back after the last look.
      if ((waiting.get(kind)?.length ?? 0) > 0 && !stopping.signal.aborted) begin(kind);
    });
    running.set(kind, run);
  }

  return {
    offer: async (kind, batches) => {
      if (handlers[kind] === undefined || stopping.signal.aborted) return false;
      for (const batch of batches) put(kind, { batch, failures: 0 });
      return true;
    },
    start: (given) => {
      handlers = given;
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(running.values());
    },
    figures: async () => ({
      waiting: [...waiting.values()].reduce((sum, items) => sum + items.length, 0),
      active: running.size,
      dead,
    }),
  };
}
