import { afterEach, describe, expect, it } from '@jest/globals';
import { ownerActions } from '../../../src/http/owner/owner-actions.ts';
import { aConnectionOnPage, anOwnerPage } from '../../support/owner-pages.ts';
import { formTokenIn, type GivenServer, type OwnerServer, startOwnerServer } from './owner-server.ts';

let open: OwnerServer | null = null;
async function start(given: GivenServer = {}): Promise<OwnerServer> {
  open = await startOwnerServer(given);
  return open;
}
const startWith = (given: Parameters<typeof anOwnerPage>[0]) =>
  start({ owner: { page: async () => anOwnerPage(given) } });
afterEach(async () => {
  await open?.server.close();
  open = null;
});

const everyPage = ['', ...ownerActions.map((action) => `/${action}`)];

describe('a link that opens nothing', () => {
  it.each([
    ['old', 410, 'This link has expired'],
    ['forged', 404, 'This link leads nowhere'],
    ['x'.repeat(1500), 404, 'This link leads nowhere'],
    ['%00%0d%0a', 404, 'This link leads nowhere'],
  ])('(%s) is a friendly page, whatever was asked for', async (token, status, heading) => {
    const { get, post, granted } = await start();
    for (const path of everyPage) {
      const response = await get(`/o/${token}${path}`);
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      await expect(response.text()).resolves.toContain(heading);
      if (path !== '') expect((await post(`/o/${token}${path}`, new URLSearchParams())).status).toBe(status);
    }
    expect(granted).toEqual([]);
  });

  it('is a friendly page when the account is gone', async () => {
    const { get } = await start({ owner: { page: async () => null } });
    expect((await get('/o/good')).status).toBe(404);
  });

  it.each([
    ['fr-CA, en;q=0.5', 'fr', 'Ce lien a expiré'],
    ['nonsense!', 'en', 'This link has expired'],
  ])('speaks as the browser asks: %s', async (language, lang, heading) => {
    const { get } = await start();
    const page = await (await get('/o/old', { headers: { 'accept-language': language } })).text();
    expect(page).toContain(`<html lang="${lang}">`);
    expect(page).toContain(heading);
  });
});

describe('GET /o/{token}', () => {
  it('shows each connection, what to do and since when', async () => {
    const { get } = await start();
    const response = await get('/o/good');
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('One of your social accounts needs you');
    expect(page).toContain('Jane&#39;s Bakery');
    expect(page).toContain('<li>Reconnect Facebook as Jane&#39;s Bakery.</li>');
    expect(page).toContain('href="https://app.constantcontact.com"');
    for (const action of ['check', 'snooze', 'preferences', 'not-mine', 'unsubscribe']) {
      expect(page).toContain(`href="./good/${action}"`);
    }
  });

  it('leads where the tenant’s own mail leads', async () => {
    const { get } = await startWith({ tenant: { reconnectUrl: 'https://cc.bakery.example' } });
    await expect((await get('/o/good')).text()).resolves.toContain('href="https://cc.bakery.example"');
  });

  it('asks for the tenant of the link and no other', async () => {
    const asked: unknown[] = [];
    const { get } = await start({
      owner: {
        page: async (viewer) => {
          asked.push(viewer);
          return anOwnerPage();
        },
      },
    });
    await get('/o/good?tenantId=tenant-2&contactId=contact-2');
    expect(asked).toEqual([{ kind: 'contact', tenantId: 'tenant-1', contactId: 'contact-1' }]);
  });

  it('speaks the reader’s language, whatever the account’s is', async () => {
    const { get } = await startWith({ tenant: { locale: 'de' }, contact: { locale: 'es' } });
    for (const path of everyPage) {
      await expect((await get(`/o/good${path}`)).text()).resolves.toContain('<html lang="es">');
    }
  });

  it('lets no name become part of a page', async () => {
    const name = '<script>alert(1)</script>"><img src=x onerror=alert(1)>';
    const { get } = await start({
      owner: {
        page: async () =>
          anOwnerPage({
            tenant: { name, timezone: 'UTC', lastGoodPollAt: null, replyTo: name },
            contact: { email: name },
            connections: [aConnectionOnPage({ displayName: name, network: name })],
            accessProblem: { action: 'reauthorize', missing: null, since: null, snoozedUntil: null },
          }),
      },
      repairSteps: (repairs) => repairs.map(({ account }) => account),
    });
    for (const path of [...everyPage, `?done=${encodeURIComponent(name)}`]) {
      const page = await (await get(`/o/good${path}`)).text();
      expect(page).not.toMatch(/<script|<img/);
      expect(page).toContain('&lt;script&gt;');
    }
  });

  it('shows what was done in words of its own alone', async () => {
    const { get } = await start();
    await expect((await get('/o/good?done=preferred')).text()).resolves.toContain('Your choice is saved.');
    for (const code of ['Call+0900', 'constructor', 'preferred&done=preferred', '']) {
      await expect((await get(`/o/good?done=${code}`)).text()).resolves.not.toContain('role="status"');
    }
  });
});

