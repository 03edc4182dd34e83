import { failureOf } from '../../src/domain/model/poll.ts';
import { HOUR_MS } from '../../src/domain/model/time.ts';
import type { ConstantContact } from '../../src/monitoring/ports.ts';
import type { simulatedUpstream } from './outside.ts';
import type { SimClock } from './sim-clock.ts';

/** Much shorter than Constant Contact's, so that grants are refreshed all the time. */
const LIFE_MS = 3 * HOUR_MS;

/** Refresh tokens that work once: `bakery/3` gives `bakery/4` and the access token `bakery#4`. */
export type SimulatedTokens = Pick<ConstantContact, 'refresh'> &
  Readonly<{
    valid(tenantId: string): string;
    /** Somebody allows us in again: what was given before stops working. */
    authorise(tenantId: string): ReturnType<typeof grantOf>;
    presentedSpent: readonly string[];
  }>;

export function simulatedTokens(upstream: ReturnType<typeof simulatedUpstream>, clock: SimClock): SimulatedTokens {
  const numbers = new Map<string, number>();
  const presentedSpent: string[] = [];
  const numberOf = (tenantId: string) => numbers.get(tenantId) ?? 1;
  const next = (tenantId: string) => {
    numbers.set(tenantId, numberOf(tenantId) + 1);
    return grantOf(tenantId, numberOf(tenantId), clock.now());
  };
  return {
    presentedSpent,
    valid: (tenantId) => `${tenantId}/${numberOf(tenantId)}`,
    authorise: next,
    refresh: async (refreshToken, wait) => {
      wait?.onSend();
      const [tenantId = ''] = refreshToken.split('/');
      return await upstream.delayed(() => {
        if (upstream.accessNow(tenantId) === 'revoked') return refused('the permission was withdrawn');
        if (refreshToken !== `${tenantId}/${numberOf(tenantId)}`) {
          presentedSpent.push(refreshToken);
          return refused('the refresh token is spent');
        }
        return { ok: true, value: next(tenantId) };
      });
    },
  };
}

function refused(detail: string) {
  return { ok: false, failure: failureOf('invalid_grant', detail) } as const;
}

export function grantOf(tenantId: string, number: number, now: number) {
  const tokens = { accessToken: `${tenantId}#${number}`, refreshToken: `${tenantId}/${number}` };
  return { ...tokens, expiresAt: now + LIFE_MS, lifetimeMs: LIFE_MS };
}
