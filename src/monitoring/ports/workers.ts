import type { Instant } from '../../domain/model/time.ts';
import type { Worker } from '../../domain/model/worker.ts';

/** Which workers there are. All times are the store's own clock. */
export interface WorkerStore {
  now(): Promise<Instant>;
  /** Says that this worker is there, and what it does. */
  report(worker: WorkerReport): Promise<void>;
  /** Those that were heard of lately, the oldest first. */
  list(): Promise<readonly Worker[]>;
  /** It ends, and has nothing claimed. */
  remove(id: string): Promise<void>;
  /**
   * Forgets those of which nothing was heard for so long, and gives back the tenants that they had claimed: due again
   * at once. Each is given to one caller.
   */
  removeSilent(forMs: number): Promise<readonly Worker[]>;
}

export type WorkerReport = Omit<Worker, 'lastSeenAt'>;
