import { setImmediate } from 'node:timers/promises';
import type { Instant } from '../../src/domain/model/time.ts';
import type { Clock } from '../../src/monitoring/ports.ts';

/** A clock that stands still until a test moves it. */
export type ManualClock = Clock &
  Readonly<{
    /** Wakes who sleeps no longer than that, each at their own moment, and lets what they do come to rest. */
    advance(ms: number): Promise<void>;
    /** Somebody sets the clock, by so much ahead, or back; sleepers sleep on. */
    jump(ms: number): void;
    sleepers(): number;
    /** When the next sleeper wakes; null when nobody sleeps. */
    nextWakeAt(): Instant | null;
  }>;

type Sleeper = Readonly<{ wakeAt: Instant; wake: () => void }>;

export function manualClock(start: Instant): ManualClock {
  let now = start;
  const sleepers = new Set<Sleeper>();

  function nextUntil(end: Instant): Sleeper | undefined {
    return [...sleepers].filter(({ wakeAt }) => wakeAt <= end).toSorted((a, b) => a.wakeAt - b.wakeAt)[0];
  }

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const giveUp = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const wake = () => {
          signal?.removeEventListener('abort', giveUp);
          resolve();
        };
        const sleeper = { wakeAt: now + ms, wake };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', giveUp, { once: true });
      }),
    advance: async (ms) => {
      const end = now + ms;
      await settled();
      for (let sleeper = nextUntil(end); sleeper !== undefined; sleeper = nextUntil(end)) {
        sleepers.delete(sleeper);
        now = Math.max(now, sleeper.wakeAt);
        sleeper.wake();
        await settled();
      }
      now = end;
    },
    jump: (ms) => {
      now += ms;
    },
    sleepers: () => sleepers.size,
    nextWakeAt: () => nextUntil(Number.POSITIVE_INFINITY)?.wakeAt ?? null,
  };
}

/** More turns of the event loop than any step without a clock or a held answer takes. */
const TURNS = 20;

/** Resolves when all that can go on without the clock, or a held answer, has done so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
}

/** A clock on which every sleep is over at once, and has taken its time. */
export function sleeplessClock(start: Instant): Clock {
  let now = start;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
}
