import { describe, expect, it } from '@jest/globals';
import { wasThere } from '../../../src/domain/connection-then.ts';
import { tenantHealths } from '../../../src/domain/model/condition.ts';
import { pastOrders } from '../../../src/domain/model/tenant.ts';
import { HOUR_MS, type Instant } from '../../../src/domain/model/time.ts';
import { InvalidCursor, readAllPages } from '../../../src/monitoring/pages.ts';
import type { PastCounts, PastFilter, PastQuery, Stores } from '../../../src/monitoring/ports.ts';
import { aConnection, anIncident, anUpdate, aSnapshot, aTenant, NOW } from '../../support/builders.ts';
import { by } from '../../support/memory-order.ts';
import { momentsOf } from '../../support/past-arbitrary.ts';
import {
  asItWas,
  isMeant,
  readingsInHistory,
  readingsOf,
  storePasts,
  type TenantOfPast,
} from '../../support/past-fleet.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { save, storeWithConnection } from '../../support/store-records.ts';

const filters: readonly PastFilter[] = [
  {},
  ...tenantHealths.map((health) => ({ health: [health] })),
  { health: ['broken', 'waiting'], search: 'bäcker' },
  { network: 'facebook' },
  { network: 'linkedin', condition: 'rate_limited' },
  { condition: 'removed' },
  { condition: 'token_invalid', health: ['broken'] },
  { externalId: 'crm-tenant-03' },
  { health: [] },
];

/** The fleet as it was, found among arbitrary pasts, and among more tenants than one statement looks at. */
export function pastStoreContract(fresh: FreshStore): void {
  describe('the fleet at a past moment', () => {
    it('is what the history of each connection says of that moment, whatever the past was', async () => {
      const store = await fresh();
      const { pasts, histories } = await storePasts(store);
      for (const at of momentsOf(pasts)) {
        const there = pasts.filter(({ tenant, removedAt }) => wasThere({ ...tenant, removedAt }, at));
        const expected = there.map(({ tenant }) => [tenant.id, byId(readingsInHistory(histories.get(tenant.id), at))]);
        const found = await fleetAt(store, { at });
        expect([at, found.map((tenant) => [tenant.id, byId(readingsOf(tenant))])]).toEqual([at, expected]);
        const counts = await store.past.count({ tenantId: null, at });
        expect([at, inLines(counts)]).toEqual([at, inLines(countsOf(found))]);
      }
    });

    it('is filtered before its pages are cut, ordered and counted, by what it was then', async () => {
      const store = await fresh();
      const { pasts } = await storePasts(store);
      for (const at of momentsOf(pasts).filter((_, n) => n % 11 === 0)) {
        const all = await fleetAt(store, { at });
        for (const filter of filters) await expectFound(store, { at, ...filter }, all);
      }
    });

    it('has each tenant once although others are added, removed and purged between its pages', async () => {
      const store = await fresh();
      await addTenants(store, ['a', 'c', 'e', 'g']);
      const page = { tenantId: null, at: NOW, limit: 2 } as const;
      const first = await store.past.list({ ...page, cursor: null });
      await addTenants(store, ['d'], NOW + 1);
      await save(store, anUpdate({ tenantId: 'e', removedAt: NOW + 1 }));
      await store.tenants.erase('c');
      const second = await store.past.list({ ...page, cursor: first.nextCursor });
      expect([first, second].map(({ items }) => items.map(({ tenant }) => tenant.id))).toEqual([
        ['a', 'c'],
        ['e', 'g'],
      ]);
      expect(second.nextCursor).toBeNull();
      await expect(store.past.list({ ...page, cursor: 'nonsense' })).rejects.toThrow(InvalidCursor);
    });

    it('is in trouble since the incident began that was open then, whatever came of it', async () => {
      const store = await storeWithConnection(fresh);
      const connectionId = 'connection-1';
      const broken = { connectionId, health: 'broken', conditions: ['token_invalid'] } as const;
      const [began, ended] = [NOW + 3 * HOUR_MS, NOW + 6 * HOUR_MS];
      await save(
        store,
        anUpdate({
          newSnapshots: [
            aSnapshot({ id: 'early', ...broken, from: began, to: began + HOUR_MS }),
            aSnapshot({ id: 'late', ...broken, from: began + 2 * HOUR_MS, to: ended - HOUR_MS }),
            aSnapshot({ id: 'good', connectionId, from: ended, to: ended }),
          ],
          incidents: [
            anIncident({ id: 'before', state: 'closed', openedAt: NOW, closedAt: began, closeReason: 'recovered' }),
            anIncident({ id: 'then', state: 'closed', openedAt: began, closedAt: ended, closeReason: 'recovered' }),
            anIncident({ id: 'after', openedAt: ended + 1 }),
          ],
        }),
      );
      const sinceAt = async (at: Instant) => (await fleetAt(store, { at })).map(({ health, since }) => [health, since]);
      expect(await sinceAt(began - 1)).toEqual([['unobserved', NOW + 2 * HOUR_MS]]);
      expect(await sinceAt(began)).toEqual([['broken', began]]);
      expect(await sinceAt(ended - 1)).toEqual([['broken', began]]);
      expect(await sinceAt(ended)).toEqual([['healthy', ended]]);
    });

    it('is searched and counted through more tenants than one statement looks at', async () => {
      const store = await fresh();
      const ids = Array.from({ length: 1_203 }, (_, n) => `t-${String(n).padStart(4, '0')}`);
      await addTenants(store, ids);
      const broken = ['t-0003', 't-0499', 't-0500', 't-1000', 't-1202'];
      for (const tenantId of broken) {
        const period = { connectionId: tenantId, health: 'broken', conditions: ['token_invalid'] } as const;
        const connection = aConnection({ id: tenantId, tenantId, period: null });
        const newSnapshots = [aSnapshot({ id: tenantId, ...period })];
        await save(store, anUpdate({ tenantId, connections: [connection], newSnapshots }));
      }
      const query = { at: NOW, health: ['broken'] } as const;
      expect(idsOf(await fleetAt(store, query, 2))).toEqual(broken);
      const { items } = await store.past.list({ tenantId: null, at: NOW, order: 'worst', cursor: null, limit: 7 });
      expect(items.map(({ tenant }) => tenant.id)).toEqual([...broken, 't-0000', 't-0001']);
      expect(await store.past.count({ tenantId: null, at: NOW })).toEqual({
        tenants: { broken: 5, waiting: 0, unobserved: 1_198, healthy: 0, none: 0 },
        connections: [{ network: 'facebook', health: 'broken', connections: 5 }],
      });
    });
  });
}

