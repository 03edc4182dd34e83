import { connectionThen, tenantThen } from '../../domain/connection-then.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { Past } from '../application.ts';
import { keptByName } from '../kept-for.ts';
import { mapPage } from '../pages.ts';
import { assertWithinReach } from '../past-moment.ts';
import type { Clock, PastCounts, PastSelection, RememberedTenant, Stores } from '../ports.ts';
import { NO_TENANTS, pageSeen, scopeOf, sees } from '../viewer.ts';
import type { TenantStatusThen } from '../views.ts';
import { countsOf } from './read-health.ts';

export type PastPorts = Pick<Stores, 'past'> &
  Readonly<{ clock: Clock; retentionTimes: Readonly<{ historyForMs: number }> }>;

const NOBODY: PastCounts = { tenants: NO_TENANTS, connections: [] };

/** The fleet as it was. */
export function createPast({ past, clock, retentionTimes }: PastPorts): Past {
  const counts = keptByName(clock, (selection: PastSelection) => past.count(selection));
  const check = (at: Instant) => assertWithinReach(at, { now: clock.now(), keptForMs: retentionTimes.historyForMs });
  return {
    tenants: async (viewer, query) => {
      check(query.at);
      const page = await pageSeen(viewer, null, (scope) => past.list({ ...query, ...scope }));
      return mapPage(page, (remembered) => statusThen(remembered, query.at).tenant);
    },
    tenant: async (viewer, tenantId, at) => {
      check(at);
      const request = { tenantId, at, cursor: null, limit: 1 };
      const [remembered] = sees(viewer, tenantId) ? (await past.list(request)).items : [];
      return remembered === undefined ? null : statusThen(remembered, at);
    },
    counts: async (viewer, selection) => {
      check(selection.at);
      const scope = scopeOf(viewer, null);
      return scope === null ? NOBODY : await counts({ ...selection, ...scope });
    },
  };
}

function statusThen({ tenant, connections: remembered }: RememberedTenant, at: Instant): TenantStatusThen {
  const connections = remembered.map(({ connection, ...one }) => ({ ...connection, ...connectionThen(one, at) }));
  const { id, externalId, name } = tenant;
  const counts = countsOf(connections.map(({ health }) => health));
  return {
    tenant: { id, externalId, name, at, ...tenantThen(connections, tenant, at), connections: counts },
    connections,
  };
}
