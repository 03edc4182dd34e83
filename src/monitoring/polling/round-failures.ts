import { OutdatedProgram } from '../outdated-program.ts';
import type { Log } from '../ports.ts';
import { StoreUnavailable } from '../store-unavailable.ts';
import type { RoundClaims } from './poll-claims.ts';

/** What one round could not do for reasons of our own. */
export type RoundFailures = Readonly<{
  /**
   * A store that is down, or is a newer program's, fails everybody alike. The first such failure is logged as an error,
   * the same failure later at the level `debug`.
   */
  add(tenantIds: readonly string[], error: unknown, message: string): void;
  count(): number;
  /** From then on no further tenant is asked: the answer could not be stored. */
  isStoreDown(): boolean;
}>;

export function createRoundFailures(log: Log, claims: Pick<RoundClaims, 'failed'>): RoundFailures {
  const kinds = new Set<string>();
  let count = 0;
  return {
    add(tenantIds, error, message) {
      count += tenantIds.length;
      claims.failed(tenantIds);
      const kind = kindOf(error);
      const isTold = kind !== null && kinds.has(kind);
      if (kind !== null) kinds.add(kind);
      const which = tenantIds.length === 1 ? { tenantId: tenantIds[0] } : { tenants: tenantIds.length };
      log[isTold ? 'debug' : 'error']({ err: error, ...which }, message);
    },
    count: () => count,
    isStoreDown: () => kinds.size > 0,
  };
}

/** Null for an error that concerns these tenants alone. */
function kindOf(error: unknown): string | null {
  if (error instanceof StoreUnavailable) return error.kind;
  return error instanceof OutdatedProgram ? error.name : null;
}
