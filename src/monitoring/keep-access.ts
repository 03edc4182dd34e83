import pLimit from 'p-limit';
import type { PollFailure } from '../domain/poll.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '../domain/time.ts';
import type { Access, TokenResult } from './poll-tenant.ts';
import type { Clock, ConstantContact, Grant, GrantStore, Log, NewGrant } from './ports.ts';

const REFRESH_EARLY_MS = 5 * MINUTE_MS;
const LEASE_MS = 30 * SECOND_MS;
/** What a refresh may need besides its request: its turn among the others at the token endpoint, and the store. */
const LEASE_SLACK_MS = 15 * SECOND_MS;
/** With one request a second at the token endpoint, the last of these still begins well within its lease. */
const REFRESHES_AT_ONCE = 8;
const WAIT_STEP_MS = 250;
/** A process that refreshed just before us has stored its tokens by then. */
const SETTLE_MS = SECOND_MS;
const STORE_ATTEMPTS = 3;

export type AccessOptions = Readonly<{
  grants: GrantStore;
  constantContact: Pick<ConstantContact, 'refresh'>;
  clock: Clock;
  log: Log;
  requestTimeoutMs: number;
}>;

type Held = Readonly<{ ok: true; grant: NewGrant }> | Readonly<{ ok: false; failure: PollFailure }>;
/** Whether a stored grant serves the caller, so that nothing needs to be refreshed. */
type Serves = (grant: Grant) => boolean;

/**
 * Keeps each tenant's tokens usable. A refresh token may work only once, so one refresh runs at a time per tenant,
 * in this process and across all, and what it gives is stored before it is used.
 */
export function createAccess(options: AccessOptions): Access {
  const { grants, clock, log } = options;
  const refreshing = new Map<string, Promise<Held>>();
  const refreshStored = createRefresh(options);

  /** One refresh at a time per tenant within the process: a second caller shares the first one's outcome. */
  async function renew(tenantId: string, serves: Serves): Promise<Held> {
    const running = refreshing.get(tenantId);
    if (running !== undefined) {
      const shared = await running;
      return !shared.ok || serves({ ...shared.grant, revision: 0 }) ? shared : renew(tenantId, serves);
    }
    const own = refreshStored(tenantId, serves).finally(() => refreshing.delete(tenantId));
    refreshing.set(tenantId, own);
    return own;
  }

  return {
    async accessToken(tenantId) {
      const grant = await grants.read(tenantId);
      if (grant !== null && isFresh(grant, clock.now())) return tokenOf({ ok: true, grant });
      const renewed = await renew(tenantId, (stored) => isFresh(stored, clock.now()));
      if (renewed.ok || isRefused(renewed.failure) || grant === null || !isUsable(grant, clock.now())) {
        return tokenOf(renewed);
      }
      const { kind, detail } = renewed.failure;
      log.warn({ tenantId, kind, detail }, 'could not refresh early; the access token is still good');
      return tokenOf({ ok: true, grant });
    },
    async renewAfterUnauthorized(tenantId, rejected) {
      const serves: Serves = (stored) => stored.accessToken !== rejected && isUsable(stored, clock.now());
      return tokenOf(await renew(tenantId, serves));
    },
  };
}

