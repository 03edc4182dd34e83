import type { ClientApplication } from '../../domain/model/client-application.ts';
import type { Instant } from '../../domain/model/time.ts';
import { mostWaitingForTokens, nextTokenTurn } from '../../domain/polling/put-off.ts';

type Limited = Pick<ClientApplication, 'id' | 'tokenRequestsPerSecond'>;

/**
 * The token endpoint's limit is far below that of the API: a hundred thousand new accounts, or tokens that end all at
 * once, are not to keep those waiting that have a token. All rounds of a process share the turns.
 */
export type TokenTurns = Readonly<{
  /** Null where as many as may are waiting for a token; else to be called when this one does not any more. */
  begin(application: Limited): (() => void) | null;
  /** For how long one that cannot wait now is put off. */
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
