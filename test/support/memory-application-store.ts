import type { StoredApplication } from '../../src/domain/model/client-application.ts';
import type { ApplicationStore } from '../../src/monitoring/ports.ts';
import { ascending, type Memory, type MemoryApplication, presentTenants, transact } from './memory-state.ts';

export function memoryApplicationStore(memory: Memory): ApplicationStore {
  const all = () => [...memory.state.applications.values()];
  const isTaken = (given: Partial<StoredApplication>, id: string) =>
    all().some((other) => other.id !== id && (other.name === given.name || other.clientId === given.clientId));
  const tenantsOf = (id: string) => presentTenants(memory.state).filter(({ applicationId }) => applicationId === id);
  return {
    list: async () =>
      all()
        .map(withoutSecret)
        .toSorted((a, b) => ascending(a.name, b.name)),
    secretOf: async (id) => memory.state.applications.get(id)?.clientSecret ?? null,
    add: async (application) => {
      if (isTaken(application, application.id) || memory.state.applications.has(application.id)) return false;
      const added = { ...application, hasSecret: application.clientSecret !== null, revision: 1 };
      return transact(memory, ({ applications }) => applications.set(application.id, added).size > 0);
    },
    update: async (id, change) => {
      const before = memory.state.applications.get(id);
      if (before === undefined) return 'unknown';
      if (isTaken(change, id)) return 'taken';
      const after = { ...before, ...change, revision: before.revision + 1 };
      transact(memory, ({ applications }) =>
        applications.set(id, { ...after, hasSecret: after.clientSecret !== null }),
      );
      return 'updated';
    },
    remove: async (id) => {
      if (!memory.state.applications.has(id)) return 'unknown';
      if (tenantsOf(id).length > 0) return 'in_use';
      transact(memory, ({ applications }) => applications.delete(id));
      return 'removed';
    },
    tenants: async () => {
      const groups = Map.groupBy(presentTenants(memory.state), ({ applicationId }) => applicationId);
      return new Map([...groups].map(([id, tenants]) => [id, tenants.length]));
    },
  };
}

function withoutSecret({ clientSecret: _, ...application }: MemoryApplication): StoredApplication {
  return application;
}
