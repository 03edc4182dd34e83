import { failureOf } from '../../src/domain/model/poll.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../src/domain/model/time.ts';
import type { ConstantContact } from '../../src/monitoring/ports.ts';
import type { MemoryStores } from '../support/memory-store.ts';
import type { Gate } from './gate.ts';
import type { simulatedUpstream } from './outside.ts';
import type { SimClock } from './sim-clock.ts';

/** Much shorter than Constant Contact's, so that grants are refreshed all the time. */
const LIFE_MS = 3 * HOUR_MS;
/** An answer is on its way for less. */
const ON_THE_WAY_MS = 2 * MINUTE_MS;

/** A refresh token that was presented after it had been spent. */
type Presented = Readonly<{ tenantId: string; token: string; spentAt: Instant; isExcused: boolean }>;

/** Refresh tokens that work once: `bakery/3` gives `bakery/4` and the access token `bakery#4`. */
export type SimulatedTokens = Readonly<{
  /** For the process behind that gate. */
  refreshFor(gate: Gate): ConstantContact['refresh'];
  /** Somebody allows us in again: what was given before stops working. */
  authorise(tenantId: string): ReturnType<typeof grantOf>;
  /**
   * Excused where a process died, or froze, with the new grant, and nobody else has it: whoever comes next has to present
   * the old one, and learns so that it is spent.
   */
  presentedSpent: readonly Presented[];
  /** An access token is used, for whatever request. */
  noteUse(accessToken: string): void;
  /** When a token of a later grant than the spent one was first used; null: never. */
  usedLaterThan(refreshToken: string): Instant | null;
}>;

type World = Readonly<{ upstream: ReturnType<typeof simulatedUpstream>; clock: SimClock; stores: MemoryStores }>;

export function simulatedTokens({ upstream, clock, stores }: World): SimulatedTokens {
  const numbers = new Map<string, number>();
  const spent = new Map<string, Readonly<{ at: Instant; gate: Gate }>>();
  const presentedSpent: Presented[] = [];
  const firstUses = new Map<string, Instant>();
  const numberOf = (tenantId: string) => numbers.get(tenantId) ?? 1;
  const next = (tenantId: string) => {
    numbers.set(tenantId, numberOf(tenantId) + 1);
    return grantOf(tenantId, numberOf(tenantId), clock.now());
  };

  function notePresented(tenantId: string, token: string, presenter: Gate): void {
    const { at, gate } = spent.get(token) ?? { at: null, gate: null };
    // What was replaced by a new permission may be presented once more by whoever had read it before.
    if (at === null) return;
    const isNewest = stores.memory.state.grants.get(tenantId)?.grant.refreshToken === token;
    const isExcused = isNewest && gate.struckSince(at - ON_THE_WAY_MS);
    // Whoever froze with the token in hand did not hear that its lease had ended, and that another one was quicker.
    if (!isExcused && presenter.struckSince(at)) return;
    presentedSpent.push({ tenantId, token, spentAt: at, isExcused });
  }

  return {
    presentedSpent,
    noteUse: (accessToken) => {
      if (!firstUses.has(accessToken)) firstUses.set(accessToken, clock.now());
    },
    usedLaterThan: (refreshToken) => {
      const [tenantId = '', number = ''] = refreshToken.split('/');
      const later = [...firstUses].filter(([accessToken]) => {
        const [ofTenant, ofNumber] = accessToken.split('#');
        return ofTenant === tenantId && Number(ofNumber) > Number(number);
      });
      return later.length === 0 ? null : Math.min(...later.map(([, at]) => at));
    },
    authorise: next,
    refreshFor: (gate) => async (refreshToken, wait) => {
      wait?.onSend();
      const [tenantId = ''] = refreshToken.split('/');
      return await upstream.delayed(() => {
        if (upstream.accessNow(tenantId) === 'revoked') return refused('the permission was withdrawn');
        if (refreshToken !== `${tenantId}/${numberOf(tenantId)}`) {
          notePresented(tenantId, refreshToken, gate);
          return refused('the refresh token is spent');
        }
        spent.set(refreshToken, { at: clock.now(), gate });
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
