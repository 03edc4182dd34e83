import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApiServer, startApiServer } from './api-server.ts';

let api: ApiServer;
beforeAll(async () => {
  api = await startApiServer();
});
afterAll(async () => {
  await api.server.close();
});

describe('the feed of events', () => {
  type Page = Readonly<{ items: readonly { id: string; type: string }[]; nextCursor: string }>;

  it('gives what changed, page by page, to its end', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    for (;;) {
      const after: string = cursor === null ? '' : `&after=${cursor}`;
      const page: Page = await api.json(`/api/v1/events?limit=2${after}`);
      cursor = page.nextCursor;
      if (page.items.length === 0) break;
      seen.push(...page.items.map(({ type }) => type));
    }
    expect(seen).toEqual(expect.arrayContaining(['connection.broken', 'incident.opened']));
    expect((await api.json<Page>('/api/v1/events?after=latest')).nextCursor).toBe(cursor);
  });

  it('waits for the next event', async () => {
    const { nextCursor } = await api.json<Page>('/api/v1/events?after=latest');
    const waiting = api.json<Page>(`/api/v1/events?after=${nextCursor}&wait=20s&types=tenant.paused`);
    await api.ask('/api/v1/tenants/actions', { method: 'POST', body: { action: 'pause', ids: ['mill'] } });
    await expect(waiting).resolves.toMatchObject({ items: [{ type: 'tenant.paused' }] });
  });

  it.each(['wait=1h', 'wait=soon', 'limit=0', 'types=tenant.exploded', 'after=nonsense'])(
    'refuses %s',
    async (query) => {
      const answer = await api.ask(`/api/v1/events?${query}`);
      expect(answer.status).toBe(400);
      await expect(answer.json()).resolves.toMatchObject({
        errors: [{ field: query.split('=')[0] }],
      });
    },
  );

  it('says where to begin again when a cursor is of another database', async () => {
    const cursor = Buffer.from('events 1000000 e-1').toString('base64url');
    const answer = await api.ask(`/api/v1/events?after=${cursor}`);
    expect(answer.status).toBe(410);
    await expect(answer.json()).resolves.toMatchObject({ status: 410, nextCursor: expect.any(String) });
  });
});
