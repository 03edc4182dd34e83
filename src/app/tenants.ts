import { addTenants } from '../monitoring/add-tenants.ts';
import type { TenantOverview } from '../monitoring/ports.ts';
import {
  exportedTenant,
  type HistoryRequest,
  readHistory,
  tenantDetail,
  tenantStatus,
} from '../monitoring/read-health.ts';
import { pauseTenant, resumeTenant, updateTenant } from '../monitoring/update-tenant.ts';
import { wholeList } from '../monitoring/whole-list.ts';
import type { Parts } from '../open-parts.ts';
import { slotsOf } from './poll-demand.ts';

/** What is known about the accounts, now and in the past. */
export function health({ store, clock }: Parts) {
  return {
    readTenantStatus: async (tenantId: string) => {
      const overview = await store.healthHistory.tenant(tenantId);
      return overview === null ? null : tenantStatus(overview, clock.now());
    },
    readHistory: (request: HistoryRequest) => readHistory(request, store.healthHistory),
  };
}

export function tenants(parts: Parts) {
  const { store, clock, newId } = parts;
  const directory = store.tenantDirectory;
  const ports = { clock, newId, directory };
  const intervalOf = (tenant: Parameters<typeof slotsOf>[0]) => {
    const { previousAt, nextAt } = slotsOf(tenant, clock.now(), parts);
    return nextAt - previousAt;
  };
  return {
    addTenants: (added: Parameters<typeof addTenants>[0]) => addTenants(added, { ...ports, intervalOf }),
    listTenants: async () => (await allTenants(parts)).map((overview) => tenantStatus(overview, clock.now()).tenant),
    showTenant: async (id: string) => {
      const overview = await store.healthHistory.tenant(id);
      return overview === null ? null : tenantDetail(overview, clock.now());
    },
    exportTenants: async () => (await allTenants(parts)).map(exportedTenant),
    updateTenant: (id: string, patch: Parameters<typeof updateTenant>[1]) => updateTenant(id, patch, ports),
    pauseTenant: (id: string) => pauseTenant(id, ports),
    resumeTenant: (id: string) => resumeTenant(id, ports),
    removeTenant: (id: string, purge: boolean) => directory.remove(id, purge),
  };
}

function allTenants({ store }: Parts): Promise<readonly TenantOverview[]> {
  return wholeList(
    (page) => store.tenantDirectory.list(page),
    ({ tenant }) => tenant.id,
  );
}
