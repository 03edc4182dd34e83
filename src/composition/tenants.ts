import { readAllPages } from '../monitoring/pages.ts';
import type { TenantOverview } from '../monitoring/ports.ts';
import {
  exportedTenant,
  type HistoryRequest,
  readHistory,
  tenantDetail,
  tenantStatus,
  tenantSummary,
} from '../monitoring/reading/read-health.ts';
import { addTenants } from '../monitoring/tenants/add-tenants.ts';
import { pauseTenant, removeTenant, resumeTenant, updateTenant } from '../monitoring/tenants/update-tenant.ts';
import type { Adapters } from './adapters.ts';
import { slotsOf } from './poll-demand.ts';

/** What is known about the accounts, now and in the past. */
export function health({ store, clock }: Adapters) {
  return {
    readTenantStatus: async (tenantId: string) => {
      const [record] = await store.records.read([tenantId]);
      return record === undefined ? null : tenantStatus(record, clock.now());
    },
    readHistory: (request: HistoryRequest) => readHistory(request, store),
  };
}

export function tenants(adapters: Adapters) {
  const { store, clock, newId } = adapters;
  const tenants = store.tenants;
  const ports = { clock, newId, tenants, records: store.records };
  const intervalOf = (tenant: Parameters<typeof slotsOf>[0]) => {
    const { previousAt, nextAt } = slotsOf(tenant, clock.now(), adapters);
    return nextAt - previousAt;
  };
  return {
    addTenants: (added: Parameters<typeof addTenants>[0]) => addTenants(added, { ...ports, intervalOf }),
    listTenants: async () => (await allTenants(adapters)).map((overview) => tenantSummary(overview, clock.now())),
    showTenant: async (id: string) => {
      const [record] = await store.records.read([id]);
      return record === undefined ? null : tenantDetail(record, clock.now());
    },
    exportTenants: async () => (await allTenants(adapters)).map(exportedTenant),
    updateTenant: (id: string, patch: Parameters<typeof updateTenant>[1]) => updateTenant(id, patch, ports),
    pauseTenant: (id: string) => pauseTenant(id, ports),
    resumeTenant: (id: string) => resumeTenant(id, ports),
    removeTenant: (id: string, purge: boolean) => removeTenant({ id, purge }, ports),
  };
}

function allTenants({ store, clock }: Adapters): Promise<readonly TenantOverview[]> {
  return readAllPages((page) => store.tenants.list({ tenantId: null, now: clock.now(), ...page }));
}
