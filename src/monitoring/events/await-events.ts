import type { Clock, EventStore } from '../ports.ts';
import { slept } from '../slept.ts';

/** Other processes write, too, and their events are found by looking. */
const LOOK_EVERY_MS = 500;
/** Each of them is an open connection and a timer. */
export const MOST_WAITING = 500;

export type AwaitEvents = Readonly<{
  /**
   * Ends once the feed goes on behind the position, the time is over or the signal aborts. False: too many wait
   * already. Throws when the feed cannot be read.
   */
  behind(position: number, ms: number, signal?: AbortSignal): Promise<boolean>;
  /** This process has written events. */
  ring(): void;
}>;

type Waiting = { readonly position: number; readonly over: AbortController; trouble: unknown };

/** However many readers wait, the database is asked by one. */
export function createAwaitEvents(clock: Clock, events: Pick<EventStore, 'end'>): AwaitEvents {
  const waiting = new Set<Waiting>();
  let nap = new AbortController();
  let isLooking = false;

  async function look(): Promise<void> {
    isLooking = true;
    while (waiting.size > 0) {
      // Made before the look, so that a bell that rings meanwhile is heard after it.
      nap = new AbortController();
      await wakeReaders();
      if (waiting.size > 0) await slept(clock, LOOK_EVERY_MS, nap.signal);
    }
    isLooking = false;
  }

  async function wakeReaders(): Promise<void> {
    try {
      const { position } = await events.end();
      for (const one of waiting) if (one.position < position) one.over.abort();
    } catch (error) {
      for (const one of waiting) {
        one.trouble = error;
        one.over.abort();
      }
    }
  }

  return {
    ring: () => nap.abort(),
    behind: async (position, ms, signal) => {
      if (waiting.size >= MOST_WAITING) return false;
      const one: Waiting = { position, over: new AbortController(), trouble: null };
      waiting.add(one);
      if (isLooking) nap.abort();
      else void look();
      await slept(clock, ms, AbortSignal.any([one.over.signal, ...(signal === undefined ? [] : [signal])]));
      waiting.delete(one);
      if (waiting.size === 0) nap.abort();
      if (one.trouble !== null) throw one.trouble;
      return true;
    },
  };
}
