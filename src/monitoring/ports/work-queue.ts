import type { PageKind } from '../../domain/model/worker.ts';

/** The ids of what is due, and nothing else: what they stand for is read by whoever gets the page. */
export type DuePage = readonly string[];

/** Does one page, to its end or until the signal aborts. What it throws makes the queue hand the page out again. */
export type PageHandler = (page: DuePage, signal: AbortSignal) => Promise<void>;

/**
 * Hands pages of due work to workers that are free. What is due, and who has it, stays in the tables: a page that is lost,
 * or comes twice, does no harm.
 */
export interface WorkQueue {
  /**
   * Puts pages where free workers find them, this one included. One that begins like a page that waits is left out. False
   * when the queue cannot take them: whoever offers them does without it. Never rejects.
   */
  offer(kind: PageKind, pages: readonly DuePage[]): Promise<boolean>;
  /** From now on pages of these kinds are done here, one of each kind at a time. Does not wait for the queue to be there. */
  start(handlers: PageHandlers): void;
  /** Resolves when nothing is done here any more; handlers are told to end. */
  stop(): Promise<void>;
  /** Null where it cannot be told. Never rejects. */
  figures(): Promise<QueueFigures | null>;
}

export type PageHandlers = Readonly<Partial<Record<PageKind, PageHandler>>>;

/** Pages that wait, that are being done, and that failed as often as they may. */
export type QueueFigures = Readonly<{ waiting: number; active: number; dead: number }>;
