import { MINUTE_MS, SECOND_MS } from '../domain/model/time.ts';
import type { Clock, Log } from './ports.ts';
import { slept } from './slept.ts';

const RETRY_MS = SECOND_MS;
/** By then every lease has ended by itself. */
const LEASES_END_MS = 10 * MINUTE_MS;

/**
 * Writes that must not be lost while the store is away: each is tried at once and, where the store does not take it,
 * again each second. A write may be asked for again although it was done, because the store's answer may have been
 * lost.
 */
export type RetriedWrites = Readonly<{
  /** Gives back what ends by itself, a lease or a claim: no longer tried when that has happened. Never rejects. */
  giveBack(what: string, write: () => Promise<unknown>): Promise<void>;
  /** Stores what this process alone knows: tried until the store takes it. Never rejects. */
  store(what: string, write: () => Promise<unknown>): Promise<void>;
  /** Resolves when no write is tried any more. */
  settled(): Promise<void>;
  /** The process ends: what the store has not taken is tried no more. */
  end(): void;
}>;

type Write = Readonly<{ what: string; write: () => Promise<unknown>; tryForMs: number }>;

export function createRetriedWrites({ clock, log }: Readonly<{ clock: Clock; log: Log }>): RetriedWrites {
  /**
   * Each write that is tried again, with what it writes: of several that write the same, the first alone is logged as a
   * warning.
   */
  const open = new Map<Promise<void>, string>();
  const ending = new AbortController();

  async function tryAgain({ what, write, tryForMs }: Write): Promise<void> {
    const giveUpAt = clock.now() + tryForMs;
    while (clock.now() < giveUpAt) {
      if (!(await slept(clock, RETRY_MS, ending.signal))) return;
      try {
        await write();
        log.debug({ what }, 'a delayed write was stored');
        return;
      } catch (error) {
        log.debug({ what, err: error }, 'a delayed write failed again');
      }
    }
    log.error({ what }, 'a lease or claim was not given back: it expires by itself');
  }

  async function begin(begun: Write): Promise<void> {
    const { what, write } = begun;
    try {
      await write();
    } catch (error) {
      const isLogged = [...open.values()].includes(what);
      log[isLogged ? 'debug' : 'warn']({ what, err: error }, 'a write failed; it is tried again each second');
      const later = tryAgain(begun).finally(() => open.delete(later));
      open.set(later, what);
    }
  }

  return {
    giveBack: (what, write) => begin({ what, write, tryForMs: LEASES_END_MS }),
    store: (what, write) => begin({ what, write, tryForMs: Number.POSITIVE_INFINITY }),
    settled: async () => {
      while (open.size > 0) await Promise.all(open.keys());
    },
    end: () => ending.abort(),
  };
}
