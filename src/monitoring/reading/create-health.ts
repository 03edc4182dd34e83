import { bannerOf } from '../../domain/owner/banner.ts';
import type { Health } from '../application.ts';
import type { Clock, Stores } from '../ports.ts';
import { pageSeen, sees, tenantSeen } from '../viewer.ts';
import { readHistory, tenantStatus } from './read-health.ts';

/** The tenants' connections, now and in the past. */
export function createHealth(
  ports: Pick<Stores, 'records' | 'tenants' | 'history'> & Readonly<{ clock: Clock }>,
): Health {
  return {
    status: async (viewer, tenantId) => {
      const record = await tenantSeen(viewer, tenantId, ports);
      return record === null ? null : tenantStatus(record, ports.clock.now());
    },
    connections: async (viewer, page) => {
      const now = ports.clock.now();
      const seen = await pageSeen(viewer, null, (scope) => ports.tenants.list({ ...page, ...scope, now }));
      const records = await ports.records.read(seen.items.map(({ tenant }) => tenant.id));
      const byTenant = records.toSorted((a, b) => (a.tenant.id < b.tenant.id ? -1 : 1));
      const items = byTenant.flatMap((record) =>
        tenantStatus(record, now).connections.map((connection) => ({ tenantId: record.tenant.id, ...connection })),
      );
      return { items, nextCursor: seen.nextCursor };
    },
    banner: async (viewer, tenantId) => {
      const isShown = viewer.kind === 'badge' ? viewer.tenantId === tenantId : sees(viewer, tenantId);
      const [record] = isShown ? await ports.records.read([tenantId]) : [];
      return record === undefined ? null : bannerOf(record, ports.clock.now());
    },
    tenantOf: async (viewer, connectionId) => {
      const tenantId = await ports.history.tenantOf(connectionId);
      return sees(viewer, tenantId) ? tenantId : null;
    },
    history: async (viewer, request) => (sees(viewer, request.tenantId) ? await readHistory(request, ports) : null),
  };
}
