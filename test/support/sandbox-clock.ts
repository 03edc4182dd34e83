import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/monitoring/ports.ts';

export type ManualClock = Clock & {
  advance(ms: number): Promise<void>;
  /** Moves from one sleeper to the next until the work is done. Work that waits for anything else is an error. */
  run<T>(work: Promise<T>): Promise<T>;
};

/** Time that moves only when a test says so. */
export function manualClock(start: number): ManualClock {
  let now = start;
  let sleepers: { wakeAt: number; wake: () => void }[] = [];

  async function moveTo(instant: number): Promise<void> {
    now = Math.max(now, instant);
    const awake = sleepers.filter(({ wakeAt }) => wakeAt <= now);
    sleepers = sleepers.filter(({ wakeAt }) => wakeAt > now);
    for (const { wake } of awake) wake();
    await setImmediate();
  }

  return {
    now: () => now,
    sleep: (ms) => new Promise((wake) => sleepers.push({ wakeAt: now + ms, wake })),
    advance: (ms) => moveTo(now + ms),
    async run(work) {
      let isDone = false;
      const done = work.finally(() => {
        isDone = true;
      });
      done.catch(() => {});
      await setImmediate();
      while (!isDone) {
        if (sleepers.length === 0) throw new Error('the work waits for something that no clock can bring');
        await moveTo(Math.min(...sleepers.map(({ wakeAt }) => wakeAt)));
      }
      return done;
    },
  };
}

/** A sleep is over at once, and the time it would have taken has passed. */
export function hastyClock(start: number): Clock {
  let now = start;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
}