describe('a link scanner', () => {
  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'])('that sends %s changes nothing', async (method) => {
    const { get, granted } = await start();
    for (const path of everyPage) {
      await get(`/o/good${path}`, { method });
      await get(`/o/good${path}?List-Unsubscribe=One-Click&length=day&language=&reminders=off`, { method });
    }
    expect(granted).toEqual([]);
  });

  it('that follows every link on every page changes nothing, and finds no page that is missing', async () => {
    const { url, get, granted } = await start();
    const seen = new Set<string>();
    const follow = async (address: string): Promise<void> => {
      if (seen.has(address) || !address.startsWith(url)) return;
      seen.add(address);
      const response = await fetch(address);
      expect([address, response.status]).toEqual([address, 200]);
      const page = await response.text();
      for (const [, href = ''] of page.matchAll(/(?:href|action|src)="([^"]+)"/g))
        await follow(new URL(href, address).href);
    };
    await follow(`${url}/o/good`);
    expect([...seen].map((address) => address.slice(url.length)).toSorted()).toEqual(
      everyPage
        .filter((path) => path !== '/return')
        .map((path) => `/o/good${path}`)
        .toSorted(),
    );
    expect((await get('/o/good/return')).status).toBe(200);
    expect(granted).toEqual([]);
  });

  it.each([
    ['PUT', '/o/good/snooze', 'GET, HEAD, POST'],
    ['POST', '/o/good', 'GET, HEAD'],
  ])('that sends %s to %s is told what is allowed', async (method, path, allow) => {
    const { get } = await start();
    const response = await get(path, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
  });

  it('is asked to keep no copy and to list nothing', async () => {
    const { get } = await start();
    for (const path of everyPage) {
      const { headers } = await get(`/o/good${path}`);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-robots-tag')).toContain('noindex');
    }
  });
});

