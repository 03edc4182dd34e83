import type { Instant } from '../../src/domain/model/time.ts';
import type { Worker } from '../../src/domain/model/worker.ts';
import type { WorkerStore } from '../../src/monitoring/ports.ts';
import { ascending, type Memory, transact } from './memory-state.ts';

export function memoryWorkerStore(memory: Memory, leaseNow: () => Instant): WorkerStore {
  const workers = new Map<string, Worker>();
  return {
    now: async () => leaseNow(),
    report: async (worker) => {
      workers.set(worker.id, { ...worker, lastSeenAt: leaseNow() });
    },
    list: async () =>
      [...workers.values()].toSorted((a, b) => ascending(a.startedAt, b.startedAt) || ascending(a.id, b.id)),
    remove: async (id) => void workers.delete(id),
    removeSilent: async (forMs) => {
      const silent = [...workers.values()].filter(({ lastSeenAt }) => lastSeenAt < leaseNow() - forMs);
      return transact(memory, ({ pollLeases }) => {
        for (const { id } of silent) {
          workers.delete(id);
          for (const [tenantId, lease] of [...pollLeases]) {
            if (lease.holder?.startsWith(`${id}/`)) pollLeases.delete(tenantId);
          }
        }
        return silent;
      });
    },
  };
}
