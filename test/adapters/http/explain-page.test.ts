import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DashboardVisitor, visitDashboard } from '../../support/dashboard-visitor.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

let site: ApiServer;
let jane: DashboardVisitor;
beforeAll(async () => {
  site = await startApiServer();
  jane = await visitDashboard(site.url, await site.newKey('read'));
});
afterAll(async () => {
  await site.server.close();
});

describe('the page that explains a tenant’s mail', () => {
  it('tells from what is stored who got mail, why, and what happens next', async () => {
    const page = await jane.read('/tenants/bakery/explain');
    expect(page).toContain('owner@bakery.example (owner) gets all mail.');
    expect(page).toMatch(/Alert to owner@bakery\.example \(owner\): waits to be sent/);
    expect(page).toMatch(/The mail to owner@bakery\.example about .* is sent, unless/);
    await site.world.deliver();
    const later = await jane.read('/tenants/bakery/explain');
    expect(later).toMatch(/a mail server took it, because the problem was certain/);
    expect(later).toMatch(/A reminder about .* goes to owner@bakery\.example, unless/);
  });

  it('tells of one contact alone', async () => {
    const page = await jane.read('/tenants/bakery/explain?contact=nobody@bakery.example&days=7');
    expect(page).toContain('nobody@bakery.example is no contact of the tenant now');
  });

  it.each(['?days=0', '?days=x&contact=', `?contact=${'x'.repeat(400)}`])(
    'is there for the address %s',
    async (search) => {
      expect(await jane.read(`/tenants/bakery/explain${search}`)).toContain('What happens next');
    },
  );

  it('of another tenant is not there, as if there were no such tenant', async () => {
    const visitor = await visitDashboard(site.url, await site.newKey('admin', { tenantId: 'mill' }));
    const [foreign, none] = [
      await visitor.get('/tenants/bakery/explain'),
      await visitor.get('/tenants/no-tenant/explain'),
    ];
    expect([foreign.status, none.status]).toEqual([404, 404]);
  });
});
