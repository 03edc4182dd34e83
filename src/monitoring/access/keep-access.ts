import { type GrantInUse, isFresh, isUsable, type NewGrant } from '../../domain/model/grant.ts';
import { failureOf } from '../../domain/model/poll.ts';
import { isDeadGrant } from '../../domain/model/refresh.ts';
import type { Access, TokenResult } from '../polling/poll-tenant.ts';
import type { RefreshResult } from './refresh-grant.ts';
import { createRenewals, type RenewalOptions } from './renewals.ts';
import { createUnstoredGrants, type UnstoredGrantsPorts } from './unstored-grants.ts';

export type AccessOptions = Omit<RenewalOptions, 'unstored'> & UnstoredGrantsPorts;

export type KeptAccess = Access &
  Readonly<{
    /** Refreshes a grant that no poll has used for long, unless another process does. */
    keepAlive(tenantId: string): Promise<TokenResult>;
    /** Refreshes nothing more, so that the process can end: an answer that comes after its end is lost. */
    stop(): void;
    /** Resolves when every answer that is waited for has come, and every new grant is stored. */
    settled(): Promise<void>;
    /** To be called when the process ends in any case: says which tenants may have to authorise again. */
    reportLost(): void;
  }>;

/**
 * Keeps each tenant's tokens usable. A refresh token may work only once, so one refresh runs at a time per tenant, in
 * this process and across all, and its answer is waited for, and stored, whatever else fails. Throws what the store
 * throws.
 */
export function createAccess(options: AccessOptions): KeptAccess {
  const { grants, clock, log } = options;
  const unstored = createUnstoredGrants(options);
  const renewals = createRenewals({ ...options, unstored });

  return {
    async accessToken(tenantId, stored = null) {
      const newest = unstored.of(tenantId);
      if (newest !== null && isUsable(newest, clock.now())) return tokenOf(newest);
      const grant = newest ?? stored ?? (await grants.read(tenantId));
      if (grant !== null && isFresh(grant, clock.now())) return tokenOf(grant);
      const result = await renewals.renew({ tenantId, serves: (renewed) => isFresh(renewed, clock.now()) });
      if (result.ok || isFinal(result) || grant === null || !isUsable(grant, clock.now())) return tokenOfResult(result);
      if (result.failure !== 'stopping') {
        const { kind, detail } = result.failure;
        log.warn({ tenantId, kind, detail }, 'could not refresh early; the access token is still good');
      }
      return tokenOf(grant);
    },
    async renewAfterUnauthorized(tenantId, rejected) {
      const serves = (stored: NewGrant) => stored.accessToken !== rejected && isUsable(stored, clock.now());
      return tokenOfResult(await renewals.renew({ tenantId, serves }));
    },
    async keepAlive(tenantId) {
      const idle = unstored.of(tenantId) ?? (await grants.read(tenantId));
      const serves = (stored: NewGrant) => stored.accessToken !== idle?.accessToken;
      return tokenOfResult(await renewals.renew({ tenantId, serves }));
    },
    stop: renewals.stop,
    async settled() {
      await renewals.settled();
      await unstored.settled();
    },
    reportLost() {
      const [unanswered, notStored] = [renewals.unanswered(), unstored.tenantIds()];
      if (unanswered.length + notStored.length === 0) return;
      log.error(
        { unanswered, notStored },
        'the process ends while grants are not stored: these tenants may have to authorise again',
      );
    },
  };
}

/** Refusals that no later try would change. */
function isFinal({ failure }: Extract<RefreshResult, { ok: false }>): boolean {
  if (failure === 'stopping') return false;
  return isDeadGrant(failure.kind) || failure.kind === 'invalid_client';
}

function tokenOfResult(result: RefreshResult): TokenResult {
  return result.ok ? tokenOf(result.grant) : result;
}

function tokenOf({ accessToken, scopes }: GrantInUse): TokenResult {
  if (accessToken !== null) return { ok: true, accessToken, ...(scopes !== undefined && { scopes }) };
  return { ok: false, failure: failureOf('invalid_response', 'a refresh gave no access token') };
}
