import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { healthNow, tenantHealth } from '../../../src/domain/connection-now.ts';
import { type Health, tenantHealths } from '../../../src/domain/model/condition.ts';
import type { Tenant, TenantOrder } from '../../../src/domain/model/tenant.ts';
import type { TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import { DAY_MS, type Instant } from '../../../src/domain/model/time.ts';
import { batchesOf } from '../../../src/monitoring/batches.ts';
import { InvalidCursor } from '../../../src/monitoring/pages.ts';
import type { Page, PageRequest, Stores, TenantFilter } from '../../../src/monitoring/ports.ts';
import {
  aConnection,
  aContact,
  aNotification,
  anIncident,
  anUpdate,
  aSnapshot,
  aTenant,
  aTopic,
  NOW,
} from '../../support/builders.ts';
import { moments, recordArbitrary } from '../../support/record-arbitrary.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { firstPage, periodsOf, save, storeWithConnection } from '../../support/store-records.ts';

/** Pages that stay right whatever happens between them, and filters that come before the limit of a page. */
export function listsContract(fresh: FreshStore): void {
  tenantPagesContract(fresh);
  incidentPagesContract(fresh);
  mailPagesContract(fresh);
  tenantFiltersContract(fresh);
  tenantOrdersContract(fresh);
  healthFilterContract(fresh);

  it.each([
    '',
    'nonsense',
    Buffer.from('12').toString('base64url'),
    Buffer.from(`${'9'.repeat(20)} x`).toString('base64'),
  ])('a list refuses a cursor that no list has given: %j', async (cursor) => {
    const { tenants, incidents, mail } = await fresh();
    const request = { ...firstPage, cursor };
    await expect(tenants.list({ ...request, now: NOW })).rejects.toThrow(InvalidCursor);
    await expect(incidents.list(request)).rejects.toThrow(InvalidCursor);
    await expect(mail.list(request)).rejects.toThrow(InvalidCursor);
  });
}

function tenantPagesContract(fresh: FreshStore): void {
  it('the list of tenants has each tenant once although others come and go between its pages', async () => {
    const store = await fresh();
    await addTenants(store, ['c', 'a', 'e', 'g']);
    const readPage = (request: PageRequest) => store.tenants.list({ ...firstPage, now: NOW, ...request });
    const seen = await pagesOf(readPage, 2, async ({ items }) => {
      if (items.at(-1)?.tenant.id !== 'c') return;
      await store.tenants.erase('c');
      await addTenants(store, ['b', 'd']);
    });
    expect(seen.map((page) => page.map(({ tenant }) => tenant.id))).toEqual([['a', 'c'], ['d', 'e'], ['g']]);
  });

  it('the list of tenants ends with a full page when no tenant follows', async () => {
    const store = await fresh();
    await addTenants(store, ['a', 'b']);
    const { items, nextCursor } = await store.tenants.list({ ...firstPage, now: NOW, limit: 2 });
    expect([items.length, nextCursor]).toEqual([2, null]);
  });
}

function incidentPagesContract(fresh: FreshStore): void {
  it('the list of incidents has each once although incidents come, change and go between its pages', async () => {
    const store = await storeWithConnection(fresh);
    const closed = (id: string, openedAt: number) =>
      anIncident({ id, openedAt, state: 'closed', closeReason: 'recovered', closedAt: openedAt + 1 });
    // Three of one moment, so that their ids decide.
    const all = [closed('a', NOW), closed('b', NOW), closed('c', NOW), closed('d', NOW - 1), closed('e', NOW - DAY_MS)];
    await save(store, anUpdate({ incidents: all }));
    const readPage = (request: PageRequest) => store.incidents.list({ ...firstPage, ...request });
    const seen = await pagesOf(readPage, 2, async ({ items }) => {
      if (items.at(-1)?.incident.id !== 'b') return;
      const late = { ...closed('d', NOW - 1), acknowledgedAt: NOW + 5 };
      await save(store, anUpdate({ incidents: [closed('newer', NOW + 9), late] }));
    });
    expect(seen.map((page) => page.map(({ incident }) => incident.id))).toEqual([['c', 'b'], ['a', 'd'], ['e']]);
  });
}

function mailPagesContract(fresh: FreshStore): void {
  it('the list of mail has each once although the last of a page is erased before the next page', async () => {
    const store = await storeWithConnection(fresh);
    const mail = ['a', 'b', 'c', 'd', 'e'].map((id, n) =>
      aNotification({ id, state: 'cancelled', topics: [], createdAt: NOW - Math.floor(n / 2) * DAY_MS }),
    );
    await save(store, anUpdate({ notifications: mail }));
    const readPage = (request: PageRequest) => store.mail.list({ ...firstPage, ...request });
    const seen = await pagesOf(readPage, 3, async ({ items }) => {
      if (items.length < 3) return;
      await store.retention.prune({ pollsBefore: 0, historyBefore: NOW - DAY_MS - 1, writesBefore: NOW - DAY_MS - 1 });
      await save(store, anUpdate({ notifications: [aNotification({ id: 'newer', createdAt: NOW + 1, topics: [] })] }));
    });
    expect(seen.map((page) => page.map(({ id }) => id))).toEqual([['b', 'a', 'd'], ['c']]);
  });

  it('the list of mail is filtered before its pages are cut', async () => {
    const store = await storeWithConnection(fresh);
    const kinds = ['alert', 'reminder', 'alert', 'reminder', 'alert'] as const;
    const mail = kinds.map((kind, n) =>
      aNotification({
        id: `mail-${n}`,
        kind,
        createdAt: NOW + n,
        topics: [aTopic({ step: `alert:${n + 1}` })],
      }),
    );
    await save(store, anUpdate({ incidents: [anIncident()], notifications: mail }));
    const { items } = await store.mail.list({ ...firstPage, limit: 2, kind: 'reminder' });
    expect(items.map(({ id }) => id)).toEqual(['mail-3', 'mail-1']);
  });
}

function tenantOrdersContract(fresh: FreshStore): void {
  const storeInDisorder = async () => {
    const store = await fresh();
    const names = { a: 'mill', b: 'Bakery', c: 'bakery', d: 'attic', e: 'Zoo' } as const;
    await store.tenants.add(
      Object.entries(names).map(([id, name]) => ({
        tenant: aTenant({ id, name, baselinedAt: NOW }),
        contacts: [
          aContact({ id: `owner-${id}`, tenantId: id, email: id === 'e' ? 'Jane@Zoo.example' : 'joe@b.example' }),
        ],
        grant: null,
      })),
    );
    const healths = { a: 'healthy', b: 'broken', c: 'waiting', d: 'broken' } as const;
    for (const [tenantId, health] of Object.entries(healths)) {
      const period = aSnapshot({ id: `of-${tenantId}`, connectionId: `c-${tenantId}`, health, from: NOW, to: NOW });
      await saveConnections(store, tenantId, [aConnection({ id: `c-${tenantId}`, tenantId, period })]);
      const openedAt = NOW - (tenantId === 'd' ? 2 : 1) * DAY_MS;
      const state = tenantId === 'c' ? 'suspected' : 'open';
      const incident = anIncident({ id: `i-${tenantId}`, tenantId, connectionId: `c-${tenantId}`, state, openedAt });
      if (health !== 'healthy') await save(store, anUpdate({ tenantId, incidents: [incident] }));
    }
    return store;
  };

  it.each([
    ['id', 'abcde'],
    ['worst', 'bdcae'],
    // A mere suspicion is no trouble yet.
    ['longest_broken', 'dbace'],
    ['name', 'dbcae'],
  ] as const)('the list of tenants can be ordered by %s, page by page', async (order, expected) => {
    const { tenants } = await storeInDisorder();
    for (const limit of [1, 2, 5]) {
      const pages = await pagesOf(
        (page) => tenants.list({ ...firstPage, now: NOW, order, ...page }),
        limit,
        async () => undefined,
      );
      expect(
        pages
          .flat()
          .map(({ tenant }) => tenant.id)
          .join(''),
      ).toBe(expected);
    }
  });

  it('tenants are counted by health, of those alone that a filter lets through', async () => {
    const { tenants } = await storeInDisorder();
    const count = async (filter: TenantFilter) => await tenants.counts({ tenantId: null, now: NOW, ...filter });
    expect(await count({})).toEqual({ broken: 2, waiting: 1, unobserved: 0, healthy: 1, none: 1 });
    expect(await count({ search: 'BAKERY' })).toEqual({ broken: 1, waiting: 1, unobserved: 0, healthy: 0, none: 0 });
    const joes = { contact: 'joe@b.example', health: ['broken', 'healthy'] } as const;
    expect(await count(joes)).toEqual({ broken: 2, waiting: 0, unobserved: 0, healthy: 1, none: 0 });
    expect(await count({ search: 'nobody' })).toEqual({ broken: 0, waiting: 0, unobserved: 0, healthy: 0, none: 0 });
  });

  it('an order and a filter go together', async () => {
    const { tenants } = await storeInDisorder();
    const query = { ...firstPage, now: NOW, order: 'longest_broken', health: ['broken'] } as const;
    const first = await tenants.list({ ...query, limit: 1 });
    const second = await tenants.list({ ...query, limit: 1, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ tenant }) => tenant.id)).toEqual(['d', 'b']);
    expect(second.nextCursor).toBeNull();
  });

  it('tenants are counted and listed to the last of a large fleet', async () => {
    const { tenants } = await fresh();
    const ids = Array.from({ length: 4_500 }, (_, n) => `t-${String(n).padStart(5, '0')}`);
    for (let at = 0; at < ids.length; at += 500) {
      await tenants.add(
        ids.slice(at, at + 500).map((id) => ({
          tenant: aTenant({ id, name: id.endsWith('77') ? `Bakery ${id}` : id }),
          contacts: [],
          grant: null,
        })),
      );
    }
    const { none, unobserved } = await tenants.counts({ tenantId: null, now: NOW });
    expect(none + unobserved).toBe(ids.length);
    const found: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page = await tenants.list({ ...firstPage, now: NOW, search: 'bakery', limit: 20, cursor });
      found.push(...page.items.map(({ tenant }) => tenant.id));
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    expect(found).toEqual(ids.filter((id) => id.endsWith('77')));
  });

  it('a list by name refuses the cursor of another order', async () => {
    const { tenants } = await storeInDisorder();
    const { nextCursor: cursor } = await tenants.list({ ...firstPage, now: NOW, limit: 1 });
    await expect(tenants.list({ ...firstPage, now: NOW, order: 'name', cursor })).rejects.toThrow(InvalidCursor);
  });

  it('tenants are found by the whole address of a contact, in capital or small letters', async () => {
    const { tenants } = await storeInDisorder();
    const found = async (contact: string) =>
      (await tenants.list({ ...firstPage, now: NOW, contact })).items.map(({ tenant }) => tenant.id).join('');
    expect(await found('jane@zoo.EXAMPLE')).toBe('e');
    expect(await found('joe@b.example')).toBe('abcd');
    expect(await found('zoo.example')).toBe('');
  });

  it('a former contact’s address finds nothing', async () => {
    const store = await storeInDisorder();
    const [record] = await store.records.read(['e']);
    const former = (record?.contacts ?? []).map((contact) => ({ ...contact, removedAt: NOW }));
    await save(store, anUpdate({ tenantId: 'e', formerContacts: former }));
    const { items } = await store.tenants.list({ ...firstPage, now: NOW, contact: 'jane@zoo.example' });
    expect(items).toEqual([]);
  });
}

