import type { PageKind } from '../domain/model/worker.ts';
import type { Clock, DuePage, Log, PageHandler, PageHandlers, WorkQueue } from '../monitoring/ports.ts';
import { RETRIES, RETRY_AFTER_S } from './retries.ts';

type Options = Readonly<{ clock: Clock; log: Log; retryAfterS?: number }>;

/** A page with how often it has failed. */
type Waiting = Readonly<{ page: DuePage; failures: number }>;

/** The queue of a process that shares its work with nobody. */
export function createInProcessQueue({ clock, log, retryAfterS = RETRY_AFTER_S }: Options): WorkQueue {
  const stopping = new AbortController();
  const waiting = new Map<PageKind, Waiting[]>();
  const running = new Map<PageKind, Promise<void>>();
  let handlers: PageHandlers = {};
  let dead = 0;

  async function doAll(kind: PageKind, handler: PageHandler): Promise<void> {
    for (let next = take(kind); next !== undefined; next = take(kind)) {
      await doOne(kind, next, handler);
    }
  }

  function take(kind: PageKind): Waiting | undefined {
    return stopping.signal.aborted ? undefined : waiting.get(kind)?.shift();
  }

  async function doOne(kind: PageKind, { page, failures }: Waiting, handler: PageHandler): Promise<void> {
    try {
      await handler(page, stopping.signal);
    } catch (error) {
      const isDead = failures >= RETRIES;
      log.warn({ err: error, kind, failures: failures + 1 }, isDead ? 'a page is given up' : 'a page failed');
      if (isDead) dead += 1;
      else void putBack(kind, { page, failures: failures + 1 });
    }
  }

  async function putBack(kind: PageKind, failed: Waiting): Promise<void> {
    await clock.sleep(retryAfterS * 1000, stopping.signal).catch(() => undefined);
    put(kind, failed);
  }

  function put(kind: PageKind, item: Waiting): void {
    const items = waiting.get(kind) ?? [];
    waiting.set(kind, items);
    if (!items.some(({ page }) => page[0] === item.page[0])) items.push(item);
    begin(kind);
  }

  function begin(kind: PageKind): void {
    const handler = handlers[kind];
    if (handler === undefined || running.has(kind)) return;
    const run = doAll(kind, handler).finally(() => {
      running.delete(kind);
      // A page may have come back after the last look.
      if ((waiting.get(kind)?.length ?? 0) > 0 && !stopping.signal.aborted) begin(kind);
    });
    running.set(kind, run);
  }

  return {
    offer: async (kind, pages) => {
      if (handlers[kind] === undefined || stopping.signal.aborted) return false;
      for (const page of pages) put(kind, { page, failures: 0 });
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
