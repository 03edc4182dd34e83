import { failureOf } from '../../src/domain/model/poll.ts';
import { HOUR_MS } from '../../src/domain/model/time.ts';
import type { Clock, ConstantContact } from '../../src/monitoring/ports.ts';

export const TOKEN_LIFE_MS = 24 * HOUR_MS;

/** How many refresh tokens of a tenant have been given; one unless named. */
export type Given = Readonly<Record<string, number>>;

/** A token endpoint whose refresh tokens work once: `bakery/3` gives `bakery/4` and the access token `bakery#4`. */
export type RotatingTokens = Pick<ConstantContact, 'refresh'> &
  Readonly<{
    /** Whoever presents it has lost the tenant's grant. */
    presentedSpent: readonly string[];
    /** The refresh token that works at present; the first one has the number 1. */
    valid(tenantId: string): string;
  }>;

export function rotatingTokens(clock: Pick<Clock, 'now'>, given: Given = {}): RotatingTokens {
  const numbers = new Map(Object.entries(given));
  const presentedSpent: string[] = [];
  const numberOf = (tenantId: string) => numbers.get(tenantId) ?? 1;
  return {
    presentedSpent,
    valid: (tenantId) => `${tenantId}/${numberOf(tenantId)}`,
    refresh: async (refreshToken, wait) => {
      wait?.onSend();
      const [tenantId = '', number] = refreshToken.split('/');
      if (Number(number) !== numberOf(tenantId)) {
        presentedSpent.push(refreshToken);
        return { ok: false, failure: failureOf('invalid_grant', 'the refresh token is spent') };
      }
      const next = numberOf(tenantId) + 1;
      numbers.set(tenantId, next);
      return { ok: true, value: grantNumbered(tenantId, next, clock.now() + TOKEN_LIFE_MS) };
    },
  };
}

export function grantNumbered(tenantId: string, number: number, expiresAt: number) {
  const tokens = { accessToken: `${tenantId}#${number}`, refreshToken: `${tenantId}/${number}` };
  return { ...tokens, expiresAt, lifetimeMs: TOKEN_LIFE_MS };
}
