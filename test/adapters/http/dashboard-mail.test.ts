import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { operator } from '../../../src/monitoring/viewer.ts';
import { type DashboardVisitor, visitDashboard } from '../../support/dashboard-visitor.ts';
import { firstPage } from '../../support/store-records.ts';
import { deferred } from '../../support/use-case-mailer.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

let site: ApiServer;
let visitor: DashboardVisitor;
beforeEach(async () => {
  site = await startApiServer();
  visitor = await visitDashboard(site.url, await site.newKey('admin'));
});
afterEach(async () => {
  await site.server.close();
});

const mails = async () =>
  (await site.world.app.mail.list(operator, { ...firstPage, tenantId: null })).items
    .filter(({ tenantId }) => tenantId !== null)
    .toSorted((a, b) => ((a.tenantId ?? '') < (b.tenantId ?? '') ? -1 : 1));

describe('held mail', () => {
  beforeEach(async () => {
    await site.world.app.mail.hold(operator, { kind: 'all' });
  });

  it('is listed with the reason why it is held, and by tenant, also by a part of its name', async () => {
    const all = await visitor.read('/mail?state=held');
    expect(all).toMatch(/Somebody held owners’ mail/);
    expect(all.match(/name="id"/g)).toHaveLength(2);
    for (const tenant of ['bakery', 'bak']) {
      const some = await visitor.read(`/mail?state=held&tenant=${tenant}`);
      expect(some.match(/name="id"/g)).toHaveLength(1);
    }
    expect(await visitor.read('/mail?tenant=nobody')).toContain('No tenant is called');
  });

  it('is released after one confirmation with the count, and what came of it is said', async () => {
    const ids = (await mails()).map(({ id }) => ['id', id] as const);
    const confirm = await (await visitor.post('/mail/confirm', [['do', 'release chosen'], ...ids])).text();
    expect(confirm).toContain('Release 2 mails?');
    expect((await mails()).map(({ state }) => state)).toEqual(['held', 'held']);
    const done = await visitor.post('/mail/release', [['scope', 'chosen'], ...ids]);
    expect(done.status).toBe(303);
    expect((await mails()).map(({ state }) => state)).toEqual(['pending', 'pending']);
    expect(await visitor.read(done.headers.get('location') ?? '')).toContain('2 mails released.');
    const again = await visitor.post('/mail/release', [['scope', 'chosen'], ...ids]);
    expect(await visitor.read(again.headers.get('location') ?? '')).toContain('2 mails had changed meanwhile');
  });

  it('is discarded one by one, from its own page', async () => {
    const [first, second] = await mails();
    expect(await visitor.read(`/mail/${first?.id}`)).toContain('value="discard chosen"');
    await visitor.post('/mail/discard', [
      ['scope', 'chosen'],
      ['id', first?.id ?? ''],
    ]);
    const states = new Map((await mails()).map(({ id, state }) => [id, state]));
    expect([states.get(first?.id ?? ''), states.get(second?.id ?? '')]).toEqual(['cancelled', 'held']);
  });

  it('is released as a whole, which ends the hold', async () => {
    const confirm = await (await visitor.post('/mail/confirm', [['do', 'release all']])).text();
    expect(confirm).toContain('Release all mail that is held?');
    expect(confirm).toContain('There are 2 mails now.');
    await visitor.post('/mail/release', [['scope', 'all']]);
    expect(await site.world.store.holds.active()).toEqual([]);
  });

  it('is held by a hold that its page names, and ends, although no mail is on the page', async () => {
    const ending = 'value="release all"';
    const page = await visitor.read('/mail?state=failed');
    expect(page).toMatch(
      /Somebody held owners’ mail[^<]*Since <time .*<bdi>operator-of-test \(command line\)<\/bdi> began it\./,
    );
    expect(page).toContain(ending);
    expect(page).not.toContain('value="hold all"');
    await visitor.post('/mail/release', [['scope', 'all']]);
    await site.world.app.mail.hold(operator, { kind: 'all' });
    await visitor.post('/mail/discard', [['scope', 'chosen'], ...(await mails()).map(({ id }) => ['id', id] as const)]);
    const confirm = await (await visitor.post('/mail/confirm', [['do', 'release all']])).text();
    expect(confirm).toContain('End every hold?');
    const done = await visitor.post('/mail/release', [['scope', 'all']]);
    expect(await visitor.read(done.headers.get('location') ?? '')).toContain('Every hold has ended.');
    const after = await visitor.read('/mail?state=failed');
    expect(after).not.toMatch(/began it|value="release all"/);
    expect(after).toContain('value="hold all"');
  });

  it.each([
    [[]],
    [[['scope', 'chosen']]],
    [
      [
        ['action', 'burn'],
        ['scope', 'all'],
      ],
    ],
  ] as const)('stays as it is when a form says nothing that can be done: %j', async (fields) => {
    expect((await visitor.post('/mail/confirm', fields)).status).toBe(400);
    expect((await mails()).map(({ state }) => state)).toEqual(['held', 'held']);
  });

  it('of another tenant is neither shown nor changed for the key of one tenant, not even by “all”', async () => {
    const own = await visitDashboard(site.url, await site.newKey('operate', { tenantId: 'bakery' }));
    const [bakery, mill] = await mails();
    expect(await own.read('/mail')).not.toContain('mill');
    expect((await own.get(`/mail/${mill?.id}`)).status).toBe(404);
    expect((await own.get(`/mail/${mill?.id}/html`)).status).toBe(404);
    await own.post('/mail/release', [
      ['scope', 'chosen'],
      ['id', mill?.id ?? ''],
    ]);
    expect((await mails()).map(({ state }) => state)).toEqual(['held', 'held']);
    await own.post('/mail/release', [['scope', 'all']]);
    const states = new Map((await mails()).map(({ id, state }) => [id, state]));
    expect([states.get(bakery?.id ?? ''), states.get(mill?.id ?? '')]).toEqual(['pending', 'held']);
  });

  it('has no buttons for a key that may only look, and takes no form of it', async () => {
    const reader = await visitDashboard(site.url, await site.newKey('read'));
    expect(await reader.read('/mail?state=held')).not.toMatch(/name="id"|value="release/);
    expect((await reader.post('/mail/release', [['scope', 'all']])).status).toBe(403);
    expect((await mails()).map(({ state }) => state)).toEqual(['held', 'held']);
  });
});

describe('mail that a server has deferred', () => {
  it('says how often it was tried, what the server said, and when it is tried next', async () => {
    site.world.mailer.answers({ ...deferred, response: '451 try <later>' });
    await site.world.deliver();
    expect(await visitor.read('/mail?state=pending')).toMatch(
      /tried once, the server said “451 try &lt;later&gt;”; the next try is in \d+ \w+/,
    );
  });
});

describe('a mail', () => {
  it('is shown in both forms, the one that its reader sees in a frame that runs and loads nothing', async () => {
    await site.world.deliver();
    const [sent] = await mails();
    const page = await visitor.read(`/mail/${sent?.id}`);
    expect(page).toMatch(/<iframe class="letter" sandbox [^>]*src="\/mail\/[^"]+\/html"/);
    expect(page).toMatch(/<pre class="letter"[^>]*>/);
    const frame = await visitor.get(`/mail/${sent?.id}/html`);
    expect(frame.headers.get('content-security-policy')).toMatch(/default-src 'none'.*; sandbox$/);
    expect(frame.headers.get('x-frame-options')).toBe('SAMEORIGIN');
  });

  it('that is not there is not found', async () => {
    expect((await visitor.get('/mail/nothing')).status).toBe(404);
  });
});

describe('the audit', () => {
  it('says who did what, filtered, and gives all of it as a file', async () => {
    await site.world.app.tenants.pause(operator, 'mill');
    const page = await visitor.read('/audit?action=tenant.pause');
    expect(page).toContain('tenant: pause');
    expect(page).not.toContain('api key: create');
    const file = await visitor.get('/audit.csv?action=tenant.pause');
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect((await file.text()).trim().split('\n')).toHaveLength(2);
    expect(await visitor.read('/audit?from=2999-01-01')).toContain('Nothing like that was done.');
  });

  it.each(['/audit', '/audit.csv', '/keys'])('%s is refused to a key that is not an admin’s', async (path) => {
    const reader = await visitDashboard(site.url, await site.newKey('operate'));
    expect((await reader.get(path)).status).toBe(403);
    const own = await visitDashboard(site.url, await site.newKey('admin', { tenantId: 'bakery' }));
    expect((await own.get(path)).status).toBe(403);
  });
});

describe('the keys', () => {
  it.each([
    ['days', '31'],
    ['role', 'god'],
    ['name', 'two\nlines'],
    ['name', 'x'.repeat(201)],
  ])('make none when the field %s of the form is not valid: %j', async (field, value) => {
    const before = (await site.world.app.apiKeys.list(operator, firstPage)).items.length;
    const answer = await visitor.post('/keys', [
      ['tenant', 'bakery'],
      [field, value],
    ]);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('No key was made: a field of the form is not valid.');
    expect((await site.world.app.apiKeys.list(operator, firstPage)).items).toHaveLength(before);
  });

  it('show the secret of a new one once, and end it when it is revoked', async () => {
    const made = await visitor.post('/keys', [
      ['name', 'host “product”'],
      ['role', 'operate'],
      ['tenant', 'bakery'],
      ['days', '30'],
    ]);
    expect(made.status).toBe(201);
    const [, secret = ''] = /class="secret"[^>]*value="([^"]+)"/.exec(await made.text()) ?? [];
    expect((await site.ask('/api/v1/tenants/bakery', { key: secret })).status).toBe(200);
    expect((await site.ask('/api/v1/tenants/mill', { key: secret })).status).toBe(404);
    const list = await visitor.read('/keys');
    expect(list).toContain('host “product”');
    expect(list).not.toContain(secret);
    const { items } = await site.world.app.apiKeys.list(operator, firstPage);
    const id = items.find(({ prefix }) => secret.startsWith(prefix))?.id;
    await visitor.post(`/keys/${id}/revoke`);
    expect((await site.ask('/api/v1/tenants/bakery', { key: secret })).status).toBe(401);
  });

  it('are not made for a tenant that nobody knows', async () => {
    const answer = await visitor.post('/keys', [['tenant', 'nobody']]);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('There is no such tenant');
  });

  it.each([
    ['is not storable', 'bakery\0'],
    ['is too long', 'b'.repeat(300)],
  ])('are not made for all tenants where the tenant’s name %s', async (_, tenant) => {
    const before = await site.world.app.apiKeys.list(operator, firstPage);
    expect((await visitor.post('/keys', { tenant })).status).toBe(400);
    expect(await site.world.app.apiKeys.list(operator, firstPage)).toEqual(before);
  });

  it('that is one’s own, revoked, signs out', async () => {
    const page = await visitor.read('/keys');
    const [, path = ''] = /\(yours, now\)[\s\S]*?action="([^"]+\/revoke)"/.exec(page) ?? [];
    await visitor.post(path);
    expect((await visitor.get('/keys')).headers.get('location')).toContain('/sign-in');
  });
});
