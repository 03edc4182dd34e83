import type { NewGrant } from '../../domain/model/grant.ts';
import type { PollFailure } from '../../domain/model/poll.ts';
import { type Instant, MINUTE_MS } from '../../domain/model/time.ts';
import type { Access, TokenResult } from '../polling/poll-tenant.ts';
import { createGrantRefresh, type Held, type RefreshOptions, type Wanted } from './refresh-grant.ts';

const REFRESH_EARLY_MS = 5 * MINUTE_MS;

export type AccessOptions = RefreshOptions;

/**
 * Keeps each tenant's tokens usable. A refresh token may work only once, so one refresh runs at a time per tenant,
 * in this process and across all, and what it gives is stored before it is used. Throws only what the store throws.
 */
export function createAccess(options: AccessOptions): Access {
  const { grants, clock, log } = options;
  const renew = shareWhileRunning(createGrantRefresh(options));

  return {
    async accessToken(tenantId) {
      const grant = await grants.read(tenantId);
      if (grant !== null && isFresh(grant, clock.now())) return tokenOf({ ok: true, grant });
      const renewed = await renew({ tenantId, serves: (stored) => isFresh(stored, clock.now()) });
      if (renewed.ok || isFinal(renewed.failure) || grant === null || !isUsable(grant, clock.now())) {
        return tokenOf(renewed);
      }
      const { kind, detail } = renewed.failure;
      log.warn({ tenantId, kind, detail }, 'could not refresh early; the access token is still good');
      return tokenOf({ ok: true, grant });
    },
    async renewAfterUnauthorized(tenantId, rejected) {
      const serves = (stored: NewGrant) => stored.accessToken !== rejected && isUsable(stored, clock.now());
      return tokenOf(await renew({ tenantId, serves }));
    },
  };
}

/** One refresh at a time per tenant within the process: a second caller shares the first one's outcome. */
function shareWhileRunning(refresh: (wanted: Wanted) => Promise<Held>): (wanted: Wanted) => Promise<Held> {
  const running = new Map<string, Promise<Held>>();

  return async function renew(wanted: Wanted): Promise<Held> {
    const others = running.get(wanted.tenantId);
    if (others !== undefined) {
      const held = await others;
      return !held.ok || wanted.serves(held.grant) ? held : renew(wanted);
    }
    const own = refresh(wanted).finally(() => running.delete(wanted.tenantId));
    running.set(wanted.tenantId, own);
    return own;
  };
}

/** Good for a while: not yet in its last 5 minutes, or in the second half of a life shorter than 10. */
function isFresh({ accessToken, expiresAt, lifetimeMs }: NewGrant, now: Instant): boolean {
  if (accessToken === null) return false;
  // Without a known end only a 401 can tell.
  if (expiresAt === null) return true;
  return now < expiresAt - Math.min(REFRESH_EARLY_MS, (lifetimeMs ?? Number.POSITIVE_INFINITY) / 2);
}

function isUsable({ accessToken, expiresAt }: NewGrant, now: Instant): boolean {
  return accessToken !== null && (expiresAt === null || now < expiresAt);
}

/** Refusals that no later try would change. */
function isFinal({ kind }: PollFailure): boolean {
  return kind === 'invalid_grant' || kind === 'invalid_client';
}

function tokenOf(held: Held): TokenResult {
  if (!held.ok) return held;
  const { accessToken } = held.grant;
  if (accessToken !== null) return { ok: true, accessToken };
  const detail = 'a refresh gave no access token';
  return { ok: false, failure: { kind: 'invalid_response', detail, requestId: null, retryAfterMs: null } };
}
