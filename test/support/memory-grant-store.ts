import type { GivenGrant } from '../../src/domain/model/grant.ts';
import { isHeldUntil } from '../../src/domain/model/lease.ts';
import { IDLE_MS, isDeadGrant } from '../../src/domain/model/refresh.ts';
import type { TenantState } from '../../src/domain/model/tenant.ts';
import { DAY_MS, type Instant } from '../../src/domain/model/time.ts';
import type { GrantStore } from '../../src/monitoring/ports.ts';
import { by } from './memory-order.ts';
import { type Memory, type MemoryGrant, type MemoryState, presentTenants, transact } from './memory-state.ts';

export function memoryGrantStore(memory: Memory, leaseNow: () => Instant): GrantStore {
  return {
    read: async (tenantId) => {
      const stored = memory.state.grants.get(tenantId);
      if (stored === undefined) return null;
      return { ...stored.grant, applicationId: memory.state.tenants.get(tenantId)?.tenant.applicationId ?? null };
    },
    replace: async (tenantId, revision, grant) =>
      transact(memory, (state) => {
        if (state.grants.get(tenantId)?.grant.revision !== revision) return false;
        storeGrant(state, tenantId, grant, 'refreshed', leaseNow());
        return true;
      }),
    noteFailure: async ({ tenantId, revision, kind, now }) =>
      transact(memory, ({ grants }) => {
        const stored = grants.get(tenantId);
        if (stored?.grant.revision !== revision) return null;
        const { failures = 0, since = now } = stored.trouble ?? {};
        const trouble = { kind, failures: failures + 1, since };
        grants.set(tenantId, { ...stored, trouble });
        return trouble;
      }),
    idle: async ({ now, limit }) =>
      presentTenants(memory.state)
        .flatMap(({ id, state }) => {
          const stored = memory.state.grants.get(id);
          return stored !== undefined && isIdle(state, stored, now) ? [{ id, ...stored }] : [];
        })
        .toSorted(
          by(
            ({ trouble }) => trouble?.failures ?? 0,
            ({ refreshedAt }) => refreshedAt ?? 0,
            ({ id }) => id,
          ),
        )
        .slice(0, limit)
        .map(({ id }) => id),
    lockRefresh: async ({ tenantId, holder, leaseMs }) =>
      transact(memory, ({ grants }) => {
        const now = leaseNow();
        const stored = grants.get(tenantId);
        if (stored === undefined) return false;
        const { lease } = stored;
        if (isHeldUntil(lease?.until ?? null, now) && lease?.holder !== holder) return false;
        grants.set(tenantId, { ...stored, lease: { holder, until: now + leaseMs } });
        return true;
      }),
    unlockRefresh: async ({ tenantId, holder }) =>
      transact(memory, ({ grants }) => {
        const stored = grants.get(tenantId);
        if (stored?.lease?.holder === holder) grants.set(tenantId, { ...stored, lease: null });
      }),
  };
}

function isIdle(state: TenantState, { refreshedAt, trouble, grant }: MemoryGrant, now: Instant): boolean {
  if (state === 'reauthorize' || state === 'unconnected') return false;
  if (trouble !== null && isDeadGrant(trouble.kind)) return false;
  if (refreshedAt !== null) return refreshedAt <= now - IDLE_MS;
  return state === 'paused' || (grant.expiresAt !== null && grant.expiresAt <= now - 2 * DAY_MS);
}

export function storeGrant(
  { grants }: MemoryState,
  tenantId: string,
  { given = '', ...grant }: GivenGrant,
  from: 'given' | 'refreshed' = 'given',
  refreshedAt: Instant | null = null,
): void {
  const stored = grants.get(tenantId);
  const isTaken = [...grants].some(([id, other]) => id !== tenantId && other.given === grant.refreshToken);
  if (from === 'given' && isTaken) throw new Error('Unique constraint failed: another tenant has this token');
  grants.set(tenantId, {
    grant: { ...grant, applicationId: null, revision: (stored?.grant.revision ?? 0) + 1 },
    given: from === 'given' || stored === undefined ? given || grant.refreshToken : stored.given,
    lease: stored?.lease ?? null,
    refreshedAt,
    trouble: null,
  });
}
