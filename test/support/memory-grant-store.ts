import type { GivenGrant } from '../../src/domain/model/grant.ts';
import { isHeldUntil } from '../../src/domain/model/lease.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import type { GrantStore } from '../../src/monitoring/ports.ts';
import { type Memory, type MemoryState, transact } from './memory-state.ts';

export function memoryGrantStore(memory: Memory, leaseNow: () => Instant): GrantStore {
  return {
    read: async (tenantId) => memory.state.grants.get(tenantId)?.grant ?? null,
    replace: async (tenantId, revision, grant) =>
      transact(memory, (state) => {
        if (state.grants.get(tenantId)?.grant.revision !== revision) return false;
        storeGrant(state, tenantId, grant, 'refreshed');
        return true;
      }),
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

export function storeGrant(
  { grants }: MemoryState,
  tenantId: string,
  { given = '', ...grant }: GivenGrant,
  from: 'given' | 'refreshed' = 'given',
): void {
  const stored = grants.get(tenantId);
  const isTaken = [...grants].some(([id, other]) => id !== tenantId && other.given === grant.refreshToken);
  if (from === 'given' && isTaken) throw new Error('Unique constraint failed: another tenant has this token');
  grants.set(tenantId, {
    grant: { ...grant, revision: (stored?.grant.revision ?? 0) + 1 },
    given: from === 'given' || stored === undefined ? given || grant.refreshToken : stored.given,
    lease: stored?.lease ?? null,
  });
}
