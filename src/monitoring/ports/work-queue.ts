import type { BatchKind } from '../../domain/model/worker.ts';

/** The ids of what is due, and nothing else: what they stand for is read by whoever gets the batch. */
export type DueBatch = readonly string[];

/** Does one batch, to its end or until the signal aborts. What it throws makes the queue hand the batch out again. */
export type BatchHandler = (batch: DueBatch, signal: AbortSignal) => Promise<void>;

/**
 * Hands batches of due work to workers that are free. What is due, and who has it, stays in the tables: a batch that is
 * lost, or comes twice, does no harm.
 */
export interface WorkQueue {
  /**
   * Puts batches where free workers find them, this one included. One that begins like a batch that waits is left out.
   * False when the queue cannot take them: whoever offers them does without it. Never rejects.
   */
  offer(kind: BatchKind, batches: readonly DueBatch[]): Promise<boolean>;
  /**
   * From now on batches of these kinds are done here, one of each kind at a time. Does not wait for the queue to be
   * there.
   */
  start(handlers: BatchHandlers): void;
  /** Resolves when nothing is done here any more; handlers are told to end. */
  stop(): Promise<void>;
  /** Null where it cannot be told. Never rejects. */
  figures(): Promise<QueueFigures | null>;
}

export type BatchHandlers = Readonly<Partial<Record<BatchKind, BatchHandler>>>;

/** Batches that wait, that are being done, and that failed as often as they may. */
export type QueueFigures = Readonly<{ waiting: number; active: number; dead: number }>;
