import { connectionNow, healthNow, tenantHealth } from '../../src/domain/connection-now.ts';
import { tenantHealths } from '../../src/domain/model/condition.ts';
import type { FeedEvent } from '../../src/domain/model/event.ts';
import { reportWithout } from '../../src/domain/tenants/report-without.ts';
import { LAST_INSTANT, type Position, textCursorAt, textPositionAt } from '../../src/monitoring/pages.ts';
import type { Page, TenantOverview, TenantQuery, TenantStore } from '../../src/monitoring/ports.ts';
import { isPerson } from './audit-people.ts';
import { tellEvents } from './memory-event-store.ts';
import { storeGrant } from './memory-grant-store.ts';
import { by } from './memory-order.ts';
import { byId, memoryPage } from './memory-page.ts';
import { type Memory, type MemoryState, overviewOf, overviewsOf, presentTenants, transact } from './memory-state.ts';
import { eraseDeliveries, eraseEndpoints } from './memory-webhook-store.ts';

export function memoryTenantStore(memory: Memory): TenantStore {
  return {
    add: async (tenants) =>
      transact(memory, (state) => {
        for (const { tenant, contacts, grant, events = [] } of tenants) {
          if (state.tenants.has(tenant.id)) throw new Error(`Unique constraint failed: tenant ${tenant.id}`);
          state.tenants.set(tenant.id, { tenant, removedAt: null });
          for (const contact of contacts) state.contacts.set(contact.id, { contact, removedAt: null });
          if (grant !== null) storeGrant(state, tenant.id, grant);
          tellEvents(state, events);
        }
      }),
    counts: async (query) => {
      const listed = overviewsOf(memory.state).filter((overview) => isListed(overview, query));
      const countAt = (place: number) => listed.filter((overview) => worstPlace(overview, query.now) === place).length;
      return {
        broken: countAt(0),
        waiting: countAt(1),
        unobserved: countAt(2),
        healthy: countAt(3),
        none: countAt(tenantHealths.length),
      };
    },
    list: async (query) => {
      const listed = overviewsOf(memory.state).filter((overview) => isListed(overview, query));
      return inOrder(listed, query, memory.state);
    },
    tokenHolders: async (refreshTokens) =>
      new Map(
        [...memory.state.grants]
          .flatMap(([tenantId, { grant, given }]) =>
            [grant.refreshToken, given].map((token) => [token, tenantId] as const),
          )
          .filter(([token]) => refreshTokens.includes(token))
          .toReversed(),
      ),
    ofAccount: async ({ accountId, name, contactEmail }) => {
      const tenants = presentTenants(memory.state);
      const known = tenants.find((tenant) => accountId !== null && tenant.accountId === accountId)?.id ?? null;
      const isSame = (a: string, b: string | null) => a.toLowerCase() === b?.toLowerCase();
      const isSimilar = (tenant: (typeof tenants)[number]) =>
        tenant.accountId === null &&
        (isSame(tenant.name, name) ||
          overviewOf(memory.state, tenant.id)?.contacts.some(({ email }) => isSame(email, contactEmail)) === true);
      return {
        known,
        similar:
          known === null
            ? tenants
                .filter(isSimilar)
                .map(({ id }) => id)
                .toSorted()
            : [],
      };
    },
    withoutAccount: async (limit) =>
      presentTenants(memory.state)
        .filter(({ accountId, state }) => accountId === null && state === 'active')
        .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
        .slice(0, limit)
        .map(({ id }) => id),
    names: async (ids) =>
      new Map(presentTenants(memory.state).flatMap(({ id, name }) => (ids.includes(id) ? [[id, name] as const] : []))),
    externalIdHolders: async (externalIds) =>
      new Map(
        presentTenants(memory.state).flatMap(({ externalId, id, name }) =>
          externalId !== null && externalIds.includes(externalId) ? [[externalId, { id, name }] as const] : [],
        ),
      ),
    erase: async (id, events = []) => transact(memory, (state) => eraseTenant(state, id, events)),
  };
}

function inOrder(
  listed: readonly TenantOverview[],
  query: TenantQuery,
  { incidents }: MemoryState,
): Page<TenantOverview> {
  const { order = 'id', now, cursor } = query;
  if (order === 'name') return byName(listed, query);
  const placeOf = (overview: TenantOverview): number => {
    if (order === 'id') return 0;
    if (order === 'worst') return worstPlace(overview, now);
    const own = [...incidents.values()].filter(
      ({ tenantId, state }) => tenantId === overview.tenant.id && state === 'open',
    );
    return Math.min(LAST_INSTANT, ...own.map(({ openedAt }) => openedAt));
  };
  const places = new Map(listed.map((overview) => [overview, placeOf(overview)]));
  const positionOf = (overview: TenantOverview) => ({ at: places.get(overview) ?? 0, id: overview.tenant.id });
  const oldestFirst = by<Position>(
    ({ at }) => at,
    ({ id }) => id,
  );
  return memoryPage(listed, { ...query, cursor }, { positionOf, order: order === 'id' ? byId : oldestFirst });
}