function tenantFiltersContract(fresh: FreshStore): void {
  const connectionOf = (tenantId: string, network: string, given: Partial<Parameters<typeof aSnapshot>[0]>) => {
    const id = `${tenantId}-${network}`;
    return aConnection({ id, tenantId, network, period: aSnapshot({ id: `of-${id}`, connectionId: id, ...given }) });
  };
  const storeWithSome = async () => {
    const store = await fresh();
    const names = { a: 'Café Zoë', b: 'CAFÉ [Nord]', c: '100%_*?\\', d: 'Bäckerei' } as const;
    await store.tenants.add(
      Object.entries(names).map(([id, name]) => ({
        tenant: aTenant({ id, externalId: `crm-${id}`, name, state: id === 'd' ? 'paused' : 'active' }),
        contacts: [],
        grant: null,
      })),
    );
    const limited = { health: 'waiting', conditions: ['rate_limited'] } as const;
    const broken = { health: 'broken', conditions: ['no_profile', 'rate_limited'] } as const;
    const gone = { health: 'removed', conditions: ['removed'] } as const;
    await saveConnections(store, 'a', [connectionOf('a', 'facebook', broken), connectionOf('a', 'instagram', {})]);
    await saveConnections(store, 'b', [connectionOf('b', 'facebook', {}), connectionOf('b', 'instagram', limited)]);
    await saveConnections(store, 'c', [connectionOf('c', 'linkedin', gone)]);
    return async (filter: TenantFilter & Readonly<{ tenantId?: string }>) =>
      (await store.tenants.list({ ...firstPage, now: NOW, ...filter })).items.map(({ tenant }) => tenant.id).join('');
  };

  it('tenants are found by part of their name, in capital or small letters of any alphabet', async () => {
    const found = await storeWithSome();
    const answers = ['café', 'CAFÉ', 'zOË', '[nord]', '%', '_', '*', '?', '\\', '[', 'ä', 'É Z', 'x', ''];
    expect(await Promise.all(answers.map(async (search) => [search, await found({ search })]))).toEqual([
      ['café', 'ab'],
      ['CAFÉ', 'ab'],
      ['zOË', 'a'],
      ['[nord]', 'b'],
      ['%', 'c'],
      ['_', 'c'],
      ['*', 'c'],
      ['?', 'c'],
      ['\\', 'c'],
      ['[', 'b'],
      ['ä', 'd'],
      ['É Z', 'a'],
      ['x', ''],
      ['', 'abcd'],
    ]);
  });

  it('tenants are found by their external id, letter by letter', async () => {
    const found = await storeWithSome();
    const answers = ['crm-a', 'CRM-a', 'crm-', '', 'a'].map((externalId) => found({ externalId }));
    expect(await Promise.all(answers)).toEqual(['a', '', '', '', '']);
  });

  it('tenants are found by what one of their connections is and shows', async () => {
    const found = await storeWithSome();
    expect(await found({ network: 'facebook' })).toBe('ab');
    expect(await found({ condition: 'rate_limited' })).toBe('ab');
    expect(await found({ network: 'instagram', condition: 'rate_limited' })).toBe('b');
    expect(await found({ condition: 'no_profile' })).toBe('a');
    expect(await found({ network: 'linkedin' })).toBe('');
    expect(await found({ network: 'linkedin', condition: 'removed' })).toBe('c');
  });

  it.each([600, 5_200])(
    'of %i broken tenants, all, and those with a name, a network or a condition are listed page by page',
    async (broken) => {
      const store = await fresh();
      const ids = Array.from({ length: broken }, (_, n) => `t-${String(n).padStart(5, '0')}`);
      for (const some of batchesOf(ids, 400)) {
        await addTenants(store, some);
        const updates = some.map((tenantId, n) => {
          const condition = n % 40 === 7 ? 'no_profile' : 'token_invalid';
          const connections = [connectionOf(tenantId, 'facebook', { health: 'broken', conditions: [condition] })];
          return anUpdate({ tenantId, connections, newSnapshots: connections.flatMap(periodsOf) });
        });
        await save(store, ...updates);
      }
      const wanted = ids.filter((_, n) => n % 40 === 7);
      const listed = async (filter: TenantFilter, order: TenantOrder, limit = 6) =>
        (await pagesOf((page) => store.tenants.list({ ...firstPage, now: NOW, order, ...filter, ...page }), limit))
          .flat()
          .map(({ tenant }) => tenant.id);
      expect(await listed({ network: 'facebook', condition: 'no_profile' }, 'id')).toEqual(wanted);
      expect(await listed({ network: 'facebook', condition: 'no_profile' }, 'worst')).toEqual(wanted);
      expect(await listed({ network: 'instagram', condition: 'no_profile' }, 'id')).toEqual([]);
      expect(await listed({ health: ['broken'] }, 'worst', 90)).toEqual(ids);
      expect(await listed({ health: ['broken', 'waiting'], search: '77' }, 'id')).toEqual(
        ids.filter((id) => id.includes('77')),
      );
      const counts = (filter: TenantFilter) => store.tenants.counts({ tenantId: null, now: NOW, ...filter });
      const none = { broken: 0, waiting: 0, unobserved: 0, healthy: 0, none: 0 };
      expect(await counts({ network: 'facebook', condition: 'no_profile' })).toEqual({
        ...none,
        broken: wanted.length,
      });
      expect(await counts({ network: 'instagram', condition: 'no_profile' })).toEqual(none);
    },
  );

  it('tenants are found by all filters together, each of them counting', async () => {
    const found = await storeWithSome();
    const all = { tenantId: 'a', state: 'active', health: ['broken'], network: 'facebook', search: 'zoë' } as const;
    expect(await found({ ...all, externalId: 'crm-a' })).toBe('a');
    expect(await found({ ...all, externalId: 'crm-b' })).toBe('');
    expect(await found({ ...all, condition: 'no_profile' })).toBe('a');
    expect(await found({ ...all, tenantId: 'b' })).toBe('');
    expect(await found({ ...all, state: 'paused' })).toBe('');
    expect(await found({ ...all, health: ['waiting', 'healthy'] })).toBe('');
    expect(await found({ ...all, network: 'instagram' })).toBe('a');
    expect(await found({ ...all, condition: 'token_missing' })).toBe('');
    expect(await found({ state: 'paused' })).toBe('d');
    expect(await found({ health: [] })).toBe('');
  });
}

