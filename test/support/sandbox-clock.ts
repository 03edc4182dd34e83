import type { Clock } from '../../src/monitoring/ports.ts';
import { type ManualClock, manualClock, settled } from './use-case-clock.ts';

export type RunningClock = ManualClock &
  Readonly<{
    /** Moves from one sleeper to the next until the work is done. Work that waits for anything else is an error. */
    run<T>(work: Promise<T>): Promise<T>;
  }>;

/** Time that moves only as far as the work waits for it. */
export function runningClock(start: number): RunningClock {
  const clock = manualClock(start);
  return {
    ...clock,
    async run(work) {
      let isDone = false;
      const done = work.finally(() => {
        isDone = true;
      });
      done.catch(() => {});
      await settled();
      while (!isDone) {
        const wakeAt = clock.nextWakeAt();
        if (wakeAt === null) throw new Error('the work waits for something that no clock can bring');
        await clock.advance(wakeAt - clock.now());
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
