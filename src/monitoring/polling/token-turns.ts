import type { ClientApplication } from '../../domain/model/client-application.ts';
import type { Instant } from '../../domain/model/time.ts';
import { mostWaitingForTokens, nextTokenTurn } from '../../domain/polling/waits.ts';

type Limited = Pick<ClientApplication, 'id' | 'tokenRequestsPerSecond'>;

/**
 * The token endpoint's limit is far below that of the API: a hundred thousand new accounts, or tokens that end all at
 * once, are not to keep those waiting that have a token. All rounds of a process share the turns.
 */
export type TokenTurns = Readonly<{
  /** Null when the limit of waiting tenants is reached; otherwise a function to call when the wait is over. */
  begin(application: Limited): (() => void) | null;
  /** For how long a tenant that cannot wait now is put off. */
  putOffMs(application: Limited, now: Instant): number;
}>;

export function createTokenTurns(): TokenTurns {
  const waiting = new Map<string | null, number>();
  const lastTurns = new Map<string | null, Instant>();
  return {
    begin: ({ id, tokenRequestsPerSecond }) => {
      const before = waiting.get(id) ?? 0;
      if (before >= mostWaitingForTokens(tokenRequestsPerSecond)) return null;
      waiting.set(id, before + 1);
      return () => waiting.set(id, (waiting.get(id) ?? 1) - 1);
    },
    putOffMs: ({ id, tokenRequestsPerSecond }, now) => {
      const turnAt = nextTokenTurn(lastTurns.get(id) ?? now, now, tokenRequestsPerSecond);
      lastTurns.set(id, turnAt);
      return turnAt - now;
    },
  };
}
