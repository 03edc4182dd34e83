import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SECOND_MS } from '../../../src/domain/model/time.ts';
import type { Application } from '../../../src/monitoring/application.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

const IMPORT = '/api/v1/tenants/import';
const EXPORT = '/api/v1/tenants/export';
const CSV = { 'content-type': 'text/csv' };

let api: ApiServer;
beforeEach(async () => {
  api = await startApiServer();
});
afterEach(() => api.server.close());

const send = (body: unknown, { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {}) =>
  api.ask(IMPORT + query, { method: 'POST', body, headers });

type Report = Readonly<{
  imported: number;
  tenants: readonly Readonly<{ line: number; id: string }>[];
  unfinished: number;
}>;

const table = [
  'external_id,Name,owner,refreshToken',
  'c-1,New,new@owner.example,t-1',
  'c-2,Nobody,nobody,t-2',
  'c-3,"=Formula, Inc.",formula@owner.example,t-3',
].join('\r\n');

describe('An import over HTTP', () => {
  it('of a table takes the good lines, and says of each bad one what is wrong', async () => {
    const answer = await send(table, { headers: { 'content-type': 'text/csv; charset=utf-8' } });
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      {
        imported: 2,
        tenants: [{ line: 2 }, { line: 4 }],
        skipped: [],
        unfinished: 0,
        errors: [{ line: 3, problems: [{ field: 'owner', problem: expect.any(String) }] }],
      },
    ]);
    expect(await api.json('/api/v1/tenants?externalId=c-3')).toMatchObject({ items: [{ name: '=Formula, Inc.' }] });
  });

  it('of a list takes names as a tenant’s body has them, and what an export gives', async () => {
    const one = {
      name: 'New',
      owner: 'new@owner.example',
      externalId: 'c-1',
      refreshToken: 't-1',
      cc: ['a@b.example'],
    };
    for (const body of [[one], { tenants: [{ ...one, externalId: 'c-2', refreshToken: 't-2' }, null, 7] }]) {
      expect(await (await send(body)).json()).toMatchObject({ imported: 1 });
    }
    const exported = await api.json(EXPORT);
    const answer = await send(exported);
    expect(await answer.json()).toMatchObject({ imported: 0, skipped: [{}, {}, {}, {}], errors: [] });
  });

  it('changes what is there when that is asked for, and names it when not', async () => {
    const body = [{ name: 'Bakery of Jane', id: 'bakery', owner: 'owner@bakery.example', external_id: 'c-1' }];
    await api.json('/api/v1/tenants/bakery', { method: 'PATCH', body: { externalId: 'c-1' } });
    expect(await (await send(body)).json()).toMatchObject({
      differing: [{ line: 1, id: 'bakery', columns: ['name'] }],
    });
    expect(await (await send(body, { query: '?update=true' })).json()).toMatchObject({
      updated: [{ columns: ['name'] }],
    });
    expect(await api.json('/api/v1/tenants/bakery')).toMatchObject({ name: 'Bakery of Jane' });
  });

  it('tries tokens when that is asked for, and leaves out those that are refused', async () => {
    const wanted = { name: 'New', owner: 'new@owner.example', refreshToken: 't-1' };
    const answer = await send([wanted], { query: '?check=true' });
    // Nothing is known of a token that this world's Constant Contact does not answer for.
    expect(await answer.json()).toMatchObject({ imported: 1, untried: [{ line: 1 }] });
  });

  it('is written down as what it did, by whose key', async () => {
    await send(table, { headers: CSV });
    const entries = [...api.world.store.memory.state.audit.values()].filter(({ action }) => action === 'tenant.add');
    expect(entries).toMatchObject([{ actor: { kind: 'key' }, count: 2, from: '127.0.0.1' }]);
  });

  it('is done once with an Idempotency-Key, and is another request with another table', async () => {
    const headers = { ...CSV, 'idempotency-key': 'import-1' };
    const first = await (await send(table, { headers })).json();
    const again = await send(table, { headers });
    expect([again.headers.get('idempotent-replayed'), await again.json()]).toEqual(['true', first]);
    expect((await send(`${table}\n`, { headers })).status).toBe(422);
  });

  it.each<[string, unknown, Record<string, string>, number, RegExp]>([
    ['without columns', 'New,new@owner.example', CSV, 400, /first line of the body does not name the columns/],
    ['with a column that is none', 'name,owner,colour\n', CSV, 400, /there is no column "colour"/],
    ['that is empty', ' ', CSV, 400, /empty/],
    ['without a list', { tenants: 7 }, {}, 400, /./],
    ['with a field beside the list', { tenants: [], colour: 'red' }, {}, 400, /./],
    ['that is no JSON', '[{', {}, 400, /./],
    ['that is missing', undefined, {}, 400, /missing/],
    ['of 10,001 entries', Array.from({ length: 10_001 }, () => 0), {}, 400, /./],
    ['of 10,001 lines', `name,owner\n${'a,b\n'.repeat(10_001)}`, CSV, 400, /more than 10000 lines/],
    ['of 5 MB', `name,owner\n${'x'.repeat(5_000_000)}`, CSV, 413, /./],
    ['of another type', table, { 'content-type': 'text/plain' }, 415, /./],
  ])('of a body %s is refused', async (_, body, headers, status, detail) => {
    const answer = await send(body, { headers });
    const problem = (await answer.json()) as { detail: string };
    expect([answer.status, problem.detail]).toEqual([status, expect.stringMatching(detail)]);
    expect((await api.json<{ items: unknown[] }>('/api/v1/tenants')).items).toHaveLength(2);
  });
});

