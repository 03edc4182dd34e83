import { afterEach, describe, expect, it } from '@jest/globals';
import { type ApiServer, startApiServer } from './api-server.ts';

let api: ApiServer;
afterEach(() => api.server.close());

const HISTORY = '/api/v1/history';
type Page = Readonly<{ items: readonly Readonly<{ tenant: { id: string } }>[]; nextCursor: string | null }>;

describe('The past of all tenants over HTTP', () => {
  it('comes tenant by tenant, in pages', async () => {
    api = await startApiServer({ tenants: ['bakery', 'cafe', 'mill'] });
    const first = await api.json<Page>(`${HISTORY}?limit=2`);
    const second = await api.json<Page>(`${HISTORY}?limit=2&cursor=${first.nextCursor}`);
    expect([first, second].map(({ items }) => items.map(({ tenant }) => tenant.id))).toEqual([
      ['bakery', 'cafe'],
      ['mill'],
    ]);
    expect(second.nextCursor).toBeNull();
    expect(first.items[0]).toEqual(await api.json('/api/v1/tenants/bakery/history'));
  });

  it('is one table of all as CSV, of the time that is asked for', async () => {
    api = await startApiServer();
    const headers = { accept: 'text/csv' };
    const whole = await (await api.ask(HISTORY, { headers })).text();
    const tables = await Promise.all(
      ['bakery', 'mill'].map(async (id) => (await api.ask(`/api/v1/tenants/${id}/history`, { headers })).text()),
    );
    const [heading, ...rows] = whole.trimEnd().split('\n');
    expect(tables.every((table) => table.startsWith(`${heading}\n`))).toBe(true);
    expect(rows).toEqual(tables.flatMap((table) => table.trimEnd().split('\n').slice(1)));
    expect(rows.length).toBeGreaterThan(1);
    const before = await (await api.ask(`${HISTORY}?from=2020-01-01&to=2020-02-01`, { headers })).text();
    expect(before).toBe(`${heading}\n`);
  });
});

describe('The connections of all tenants over HTTP', () => {
  it('come tenant by tenant, each as in the list of its own tenant', async () => {
    api = await startApiServer({ tenants: ['bakery', 'cafe', 'mill'] });
    type Connections = Readonly<{
      items: readonly Readonly<{ tenantId: string; id: string }>[];
      nextCursor: string | null;
    }>;
    const first = await api.json<Connections>('/api/v1/connections?limit=2');
    const second = await api.json<Connections>(`/api/v1/connections?limit=2&cursor=${first.nextCursor}`);
    const own = await Promise.all(
      ['bakery', 'cafe', 'mill'].map(async (tenantId) => {
        const { items } = await api.json<Connections>(`/api/v1/tenants/${tenantId}/connections`);
        return items.map((connection) => ({ ...connection, tenantId }));
      }),
    );
    expect([first, second].flatMap(({ items }) => items)).toEqual(own.flat());
    expect([own.flat().length, second.nextCursor]).toEqual([3, null]);
  });
});
