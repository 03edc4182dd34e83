import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ApiServer, startApiServer } from '../adapters/http/api-server.ts';
import { anyRequest } from './any-request.ts';

/* A failure prints its seed and the shortest request; FUZZ_SEED=2 and FUZZ_RUNS=10000 look further. */
const runs = { seed: Number(process.env.FUZZ_SEED ?? 1), numRuns: Number(process.env.FUZZ_RUNS ?? 1_500) };

describe('a request that anybody may send', () => {
  let api: ApiServer;
  let cookie: string;
  let key: string;
  beforeAll(async () => {
    api = await startApiServer();
    key = await api.newKey('admin');
    const entered = await api.server.inject({
      method: 'POST',
      url: '/sign-in',
      payload: new URLSearchParams({ key }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
  });
  afterAll(() => api.server.close());

  it('is answered, and never with a failure of ours', async () => {
    const { tenants, connections, incidents, notifications } = api.world.store.memory.state;
    const ids = [tenants, connections, incidents, notifications].flatMap((rows) => [...rows.keys()].slice(0, 2));
    await fc.assert(
      fc.asyncProperty(anyRequest(ids, ['good', 'guest', 'old']), fc.boolean(), async (request, isSignedIn) => {
        const headers = { ...request.headers, authorization: `Bearer ${key}`, ...(isSignedIn && { cookie }) };
        const { payload = '', ...rest } = request;
        const { statusCode, body } = await api.server.inject({ ...rest, payload, headers });
        expect({ ...request, statusCode, body: statusCode < 500 ? '' : body }).toMatchObject({ body: '' });
      }),
      runs,
    );
    expect(api.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