function worstPlace({ tenant, connections }: TenantOverview, now: number): number {
  const own = tenantHealth(
    connections.map((connection) => healthNow(connection, tenant, now)),
    tenant,
  );
  return own === null ? tenantHealths.length : tenantHealths.indexOf(own);
}

function byName(listed: readonly TenantOverview[], { cursor, limit }: TenantQuery): Page<TenantOverview> {
  const after = textPositionAt(cursor);
  const inTurn = by<{ text: string; id: string }>(
    ({ text }) => text,
    ({ id }) => id,
  );
  const placeOf = ({ tenant }: TenantOverview) => ({ text: tenant.name.toLowerCase(), id: tenant.id });
  const following = listed
    .filter((overview) => after === null || inTurn(after, placeOf(overview)) < 0)
    .toSorted((a, b) => inTurn(placeOf(a), placeOf(b)));
  const last = following.length > limit ? following[limit - 1] : undefined;
  const nextCursor = last === undefined ? null : textCursorAt(placeOf(last));
  return { items: following.slice(0, limit), nextCursor };
}

type CountQuery = Parameters<TenantStore['counts']>[0];

function isListed({ tenant, contacts, connections }: TenantOverview, query: CountQuery): boolean {
  const { tenantId, state, externalId, health, network, condition, search, contact, failingForMs, now } = query;
  const failingSince = tenant.state === 'active' ? tenant.failing?.since : undefined;
  const healths = connections.map((connection) => healthNow(connection, tenant, now));
  const own = tenantHealth(healths, tenant);
  const shown = connections.map((connection) => connectionNow(connection, { tenant, incidents: [] }, now).conditions);
  const isMeant = (n: number) =>
    (network === undefined || connections[n]?.network === network) &&
    (condition === undefined ? healths[n] !== 'removed' : shown[n]?.includes(condition) === true);
  return (
    (tenantId === null || tenant.id === tenantId) &&
    (state === undefined || tenant.state === state) &&
    (failingForMs === undefined || (failingSince !== undefined && failingSince <= now - failingForMs)) &&
    (externalId === undefined || tenant.externalId === externalId) &&
    (contact === undefined || contacts.some(({ email }) => email.toLowerCase() === contact.toLowerCase())) &&
    (health === undefined || (own !== null && health.includes(own))) &&
    ((network === undefined && condition === undefined) || connections.some((_, n) => isMeant(n))) &&
    tenant.name.toLowerCase().includes((search ?? '').toLowerCase())
  );
}

function eraseTenant(state: MemoryState, id: string, last: readonly FeedEvent[]): boolean {
  const connectionIds = [...state.connections.values()].filter((c) => c.tenantId === id).map((c) => c.id);
  deleteWhere(state.snapshots, ({ connectionId }) => connectionIds.includes(connectionId));
  deleteWhere(state.contacts, ({ contact }) => contact.tenantId === id);
  for (const table of [state.connections, state.changes, state.incidents, state.notifications, state.polls]) {
    deleteWhere<{ tenantId: string | null }>(table, ({ tenantId }) => tenantId === id);
  }
  for (const mail of state.notifications.values()) {
    if (mail.tenantId !== null) continue;
    const report = reportWithout(mail.report, id);
    if (report === null) state.notifications.delete(mail.id);
    else state.notifications.set(mail.id, { ...mail, report });
  }
  for (const hold of state.holds.values()) {
    state.holds.set(hold.id, { ...hold, sample: hold.sample.filter((tenantId) => tenantId !== id) });
  }
  deleteWhere(state.apiKeys, ({ key }) => key.tenantId === id);
  eraseEndpoints(state, ({ tenantId }) => tenantId === id);
  eraseDeliveries(state, ({ tenantId }) => tenantId === id);
  for (const entry of state.audit.values()) {
    const isOfItsPeople = entry.tenantId === id && isPerson(entry.actor.kind);
    if (isOfItsPeople) state.audit.set(entry.id, { ...entry, from: null });
  }
  state.grants.delete(id);
  if (!state.tenants.delete(id)) return false;
  deleteWhere(state.events, ({ tenantId }) => tenantId === id);
  tellEvents(state, last);
  return true;
}

function deleteWhere<T>(table: Map<unknown, T>, isDoomed: (row: T) => boolean): void {
  for (const [key, row] of table) if (isDoomed(row)) table.delete(key);
}
