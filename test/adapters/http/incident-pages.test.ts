import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operator } from '../../../src/monitoring/viewer.ts';
import { type DashboardVisitor, visitDashboard } from '../../support/dashboard-visitor.ts';
import { idsOf } from '../../support/every-call.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

let site: ApiServer;
let jane: DashboardVisitor;
beforeAll(async () => {
  site = await startApiServer();
  jane = await visitDashboard(site.url, await site.newKey('admin'));
});
afterAll(async () => {
  await site.server.close();
});

const incidentOf = (tenantId: string) => idsOf(site.world, tenantId).incidentId;

describe('the incidents', () => {
  it('are listed, those that are open unless another state is asked for', async () => {
    const open = await jane.read('/incidents');
    expect(open).toContain(`/incidents/${incidentOf('bakery')}`);
    expect(await jane.read('/incidents?state=closed')).toContain('No incident is like that.');
    expect(await jane.read('/incidents?action=reconnect')).toContain(incidentOf('mill'));
    expect(await jane.read('/incidents?network=linkedin')).toContain('No incident is like that.');
  });

  it.each(['/incidents?cursor=nonsense', '/incidents?state=never&action=fly'])(
    'are the first page for the address %s, which no page has given',
    async (path) => {
      expect(await jane.read(path)).toContain(incidentOf('bakery'));
    },
  );

  it('of other tenants are not there for the key of one', async () => {
    const visitor = await visitDashboard(site.url, await site.newKey('admin', { tenantId: 'bakery' }));
    expect(await visitor.read('/incidents')).not.toMatch(/mill/);
    const id = incidentOf('mill');
    for (const answer of [
      await visitor.get(`/incidents/${id}`),
      await visitor.post(`/incidents/${id}/close`, {}),
      await visitor.post(`/incidents/${id}/release`, {}),
    ]) {
      expect(answer.status).toBe(404);
    }
    expect(await jane.read('/incidents')).toContain(id);
  });
});

describe('an incident', () => {
  it('answers first of all whether the owner was told, and then tells everything in order', async () => {
    const path = `/incidents/${incidentOf('bakery')}`;
    expect(await jane.read(path)).toContain('Not yet: the mail to owner@bakery.example waits to be sent');
    await site.world.deliver();
    const page = await jane.read(path);
    expect(page).toMatch(/Yes: owner@bakery\.example on .* after the first poll that showed the problem/);
    expect(page).toMatch(/polls until .* showed it broken: its token no longer works\./);
  });

  it('is acknowledged, snoozed and closed, and says so and by whom', async () => {
    const id = incidentOf('bakery');
    const path = `/incidents/${id}`;
    expect(await jane.follow(await jane.post(`${path}/acknowledge`, {}))).toContain(
      'Noted: somebody takes care of it.',
    );
    expect(await jane.read(path)).toContain('Somebody with an API key acknowledged the incident.');
    expect(await jane.follow(await jane.post(`${path}/snooze`, { for: '3d' }))).toContain('No reminders until');
    expect(await jane.follow(await jane.post(`${path}/close`, {}))).toContain('closed: by command');
    expect(await jane.read(path)).not.toContain('Close by hand');
    expect((await jane.post(`${path}/close`, {})).status).toBe(409);
  });

  it('lets go the mail about it that is held', async () => {
    const held = await startApiServer();
    const path = `/incidents/${idsOf(held.world, 'mill').incidentId}`;
    await held.world.app.mail.hold(operator, { kind: 'tenant', tenantId: 'mill' });
    const visitor = await visitDashboard(held.url, await held.newKey('operate', { tenantId: 'mill' }));
    expect(await visitor.read(path)).toContain('No: the mail to owner@mill.example is held back');
    expect(await visitor.follow(await visitor.post(`${path}/release`, {}))).toContain('was let go');
    expect(await visitor.follow(await visitor.post(`${path}/release`, {}))).toContain('Nothing was let go');
    await held.server.close();
  });

  it('has no actions for a key that may only look, and refuses them', async () => {
    const visitor = await visitDashboard(site.url, await site.newKey('read'));
    const path = `/incidents/${incidentOf('mill')}`;
    expect(await visitor.read(path)).not.toContain('Acknowledge');
    expect((await visitor.post(`${path}/acknowledge`, {})).status).toBe(403);
  });

  it('takes no form of another site', async () => {
    const path = `/incidents/${incidentOf('mill')}`;
    expect((await jane.post(`${path}/close`, { form: 'forged' })).status).toBe(403);
    expect(await jane.read(path)).toContain('Close by hand');
  });
});
