import type { TenantRecord, TenantUpdate } from '../../domain/model/tenant-record.ts';
import { decidePause, decideRemoval, decideResume, decideUpdate } from '../../domain/tenants/change-tenant.ts';
import type { AddTriedOptions, SettingsUpdate, Tenants } from '../application.ts';
import { applicationNames } from '../find-application.ts';
import { mapPage } from '../pages.ts';
import type { Stores, TenantQuery } from '../ports.ts';
import { exportedTenant, tenantDetail, tenantSummary } from '../reading/read-health.ts';
import { readInvitation } from '../reading/read-invitation.ts';
import {
  assertMayAdminister,
  assertMayChange,
  assertOfFleet,
  forFleet,
  NO_TENANTS,
  pageSeen,
  scopeOf,
  sees,
  tenantSeen,
  type Viewer,
} from '../viewer.ts';
import { type ActOnTenantsPorts, actOnTenants } from './act-on-tenants.ts';
import { addTenants } from './add-tenants.ts';
import { type AddTriedPorts, addTried } from './add-tried.ts';
import { createCounts } from './count-tenants.ts';
import type { NewTenant } from './tenant-input.ts';
import { storeUntilTaken } from './try-grant.ts';
import { type PatchProblem, tryPatch } from './try-patch.ts';
import { updateSettings } from './update-settings.ts';

export type TenantsPorts = AddTriedPorts & ActOnTenantsPorts & Pick<Stores, 'records' | 'monitor' | 'mail' | 'audit'>;

export function createTenants(ports: TenantsPorts): Tenants {
  const { tenants, records, clock, newId } = ports;
  /** False when the viewer sees no such tenant. */
  const change = async (viewer: Viewer, id: string, decide: (record: TenantRecord) => TenantUpdate) => {
    assertMayChange(viewer);
    if (!sees(viewer, id)) return false;
    return await records.change([id], ([record]) =>
      record === undefined ? { updates: [], result: false } : { updates: [decide(record)], result: true },
    );
  };
  return {
    add: forFleet('operate', (added: readonly NewTenant[]) => addTenants(added, ports)),
    addTried: forFleet('operate', (tenant: NewTenant, options: AddTriedOptions = {}) =>
      addTried(tenant, options, ports),
    ),
    ...tenantAnswers(ports),
    update: async (viewer, id, patch) => {
      assertMayChange(viewer);
      // Another key's requests are not this tenant's to use.
      if (patch.application !== undefined) assertOfFleet(viewer, 'operate');
      const record = await tenantSeen(viewer, id, ports);
      if (record === null) return { outcome: 'not_found' };
      const tried = await tryPatch(patch, record.tenant, ports);
      if (tried.outcome !== 'good') return asSeenBy(viewer, tried);
      const store = () => {
        const context = { now: clock.now(), newId };
        return change(viewer, id, (latest) => decideUpdate(latest, tried.patch, context));
      };
      const isFound = tried.isSpent ? await storeUntilTaken(store, ports) : await store();
      return isFound ? { outcome: 'updated', untried: tried.untried } : { outcome: 'not_found' };
    },
    updateSettings: forFleet('operate', (updates: readonly SettingsUpdate[]) => updateSettings(updates, ports)),
    pause: (viewer, id) => change(viewer, id, decidePause),
    resume: (viewer, id) => {
      const now = clock.now();
      return change(viewer, id, (record) => decideResume(record, now));
    },
    act: (viewer, action, selection) => actOnTenants(viewer, { action, selection }, ports),
    remove: async (viewer, id, { purge }) => {
      const now = clock.now();
      if (!purge) return await change(viewer, id, (record) => decideRemoval(record, now));
      assertMayAdminister(viewer);
      return sees(viewer, id) && (await tenants.erase(id));
    },
  };
}

/** The problem without the tenant that has the token or the external id, where the viewer may not see that tenant. */
function asSeenBy(viewer: Viewer, problem: PatchProblem): PatchProblem {
  switch (problem.outcome) {
    case 'token_taken':
    case 'token_of_another_account':
      return problem.holder !== null && sees(viewer, problem.holder) ? problem : { ...problem, holder: null };
    case 'external_id_taken':
      return problem.holder !== null && sees(viewer, problem.holder.id) ? problem : { ...problem, holder: null };
    case 'token_refused':
    case 'unknown_application':
    case 'grant_of_another_application':
      return problem;
  }
}

function tenantAnswers(
  ports: TenantsPorts,
): Pick<Tenants, 'list' | 'find' | 'names' | 'count' | 'counts' | 'export' | 'tokenHolders'> {
  const { tenants, records, monitor, clock } = ports;
  const counts = createCounts(ports);
  const listSeen = (viewer: Viewer, query: Omit<TenantQuery, 'tenantId'>) =>
    pageSeen(viewer, null, (scope) => tenants.list({ ...query, ...scope }));
  return {
    list: async (viewer, query) => {
      const now = clock.now();
      const nameOf = await applicationNames(ports);
      return mapPage(await listSeen(viewer, { ...query, now }), (overview) =>
        tenantSummary(overview, now, nameOf(overview.tenant.applicationId)),
      );
    },
    find: async (viewer, id) => {
      if (!sees(viewer, id)) return null;
      const [[record], nameOf, invitation] = await Promise.all([
        records.read([id]),
        applicationNames(ports),
        readInvitation(id, ports),
      ]);
      if (record === undefined) return null;
      return { ...tenantDetail(record, clock.now(), nameOf(record.tenant.applicationId)), invitation };
    },
    names: (viewer, ids) => tenants.names(ids.filter((id) => sees(viewer, id))),
    counts: async (viewer, filter = {}) => {
      const scope = scopeOf(viewer, null);
      return scope === null ? NO_TENANTS : await counts({ ...filter, ...scope });
    },
    count: forFleet('read', () => monitor.tenants()),
    export: async (viewer, page) => {
      const nameOf = await applicationNames(ports);
      return mapPage(await listSeen(viewer, { ...page, now: clock.now() }), (overview) =>
        exportedTenant(overview, nameOf(overview.tenant.applicationId)),
      );
    },
    tokenHolders: forFleet('operate', (refreshTokens: readonly string[]) => tenants.tokenHolders(refreshTokens)),
  };
}
