/** Collects items that come one by one and hands them on in batches, one batch at a time. */
export type BatchRecorder<T> = Readonly<{
  /** Resolves when there is room for more: at once, unless the batches cannot keep up. */
  add(item: T): Promise<void>;
  /** Resolves when all that was added has been handed on; rejects with the first failure. */
  drained(): Promise<void>;
}>;

/**
 * Batches grow with the load: while one is being written, the next gathers. So a slow trickle is stored poll by poll,
 * at once, and a flood by the hundred.
 */
export function createBatchRecorder<T>(limit: number, write: (batch: readonly T[]) => Promise<void>): BatchRecorder<T> {
  const waiting: T[] = [];
  let writing: Promise<void> = Promise.resolve();
  let isWriting = false;

  async function writeAll(): Promise<void> {
    try {
      while (waiting.length > 0) await write(waiting.splice(0, limit));
    } finally {
      isWriting = false;
    }
  }

  return {
    async add(item) {
      waiting.push(item);
      if (!isWriting) {
        isWriting = true;
        writing = writing.then(writeAll);
        // Its failure is reported by `drained` and by the next `add` that waits.
        writing.catch(() => undefined);
      }
      if (waiting.length >= 2 * limit) await writing;
    },
    drained: () => writing,
  };
}
