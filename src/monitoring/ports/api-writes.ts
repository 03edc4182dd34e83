import type { Instant } from '../../domain/model/time.ts';

/** What a write was answered. */
export type WriteAnswer = Readonly<{ status: number; contentType: string; body: string }>;

/** A write as a program named it (`Idempotency-Key`), and a digest of what it asked. */
export type RepeatableWrite = Readonly<{ id: string; request: string }>;

/** Writes that programs may repeat, kept for a day with their answers. */
export interface ApiWriteStore {
  /**
   * Null when the write is new, and its caller is the one that does it; else what is known of it. A write without an
   * answer counts as under way for 120 s (`UNDER_WAY_MS`), and is then given to the next caller.
   */
  begin(
    write: RepeatableWrite,
    at: Instant,
  ): Promise<Readonly<{ request: string; beganAt: Instant; answer: WriteAnswer | null }> | null>;
  /** Keeps the answer. Does nothing for an id that is not known any more. */
  finish(id: string, answer: WriteAnswer): Promise<void>;
  /** Nothing came of it: it may be tried again. */
  forget(id: string): Promise<void>;
}

/** Requests that API keys have made, counted by the minute for all processes together. */
export interface ApiUseStore {
  /** Counts so many more requests in the minute that began then; how many are counted in it now. */
  count(keyId: string, minute: Instant, requests: number): Promise<number>;
}
