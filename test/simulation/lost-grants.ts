import type { Instant } from '../../src/domain/model/time.ts';
import type { MemoryStores } from '../support/memory-store.ts';
import type { SimClock } from './sim-clock.ts';
import type { SimulatedTokens } from './tokens.ts';

/** The grants that died with a process: it had spent the refresh token, and nobody else has what came for it. */
export type LostGrants = Readonly<{
  /** To be asked when a process dies: what is spent and not stored by then is lost. */
  look(): void;
  all(): readonly Readonly<{ at: Instant; tenantId: string }>[];
  /** Whoever comes next has to present that token, and learns so that it is spent. */
  explains(refreshToken: string): boolean;
}>;

export function lostGrantsOf(
  { memory }: MemoryStores,
  { valid, presentedSpent }: SimulatedTokens,
  clock: SimClock,
): LostGrants {
  const found: Readonly<{ at: Instant; tenantId: string; token: string }>[] = [];
  return {
    look: () => {
      for (const [tenantId, { grant }] of memory.state.grants) {
        if (grant.refreshToken !== valid(tenantId))
          found.push({ at: clock.now(), tenantId, token: grant.refreshToken });
      }
    },
    // Another process may have been about to store what it had got.
    all: () =>
      found.filter(({ token }) => presentedSpent.includes(token)).map(({ at, tenantId }) => ({ at, tenantId })),
    explains: (refreshToken) => found.some(({ token }) => token === refreshToken),
  };
}
