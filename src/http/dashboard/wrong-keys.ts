import { type Instant, SECOND_MS } from '../../domain/model/time.ts';

/** So many wrong keys from an address cost nothing; each one after them doubles the pause before the next. */
const FREE = 3;
const FIRST_PAUSE_MS = 2 * SECOND_MS;
const LONGEST_PAUSE_MS = 300 * SECOND_MS;
/** Addresses remembered at most. */
const ADDRESSES = 10_000;

type Tries = Readonly<{ wrong: number; until: Instant }>;

/** Slows down whoever tries keys at the sign-in. */
export type WrongKeys = Readonly<{
  /** How long this address has to wait; 0: it may try. */
  pauseOf(address: string): number;
  wrong(address: string): void;
  right(address: string): void;
}>;

export function createWrongKeys(now: () => Instant): WrongKeys {
  const tries = new Map<string, Tries>();
  return {
    pauseOf: (address) => Math.max(0, (tries.get(address)?.until ?? 0) - now()),
    wrong: (address) => {
      const wrong = (tries.get(address)?.wrong ?? 0) + 1;
      const pauseMs = wrong <= FREE ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (wrong - FREE - 1), LONGEST_PAUSE_MS);
      tries.delete(address);
      tries.set(address, { wrong, until: now() + pauseMs });
      const [oldest] = tries.size > ADDRESSES ? tries.keys() : [];
      if (oldest !== undefined) tries.delete(oldest);
    },
    right: (address) => {
      tries.delete(address);
    },
  };
}
