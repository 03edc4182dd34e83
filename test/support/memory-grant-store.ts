import type { NewGrant } from '../../src/domain/model/grant.ts';
import type { GrantStore } from '../../src/monitoring/ports.ts';
import { type Memory, type MemoryState, transact } from './memory-state.ts';

export function memoryGrantStore(memory: Memory): GrantStore {
  return {
    read: async (tenantId) => memory.state.grants.get(tenantId)?.grant ?? null,
    replace: async (tenantId, revision, grant) =>
      transact(memory, (state) => {
        if (state.grants.get(tenantId)?.grant.revision !== revision) return false;
        storeGrant(state, tenantId, grant);
        return true;
      }),
    lockRefresh: async (tenantId, now, leaseUntil) =>
      transact(memory, ({ grants }) => {
        const stored = grants.get(tenantId);
        if (stored === undefined || (stored.leaseUntil !== null && stored.leaseUntil > now)) return false;
        grants.set(tenantId, { ...stored, leaseUntil });
        return true;
      }),
    unlockRefresh: async (tenantId) =>
      transact(memory, ({ grants }) => {
        const stored = grants.get(tenantId);
        if (stored !== undefined) grants.set(tenantId, { ...stored, leaseUntil: null });
      }),
  };
}

export function storeGrant({ grants }: MemoryState, tenantId: string, grant: NewGrant): void {
  const stored = grants.get(tenantId);
  grants.set(tenantId, {
    grant: { ...grant, revision: (stored?.grant.revision ?? 0) + 1 },
    leaseUntil: stored?.leaseUntil ?? null,
  });
}
