import { type Instant, MINUTE_MS, SECOND_MS } from '../../domain/model/time.ts';
import type { Clock } from '../ports.ts';

/** Clocks that keep their time by NTP differ by less. */
const LEFT_ALONE_MS = 2 * SECOND_MS;
/** One of the two clocks is plainly wrong, and nobody here can tell which: it is reported and not corrected. */
const BEYOND_DOUBT_MS = 10 * MINUTE_MS;
/** Measured anew each few seconds, the difference varies a little; time is not to jump for that. */
const STEADY_MS = SECOND_MS;

/** A clock that agrees with those of the other workers. */
export type WorkerClock = Clock &
  Readonly<{
    /** The machine's own time. */
    own(): Instant;
    /** From now on, where its own time is so far ahead of the database's. */
    compare(aheadMs: number): void;
  }>;

/**
 * Workers decide by their clocks what is due, on which UTC day a request counts, and which of two polls is the later
 * one. Where their machines' times differ by up to some minutes, all of them go by the database's.
 */
export function createWorkerClock({ now: own, sleep }: Clock): WorkerClock {
  let correctedMs = 0;
  return {
    own,
    sleep,
    now: () => own() - correctedMs,
    compare(aheadMs) {
      correctedMs = correctionFor(aheadMs, correctedMs);
    },
  };
}

function correctionFor(aheadMs: number, presentMs: number): number {
  const size = Math.abs(aheadMs);
  if (size <= LEFT_ALONE_MS || size > BEYOND_DOUBT_MS) return 0;
  return Math.abs(aheadMs - presentMs) <= STEADY_MS ? presentMs : Math.round(aheadMs);
}
