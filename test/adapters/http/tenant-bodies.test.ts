import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ApiServer, startApiServer } from './api-server.ts';

let api: ApiServer;
beforeEach(async () => {
  api = await startApiServer();
});
afterEach(() => api.server.close());

const tokens = { refreshToken: 'refresh-1', accessToken: 'access-1', expiresIn: 3600 };

describe('The tokens of a tenant over HTTP', () => {
  it('may have the access token that came with them, in a new tenant and in one that is there', async () => {
    const body = { name: 'New', owner: 'new@owner.example', ...tokens };
    const added = await api.json<{ id: string }>('/api/v1/tenants', { method: 'POST', body });
    const stored = api.world.store.memory.state.grants.get(added.id);
    expect(JSON.stringify(stored)).toContain('access-1');
    const patch = { refreshToken: 'refresh-2', accessToken: 'access-2', expiresIn: 60 };
    await api.json('/api/v1/tenants/bakery', { method: 'PATCH', body: patch });
    expect(JSON.stringify(api.world.store.memory.state.grants.get('bakery'))).toContain('access-2');
  });

  it.each<[string, object, string]>([
    ['without the refresh token', { accessToken: 'access-1', expiresIn: 60 }, 'accessToken'],
    ['without its lifetime', { refreshToken: 'refresh-2', accessToken: 'access-2' }, 'expiresIn'],
    ['for half a second', { ...tokens, expiresIn: 0.5 }, 'expiresIn'],
  ])('are refused %s, by the name of the field', async (_, body, field) => {
    const answer = await api.ask('/api/v1/tenants/bakery', { method: 'PATCH', body });
    expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ field }] }]);
  });
});

describe('The time for which polls have failed', () => {
  it.each(['999999999d', '3653d', 'a while'])('is refused by name where it is %s', async (failingFor) => {
    const answer = await api.ask(`/api/v1/tenants?failingFor=${encodeURIComponent(failingFor)}`);
    expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ field: 'failingFor' }] }]);
  });
});
