import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { NOW } from '../../support/builders.ts';
import { type DashboardVisitor, visitDashboard } from '../../support/dashboard-visitor.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

const iso = (at: number) => new Date(at).toISOString();

describe('the fleet as it was', () => {
  let site: ApiServer;
  let jane: DashboardVisitor;
  /** When both tenants were broken; two days later one has been removed, and the other is not observed any more. */
  let then: number;
  beforeAll(async () => {
    site = await startApiServer();
    then = site.world.clock.now();
    await site.world.clock.advance(DAY_MS);
    await site.world.app.tenants.remove(operator, 'mill', { purge: false });
    await site.world.clock.advance(DAY_MS);
    jane = await visitDashboard(site.url, await site.newKey('read'));
  });
  afterAll(() => site.server.close());

  const linksIn = (page: string) =>
    [...page.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));

  it('is counted by health and network, each count leading to its list, and listed with what was wrong', async () => {
    const page = await jane.read(`/at?at=${iso(then)}`);
    expect(page).toMatch(/<span class="number">2<\/span> +<span class="dot" aria-hidden="true"><\/span>broken/);
    expect(page).toContain('its token no longer works');
    const links = linksIn(page);
    const list = links.find((href) => href.includes('network=facebook') && href.includes('health=broken')) ?? '';
    const listed = await jane.read(list);
    expect(['tenant=bakery', 'tenant=mill'].map((id) => listed.includes(id))).toEqual([true, true]);
    const healthy = await jane.read(links.find((href) => href.endsWith('health=healthy')) ?? '');
    expect(healthy).toContain('No tenant was like that then.');
  });

  it('is asked for by the clocks of the reader, and has an address that means the same to everybody', async () => {
    const answer = await jane.get('/at?day=2026-01-15&time=12:30&q=bak');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/at?at=2026-01-15T12%3A30%3A00.000Z&q=bak']);
    const page = await jane.follow(answer);
    expect(page).toContain('15 Jan 2026, 12:30');
    expect(page).toContain('name="day" value="2026-01-15"');
    expect(page).toContain('name="time" value="12:30"');
  });

  it('is that of a day ago unless it is asked for, with ways to earlier and later moments, none of them to come', async () => {
    const page = await jane.read('/at');
    expect(page).toContain('an hour later');
    expect(page).toContain('a day later');
    const now = await jane.read(`/at?at=${iso(site.world.clock.now() - HOUR_MS)}`);
    expect(now).toContain('an hour later');
    expect(now).not.toContain('a day later');
  });

  it('shows one tenant with its connections, a removed one too, and says when it was not there', async () => {
    const mill = await jane.read(`/at?at=${iso(then)}&tenant=mill`);
    expect(mill).toContain('its token no longer works');
    expect(linksIn(mill)).not.toContain('/tenants/mill');
    expect(linksIn(await jane.read(`/at?at=${iso(then)}&tenant=bakery`))).toContain('/tenants/bakery');
    const later = await jane.get(`/at?at=${iso(then + DAY_MS)}&tenant=mill`);
    expect([later.status, await later.text()]).toEqual([
      404,
      expect.stringContaining('There was no such tenant then.'),
    ]);
  });

  it('says why nothing is known of a moment to come or of one too long ago', async () => {
    const future = await jane.get(`/at?at=${iso(NOW + 400 * DAY_MS)}`);
    expect([future.status, await future.text()]).toEqual([400, expect.stringContaining('That moment is yet to come.')]);
    const past = await jane.get('/at?at=2001-01-01T00:00:00Z&tenant=bakery');
    expect([past.status, await past.text()]).toEqual([400, expect.stringContaining('HISTORY_RETENTION')]);
  });

  it('leaves out of its address what is nothing of the kind', async () => {
    const odd = '/at?at=noon&day=2026-02-30&time=25:00&health=ill&order=name&q=%00&network=%00&tenant=%00&cursor=x';
    expect(await jane.read(odd)).toContain('As it was on');
    expect(await jane.read(`/at?at=${iso(then)}&health=broken&health=waiting`)).toContain('As it was on');
  });

  it('is led to from the overview, the list of tenants and the page of a tenant', async () => {
    expect(linksIn(await jane.read('/'))).toContain('/at');
    expect(linksIn(await jane.read('/tenants?health=broken&state=active'))).toContain('/at?health=broken');
    expect(linksIn(await jane.read('/tenants/bakery'))).toContain('/at?tenant=bakery');
  });

  it('is its own tenant alone for a key of one tenant', async () => {
    const joe = await visitDashboard(site.url, await site.newKey('read', { tenantId: 'bakery' }));
    const page = await joe.read(`/at?at=${iso(then)}`);
    expect(page).toContain('tenant=bakery');
    expect(page).not.toContain('mill');
    expect((await joe.get(`/at?at=${iso(then)}&tenant=mill`)).status).toBe(404);
  });
});
