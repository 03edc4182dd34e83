import { OutdatedProgram } from '../monitoring/outdated-program.ts';

/** Less than the 20 s that SIGTERM is promised to take: the rest is for closing. */
export const DRAIN_MS = 16_000;

export type Ending = ReturnType<typeof createEnding>;

/** Why a daemon ends: somebody tells it to, or a newer program has made the database one that it must not write. */
export function createEnding(told: AbortSignal) {
  const shutOut = new AbortController();
  return {
    signal: AbortSignal.any([told, shutOut.signal]),
    /** Does the work, and notices when that shows that no further work may be done. */
    async watch<T>(work: () => Promise<T>): Promise<T> {
      try {
        return await work();
      } catch (error) {
        if (error instanceof OutdatedProgram) shutOut.abort(error);
        throw error;
      }
    },
    /** Once all is stopped. */
    throwIfShutOut: () => shutOut.signal.throwIfAborted(),
  };
}
