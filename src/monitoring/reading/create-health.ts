import { bannerOf } from '../../domain/owner/banner.ts';
import type { Health } from '../application.ts';
import { applicationNames } from '../find-application.ts';
import type { Clock, Stores, Upstreams } from '../ports.ts';
import { pageSeen, sees, tenantSeen } from '../viewer.ts';
import { readHistory, tenantStatus } from './read-health.ts';

/** The tenants' connections, now and in the past. */
export function createHealth(
  ports: Pick<Stores, 'records' | 'tenants' | 'history'> &
    Readonly<{ clock: Clock; upstreams: Pick<Upstreams, 'applications'> }>,
): Health {
  return {
    status: async (viewer, tenantId) => {
      const [record, nameOf] = await Promise.all([tenantSeen(viewer, tenantId, ports), applicationNames(ports)]);
      if (record === null) return null;
      return tenantStatus(record, ports.clock.now(), nameOf(record.tenant.applicationId));
    },
    connections: async (viewer, page) => {
      const now = ports.clock.now();
      const seen = await pageSeen(viewer, null, (scope) => ports.tenants.list({ ...page, ...scope, now }));
      const records = await ports.records.read(seen.items.map(({ tenant }) => tenant.id));
      const byTenant = records.toSorted((a, b) => (a.tenant.id < b.tenant.id ? -1 : 1));
      const nameOf = await applicationNames(ports);
      const items = byTenant.flatMap((record) =>
        tenantStatus(record, now, nameOf(record.tenant.applicationId)).connections.map((connection) => ({
          tenantId: record.tenant.id,
          ...connection,
        })),
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
