import {
  connectionThen,
  knownSince,
  type RememberedConnection,
  tenantThen,
  wasThere,
} from '../../src/domain/connection-then.ts';
import { type TenantHealth, tenantHealths } from '../../src/domain/model/condition.ts';
import type { Connection } from '../../src/domain/model/connection.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import type { PastSelection, PastStore, RememberedTenant } from '../../src/monitoring/ports.ts';
import { by } from './memory-order.ts';
import { byId, memoryPage } from './memory-page.ts';
import { ascending, type Memory, type MemoryState } from './memory-state.ts';

export function memoryPastStore(memory: Memory): PastStore {
  return {
    list: async ({ order = 'id', ...query }) => {
      const listed = selected(memory.state, query);
      const positionOf = (remembered: RememberedTenant) => ({
        at: order === 'id' ? 0 : placeThen(remembered, query.at),
        id: remembered.tenant.id,
      });
      return memoryPage(listed, query, { positionOf, order: order === 'id' ? byId : byPlace });
    },
    count: async (query) => {
      const listed = selected(memory.state, query);
      const countAt = (place: number) => listed.filter((one) => placeThen(one, query.at) === place).length;
      const counts = tenantHealths.map((health, place) => [health, countAt(place)]);
      const connections = listed.flatMap((one) =>
        one.connections.map((each) => ({
          network: each.connection.network,
          health: connectionThen(each, query.at).health,
        })),
      );
      const groups = Map.groupBy(connections, ({ network, health }) => `${network} ${health}`);
      return {
        tenants: {
          ...(Object.fromEntries(counts) as Record<TenantHealth, number>),
          none: countAt(tenantHealths.length),
        },
        connections: [...groups.values()].flatMap((some) =>
          some.slice(0, 1).map((first) => ({ ...first, connections: some.length })),
        ),
      };
    },
  };
}

const byPlace = by<Readonly<{ at: number; id: string }>>(
  ({ at }) => at,
  ({ id }) => id,
);

function placeThen({ tenant, connections }: RememberedTenant, at: Instant): number {
  const { health } = tenantThen(
    connections.map((one) => connectionThen(one, at)),
    tenant,
    at,
  );
  return health === null ? tenantHealths.length : tenantHealths.indexOf(health);
}

function selected(state: MemoryState, { tenantId, at, ...filter }: PastSelection): readonly RememberedTenant[] {
  return [...state.tenants.values()]
    .filter(({ tenant, removedAt }) => wasThere({ ...tenant, removedAt }, at))
    .filter(({ tenant }) => tenantId === null || tenant.id === tenantId)
    .map(({ tenant }) => ({ tenant, connections: connectionsThen(state, tenant, at) }))
    .filter((remembered) => isMeant(remembered, filter, at));
}

function isMeant(remembered: RememberedTenant, filter: Omit<PastSelection, 'tenantId' | 'at'>, at: Instant): boolean {
  const { health, network, condition, search = '', externalId } = filter;
  const { tenant, connections } = remembered;
  const shows = (one: RememberedConnection) => {
    const then = connectionThen(one, at);
    return condition === undefined ? then.health !== 'removed' : then.conditions.includes(condition);
  };
  const place = placeThen(remembered, at);
  return (
    (health === undefined || health.some((one) => tenantHealths.indexOf(one) === place)) &&
    ((network === undefined && condition === undefined) ||
      connections.some((one) => (network === undefined || one.connection.network === network) && shows(one))) &&
    (externalId === undefined || tenant.externalId === externalId) &&
    tenant.name.toLowerCase().includes(search.toLowerCase())
  );
}

function connectionsThen(
  state: MemoryState,
  tenant: Parameters<typeof knownSince>[1] & Readonly<{ id: string }>,
  at: Instant,
): RememberedTenant['connections'] {
  return [...state.connections.values()]
    .filter((connection) => connection.tenantId === tenant.id && knownSince(connection, tenant) <= at)
    .toSorted((a, b) => ascending(a.network, b.network) || ascending(a.accountId, b.accountId))
    .map(({ id, network, accountId, displayName }) => ({
      connection: { id, network, accountId, displayName },
      ...rememberedOf(state, { id }, at),
    }));
}

function rememberedOf(state: MemoryState, { id }: Pick<Connection, 'id'>, at: Instant): RememberedConnection {
  const periods = [...state.snapshots.values()].filter(({ connectionId, from }) => connectionId === id && from <= at);
  const incidents = [...state.incidents.values()].filter(
    ({ connectionId, openedAt, closedAt }) =>
      connectionId === id && openedAt <= at && (closedAt === null || closedAt > at),
  );
  return {
    period: periods.toSorted((a, b) => ascending(a.from, b.from)).at(-1) ?? null,
    incidentSince: incidents.map(({ openedAt }) => openedAt).toSorted(ascending)[0] ?? null,
  };
}