function healthFilterContract(fresh: FreshStore): void {
  it('nothing is known of a tenant from when our access is lost until it is back', async () => {
    const store = await fresh();
    const tenant = aTenant({ id: 'a', baselinedAt: NOW });
    await store.tenants.add([{ tenant, contacts: [], grant: null }]);
    const period = aSnapshot({ id: 'p', connectionId: 'c', health: 'broken', from: NOW, to: NOW });
    await saveConnections(store, 'a', [aConnection({ id: 'c', tenantId: 'a', period })]);
    const healthIn = async (state: Tenant['state']) => {
      await save(store, anUpdate({ tenantId: 'a', tenant: { ...tenant, state } }));
      const counts = await store.tenants.counts({ tenantId: null, now: NOW });
      return Object.entries(counts).flatMap(([health, count]) => (count === 1 ? [health] : []));
    };
    expect(await healthIn('reauthorize')).toEqual(['unobserved']);
    expect(await healthIn('access_denied')).toEqual(['unobserved']);
    expect(await healthIn('paused')).toEqual(['broken']);
    expect(await healthIn('active')).toEqual(['broken']);
  });

  it("tenants are found by the health and the conditions that the domain's own function gives them", async () => {
    const store = await fresh();
    const ids = Array.from({ length: 60 }, (_, n) => `tenant-${String(n).padStart(2, '0')}`);
    const records = ids.flatMap((id, seed) => fc.sample(recordArbitrary(id), { numRuns: 1, seed }));
    await store.tenants.add(records.map(({ tenant }) => ({ tenant, contacts: [], grant: null })));
    for (const { tenant, connections } of records) await saveConnections(store, tenant.id, connections);

    for (const now of moments) {
      const list = async (filter: TenantFilter, order: TenantOrder = 'id') =>
        (await pagesOf((request) => store.tenants.list({ ...firstPage, now, order, ...filter, ...request }), 7))
          .flat()
          .map(({ tenant }) => tenant.id);
      const healthOf = ({ tenant, connections }: (typeof records)[number]) =>
        tenantHealth(
          connections.map((connection) => healthNow(connection, tenant, now)),
          tenant,
        );
      for (const health of ['broken', 'waiting', 'unobserved', 'healthy'] satisfies Health[]) {
        const expected = records.filter((record) => healthOf(record) === health).map(({ tenant }) => tenant.id);
        expect([now, health, await list({ health: [health] })]).toEqual([now, health, expected]);
        const counts = await store.tenants.counts({ tenantId: null, now });
        expect([now, health, counts[health]]).toEqual([now, health, expected.length]);
        const [only = 'none'] = expected;
        expect((await store.tenants.counts({ tenantId: only, now }))[health]).toBe(Math.min(1, expected.length));
      }
      const byHealth = [...tenantHealths, null].flatMap((health) =>
        records.filter((record) => healthOf(record) === health).map(({ tenant }) => tenant.id),
      );
      expect([now, await list({}, 'worst')]).toEqual([now, byHealth]);
      const broken = records.filter(({ tenant, connections }) =>
        connections.some(
          (one) => one.period?.conditions.includes('token_invalid') && healthNow(one, tenant, now) === 'broken',
        ),
      );
      expect(await list({ condition: 'token_invalid' })).toEqual(broken.map(({ tenant }) => tenant.id));
      const ofNetwork = records.filter(
        (record) =>
          healthOf(record) === 'broken' &&
          record.connections.some(
            (one) => one.network === 'facebook' && healthNow(one, record.tenant, now) !== 'removed',
          ),
      );
      expect([now, await list({ health: ['broken'], network: 'facebook' })]).toEqual([
        now,
        ofNetwork.map(({ tenant }) => tenant.id),
      ]);
      const counted = (await store.monitor.connections(now)).map((each) => JSON.stringify(each));
      expect([now, counted.toSorted()]).toEqual([now, countedByHand(records, now).toSorted()]);
    }
  });
}

