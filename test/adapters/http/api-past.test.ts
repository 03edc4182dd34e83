import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { NOW } from '../../support/builders.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

type Item = Readonly<Record<string, unknown>>;
type Page = Readonly<{ items: readonly Item[]; nextCursor: string | null }>;
type Problem = Readonly<{ detail: string; errors: readonly Readonly<{ field: string }>[] }>;

const iso = (at: number) => new Date(at).toISOString();

describe('the fleet as it was', () => {
  let api: ApiServer;
  /** When both tenants were broken; a day later one of them has been removed, and the other is not observed any more. */
  let then: number;
  beforeEach(async () => {
    api = await startApiServer();
    then = api.world.clock.now();
    await api.world.clock.advance(DAY_MS);
    await api.world.app.tenants.remove(operator, 'mill', { purge: false });
    await api.world.clock.advance(DAY_MS);
  });
  afterEach(() => api.server.close());

  const list = (query: string) => api.json<Page>(`/api/v1/tenants?at=${iso(then)}${query}`);
  const refusal = async (path: string) => {
    const answer = await api.ask(path);
    const { detail, errors } = (await answer.json()) as Problem;
    return [answer.status, errors.map(({ field }) => field).join(), detail];
  };

  it('has each tenant with its health, its conditions and since when, a removed one included', async () => {
    const { items, nextCursor } = await list('');
    expect([items.map(({ id }) => id), nextCursor]).toEqual([['bakery', 'mill'], null]);
    expect(items[0]).toEqual({
      id: 'bakery',
      externalId: null,
      name: 'bakery',
      at: iso(then),
      health: 'broken',
      conditions: ['token_invalid'],
      since: expect.any(String),
      connections: { total: 1, broken: 1, waiting: 0, unobserved: 0, healthy: 0, removed: 0 },
    });
    expect(await api.json<Page>('/api/v1/tenants')).toMatchObject({ items: [{ id: 'bakery', health: 'unobserved' }] });
  });

  it('is filtered by what was then, before its pages are cut', async () => {
    expect((await list('&health=healthy')).items).toEqual([]);
    expect((await list('&q=MIL&condition=token_invalid&network=facebook')).items).toMatchObject([{ id: 'mill' }]);
    const first = await list('&health=broken&order=worst&limit=1');
    expect(first.items).toMatchObject([{ id: 'bakery' }]);
    const second = await list(`&health=broken&order=worst&limit=1&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ items: [{ id: 'mill' }], nextCursor: null });
  });

  it('has the connections of a tenant with their status; which of several polls was the last one is not known', async () => {
    const path = `/api/v1/tenants/mill/connections?at=${iso(then)}`;
    expect((await api.json<Page>(path)).items).toMatchObject([
      {
        health: 'broken',
        conditions: ['token_invalid'],
        action: 'reconnect',
        status: { tokenIsValid: false },
        pages: null,
      },
    ]);
    expect((await api.ask('/api/v1/tenants/mill/connections')).status).toBe(404);
    expect((await api.ask(`/api/v1/tenants/mill/connections?at=${iso(then + DAY_MS)}`)).status).toBe(404);
    expect((await api.ask(`/api/v1/tenants/bakery/connections?at=${iso(NOW - DAY_MS)}`)).status).toBe(404);
  });

  it('comes as a table when CSV is asked for', async () => {
    const headers = { accept: 'text/csv' };
    const tenants = await (await api.ask(`/api/v1/tenants?at=${iso(then)}`, { headers })).text();
    const [head = '', ...rows] = tenants.trim().split('\n');
    expect(head).toBe(
      'id,externalId,name,at,health,conditions,since,connections.total,connections.broken,connections.waiting,connections.unobserved,connections.healthy,connections.removed',
    );
    expect(rows.map((row) => row.split(',')[0])).toEqual(['bakery', 'mill']);
    const connections = await api.ask(`/api/v1/tenants/mill/connections?at=${iso(then)}`, { headers });
    expect(await connections.text()).toMatch(/^id,network,[\s\S]*broken,token_invalid/);
  });

  it('is refused with the reason where nothing can be known', async () => {
    const refused = (query: string) => refusal(`/api/v1/tenants?at=${query}`);
    const now = api.world.clock.now();
    expect(await refused(iso(now + 1))).toEqual([400, 'at', `at: it lies in the future: it is ${iso(now)} now`]);
    expect(await refused(iso(now - 400 * DAY_MS - 1))).toEqual([400, 'at', expect.stringMatching(/HISTORY_RETENTION/)]);
    expect(await refused('yesterday')).toEqual([400, 'at', expect.any(String)]);
    expect(await refusal(`/api/v1/tenants/bakery/connections?at=${iso(now + HOUR_MS)}`)).toMatchObject([
      400,
      'at',
      expect.any(String),
    ]);
    for (const [field, value] of Object.entries({ state: 'paused', contact: 'a@b.example', order: 'name' })) {
      expect(await refused(`${iso(then)}&${field}=${value}`)).toEqual([400, field, expect.stringContaining('`at`')]);
    }
  });

  it('is shown of its own tenant alone to a key of one tenant', async () => {
    const key = await api.newKey('read', { tenantId: 'bakery' });
    const seen = await api.json<Page>(`/api/v1/tenants?at=${iso(then)}`, { key });
    expect(seen.items.map(({ id }) => id)).toEqual(['bakery']);
    expect((await api.ask(`/api/v1/tenants/mill/connections?at=${iso(then)}`, { key })).status).toBe(404);
  });
});
