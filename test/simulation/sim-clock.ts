import type { Instant } from '../../src/domain/model/time.ts';
import { settled } from '../support/use-case-clock.ts';

/** The true time of a simulated world; nothing moves it but what is to happen next. */
export type SimClock = Readonly<{
  now(): Instant;
  /** Wakes up at that moment; at once when it is over. */
  wakeAt(at: Instant): Promise<void>;
  /** When the next sleeper wakes. */
  nextWakeAt(): Instant;
  /** Moves to that moment, and lets everybody go on who wakes by then. */
  moveTo(at: Instant): Promise<void>;
}>;

type Sleeper = Readonly<{ at: Instant; order: number; wake: () => void }>;

export function simClock(start: Instant): SimClock {
  let now = start;
  let order = 0;
  let sleepers: readonly Sleeper[] = [];
  const next = () => sleepers[0];

  return {
    now: () => now,
    wakeAt: (at) => {
      if (at <= now) return Promise.resolve();
      return new Promise((wake) => {
        const sleeper = { at, order: order++, wake };
        const index = sleepers.findIndex((other) => other.at > at);
        sleepers = index === -1 ? [...sleepers, sleeper] : sleepers.toSpliced(index, 0, sleeper);
      });
    },
    nextWakeAt: () => next()?.at ?? Number.POSITIVE_INFINITY,
    moveTo: async (at) => {
      await settled();
      for (let first = next(); first !== undefined && first.at <= at; first = next()) {
        now = Math.max(now, first.at);
        sleepers = sleepers.slice(1);
        first.wake();
        await settled();
      }
      now = Math.max(now, at);
    },
  };
}
