import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { type DashboardVisitor, visitDashboard } from '../../support/dashboard-visitor.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

let site: ApiServer;
let jane: DashboardVisitor;
const opened: ApiServer[] = [];
beforeEach(async () => {
  site = await startApiServer();
  opened.push(site);
  jane = await visitDashboard(site.url, await site.newKey('operate'));
});
afterAll(async () => {
  for (const { server } of opened) await server.close();
});

const stateOf = async (id: string) => (await site.world.app.tenants.find(operator, id))?.state;

describe('the list of tenants', () => {
  it('is filtered by the address of a contact, and counts what the filter lets through', async () => {
    const page = await jane.read('/tenants?contact=OWNER@mill.example');
    expect(page).toContain('/tenants/mill"');
    expect(page).not.toContain('/tenants/bakery"');
    expect(page).toMatch(/<span class="number">1<\/span> +<span class="dot" aria-hidden="true"><\/span>broken/);
  });

  it.each(['worst', 'longest_broken', 'name', 'id', 'upside_down'])('is ordered by %s', async (order) => {
    const page = await jane.read(`/tenants?order=${order}`);
    expect(page.indexOf('/tenants/bakery"')).toBeLessThan(page.indexOf('/tenants/mill"'));
  });

  it('is filtered by polls that fail, now or for a day', async () => {
    site.world.constantContact.fails('mill', 'server');
    await site.world.clock.advance(HOUR_MS);
    await site.world.poll();
    const now = await jane.read('/tenants?failing=now');
    expect(now).toContain('/tenants/mill"');
    expect(now).not.toContain('/tenants/bakery"');
    expect(await jane.read('/tenants?failing=day')).toContain('No tenant is like that.');
    expect(await site.json('/api/v1/tenants?failingFor=0s')).toMatchObject({ items: [{ id: 'mill' }] });
    expect((await site.ask('/api/v1/tenants?failingFor=long')).status).toBe(400);
  });

  it('begins at the first page for a cursor of another order', async () => {
    expect(await jane.read('/tenants?order=name&cursor=MCBh')).toContain('/tenants/bakery"');
  });

  it('leaves out what no database could look up, and has no page for such an id', async () => {
    expect(await jane.read('/tenants?q=%00&contact=%00&network=%00')).toContain('/tenants/bakery"');
    const paths = ['/tenants/%00', '/tenants/%00/explain', '/incidents/%00'];
    const answers = await Promise.all([...paths.map(jane.get), jane.post('/tenants/%00/pause', {})]);
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
  });

  it('does not refresh itself, so that no row moves under the reader’s hand', async () => {
    expect(await jane.read('/tenants')).not.toMatch(/hx-trigger|hx-get/);
  });
});

describe('the search on every page', () => {
  const findAt = async (text: string) =>
    (await jane.get(`/find?${new URLSearchParams({ text })}`)).headers.get('location');

  it('leads to the one tenant that is meant, by a part of its name or the address of a contact', async () => {
    expect(await findAt('bak')).toBe('/tenants/bakery');
    expect(await findAt(' Owner@Mill.example ')).toBe('/tenants/mill');
  });

  it('leads to the list where there are several, or none', async () => {
    expect(await findAt('')).toBe('/tenants');
    expect(await findAt('zzz')).toBe('/tenants?q=zzz');
    await site.world.app.tenants.update(operator, 'mill', { name: 'another bakery' });
    expect(await findAt('bakery')).toBe('/tenants?q=bakery');
    const own = await visitDashboard(site.url, await site.newKey('read', { tenantId: 'bakery' }));
    expect((await own.get('/find?text=mill')).headers.get('location')).toBe('/tenants?q=mill');
  });
});

