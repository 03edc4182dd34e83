import type { TenantOverview } from '../monitoring/ports.ts';
import {
  exportedTenant,
  type HistoryRequest,
  readHistory,
  tenantDetail,
  tenantStatus,
} from '../monitoring/reading/read-health.ts';
import { addTenants } from '../monitoring/tenants/add-tenants.ts';
import { pauseTenant, removeTenant, resumeTenant, updateTenant } from '../monitoring/tenants/update-tenant.ts';
import { wholeList } from '../monitoring/whole-list.ts';
import type { Adapters } from './adapters.ts';
import { slotsOf } from './poll-demand.ts';

/** What is known about the accounts, now and in the past. */
export function health({ store, clock }: Adapters) {
  return {
    readTenantStatus: async (tenantId: string) => {
      const overview = await store.history.tenant(tenantId);
      return overview === null ? null : tenantStatus(overview, clock.now());
    },
    readHistory: (request: HistoryRequest) => readHistory(request, store.history),
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
    listTenants: async () => (await allTenants(adapters)).map((overview) => tenantStatus(overview, clock.now()).tenant),
    showTenant: async (id: string) => {
      const overview = await store.history.tenant(id);
      return overview === null ? null : tenantDetail(overview, clock.now());
    },
    exportTenants: async () => (await allTenants(adapters)).map(exportedTenant),
    updateTenant: (id: string, patch: Parameters<typeof updateTenant>[1]) => updateTenant(id, patch, ports),
    pauseTenant: (id: string) => pauseTenant(id, ports),
    resumeTenant: (id: string) => resumeTenant(id, ports),
    removeTenant: (id: string, purge: boolean) => removeTenant({ id, purge }, ports),
  };
}

function allTenants({ store }: Adapters): Promise<readonly TenantOverview[]> {
  return wholeList(
    (page) => store.tenants.list(page),
    ({ tenant }) => tenant.id,
  );
}
