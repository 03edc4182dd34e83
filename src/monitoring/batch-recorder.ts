import { setTimeout } from 'node:timers/promises';

/** Short enough to store a trickle promptly, long enough to make hundreds of a flood one transaction. */
const GATHER_MS = 50;

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

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      // An embedded database works without ever yielding: answers that have arrived must get a turn to join in.
      if (waiting.length < limit) await setTimeout(GATHER_MS);
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
