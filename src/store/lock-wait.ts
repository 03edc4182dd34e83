import { setImmediate as eventLoopTurn, setTimeout as pause } from 'node:timers/promises';

/** SQLite waits synchronously, and everything else in the process with it: so long at a time, and no longer. */
export const LONGEST_TRY_MS = 50;
const PAUSE_MS = 25;
/** Without a try for so long, nobody knows whether the file was locked all the time. */
const UNSEEN_MS = 2_000;

/** Waits for the lock of an SQLite file that another connection holds. */
export type LockWait = Readonly<{
  /** Tries until the file is free; throws the last try's error when it has been locked for too long. */
  untilFree(attempt: () => void): Promise<void>;
}>;

/**
 * Between two short tries all other work has its turn. `longestMs` counts from the moment at which the file was first
 * found locked, whoever waited then: of many that queue up, only the first waits that long.
 */
export function createLockWait(longestMs: number): LockWait {
  let lockedSince = 0;
  let seenAt = Number.NEGATIVE_INFINITY;
  return {
    async untilFree(attempt) {
      for (;;) {
        // Also what is free takes a turn: without it memory grew by 400 KB for each batch of polls.
        await eventLoopTurn();
        const triedAt = performance.now();
        if (triedAt - seenAt > UNSEEN_MS) lockedSince = triedAt;
        try {
          attempt();
          seenAt = Number.NEGATIVE_INFINITY;
          return;
        } catch (error) {
          seenAt = performance.now();
          if (!isBusy(error) || seenAt - lockedSince >= longestMs) throw error;
        }
        await pause(PAUSE_MS);
      }
    },
  };
}

export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}
