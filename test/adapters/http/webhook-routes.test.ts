import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { operator } from '../../../src/monitoring/viewer.ts';
import { answerOf } from '../../support/use-case-receivers.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

const url = 'https://shop.example/hooks';

let api: ApiServer;
beforeEach(async () => {
  api = await startApiServer();
});
afterEach(async () => {
  await api.server.close();
});

type Created = Readonly<{ id: string; secret: string }>;
type Attempt = Readonly<{ eventId: string; isDelivered: boolean }>;
type List<Item> = Readonly<{ items: readonly Item[]; nextCursor: string | null }>;

const add = async (body: object = { url }, key?: string) =>
  await api.json<Created>('/api/v1/webhooks', { method: 'POST', body, ...(key !== undefined && { key }) });

const post = (id: string, action: string, body?: object, key?: string) =>
  api.ask(`/api/v1/webhooks/${id}/${action}`, { method: 'POST', body, ...(key !== undefined && { key }) });

const pause = (id: string) => api.world.app.tenants.pause(operator, id);

describe('A webhook over HTTP', () => {
  it('is made, and shows its secret then alone', async () => {
    const made = await api.ask('/api/v1/webhooks', { method: 'POST', body: { url, types: ['tenant.paused'] } });
    expect(made.status).toBe(201);
    const created = (await made.json()) as Created;
    expect(created).toMatchObject({
      id: expect.any(String),
      secret: expect.stringMatching(/^whsec_/),
      url,
      tenantId: null,
      types: ['tenant.paused'],
      state: 'active',
      reason: null,
      pending: 0,
      failed: 0,
      lastDeliveredAt: null,
    });
    const { secret, ...rest } = created;
    expect(await api.json(`/api/v1/webhooks/${created.id}`)).toEqual(rest);
    expect(await api.json('/api/v1/webhooks')).toEqual({ items: [rest], nextCursor: null });
    const csv = await api.ask('/api/v1/webhooks', { headers: { accept: 'text/csv' } });
    expect(await csv.text()).not.toContain(secret);
  });

  it.each<[string, object, string]>([
    ['without an address', {}, 'url'],
    ['with one that is private', { url: 'https://private.example/' }, 'url'],
    ['with one that is too long', { url: `https://shop.example/${'a'.repeat(2000)}` }, 'url'],
    ['for a tenant that does not exist', { url, tenantId: 'nobody' }, 'tenantId'],
    ['for a type that does not exist', { url, types: ['tenant.exploded'] }, 'types.0'],
    ['for no type', { url, types: [] }, 'types'],
    ['with a field that does not exist', { url, events: ['tenant.paused'] }, 'events'],
  ])('is refused %s, by the name of the field', async (_, body, field) => {
    const answer = await api.ask('/api/v1/webhooks', { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ field }] });
  });

  it('is one of twenty at most', async () => {
    for (let n = 0; n < 20; n += 1) await add();
    const answer = await api.ask('/api/v1/webhooks', { method: 'POST', body: { url } });
    expect(answer.status).toBe(409);
    expect(await add({ url, tenantId: 'mill' })).toMatchObject({ tenantId: 'mill' });
  });

  it('is changed, disabled, enabled and removed', async () => {
    const { id } = await add();
    const patch = async (body: object) => await api.ask(`/api/v1/webhooks/${id}`, { method: 'PATCH', body });
    const changed = await patch({ url: 'https://other.example/', types: ['tenant.paused', 'tenant.paused'] });
    expect(await changed.json()).toMatchObject({ url: 'https://other.example/', types: ['tenant.paused'] });
    expect(await (await patch({ state: 'disabled' })).json()).toMatchObject({
      state: 'disabled',
      reason: 'by_command',
    });
    const back = await patch({ state: 'active', types: null });
    expect(await back.json()).toMatchObject({ state: 'active', reason: null, types: null });
    for (const body of [{}, { state: 'paused' }, { url: 'https://private.example/' }, { tenantId: 'mill' }]) {
      expect((await patch(body)).status).toBe(400);
    }
    const remove = () => api.ask(`/api/v1/webhooks/${id}`, { method: 'DELETE' });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect((await patch({ state: 'active' })).status).toBe(404);
  });

  it('is tried, and says what was answered', async () => {
    const { id } = await add();
    api.world.webhookSender.answers(url, () => answerOf(503, { answer: 'Back in a minute.' }));
    const tried = await post(id, 'test');
    expect(await tried.json()).toMatchObject({
      type: 'webhook.test',
      isDelivered: false,
      status: 503,
      ms: 5,
      answer: 'Back in a minute.',
      error: 'HTTP 503.',
    });
    const [request] = api.world.webhookSender.requests;
    expect(JSON.parse(request?.body ?? '')).toEqual({
      type: 'webhook.test',
      timestamp: expect.any(String),
      data: { webhookId: id, tenantId: null },
    });
    expect(await api.json(`/api/v1/webhooks/${id}`)).toMatchObject({ state: 'active', failures: 0 });
  });

  it('shows its attempts, and sends again what is asked for', async () => {
    const { id } = await add();
    api.world.webhookSender.answers(url, () => answerOf(410));
    await pause('mill');
    await api.world.send();
    const read = async (query = '') => await api.json<List<Attempt>>(`/api/v1/webhooks/${id}/attempts${query}`);
    const [attempt] = (await read()).items;
    expect(attempt).toMatchObject({ type: 'tenant.paused', tenantId: 'mill', isDelivered: false, status: 410 });
    expect(await api.json(`/api/v1/webhooks/${id}`)).toMatchObject({ state: 'disabled', reason: 'gone', failed: 1 });

    api.world.webhookSender.answers(url, () => answerOf(200));
    await api.json(`/api/v1/webhooks/${id}`, { method: 'PATCH', body: { state: 'active' } });
    expect(await (await post(id, 'redeliver', { failed: true })).json()).toEqual({ id, redelivered: 1 });
    await api.world.send();
    expect((await read('?isDelivered=true')).items).toMatchObject([{ eventId: attempt?.eventId }]);
    expect((await read(`?eventId=${attempt?.eventId}&limit=1`)).nextCursor).not.toBeNull();
    expect(await (await post(id, 'redeliver', { eventId: attempt?.eventId })).json()).toEqual({ id, redelivered: 1 });
    expect(await (await post(id, 'redeliver', { since: '2020-01-01' })).json()).toMatchObject({ id });
    for (const body of [{}, { failed: true, since: '2020-01-01' }, { failed: false }, { since: 'yesterday' }]) {
      expect((await post(id, 'redeliver', body)).status).toBe(400);
    }
  });

  it('gets a new secret, which is shown then alone, and for a day signs with both', async () => {
    const { id, secret } = await add();
    const rotated = (await (await post(id, 'rotate')).json()) as Created;
    expect(rotated.secret).not.toBe(secret);
    await pause('mill');
    await api.world.send();
    expect(api.world.webhookSender.requests[0]?.secrets).toEqual([rotated.secret, secret]);
    expect(await (await api.ask(`/api/v1/webhooks/${id}`)).text()).not.toContain(rotated.secret);
  });
});