type Asked = Pick<PastQuery, 'at' | 'order'> & PastFilter;

async function fleetAt({ past }: Pick<Stores, 'past'>, query: Asked, limit = 100): Promise<readonly TenantOfPast[]> {
  const found = await readAllPages((page) => past.list({ tenantId: null, ...query, ...page, limit }));
  return found.map((remembered) => asItWas(remembered, query.at));
}

async function expectFound(store: Stores, query: Asked, all: readonly TenantOfPast[]): Promise<void> {
  const meant = all.filter((tenant) => isMeant(tenant, query));
  for (const order of pastOrders) {
    const found = await fleetAt(store, { ...query, order }, 5);
    expect([query, idsOf(found)]).toEqual([query, idsOf(order === 'id' ? meant : worstFirst(meant))]);
  }
  const counts = await store.past.count({ tenantId: null, ...query });
  expect([query, inLines(counts)]).toEqual([query, inLines(countsOf(meant))]);
}

async function addTenants({ tenants }: Stores, ids: readonly string[], createdAt = NOW - HOUR_MS): Promise<void> {
  await tenants.add(ids.map((id) => ({ tenant: aTenant({ id, createdAt }), contacts: [], grant: null })));
}

function idsOf(tenants: readonly TenantOfPast[]): readonly string[] {
  return tenants.map(({ id }) => id);
}

function byId<One extends Readonly<{ id: string }>>(all: readonly One[]): readonly One[] {
  return all.toSorted(by(({ id }) => id));
}

function worstFirst(tenants: readonly TenantOfPast[]): readonly TenantOfPast[] {
  return tenants.toSorted(
    by(
      ({ health }) => (health === null ? tenantHealths.length : tenantHealths.indexOf(health)),
      ({ id }) => id,
    ),
  );
}

function countsOf(tenants: readonly TenantOfPast[]): PastCounts {
  const count = (wanted: TenantOfPast['health']) => tenants.filter(({ health }) => health === wanted).length;
  const connections = tenants.flatMap((tenant) => tenant.connections);
  const groups = Map.groupBy(connections, ({ network, health }) => `${network} ${health}`);
  return {
    tenants: {
      broken: count('broken'),
      waiting: count('waiting'),
      unobserved: count('unobserved'),
      healthy: count('healthy'),
      none: count(null),
    },
    connections: [...groups.values()].flatMap((some) =>
      some.slice(0, 1).map(({ network, health }) => ({ network, health, connections: some.length })),
    ),
  };
}

/** The counts of connections come in no order. */
function inLines({ tenants, connections }: PastCounts): readonly string[] {
  const lines = connections.map((each) => `${each.network} ${each.health} ${each.connections}`);
  return [...Object.entries(tenants).map(([health, count]) => `${health} ${count}`), ...lines].toSorted();
}
