import { type Instant, SECOND_MS } from '../domain/model/time.ts';
import type { Clock } from '../monitoring/ports.ts';

/** Room for the way to the server: requests sent a second apart may arrive closer together. */
const MARGIN_MS = 100;
/** How much a request that left late may be made up for by the next one. */
const CATCH_UP_MS = 20;
/** No wait is ever longer than this, so a longer one means that the clock was set back. */
const MAX_PAUSE_MS = 10_000;

/** The time between two slots: a little more than the limit asks for, so that a second never holds one too many. */
export function slotSpacingMs(requestsPerSecond: number): number {
  return (SECOND_MS + MARGIN_MS) / requestsPerSecond;
}

/**
 * GCRA: given when the next slot begins, either how long to wait for it, or when the one after it begins.
 * A slot that is taken late moves those after it, so a stall is not followed by a burst.
 */
export function claimSlot(
  slot: Readonly<{ beginsAt: Instant; spacingMs: number }>,
  now: Instant,
): Readonly<{ waitMs: number }> | Readonly<{ nextBeginsAt: Instant }> {
  const waitMs = slot.beginsAt - now;
  if (waitMs > 0 && waitMs <= MAX_PAUSE_MS) return { waitMs };
  const takenAt = waitMs > 0 ? now : Math.max(slot.beginsAt, now - CATCH_UP_MS);
  return { nextBeginsAt: takenAt + slot.spacingMs };
}

export type RequestSlots = Readonly<{
  /** Resolves when the caller may send one request; callers get their turns in the order they asked. */
  take(): Promise<void>;
  /** Upstream asked to slow down: nobody's turn comes before `ms` (at most 10 s) have passed. */
  pause(ms: number): void;
}>;

/** Evenly spaced slots of one process; a limit of 0 means none. */
export function createRequestSlots(requestsPerSecond: number, clock: Clock): RequestSlots {
  const spacingMs = requestsPerSecond > 0 ? slotSpacingMs(requestsPerSecond) : 0;
  let beginsAt = Number.NEGATIVE_INFINITY;
  let lastTurn: Promise<void> = Promise.resolve();

  async function waitForSlot(): Promise<void> {
    for (;;) {
      const claim = claimSlot({ beginsAt, spacingMs }, clock.now());
      if ('nextBeginsAt' in claim) {
        beginsAt = claim.nextBeginsAt;
        return;
      }
      await clock.sleep(Math.ceil(claim.waitMs));
    }
  }

  return {
    take() {
      lastTurn = lastTurn.then(waitForSlot, waitForSlot);
      return lastTurn;
    },
    pause(ms) {
      beginsAt = Math.max(beginsAt, clock.now() + Math.min(ms, MAX_PAUSE_MS));
    },
  };
}
