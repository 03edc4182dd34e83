import { describe, expect, it } from '@jest/globals';
import { startApiServer } from './api-server.ts';

describe('a list of tenants', () => {
  it('has the promised form', async () => {
    const api = await startApiServer();
    const page = await api.json('/api/v1/tenants');
    expect(page).toMatchObject({ items: [{ id: 'bakery', health: 'broken' }, { id: 'mill' }], nextCursor: null });
    await api.server.close();
  });
});
