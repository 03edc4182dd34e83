import { keyStateAt } from '../../src/domain/model/api-key.ts';
import type { ApiKeyStore } from '../../src/monitoring/ports.ts';
import { memoryPage, newestFirst } from './memory-page.ts';
import { type Memory, type MemoryState, transact } from './memory-state.ts';

export function memoryApiKeyStore(memory: Memory): ApiKeyStore {
  const change = (id: string, patch: Readonly<{ revokedAt?: number; lastUsedAt?: number }>) =>
    transact(memory, ({ apiKeys }) => {
      const stored = apiKeys.get(id);
      if (stored !== undefined) apiKeys.set(id, { ...stored, key: { ...stored.key, ...patch } });
      return stored !== undefined;
    });
  return {
    add: async (key, hash) =>
      transact(memory, ({ apiKeys }) => {
        apiKeys.set(key.id, { key, hash });
      }),
    list: async (page) => {
      const keys = visibleKeys(memory.state).map(({ key }) => key);
      return memoryPage(keys, page, { positionOf: ({ createdAt, id }) => ({ at: createdAt, id }), order: newestFirst });
    },
    find: async (id) => visibleKeys(memory.state).find(({ key }) => key.id === id)?.key ?? null,
    findByHash: async (hash) => visibleKeys(memory.state).find((stored) => stored.hash === hash)?.key ?? null,
    revoke: async (id, at) => {
      const stored = memory.state.apiKeys.get(id);
      if (stored === undefined) return 'unknown';
      if (keyStateAt(stored.key, at) === 'revoked') return 'was_revoked';
      change(id, { revokedAt: at });
      return 'revoked';
    },
    touch: async (id, at) => {
      const { lastUsedAt = null } = memory.state.apiKeys.get(id)?.key ?? {};
      if (lastUsedAt === null || lastUsedAt < at) change(id, { lastUsedAt: at });
    },
  };
}

function visibleKeys({ apiKeys, tenants }: MemoryState) {
  return [...apiKeys.values()].filter(
    ({ key: { tenantId } }) => tenantId === null || tenants.get(tenantId)?.removedAt === null,
  );
}