it('An import is one at a time, and says after 30 seconds what it did not come to', async () => {
  await api.server.close();
  const { promise: gate, resolve: letGo } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begins } = Promise.withResolvers<void>();
  const wrap = (app: Application): Application => ({
    ...app,
    tenants: {
      ...app.tenants,
      addTried: async (...args) => {
        begins();
        await gate;
        return await app.tenants.addTried(...args);
      },
    },
  });
  api = await startApiServer({ wrap });
  const lines = Array.from({ length: 5 }, (_, n) => ({
    name: `${n}`,
    owner: `${n}@owner.example`,
    refreshToken: `t-${n}`,
  }));
  const first = send(lines, { query: '?check=true' });
  await begun;
  expect((await send(lines)).status).toBe(503);
  await api.world.clock.advance(30 * SECOND_MS);
  letGo();
  const report = (await (await first).json()) as Report;
  expect(report).toMatchObject({ imported: 1, unfinished: 4 });
  expect(await (await send(lines)).json()).toMatchObject({ imported: 4, skipped: [{ line: 1 }], unfinished: 0 });
});

describe('An export over HTTP', () => {
  it('is the whole fleet as a list or as a table, without a token', async () => {
    await send(table, { headers: CSV });
    const { tenants } = await api.json<{ tenants: readonly { name: string }[] }>(EXPORT);
    expect(tenants.map(({ name }) => name).toSorted()).toEqual(['=Formula, Inc.', 'New', 'bakery', 'mill']);
    const csv = await api.ask(EXPORT, { headers: { accept: 'text/csv' } });
    const [heading, ...rows] = (await csv.text()).trimEnd().split('\n');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(heading).toMatch(/^id,external_id,state,name,owner,cc,/);
    expect(rows).toHaveLength(4);
    expect(rows.join()).toContain("'=Formula, Inc.");
    expect(rows.join()).not.toMatch(/t-\d/);
  });

  it('of a key of one tenant is that tenant alone', async () => {
    const key = await api.newKey('read', { tenantId: 'mill' });
    expect(await api.json(EXPORT, { key })).toMatchObject({ tenants: [{ id: 'mill' }] });
  });
});
