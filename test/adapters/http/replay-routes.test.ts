import { afterEach, describe, expect, it } from '@jest/globals';
import { SECOND_MS } from '../../../src/domain/model/time.ts';
import type { Application } from '../../../src/monitoring/application.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

let api: ApiServer;
afterEach(() => api.server.close());

const replay = (body: object = {}, key?: string) =>
  api.ask('/api/v1/replay', { method: 'POST', body, ...(key !== undefined && { key }) });

type Replay = Readonly<{ tenants: readonly { id: string }[]; moreTenants: number; settings: object }>;

/** Replays go on until they are told to stop. */
function endless() {
  const { promise: begun, resolve: begins } = Promise.withResolvers<void>();
  const wrap = (app: Application): Application => ({
    ...app,
    replays: {
      run: async (_viewer, { signal }) => {
        begins();
        return await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      },
    },
  });
  return { wrap, begun };
}

describe('A replay over HTTP', () => {
  it('shows a key of one tenant that tenant alone, and tells the rules that were set', async () => {
    api = await startApiServer();
    const settings = { CONFIRM_POLLS: '3', REMIND_AFTER: 'off' };
    const key = await api.newKey('read', { tenantId: 'bakery' });
    const answer = await replay({ settings, to: new Date(api.world.clock.now()).toISOString() }, key);
    expect((await answer.json()) as Replay).toMatchObject({ settings, tenantsReplayed: 1, moreTenants: 0 });
  });

  it.each<[string, object, string]>([
    ['a rule that is none', { settings: { CONFIRM_POLL: '3' } }, 'settings.CONFIRM_POLL'],
    ['a variable that is no rule', { settings: { ENCRYPTION_KEY: 'x' } }, 'settings.ENCRYPTION_KEY'],
    ['a value that is none', { settings: { CONFIRM_POLLS: 3 } }, 'settings.CONFIRM_POLLS'],
    ['a beginning after its end', { from: '2026-02-01', to: '2026-01-01' }, 'from'],
    ['a tenant that does not exist', { tenantIds: ['bakery', 'nobody'] }, 'tenantIds.1'],
    ['a tenant that the key may not see', { tenantIds: ['mill'] }, 'tenantIds.0'],
  ])('with %s is refused by the name of the field', async (_, body, field) => {
    api = await startApiServer();
    const answer = await replay(body, await api.newKey('read', { tenantId: 'bakery' }));
    expect([answer.status, ((await answer.json()) as { errors: readonly { field: string }[] }).errors]).toMatchObject([
      400,
      expect.arrayContaining([{ field, detail: expect.any(String) }]),
    ]);
  });

  it('is one at a time, and ends before whoever waits for it has gone', async () => {
    const { wrap, begun } = endless();
    api = await startApiServer({ wrap });
    const first = replay();
    await begun;
    const second = await replay();
    expect([second.status, Number(second.headers.get('retry-after'))]).toEqual([503, expect.any(Number)]);
    expect((await api.ask('/api/v1/tenants')).status).toBe(200);
    await api.world.clock.advance(45 * SECOND_MS);
    const late = await first;
    expect([late.status, await late.json()]).toMatchObject([422, { detail: expect.stringMatching(/shorter time/) }]);
  });
});