describe('an action on all that a filter shows', () => {
  it('is confirmed once, with the count, and then says what happened to each', async () => {
    const list = await jane.read('/tenants?health=broken&q=b');
    const [, link = ''] = /href="([^"]+action=pause[^"]+)"/.exec(list) ?? [];
    const question = await jane.read(link.replaceAll('&amp;', '&'));
    expect(question).toContain('Pause: 1 tenant?');
    expect(question).toContain('name b, health broken');
    expect(await stateOf('bakery')).toBe('active');
    for (const field of ['id', 'ids', 'tenant']) {
      const unclear = await jane.post('/tenants/actions', { action: 'pause', health: 'broken', [field]: 'bakery' });
      expect([unclear.status, await stateOf('bakery')]).toEqual([400, 'active']);
    }
    const answer = await jane.post('/tenants/actions', { action: 'pause', health: 'broken', q: 'b' });
    expect(await answer.text()).toMatch(/1 tenant is paused; 0 unchanged\..*bakery/s);
    expect([await stateOf('bakery'), await stateOf('mill')]).toEqual(['paused', 'active']);
  });

  it('snoozes for the length that is chosen, and says of how many incidents', async () => {
    const question = await jane.read('/tenants/actions?action=snooze&q=bak');
    expect(question).toMatch(/<select name="for">[\s\S]*7 days/);
    const page = await (await jane.post('/tenants/actions', { action: 'snooze', q: 'bak', for: '7d' })).text();
    expect(page).toMatch(/1 tenant is snoozed; 0 unchanged\.[\s\S]*done: 1 incident/);
    const { items } = await site.world.app.incidents.list(operator, { tenantId: 'bakery', cursor: null, limit: 1 });
    expect(items[0]?.snoozedUntil).toBe(site.world.clock.now() + 7 * DAY_MS);
  });

  it('releases the mail that is held, and says where there was none', async () => {
    await site.world.app.mail.hold(operator, { kind: 'tenant', tenantId: 'mill' });
    const list = await jane.read('/tenants');
    expect(list).toContain('Release held mail…');
    const page = await (await jane.post('/tenants/actions', { action: 'release' })).text();
    expect(page).toMatch(/1 tenant is sent their held mail; 1 unchanged\.[\s\S]*no mail is held[\s\S]*done: 1 mail/);
  });

  it('names first for which tenants nothing was to be done', async () => {
    await site.world.app.tenants.pause(operator, 'mill');
    const page = await (await jane.post('/tenants/actions', { action: 'pause' })).text();
    expect(page).toContain('1 tenant is paused; 1 unchanged.');
    expect(page.indexOf('/tenants/mill"')).toBeLessThan(page.indexOf('/tenants/bakery"'));
  });

  it('has nothing to confirm when no tenant is like that', async () => {
    const page = await jane.read('/tenants/actions?action=poll&q=nobody');
    expect(page).toContain('Check now: 0 tenants?');
    expect(page).not.toContain('name="action"');
  });

  it.each([
    { action: 'pause', health: 'brokn' },
    { action: 'pause', q: 'b'.repeat(300) },
    { action: 'pause', contact: 'owner@mill.example\0' },
    { action: 'burn' },
    {},
  ])('is not done where it is not clear what is meant: %j', async (fields) => {
    expect((await jane.get(`/tenants/actions?${new URLSearchParams(fields)}`)).status).toBe(400);
    expect((await jane.post('/tenants/actions', fields)).status).toBe(400);
    expect([await stateOf('bakery'), await stateOf('mill')]).toEqual(['active', 'active']);
  });

  it('is refused to a key that may only look, to forged forms, and reaches no other tenant', async () => {
    const reader = await visitDashboard(site.url, await site.newKey('read'));
    expect(await reader.read('/tenants')).not.toContain('Pause…');
    expect((await reader.get('/tenants/actions?action=pause')).status).toBe(403);
    expect((await reader.post('/tenants/actions', { action: 'pause' })).status).toBe(403);
    expect((await jane.post('/tenants/actions', { action: 'pause', form: 'forged' })).status).toBe(403);
    const ofMill = await visitDashboard(site.url, await site.newKey('operate', { tenantId: 'mill' }));
    expect(await (await ofMill.post('/tenants/actions', { action: 'pause' })).text()).not.toContain('bakery');
    expect([await stateOf('bakery'), await stateOf('mill')]).toEqual(['active', 'paused']);
  });
});