describe('A key of one tenant', () => {
  it('has the webhooks of that tenant alone: others are not there', async () => {
    const others = [await add(), await add({ url, tenantId: 'mill' })];
    const key = await api.newKey('admin', { tenantId: 'bakery' });
    expect(await api.json('/api/v1/webhooks', { key })).toEqual({ items: [], nextCursor: null });
    for (const { id } of others) {
      const asked = await Promise.all([
        api.ask(`/api/v1/webhooks/${id}`, { key }),
        api.ask(`/api/v1/webhooks/${id}`, { key, method: 'PATCH', body: { state: 'disabled' } }),
        api.ask(`/api/v1/webhooks/${id}`, { key, method: 'PATCH', body: { url } }),
        api.ask(`/api/v1/webhooks/${id}`, { key, method: 'DELETE' }),
        api.ask(`/api/v1/webhooks/${id}/attempts`, { key }),
        ...['test', 'rotate'].map((action) => post(id, action, undefined, key)),
        post(id, 'redeliver', { failed: true }, key),
      ]);
      expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 404));
    }
    expect(api.world.webhookSender.requests).toEqual([]);
    const own = await add({ url }, key);
    expect(own).toMatchObject({ tenantId: 'bakery' });
    const refused = await api.ask('/api/v1/webhooks', { method: 'POST', body: { url, tenantId: 'mill' }, key });
    expect(refused.status).toBe(400);
    await pause('mill');
    await pause('bakery');
    await api.world.send();
    expect((await api.json<List<object>>(`/api/v1/webhooks/${own.id}/attempts`, { key })).items).toMatchObject([
      { tenantId: 'bakery' },
    ]);
  });

  it.each<['read' | 'operate', number, number]>([
    ['read', 403, 403],
    ['operate', 200, 403],
  ])(
    'with the role "%s" tries and switches with %d, and reads secrets and changes addresses with %d',
    async (role, lesser, greater) => {
      const { id } = await add({ url, tenantId: 'bakery' });
      const key = await api.newKey(role, { tenantId: 'bakery' });
      const patch = (body: object) => api.ask(`/api/v1/webhooks/${id}`, { method: 'PATCH', key, body });
      const lesserCalls = [
        post(id, 'test', undefined, key),
        post(id, 'redeliver', { failed: true }, key),
        patch({ state: 'disabled' }),
      ];
      const greaterCalls = [
        post(id, 'rotate', undefined, key),
        patch({ url }),
        patch({ url, state: 'active' }),
        api.ask('/api/v1/webhooks', { method: 'POST', body: { url }, key }),
        api.ask(`/api/v1/webhooks/${id}`, { method: 'DELETE', key }),
      ];
      expect((await Promise.all(lesserCalls)).map(({ status }) => status)).toEqual(lesserCalls.map(() => lesser));
      expect((await Promise.all(greaterCalls)).map(({ status }) => status)).toEqual(greaterCalls.map(() => greater));
      expect((await api.ask(`/api/v1/webhooks/${id}`, { key })).status).toBe(200);
    },
  );
});
