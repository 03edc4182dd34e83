import { setTimeout as pause, setImmediate } from 'node:timers/promises';
import type { Instant } from '../../src/domain/model/time.ts';
import { type ManualClock, manualClock, settled } from '../support/use-case-clock.ts';

/** Looks at a thing that nobody's clock moves, before it is said to be stuck. */
const LOOKS = 400;
const BETWEEN_LOOKS_MS = 5;

export type DrivenClock = ManualClock &
  Readonly<{
    /** Moves from one sleeper to the next until the work is done; what is under way to the database is waited for. */
    run<T>(work: Promise<T>): Promise<T>;
  }>;

/** Time that moves only as far as the work waits for it, where the work talks to a real database. */
export function drivenClock(start: Instant, inFlight: () => number): DrivenClock {
  const clock = manualClock(start);

  async function quiet(): Promise<void> {
    do {
      while (inFlight() > 0) await setImmediate();
      await settled();
    } while (inFlight() > 0);
  }

  async function wakeNext(): Promise<boolean> {
    const wakeAt = clock.nextWakeAt();
    if (wakeAt === null) return false;
    await clock.advance(wakeAt - clock.now());
    return true;
  }

  return {
    ...clock,
    async advance(ms) {
      const end = clock.now() + ms;
      await quiet();
      for (let at = clock.nextWakeAt(); at !== null && at <= end; at = clock.nextWakeAt()) {
        await wakeNext();
        await quiet();
      }
      await clock.advance(end - clock.now());
    },
    async run(work) {
      let isDone = false;
      const done = work.finally(() => {
        isDone = true;
      });
      done.catch(() => undefined);
      for (let looks = 0; ; looks += 1) {
        await quiet();
        if (isDone) return await done;
        if (await wakeNext()) looks = 0;
        else if (looks > LOOKS) throw new Error('the work waits for something that no clock can bring');
        else await pause(BETWEEN_LOOKS_MS);
      }
    },
  };
}
