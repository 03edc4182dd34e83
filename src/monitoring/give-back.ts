import { MINUTE_MS, SECOND_MS } from '../domain/model/time.ts';
import type { Clock, Log } from './ports.ts';

const RETRY_MS = SECOND_MS;
/** By then every lease has ended by itself. */
const GIVE_UP_MS = 10 * MINUTE_MS;

/** Gives back what this process has taken: at once or, where the store does not take it, as soon as it does. */
export type GiveBack = Readonly<{
  /** `give` may be asked again and again. Tries once before it returns, and never rejects. */
  giveBack(what: string, give: () => Promise<unknown>): Promise<void>;
  /** Resolves when nothing is left to be given back. */
  settled(): Promise<void>;
}>;

export function createGiveBack({ clock, log }: Readonly<{ clock: Clock; log: Log }>): GiveBack {
  /** By what is given back: of many alike, the first alone is told. */
  const open = new Map<Promise<void>, string>();

  async function tryAgain(what: string, give: () => Promise<unknown>): Promise<void> {
    const giveUpAt = clock.now() + GIVE_UP_MS;
    while (clock.now() < giveUpAt) {
      await clock.sleep(RETRY_MS);
      try {
        await give();
        log.debug({ what }, 'given back after all');
        return;
      } catch (error) {
        log.debug({ what, err: error }, 'could still not be given back');
      }
    }
    log.error({ what }, 'could not be given back; it ends by itself');
  }

  return {
    async giveBack(what, give) {
      try {
        await give();
      } catch (error) {
        const isTold = [...open.values()].includes(what);
        log[isTold ? 'debug' : 'warn'](
          { what, err: error },
          'could not be given back at once; tried again each second',
        );
        const later = tryAgain(what, give).finally(() => open.delete(later));
        open.set(later, what);
      }
    },
    settled: async () => {
      while (open.size > 0) await Promise.all(open.keys());
    },
  };
}
