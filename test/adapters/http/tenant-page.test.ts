import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operator } from '../../../src/monitoring/viewer.ts';
import { type DashboardVisitor, visitDashboard } from '../../support/dashboard-visitor.ts';
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

const HOSTILE = `</title><script>alert(1)</script>\u202Egnp.exe ${'x'.repeat(150)}`;

describe('the page of a tenant', () => {
  it('shows each connection with what is wrong and what the owner is asked, its past, incidents, mail and contacts', async () => {
    const page = await jane.read('/tenants/bakery');
    for (const text of [
      'its token no longer works',
      'reconnect it in Constant Contact',
      '<title>broken, its token no longer works: ',
      'pending',
      'owner@bakery.example',
      'Check now',
    ]) {
      expect(page).toContain(text);
    }
    expect(page).not.toMatch(/ style=|<style|onclick/);
  });

  it.each(['?range=year', '?range=own&from=2026-01-01&to=2026-01-15', '?range=own&from=x', '?range=day&done=nonsense'])(
    'is there for the range %s',
    async (search) => {
      expect(await jane.read(`/tenants/bakery${search}`)).toContain('id="history"');
    },
  );

  it('gives its past as a file for the customer', async () => {
    const answer = await jane.get('/tenants/bakery/history.csv?range=week');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="history-[\d-]+\.csv"$/);
    expect(await answer.text()).toMatch(/tenant_id,tenant,.*\r?\nbakery,bakery,/);
  });

  it('gives its past as a page to print for the customer: its periods in words, and what was wrong then', async () => {
    const page = await jane.read('/tenants/bakery/report?range=week');
    expect(page).toMatch(
      /<details open>[\s\S]*broken, its token no longer works[\s\S]*What was wrong[\s\S]*\/incidents\//,
    );
    expect(await jane.read('/tenants/bakery')).toMatch(/href="\/tenants\/bakery\/report\?range=week&[^"]+"/);
    const before = await jane.read('/tenants/bakery/report?range=own&from=2020-01-01&to=2020-01-02');
    expect(before).toContain('Nothing was wrong in this time, as far as it was observed.');
  });

  it('names what is hostile harmlessly, on every page', async () => {
    const hostile = await startApiServer();
    await hostile.world.app.tenants.update(operator, 'bakery', { name: HOSTILE });
    const visitor = await visitDashboard(hostile.url, await hostile.newKey('admin'));
    const [incident] = (
      await hostile.world.app.incidents.list(operator, { tenantId: 'bakery', cursor: null, limit: 1 })
    ).items;
    const paths = [
      '/',
      '/tenants',
      '/incidents',
      '/tenants/bakery',
      '/tenants/bakery/explain',
      '/tenants/bakery/remove',
    ];
    for (const path of [...paths, `/incidents/${incident?.id}`]) {
      const page = await visitor.read(path);
      expect(page).toContain('&lt;script&gt;');
      expect(page).not.toContain('<script>alert');
    }
    await hostile.server.close();
  });

  it('of another tenant is not there, nor anything that is done with it', async () => {
    const visitor = await visitDashboard(site.url, await site.newKey('admin', { tenantId: 'mill' }));
    const foreign = ['', '/explain', '/remove', '/report', '/history.csv'].map((path) =>
      visitor.get(`/tenants/bakery${path}`),
    );
    const done = ['pause', 'resume', 'poll', 'invite', 'remove', 'settings'].map((verb) =>
      visitor.post(`/tenants/bakery/${verb}`, { email: 'x@y.example', purge: 'yes', name: 'Taken' }),
    );
    const statuses = (await Promise.all([...foreign, ...done])).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([404]));
    expect(await jane.read('/tenants/bakery')).toContain('Pause');
  });
});