function createRefresh({ grants, constantContact, clock, log, requestTimeoutMs }: AccessOptions) {
  const leaseMs = Math.max(LEASE_MS, requestTimeoutMs + LEASE_SLACK_MS);
  const limit = pLimit(REFRESHES_AT_ONCE);

  /** Another process's refresh is waited for, at most as long as its lease can last if it died. */
  return async function refreshStored(tenantId: string, serves: Serves): Promise<Held> {
    const giveUpAt = clock.now() + leaseMs + WAIT_STEP_MS;
    while (clock.now() <= giveUpAt) {
      const held = await limit(() => tryRefresh(tenantId, serves));
      if (held !== 'busy') return held;
      await clock.sleep(WAIT_STEP_MS);
    }
    return failed('timeout', 'another process did not finish refreshing this access token');
  };

  async function tryRefresh(tenantId: string, serves: Serves): Promise<Held | 'busy'> {
    const grant = await grants.read(tenantId);
    if (grant === null) return noGrant();
    if (serves(grant)) return { ok: true, grant };
    const leaseUntil = clock.now() + leaseMs;
    if (!(await grants.lockRefresh(tenantId, clock.now(), leaseUntil))) return 'busy';
    try {
      return await refreshLocked(tenantId, serves, 'first');
    } finally {
      // After its end the lease may be another process's, and unlocking would let in a third.
      if (clock.now() < leaseUntil) await grants.unlockRefresh(tenantId);
    }
  }

  /** The grant is read under the lock: another process may have refreshed it since we looked. */
  async function refreshLocked(tenantId: string, serves: Serves, attempt: 'first' | 'last'): Promise<Held> {
    const grant = await grants.read(tenantId);
    if (grant === null) return noGrant();
    if (serves(grant)) return { ok: true, grant };
    const answer = await constantContact.refresh(grant.refreshToken);
    if (answer.ok) {
      log.debug({ tenantId }, 'refreshed an access token');
      if (await store(tenantId, grant, answer.value)) return { ok: true, grant: answer.value };
    } else if (answer.failure.kind !== 'invalid_grant' || !(await wasReplaced(tenantId, grant))) {
      return answer;
    }
    // Somebody else stored another grant meanwhile: that one counts.
    if (attempt === 'first') return refreshLocked(tenantId, serves, 'last');
    return failed('timeout', 'the stored grant kept changing while it was refreshed');
  }

  async function wasReplaced(tenantId: string, used: Grant): Promise<boolean> {
    await clock.sleep(SETTLE_MS);
    const stored = await grants.read(tenantId);
    return stored !== null && stored.refreshToken !== used.refreshToken;
  }

  /** The old refresh token is dead now, so a hiccup of the store must not lose the new one. */
  async function store(tenantId: string, old: Grant, grant: NewGrant): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await grants.replace(tenantId, old.revision, grant);
      } catch (error) {
        if (attempt === STORE_ATTEMPTS) throw error;
        log.warn({ tenantId, attempt, err: error }, 'could not store a refreshed grant; trying again');
        await clock.sleep(attempt * SECOND_MS);
      }
    }
  }
}

/** Good for a while: not yet in its last 5 minutes, or in the second half of a life shorter than 10. */
function isFresh(grant: Grant, now: Instant): boolean {
  if (grant.accessToken === null) return false;
  // Without a known end only a 401 can tell.
  if (grant.expiresAt === null) return true;
  const earlyMs = Math.min(REFRESH_EARLY_MS, (grant.lifetimeMs ?? Number.POSITIVE_INFINITY) / 2);
  return now < grant.expiresAt - earlyMs;
}

function isUsable({ accessToken, expiresAt }: NewGrant, now: Instant): boolean {
  return accessToken !== null && (expiresAt === null || now < expiresAt);
}

/** Refusals that no later try would change. */
function isRefused({ kind }: PollFailure): boolean {
  return kind === 'invalid_grant' || kind === 'invalid_client';
}

function tokenOf(held: Held): TokenResult {
  if (!held.ok) return held;
  const { accessToken } = held.grant;
  return accessToken === null
    ? failed('invalid_response', 'a grant without an access token')
    : { ok: true, accessToken };
}

function noGrant(): Readonly<{ ok: false; failure: PollFailure }> {
  return failed('invalid_grant', 'no grant is stored for this tenant');
}

function failed(kind: PollFailure['kind'], detail: string): Readonly<{ ok: false; failure: PollFailure }> {
  return { ok: false, failure: { kind, detail, requestId: null, retryAfterMs: null } };
}
