import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

let api: ApiServer;
beforeEach(async () => {
  api = await startApiServer({ tenants: ['bakery', 'cafe', 'mill'] });
});
afterEach(() => api.server.close());

type Explanation = Readonly<{ tenant: { id: string }; from: string; mail: readonly { to: readonly string[] }[] }>;
type Page = Readonly<{ items: readonly Explanation[]; nextCursor: string | null }>;

describe('An explanation over HTTP', () => {
  it('tells of a tenant what was decided about mail, from 30 days ago or the time that is asked for', async () => {
    const explanation = await api.json<Explanation>('/api/v1/tenants/bakery/explanation');
    expect(explanation).toMatchObject({
      tenant: { id: 'bakery' },
      from: new Date(api.world.clock.now() - 30 * DAY_MS).toISOString(),
      incidents: [{}],
      mail: [{ to: ['owner@bakery.example'] }],
    });
    const since = await api.json<Explanation>('/api/v1/tenants/bakery/explanation?from=2026-01-01');
    expect(since.from).toBe('2026-01-01T00:00:00.000Z');
  });

  it('tells of an address what it is told by each of its tenants, page by page', async () => {
    for (const id of ['bakery', 'mill'])
      await api.world.app.tenants.update(operator, id, { cc: ['agency@agency.example'] });
    const asked = '/api/v1/explanations?address=Agency@agency.example&limit=1';
    const first = await api.json<Page>(asked);
    const second = await api.json<Page>(`${asked}&cursor=${first.nextCursor}`);
    expect([first, second].flatMap(({ items }) => items.map(({ tenant }) => tenant.id))).toEqual(['bakery', 'mill']);
    expect(second.nextCursor).toBeNull();
    const key = await api.newKey('read', { tenantId: 'mill' });
    expect((await api.json<Page>(asked, { key })).items).toMatchObject([{ tenant: { id: 'mill' } }]);
    expect((await api.json<Page>('/api/v1/explanations?address=nobody@nowhere.example')).items).toEqual([]);
  });
});
