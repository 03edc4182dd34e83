import { setImmediate } from 'node:timers/promises';

/** Collects items that come one by one and hands them on in batches, one batch at a time. */
export type BatchRecorder<T> = Readonly<{
  /** Resolves when there is room for more: at once, unless the batches cannot keep up. */
  add(item: T): Promise<void>;
  /** Resolves when all that was added has been handed on; rejects then with the first failure. */
  drained(): Promise<void>;
}>;

/**
 * Batches grow with the load: while one is being written, the next gathers. So a slow trickle is stored poll by poll,
 * at once, and a flood by the hundred.
 */
export function createBatchRecorder<T>(limit: number, write: (batch: readonly T[]) => Promise<void>): BatchRecorder<T> {
  const waiting: T[] = [];
  const failures: unknown[] = [];
  let writing: Promise<void> | null = null;

  /** An embedded database works without ever yielding: answers that have arrived must get their turns to join in. */
  async function gather(): Promise<void> {
    let seen = 0;
    while (seen < waiting.length && waiting.length < limit) {
      seen = waiting.length;
      await setImmediate();
    }
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      await gather();
      try {
        await write(waiting.splice(0, limit));
      } catch (error) {
        failures.push(error);
      }
    }
    writing = null;
  }

  return {
    async add(item) {
      waiting.push(item);
      writing ??= writeAll();
      if (waiting.length >= 2 * limit) await writing;
    },
    async drained() {
      await writing;
      if (failures.length > 0) throw failures[0];
    },
  };
}
