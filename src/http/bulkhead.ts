import pLimit from 'p-limit';

export type BulkheadOptions = Readonly<{
  /** Calls at work at the same time. */
  atWork: number;
  /** Further calls that wait for their turn. */
  waiting: number;
  /** Called once for each time in which the queue is full, however many are refused meanwhile. */
  onFull?(): void;
}>;

/** Runs the work when it is its turn. */
export type Bulkhead = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** There is no place left, neither at work nor in the queue. Nothing has been done. */
export class TooBusyError extends Error {}

/**
 * Keeps one kind of work from taking what others need: `const pages = createBulkhead({ atWork: 2, waiting: 100 })`,
 * then `await pages(() => readPage())`. Throws `TooBusyError` at once when the queue is full.
 */
export function createBulkhead({ atWork, waiting, onFull }: BulkheadOptions): Bulkhead {
  const limit = pLimit(atWork);
  let isFull = false;
  return async (work) => {
    if (limit.pendingCount === 0) isFull = false;
    if (limit.activeCount + limit.pendingCount < atWork + waiting) return await limit(work);
    if (!isFull) onFull?.();
    isFull = true;
    throw new TooBusyError('Too many requests of this kind are waiting.');
  };
}
