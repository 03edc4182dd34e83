import type { NewGrant } from '../../src/domain/model/grant.ts';
import type { PollFailureKind } from '../../src/domain/model/poll.ts';
import type { Tenant } from '../../src/domain/model/tenant.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/domain/model/time.ts';
import { createAccess } from '../../src/monitoring/access/keep-access.ts';
import type { TokenResult } from '../../src/monitoring/polling/poll-tenant.ts';
import type { ConstantContact, GrantStore } from '../../src/monitoring/ports.ts';
import { createRetriedWrites } from '../../src/monitoring/retried-writes.ts';
import { aTenant } from './builders.ts';
import { memoryGrantStore, storeGrant } from './memory-grant-store.ts';
import { memoryRecordStore } from './memory-record-store.ts';
import { emptyMemory } from './memory-state.ts';
import { type RunningClock, runningClock } from './sandbox-clock.ts';
import { collectingLog } from './use-case-log.ts';
import { upstreamsOver } from './use-case-upstreams.ts';

export const NOW = Date.UTC(2026, 2, 1);
export const TENANT = 'tenant-1';
export const LATENCY_MS = 300;
export const REQUEST_TIMEOUT_MS = 15 * SECOND_MS;
const DAY_LONG = 24 * HOUR_MS;

/** A grant in the middle of its day unless told otherwise. */
export function aLastingGrant(given: Partial<NewGrant> = {}): NewGrant {
  const inPrime = { expiresAt: NOW + 12 * HOUR_MS, lifetimeMs: DAY_LONG };
  return { accessToken: 'access-0', refreshToken: 'refresh-0', ...inPrime, ...given };
}

export const endingSoon = aLastingGrant({ expiresAt: NOW + MINUTE_MS });
export const expired = aLastingGrant({ expiresAt: NOW - MINUTE_MS });

/** One database, one token endpoint with rotating refresh tokens, and as many processes as a test wants. */
export function createAccessWorld(stored: NewGrant | null = aLastingGrant()) {
  const clock = runningClock(NOW);
  const log = collectingLog();
  const memory = emptyMemory();
  const grants = memoryGrantStore(memory, clock.now);
  if (stored !== null) storeGrant(memory.state, TENANT, stored);
  const endpoint = rotatingEndpoint(clock, stored?.refreshToken ?? 'none');
  let leases = 0;
  const process = (own: Partial<GrantStore> = {}) =>
    createAccess({
      grants: { ...grants, ...own },
      records: memoryRecordStore(memory, clock.now),
      upstreams: upstreamsOver({ constantContact: endpoint }),
      clock,
      log,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      newHolder: () => `lease-${++leases}`,
      retriedWrites: createRetriedWrites({ clock, log }),
    });
  const outcomeOf = async (asked: Promise<TokenResult>): Promise<string> => {
    const result = await clock.run(asked);
    if (result.ok) return result.accessToken;
    return result.failure === 'stopping' ? result.failure : result.failure.kind;
  };
  return {
    clock,
    log,
    grants,
    endpoint,
    process,
    outcomeOf,
    tenantIs: (state: Tenant['state']) =>
      memory.state.tenants.set(TENANT, { tenant: aTenant({ id: TENANT, state, nextPollAt: null }), removedAt: null }),
    tenant: () => memory.state.tenants.get(TENANT)?.tenant,
    /** An operator gives a new grant. */
    storeNow: (grant: NewGrant, tenantId = TENANT) => storeGrant(memory.state, tenantId, grant),
    /** A process of its own asks for an access token. */
    ask: () => outcomeOf(process().accessToken(TENANT)),
    askAfter401: (rejected = 'access-0') => outcomeOf(process().renewAfterUnauthorized(TENANT, rejected)),
  };
}

/** Spends a refresh token when the request comes, however late the answer is. */
function rotatingEndpoint(clock: RunningClock, first: string) {
  const refreshes: string[] = [];
  const failures: PollFailureKind[] = [];
  const latencies: number[] = [];
  const slots: number[] = [];
  let valid: string | null = first;
  let issued = 0;

  function answerTo(refreshToken: string): Awaited<ReturnType<ConstantContact['refresh']>> {
    const kind = failures.shift() ?? (valid === null || refreshToken === valid ? null : 'invalid_grant');
    if (kind !== null) return { ok: false, failure: { kind, detail: kind, requestId: null, retryAfterMs: null } };
    issued += 1;
    const tokens = { accessToken: `access-${issued}`, refreshToken: `refresh-${issued}` };
    if (valid !== null) valid = tokens.refreshToken;
    return { ok: true, value: { ...tokens, expiresAt: clock.now() + DAY_LONG, lifetimeMs: DAY_LONG } };
  }

  return {
    refresh: async (refreshToken: string, wait?: Parameters<ConstantContact['refresh']>[1]) => {
      await clock.sleep(slots.shift() ?? 0, wait?.signal);
      wait?.onSend();
      refreshes.push(refreshToken);
      const answer = answerTo(refreshToken);
      await clock.sleep(latencies.shift() ?? LATENCY_MS);
      return answer;
    },
    /** Every refresh token that was presented. */
    refreshes,
    /** The next refreshes fail so. */
    failNext: (...kinds: PollFailureKind[]) => void failures.push(...kinds),
    /** The next answers take so long. */
    answerAfter: (...ms: number[]) => void latencies.push(...ms),
    /** The next slots at the endpoint come so late. */
    slotAfter: (...ms: number[]) => void slots.push(...ms),
    /** The person authorised again elsewhere. */
    accept(refreshToken: string) {
      valid = refreshToken;
    },
    /** For tests with many tenants: from now on every refresh token works. */
    acceptAny() {
      valid = null;
    },
  };
}
