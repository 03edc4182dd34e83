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
type Presented = Readonly<{
  tenantId: string;
  token: string;
  spentAt: Instant;
  presentedAt: Instant;
  isExcused: boolean;
}>;

/** Since when a grant is lost, and when it was found again; null: never. */
type LossOfGrant = Readonly<{ at: Instant; until: Instant | null }>;

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
  /**
   * A grant is lost with the process that used it last: a later one than the spent token may serve that process for hours
   * before it dies, while the store takes nothing. It is found again when a later one is used after that.
   */
  lossOf(presented: Presented): LossOfGrant;
}>;

type World = Readonly<{ upstream: ReturnType<typeof simulatedUpstream>; clock: SimClock; stores: MemoryStores }>;

export function simulatedTokens({ upstream, clock, stores }: World): SimulatedTokens {
  const numbers = new Map<string, number>();
  const spent = new Map<string, Readonly<{ at: Instant; gate: Gate }>>();
  const presentedSpent: Presented[] = [];
  const uses = new Map<string, Instant[]>();
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
    presentedSpent.push({ tenantId, token, spentAt: at, presentedAt: clock.now(), isExcused });
  }

  return {
    presentedSpent,
    noteUse: (accessToken) => {
      const before = uses.get(accessToken);
      if (before === undefined) uses.set(accessToken, [clock.now()]);
      else before.push(clock.now());
    },
    lossOf: ({ tenantId, token, spentAt, presentedAt }) => {
      const [, number = ''] = token.split('/');
      const later = [...uses].flatMap(([accessToken, moments]) => {
        const [ofTenant, ofNumber] = accessToken.split('#');
        return ofTenant === tenantId && Number(ofNumber) > Number(number) ? moments : [];
      });
      return {
        at: Math.max(spentAt, ...later.filter((at) => at < presentedAt)),
        until: later.filter((at) => at >= presentedAt).toSorted((a, b) => a - b)[0] ?? null,
      };
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
