import { setImmediate } from 'node:timers/promises';
import type { Instant } from '../../src/domain/model/time.ts';
import type { Clock } from '../../src/monitoring/ports.ts';
import { createQueue } from './queue.ts';

/** Time that passes as fast as the work in it is done; every process sleeps by a clock of its own. */
export type VirtualTime = Readonly<{
  now(): Instant;
  process(): ProcessClock;
  /** Until nobody sleeps any more, or the end has come. */
  runUntil(end: Instant): Promise<void>;
}>;

/** `kill`: who sleeps by this clock never wakes, as the process is gone. */
export type ProcessClock = Clock & Readonly<{ kill(): void }>;

export function virtualTime(start: Instant): VirtualTime {
  let now = start;
  const sleepers = createQueue<() => void>();

  function process(): ProcessClock {
    let isAlive = true;
    return {
      now: () => now,
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
          sleepers.add(now + Math.max(0, ms), () => isAlive && resolve());
        }),
      kill: () => {
        isAlive = false;
      },
    };
  }

  return {
    now: () => now,
    process,
    runUntil: async (end) => {
      // Whatever needs no time is done between two moments.
      await setImmediate();
      for (let next = sleepers.first(); next !== null && next.at <= end; next = sleepers.first()) {
        now = Math.max(now, next.at);
        sleepers.take()?.();
        await setImmediate();
      }
      now = end;
    },
  };
}
