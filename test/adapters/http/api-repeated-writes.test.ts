import { afterEach, describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import type { Application } from '../../../src/monitoring/application.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

let api: ApiServer;
afterEach(() => api.server.close());

const newTenant = { name: 'New', owner: 'new@owner.example' };

function write(path: string, body: unknown, key: string | null = 'first'): Promise<Response> {
  return api.ask(path, { method: 'POST', body, headers: key === null ? {} : { 'idempotency-key': key } });
}

async function tenantCount(): Promise<number> {
  return await api.world.app.tenants.count(operator);
}

/** Calls of `tenants.addTried` wait until they are let go. */
function gatedAdding() {
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
  return { wrap, begun, letGo };
}

describe('a write with an Idempotency-Key', () => {
  it('is done once, and answered again as it was', async () => {
    api = await startApiServer();
    const first = await write('/api/v1/tenants', newTenant);
    const again = await write('/api/v1/tenants', newTenant);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await again.json()).toEqual(await first.json());
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect([first, again].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect(await tenantCount()).toBe(3);
  });

  it('is done again without the key, with another one, and by another API key', async () => {
    api = await startApiServer();
    await write('/api/v1/tenants', newTenant);
    await write('/api/v1/tenants', newTenant, null);
    await write('/api/v1/tenants', newTenant, 'second');
    const headers = { 'idempotency-key': 'first' };
    await api.ask('/api/v1/tenants', { method: 'POST', body: newTenant, headers, key: await api.newKey('operate') });
    expect(await tenantCount()).toBe(6);
  });

  it('is refused in words when its body is nested deeper than it can be read', async () => {
    api = await startApiServer();
    const deep = `[{"name":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}]`;
    const answer = await api.ask('/api/v1/tenants/import', {
      method: 'POST',
      body: deep,
      headers: { 'idempotency-key': 'deep' },
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ detail: 'The body is nested too deeply.' });
  });

  it('is 409 while the first one is under way', async () => {
    const { wrap, begun, letGo } = gatedAdding();
    api = await startApiServer({ wrap });
    const first = write('/api/v1/tenants', newTenant);
    await begun;
    const second = await write('/api/v1/tenants', newTenant);
    expect(second.status).toBe(409);
    expect(await second.json()).toMatchObject({ detail: expect.stringMatching(/under way/) });
    letGo();
    const { status } = await first;
    expect([status, (await write('/api/v1/tenants', newTenant)).status, await tenantCount()]).toEqual([201, 201, 3]);
  });

  it.each([
    ['another body', '/api/v1/tenants', { ...newTenant, name: 'Other' }],
    ['another address', '/api/v1/tenants/bakery/poll', undefined],
  ])('is 422 when the key comes with %s', async (_, path, body) => {
    api = await startApiServer();
    await write('/api/v1/tenants', newTenant);
    const other = await write(path, body);
    expect(other.status).toBe(422);
    expect(await tenantCount()).toBe(3);
  });

  it('is answered again for a day, and then done anew', async () => {
    api = await startApiServer();
    await write('/api/v1/tenants', newTenant);
    await api.world.clock.advance(DAY_MS);
    expect((await write('/api/v1/tenants', newTenant)).headers.get('idempotent-replayed')).toBe('true');
    await api.world.clock.advance(1);
    expect((await write('/api/v1/tenants', newTenant)).headers.get('idempotent-replayed')).toBeNull();
    expect(await tenantCount()).toBe(4);
  });

  it('is tried again after a failure of ours, and refused again as it was', async () => {
    let isBroken = true;
    api = await startApiServer({
      wrap: (app) => ({
        ...app,
        tenants: {
          ...app.tenants,
          addTried: async (...args) => {
            if (isBroken) throw new Error('broken');
            return await app.tenants.addTried(...args);
          },
        },
      }),
    });
    expect((await write('/api/v1/tenants', newTenant)).status).toBe(500);
    isBroken = false;
    expect((await write('/api/v1/tenants', newTenant)).status).toBe(201);
    const unknown = await write('/api/v1/incidents/none/close', undefined, 'refused');
    const again = await write('/api/v1/incidents/none/close', undefined, 'refused');
    expect(again.headers.get('content-type')).toBe(unknown.headers.get('content-type'));
    expect([unknown.status, await again.json()]).toEqual([404, await unknown.json()]);
  });

  it('gives an answer without a body again, too', async () => {
    api = await startApiServer();
    const remove = { method: 'DELETE', headers: { 'idempotency-key': 'gone' } } as const;
    const answers = [await api.ask('/api/v1/tenants/mill', remove), await api.ask('/api/v1/tenants/mill', remove)];
    expect(await Promise.all(answers.map(async (each) => [each.status, await each.text()]))).toEqual([
      [204, ''],
      [204, ''],
    ]);
  });

  it.each(['', ' ', 'x'.repeat(256), 'é'])('refuses the key "%s" by name', async (key) => {
    api = await startApiServer();
    const answer = await write('/api/v1/tenants', newTenant, key);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ field: 'Idempotency-Key' }] });
    expect(await tenantCount()).toBe(2);
  });
});