describe('what is done with a tenant', () => {
  it('is polled, paused and resumed', async () => {
    expect(await jane.follow(await jane.post('/tenants/bakery/poll', {}))).toContain('It was checked just now.');
    expect(await jane.follow(await jane.post('/tenants/bakery/pause', {}))).toContain('Paused: it is polled no more');
    expect(await jane.follow(await jane.post('/tenants/bakery/poll', {}))).toContain('It was not checked');
    expect(await jane.follow(await jane.post('/tenants/bakery/resume', {}))).toContain('Resumed:');
  });

  it('has its owner invited, once, and by a right address', async () => {
    const invite = async (email: string) => await jane.follow(await jane.post('/tenants/mill/invite', { email }));
    expect(await invite('owner@mill.example')).toContain('An invitation was written.');
    expect(await invite('owner@mill.example')).toContain('on its way already');
    expect(await invite('stranger@mill.example')).toContain('none of the tenant');
    expect(await invite('nobody')).toContain('not an e-mail address');
  });

  it('shows what came of the invitation: sent, and then that the button of its page was pressed', async () => {
    const { app, clock, ports } = site.world;
    const invited = await app.connecting.invite(operator, { email: 'new@owner.example', tenantId: null });
    if (!('tenant' in invited)) throw new Error(`it is ${invited.outcome}`);
    const { id } = invited.tenant;
    const page = () => jane.read(`/tenants/${id}`);
    expect(await page()).toContain('It waits to be sent to new@owner.example.');
    await site.world.deliver();
    expect(await page()).toMatch(/A mail server took it for new@owner\.example, .* Nobody has pressed/);
    expect(await page()).toContain('programs that check mail open links, too');
    const [record] = await ports.records.read([id]);
    const contactId = record?.contacts[0]?.id ?? '';
    const viewer = { kind: 'invited', tenantId: id, contactId, signedAt: clock.now() } as const;
    await app.connecting.invitation(viewer);
    expect(await page()).toContain('Nobody has pressed');
    await app.connecting.begin(viewer, 'https://watch.example/callback', { prompt: false });
    expect(await page()).toContain('new@owner.example pressed the button that leads to Constant Contact, ');
    expect(await site.json(`/api/v1/tenants/${id}`)).toMatchObject({
      invitation: { state: 'sent', begunAt: expect.any(String) },
    });
  });

  it('is changed by a key that may, and by no forged form', async () => {
    const reader = await visitDashboard(site.url, await site.newKey('read'));
    expect(await reader.read('/tenants/mill')).not.toMatch(/Check now|id="settings"/);
    for (const verb of ['pause', 'poll', 'invite', 'remove', 'settings']) {
      const fields = { email: 'owner@mill.example', name: 'Taken' };
      expect((await reader.post(`/tenants/mill/${verb}`, fields)).status).toBe(403);
      expect((await jane.post(`/tenants/mill/${verb}`, { ...fields, form: 'forged' })).status).toBe(403);
    }
    expect((await site.world.app.tenants.find(operator, 'mill'))?.name).toBe('mill');
  });
});

describe('the settings', () => {
  it('are saved, and what is not in the form stays', async () => {
    const fields = {
      name: "Jane's Mill",
      cc: 'a@mill.example\r\nb@mill.example',
      timezone: 'Europe/Berlin',
      reply_to: 'r@mill.example',
    };
    expect(await jane.follow(await jane.post('/tenants/mill/settings', fields))).toContain('The settings were saved.');
    const [changed, mill] = await Promise.all(['mill', 'mill'].map((id) => site.world.app.tenants.find(operator, id)));
    expect(changed).toMatchObject({
      name: "Jane's Mill",
      timezone: 'Europe/Berlin',
      replyTo: 'r@mill.example',
      schedule: null,
    });
    expect(mill?.contacts.map(({ email }) => email)).toEqual([
      'owner@mill.example',
      'a@mill.example',
      'b@mill.example',
    ]);
    await jane.follow(await jane.post('/tenants/mill/settings', { reply_to: '', cc: '' }));
    expect(await site.world.app.tenants.find(operator, 'mill')).toMatchObject({ replyTo: null, contacts: [{}] });
  });

  it('that are wrong are named beside their fields, all at once, and nothing is saved', async () => {
    const fields = { name: 'New name', owner: 'nobody', timezone: 'Mars', locale: '', schedule: 'often' };
    const answer = await jane.post('/tenants/bakery/settings', fields);
    expect(answer.status).toBe(422);
    const page = await answer.text();
    for (const problem of [
      'it is not an e-mail address',
      'it is not a time zone',
      'it is missing',
      'it is no schedule',
    ]) {
      expect(page).toContain(problem);
    }
    expect(page).toContain('value="New name"');
    expect((await site.world.app.tenants.find(operator, 'bakery'))?.name).toBe('bakery');
  });

  it('take no external id that another tenant has', async () => {
    await jane.follow(await jane.post('/tenants/mill/settings', { external_id: 'customer-1' }));
    const answer = await jane.post('/tenants/bakery/settings', { external_id: 'customer-1' });
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('has it')]);
  });
});

describe('the removal of a tenant', () => {
  it('says first what is lost, and erases everything only for an admin', async () => {
    const doomed = await startApiServer();
    const operating = await visitDashboard(doomed.url, await doomed.newKey('operate'));
    const page = await operating.read('/tenants/bakery/remove');
    expect(page).toMatch(/1 waiting mail not sent, 1 open incident hidden/);
    expect(page).not.toContain('purge');
    expect((await operating.post('/tenants/bakery/remove', { purge: 'yes' })).status).toBe(403);
    expect((await operating.post('/tenants/bakery/remove', {})).status).toBe(200);
    expect((await operating.get('/tenants/bakery')).status).toBe(404);
    const admin = await visitDashboard(doomed.url, await doomed.newKey('admin'));
    expect(await (await admin.post('/tenants/mill/remove', { purge: 'yes' })).text()).toContain(
      'Every row of it was erased',
    );
    await doomed.server.close();
  });
});