describe('an action', () => {
  const leave = (as: string) => ({ kind: 'leave', as });
  it.each([
    ['check', {}, 'check', 'works_so_far'],
    ['snooze', { length: 'week' }, { kind: 'snooze', length: 'week' }, 'snoozed_week'],
    ['not-mine', {}, leave('not_mine'), 'not_mine'],
    ['unsubscribe', {}, leave('unsubscribed'), 'unsubscribed'],
    [
      'preferences',
      { language: 'fr', reminders: 'off' },
      { kind: 'prefer', locale: 'fr', wantsReminders: false },
      'preferred',
    ],
    [
      'preferences',
      { language: '', reminders: 'on' },
      { kind: 'prefer', locale: null, wantsReminders: true },
      'preferred',
    ],
  ])('(%s %j) is done once its form is sent, and shown on the page after', async (action, choices, wish, done) => {
    const { press, granted } = await start();
    const response = await press(action, choices);
    expect([response.status, response.headers.get('location')]).toEqual([303, `../good?done=${done}`]);
    expect(granted).toEqual([{ viewer: { kind: 'contact', tenantId: 'tenant-1', contactId: 'contact-1' }, wish }]);
  });

  it.each(['unsubscribed', 'not_mine', 'undeliverable'] as const)('is undone by who is %s', async (state) => {
    const { get, press, granted } = await startWith({ contact: { state } });
    await expect((await get('/o/good')).text()).resolves.toContain('href="./good/return"');
    expect((await press('return')).status).toBe(303);
    expect(granted).toMatchObject([{ wish: { kind: 'return' } }]);
  });

  it.each([
    ['without a token', 'x=1'],
    ['with an empty body', ''],
    ['with a token that nobody signed', 'form=9999999999.abc'],
    ['twice, the second forged', 'form=&form=x'],
  ])('%s is refused, and offers its confirm page again', async (_, body) => {
    const { post, granted } = await start();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const action of ownerActions) {
      const response = await post(`/o/good/${action}`, body, { headers });
      const page = await response.text();
      expect([action, response.status]).toEqual([action, 403]);
      expect(page).toContain('Nothing has changed');
      expect(page).toContain(`href="../good/${action}"`);
    }
    expect(granted).toEqual([]);
  });

  it('is refused with the token of another action', async () => {
    const { get, post, granted } = await start();
    const form = formTokenIn(await (await get('/o/good/check')).text());
    expect(form).not.toBe('');
    expect((await post('/o/good/unsubscribe', new URLSearchParams({ form }))).status).toBe(403);
    expect(granted).toEqual([]);
  });

  it.each([
    ['snooze', { length: 'forever' }],
    ['snooze', {}],
    ['preferences', { language: 'xx', reminders: 'on' }],
    ['preferences', { language: 'fr', reminders: 'maybe' }],
    ['preferences', {}],
  ])('(%s %j) that means nothing changes nothing', async (action, choices) => {
    const { press, granted } = await start();
    expect((await press(action, choices)).status).toBe(400);
    expect(granted).toEqual([]);
  });

  it('is 404 when nobody knows it', async () => {
    const { get, post } = await start();
    expect((await get('/o/good/constructor')).status).toBe(404);
    expect((await post('/o/good/delete-everything', new URLSearchParams())).status).toBe(404);
  });

  it('is 404 when the contact is gone meanwhile', async () => {
    const { press } = await start({ owner: { request: async () => null, checkNow: async () => null } });
    expect((await press('snooze', { length: 'day' })).status).toBe(404);
    expect((await press('check')).status).toBe(404);
  });
});

describe('the link that a contact passed on', () => {
  it('shows the same page, without what the contact alone may do', async () => {
    const { get } = await start();
    const page = await (await get('/o/guest')).text();
    expect(page).toContain('One of your social accounts needs you');
    expect(page).toContain('This page was passed on to you');
    expect(page).toContain('href="./guest/check"');
    expect(page).not.toMatch(
      /(snooze|preferences|not-mine|unsubscribe|return)"|jane@bakery\.example|watch\.example\.com/,
    );
  });

  it('has the account checked', async () => {
    const { get, post, granted } = await start();
    const form = formTokenIn(await (await get('/o/guest/check')).text());
    const response = await post('/o/guest/check', new URLSearchParams({ form }));
    expect([response.status, response.headers.get('location')]).toEqual([303, '../guest?done=works_so_far']);
    expect(granted).toEqual([
      { viewer: { kind: 'guest', tenantId: 'tenant-1', contactId: 'contact-1' }, wish: 'check' },
    ]);
  });

  it.each(ownerActions.filter((action) => action !== 'check'))('does not do: %s', async (action) => {
    const { get, post, granted } = await start();
    const page = await get(`/o/guest/${action}`);
    expect(page.status).toBe(403);
    await expect(page.text()).resolves.toContain('This page can only be viewed');
    // Not even with a form that was signed for the contact, nor with one click.
    const form = formTokenIn(await (await get(`/o/good/${action}`)).text());
    const choices = { length: 'day', language: 'fr', reminders: 'off' };
    expect((await post(`/o/guest/${action}`, new URLSearchParams({ form, ...choices }))).status).toBe(403);
    const oneClick = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    expect((await post(`/o/guest/${action}`, oneClick)).status).toBe(403);
    expect(granted).toEqual([]);
  });
});

