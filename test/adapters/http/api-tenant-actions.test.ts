import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

let api: ApiServer;
beforeAll(async () => {
  api = await startApiServer();
});
afterAll(() => api.server.close());

const act = (body: object) => api.ask('/api/v1/tenants/actions', { method: 'POST', body });
const incidentOf = (tenantId: string) =>
  api.world.app.incidents.list(operator, { tenantId, cursor: null, limit: 1 }).then(({ items }) => items[0]);

describe('An action on many tenants', () => {
  it('snoozes for a length, and names the incidents', async () => {
    const answer = await act({ action: 'snooze', for: '3d', filter: { q: 'bak' } });
    const incident = await incidentOf('bakery');
    expect(await answer.json()).toEqual({ items: [{ id: 'bakery', outcome: 'done', changed: [incident?.id] }] });
    expect(incident?.snoozedUntil).toBe(api.world.clock.now() + 3 * DAY_MS);
  });

  it('releases what is held, and names the mails', async () => {
    await api.world.app.mail.hold(operator, { kind: 'tenant', tenantId: 'mill' });
    const answer = await act({ action: 'release', ids: ['mill', 'bakery', 'nobody'] });
    expect(await answer.json()).toEqual({
      items: [
        { id: 'mill', outcome: 'done', changed: [expect.any(String)] },
        { id: 'bakery', outcome: 'unchanged', changed: [] },
        { id: 'nobody', outcome: 'not_found', changed: [] },
      ],
    });
  });

  it.each([
    { action: 'snooze', filter: {} },
    { action: 'snooze', for: 'ever', filter: {} },
    { action: 'snooze', for: '400d', filter: {} },
    { action: 'release', for: '1d', filter: {} },
    { action: 'explode', filter: {} },
    { action: 'release' },
  ])('is refused as %j', async (body) => {
    expect((await act(body)).status).toBe(400);
  });
});
