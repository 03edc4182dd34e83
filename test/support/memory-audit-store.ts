import type { AuditStore } from '../../src/monitoring/ports.ts';
import { memoryPage, newestFirst } from './memory-page.ts';
import { type Memory, transact } from './memory-state.ts';

export function memoryAuditStore(memory: Memory): AuditStore {
  return {
    add: async (entry) =>
      transact(memory, ({ audit }) => {
        audit.set(entry.id, entry);
      }),
    list: async ({ tenantId, actor, action, from, to, ...page }) => {
      const shown = [...memory.state.audit.values()]
        .filter((entry) => tenantId === undefined || entry.tenantId === tenantId)
        .filter((entry) => actor === undefined || entry.actor.kind === actor || entry.actor.id === actor)
        .filter((entry) => action === undefined || entry.action === action)
        .filter(({ at }) => (from === undefined || at >= from) && (to === undefined || at < to));
      return memoryPage(shown, page, { positionOf: ({ at, id }) => ({ at, id }), order: newestFirst });
    },
  };
}