describe('whoever speaks on a page', () => {
  const agency = { senderName: 'Agency Bright', replyTo: 'help@bright.example' };
  const brand = { name: 'Bright Group', url: 'https://bright.example', color: '#ffe000' };

  it.each([...everyPage, '/constructor'].map((path) => `/o/good${path}`).concat('/o/old', '/o/guest/snooze'))(
    'is the account’s own sender: %s',
    async (path) => {
      const { get } = await start({ owner: { page: async () => anOwnerPage({ tenant: agency }) }, brand });
      const page = await (await get(path)).text();
      expect(page).toContain('<header>Agency Bright</header>');
      expect(page).toMatch(/<title>[^<]* · Agency Bright<\/title>/);
      expect(page).not.toMatch(/Linkwatch|Bright Group|https:\/\/bright\.example|help@linkwatch/);
    },
  );

  it.each(['/o/good', '/o/good/check', '/o/old', '/o/forged'])('is the brand else: %s', async (path) => {
    const { get } = await start({ brand });
    const page = await (await get(path)).text();
    expect(page).toContain('<header><a href="https://bright.example">Bright Group</a></header>');
    expect(page).toContain('--button: #ffe000; --on-button: #000000;');
    expect(page).not.toContain('Linkwatch');
  });
});

describe('a page of many accounts', () => {
  const connections = Array.from({ length: 1000 }, (_, index) =>
    aConnectionOnPage({ accountId: `${index}`, displayName: `${index} ${'👩‍👩‍👧‍👦'.repeat(200)}` }),
  );

  it('stays small, and leads to every one of them', async () => {
    const { get } = await startWith({ connections });
    const first = await (await get('/o/good')).text();
    const last = await (await get('/o/good?page=20')).text();
    expect(Math.max(Buffer.byteLength(first), Buffer.byteLength(last))).toBeLessThan(200_000);
    expect(first).toContain('href="./good?page=2"');
    expect(last).toContain('Accounts 951 to 1000 of 1000');
  });
});

describe('one click of RFC 8058', () => {
  const oneClick = () => new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });

  it('unsubscribes without a page and without a redirect', async () => {
    const { post, granted } = await start();
    const response = await post('/o/good/unsubscribe', oneClick(), { redirect: 'error' });
    expect(response.status).toBe(200);
    await expect(response.text()).resolves.toContain('You are unsubscribed');
    expect(granted).toEqual([
      {
        viewer: { kind: 'contact', tenantId: 'tenant-1', contactId: 'contact-1' },
        wish: { kind: 'leave', as: 'unsubscribed' },
      },
    ]);
  });

  it('is taken as multipart too, and may be repeated', async () => {
    const { post, granted } = await start();
    const form = new FormData();
    form.set('List-Unsubscribe', 'One-Click');
    for (let click = 1; click <= 2; click += 1) expect((await post('/o/good/unsubscribe', form)).status).toBe(200);
    expect(granted).toHaveLength(2);
  });

  it.each(ownerActions.filter((action) => action !== 'unsubscribe'))('opens no other door: %s', async (action) => {
    const { post, granted } = await start();
    expect((await post(`/o/good/${action}`, oneClick())).status).toBe(403);
    expect(granted).toEqual([]);
  });

  it.each<[string, RequestInit['body'], string | null, number]>([
    ['nothing', null, null, 403],
    ['another form', 'List-Unsubscribe=Maybe', 'application/x-www-form-urlencoded', 403],
    ['a broken multipart', '--x\r\nnonsense', 'multipart/form-data; boundary=y', 403],
    ['multipart without a boundary', 'x', 'multipart/form-data', 403],
    ['JSON', '{"List-Unsubscribe":"One-Click"}', 'application/json', 415],
    ['plain text', 'List-Unsubscribe=One-Click', 'text/plain', 415],
    ['a flood', `List-Unsubscribe=One-Click&x=${'x'.repeat(20_000)}`, 'application/x-www-form-urlencoded', 413],
  ])('is not %s', async (_what, body, contentType, status) => {
    const { post, granted } = await start();
    const headers: Record<string, string> = contentType === null ? {} : { 'content-type': contentType };
    expect((await post('/o/good/unsubscribe', body, { headers })).status).toBe(status);
    expect(granted).toEqual([]);
  });

  it('is 404 when the contact is gone', async () => {
    const { post } = await start({ owner: { request: async () => null } });
    expect((await post('/o/good/unsubscribe', oneClick())).status).toBe(404);
  });
});