function countedByHand(records: readonly TenantRecord[], now: Instant): readonly string[] {
  const counts = new Map<string, number>();
  for (const { tenant, connections } of records) {
    for (const connection of connections) {
      const key = JSON.stringify([connection.network, healthNow(connection, tenant, now)]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts].map(([key, connections]) => {
    const [network, health] = JSON.parse(key);
    return JSON.stringify({ network, health, connections });
  });
}

async function addTenants({ tenants }: Stores, ids: readonly string[]): Promise<void> {
  await tenants.add(ids.map((id) => ({ tenant: aTenant({ id, name: id }), contacts: [], grant: null })));
}

async function saveConnections(
  store: Stores,
  tenantId: string,
  connections: readonly ReturnType<typeof aConnection>[],
): Promise<void> {
  await save(store, anUpdate({ tenantId, connections, newSnapshots: connections.flatMap(periodsOf) }));
}

/** Reads a list to its end; `between` is done after each page. */
async function pagesOf<Item>(
  readPage: (request: PageRequest) => Promise<Page<Item>>,
  limit: number,
  between: (page: Page<Item>) => Promise<void> = async () => undefined,
): Promise<readonly (readonly Item[])[]> {
  const pages: (readonly Item[])[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await readPage({ cursor, limit });
    pages.push(page.items);
    await between(page);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return pages;
}
