import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { createSignIn } from '../../../src/monitoring/keys/sign-in.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { visitDashboard } from '../../support/dashboard-visitor.ts';
import { until } from '../../support/until.ts';
import { aWorld } from '../../support/use-case-world.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

let site: ApiServer;
beforeAll(async () => {
  site = await startApiServer();
});
afterAll(async () => {
  await site.server.close();
});

const form = (fields: Readonly<Record<string, string>>, cookie = ''): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  headers: { cookie },
  redirect: 'manual',
});

async function signIn(key: string): Promise<string> {
  const answer = await fetch(`${site.url}/sign-in`, form({ key }));
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

const get = (path: string, cookie: string) => fetch(site.url + path, { headers: { cookie }, redirect: 'manual' });

describe('the sign-in', () => {
  it('is where a page leads whoever is not signed in, and back', async () => {
    const answer = await get('/tenants?health=broken', '');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/sign-in?to=%2Ftenants%3Fhealth%3Dbroken');
  });

  it('takes an API key once, and remembers it in a cookie that no script and no other site can use', async () => {
    const key = await site.newKey('admin');
    const answer = await fetch(`${site.url}/sign-in`, form({ key, to: '/tenants' }));
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/tenants');
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/; HttpOnly; SameSite=Lax/);
    expect(cookie).not.toContain(key);
    expect((await get('/tenants', cookie.split(';')[0] ?? '')).status).toBe(200);
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'never leads to %s',
    async (to) => {
      const answer = await fetch(`${site.url}/sign-in`, form({ key: await site.newKey('read'), to }));
      expect(answer.headers.get('location')).toBe('/');
    },
  );

  it('ends with the key that was used: revoked, every page of it leads to the sign-in again', async () => {
    const key = await site.newKey('admin');
    const cookie = await signIn(key);
    expect((await get('/', cookie)).status).toBe(200);
    const { items } = await site.world.app.apiKeys.list(operator, { cursor: null, limit: 100 });
    for (const { id } of items.filter(({ prefix }) => key.startsWith(prefix))) {
      await site.world.app.apiKeys.revoke(operator, id);
    }
    expect((await get('/', cookie)).status).toBe(303);
  });

  it.each(['', 'nothing', 'linkwatch_session=abc'])('is asked of a browser with the cookie “%s”', async (cookie) => {
    expect((await get('/', cookie)).status).toBe(303);
  });
});

describe('a link of `linkwatch open`', () => {
  it('signs in once', async () => {
    const code = await site.world.app.apiKeys.signInLink(operator);
    const first = await get(`/sign-in/${code}`, '');
    expect(first.status).toBe(303);
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await get('/', cookie)).status).toBe(200);
    expect((await get(`/sign-in/${code}`, '')).status).toBe(410);
  });

  it('is no API key, and works for a minute', async () => {
    const code = await site.world.app.apiKeys.signInLink(operator);
    expect((await site.ask('/api/v1/tenants', { key: code })).status).toBe(401);
    const { exchange } = createSignIn(site.world.ports);
    await site.world.clock.advance(MINUTE_MS);
    expect(await exchange(code)).toBeNull();
  });

  it('is no API key’s secret', async () => {
    const { exchange } = createSignIn(site.world.ports);
    expect(await exchange(await site.newKey('admin'))).toBeNull();
  });

  it('signs in one of two browsers that come at once', async () => {
    const { exchange } = createSignIn(site.world.ports);
    const code = await site.world.app.apiKeys.signInLink(operator);
    const taken = await Promise.all([exchange(code), exchange(code)]);
    expect(taken.filter((keyId) => keyId !== null)).toHaveLength(1);
  });
});

describe('a form', () => {
  it('of another site changes nothing', async () => {
    const cookie = await signIn(await site.newKey('admin'));
    const answer = await fetch(`${site.url}/sign-out`, form({}, cookie));
    expect(answer.status).toBe(403);
    expect((await get('/', cookie)).status).toBe(200);
  });

  it('of the page signs out', async () => {
    const cookie = await signIn(await site.newKey('admin'));
    const page = await (await get('/', cookie)).text();
    const [, token = ''] = /name="form" value="([^"]+)"/.exec(page) ?? [];
    const answer = await fetch(`${site.url}/sign-out`, form({ form: token }, cookie));
    expect(answer.headers.get('set-cookie')).toContain('linkwatch_session=;');
  });
});

describe('the key of one tenant', () => {
  it('shows that tenant alone, and nothing of the monitor', async () => {
    const cookie = await signIn(await site.newKey('read', { tenantId: 'bakery' }));
    const [overview, tenants] = await Promise.all(
      ['/', '/tenants'].map(async (path) => (await get(path, cookie)).text()),
    );
    expect(tenants).toContain('bakery');
    expect(`${overview}${tenants}`).not.toMatch(/mill|Database|>Keys</);
  });
});

describe('the overview', () => {
  it('calls nothing well before anything was polled, and says what to do first', async () => {
    const empty = await startApiServer({ world: await aWorld({ tenants: [] }) });
    const visitor = await visitDashboard(empty.url, await empty.newKey('operate'));
    for (const path of ['/', '/wall']) {
      expect(await visitor.read(path)).toMatch(/<h1[^>]* class="unknown"|<h1 class="unknown"/);
    }
    expect(await visitor.read('/')).toMatch(/There are no tenants yet\.[\s\S]*href="\/tenants\/new"/);
    const reader = await visitDashboard(empty.url, await empty.newKey('read'));
    expect(await reader.read('/')).not.toContain('/tenants/new');
    await empty.server.close();
  });

  it('says of what is broken since when, and whether the owner was told, and leads to the rest behind the first ten', async () => {
    const many = await startApiServer({ tenants: Array.from({ length: 11 }, (_, n) => `shop-${n}`) });
    const pageOf = async ({ url, newKey }: ApiServer) => (await visitDashboard(url, await newKey('read'))).read('/');
    const all = '<a href="/incidents">All incidents that are not over</a>';
    const page = await pageOf(many);
    expect(page).toContain(all);
    expect(page.match(/<td data-label="What"><a [^>]*><bdi>Facebook/g)).toHaveLength(10);
    expect(page).toMatch(
      /<td data-label="Told"><strong>not yet<\/strong><\/td>\s*<td data-label="Began" class="right"><time /,
    );
    expect(await pageOf(site)).not.toContain(all);
    await many.server.close();
  });

  it('leads each count to its list, and each trouble to where more of it is shown', async () => {
    const visitor = await visitDashboard(site.url, await site.newKey('admin'));
    await site.world.app.mail.hold(operator, { kind: 'all' });
    const page = await visitor.read('/');
    expect(page).toMatch(/Mail is held by command[\s\S]*<bdi>operator-of-test \(command line\)<\/bdi> began it/);
    const links = [
      '/mail?state=held',
      '/tenants?health=broken',
      '/untold',
      '/incidents?lately=broke',
      '/mail?lately=sent',
    ];
    for (const link of links) {
      expect(page).toContain(`href="${link}"`);
      expect((await visitor.get(link)).status).toBe(200);
    }
    await site.world.app.mail.release(operator, { kind: 'all' });
  });
});

describe('the wall', () => {
  it('says of each problem since when it is so', async () => {
    const visitor = await visitDashboard(site.url, await site.newKey('admin'));
    await site.world.app.mail.hold(operator, { kind: 'all' });
    const page = await visitor.read('/wall');
    expect(page).toMatch(/Mail is held by command<\/h2><p>[^<]* Since <time /);
    expect(page).not.toContain('undefined');
    await site.world.app.mail.release(operator, { kind: 'all' });
  });

  it('keeps whoever may only look signed in, and nobody else', async () => {
    const [reader, admin] = [await signIn(await site.newKey('read')), await signIn(await site.newKey('admin'))];
    const renewed = async (cookie: string) => (await get('/wall', cookie)).headers.get('set-cookie');
    expect([await renewed(reader), await renewed(admin)]).toEqual([null, null]);
    await site.world.clock.advance(7 * HOUR_MS);
    expect(await renewed(reader)).toMatch(/^linkwatch_session=/);
    expect(await renewed(admin)).toBeNull();
  });
});

describe('an invitation of an owner', () => {
  it('makes a tenant that waits to be connected, of which the page says so', async () => {
    const visitor = await visitDashboard(site.url, await site.newKey('operate'));
    const fields = { email: 'new@shop.example', name: 'New Shop', locale: 'fr' };
    const page = await visitor.follow(await visitor.post('/tenants/new', fields));
    expect(page).toMatch(/An invitation was written\.[\s\S]*New Shop[\s\S]*It waits to be sent to new@shop\.example/);
    const wrong = await visitor.post('/tenants/new', { ...fields, email: 'nobody' });
    expect([wrong.status, await wrong.text()]).toEqual([
      422,
      expect.stringContaining('That is not an e-mail address.'),
    ]);
  });

  it('is for keys of all tenants that may change something', async () => {
    for (const key of [await site.newKey('read'), await site.newKey('admin', { tenantId: 'bakery' })]) {
      const visitor = await visitDashboard(site.url, key);
      expect((await visitor.get('/tenants/new')).status).toBe(403);
      expect((await visitor.post('/tenants/new', { email: 'a@b.example' })).status).toBe(403);
      expect(await visitor.read('/tenants')).not.toContain('/tenants/new"');
    }
  });
});

describe('every page', () => {
  it.each([
    ['Asia/Kolkata', /India Standard Time/],
    ['US/Eastern', /Eastern (Standard|Daylight) Time/],
    ['Nowhere/Land', /Coordinated Universal Time/],
    ['+05:00', /Coordinated Universal Time/],
  ])('shows times in the zone of the reader’s browser where %s is one', async (zone, named) => {
    const cookie = await signIn(await site.newKey('read'));
    expect(await (await get('/tenants', `${cookie}; linkwatch_zone=${zone}`)).text()).toMatch(named);
  });

  it.each(['/mail?tenant=%00', '/mail?tenant=', '/incidents?tenant=%00', '/audit?actor=%00', '/tenants?q=%00'])(
    'reads %s as an address without that filter, or with one that nothing fits',
    async (path) => {
      expect((await get(path, await signIn(await site.newKey('admin')))).status).toBe(200);
    },
  );

  it('loads nothing but our own style sheet and program', async () => {
    const cookie = await signIn(await site.newKey('admin'));
    const answer = await get('/', cookie);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toMatch(/unsafe|https?:/);
    const page = await answer.text();
    expect(page).not.toMatch(/<style|style=|<script>|onclick/);
    for (const [, asset] of page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)) {
      const { status, headers } = await get(asset ?? '', '');
      expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    }
  });
});

describe('the plan of a large fleet', () => {
  it('says that the fleet is being counted, looks again by itself, and shows the plan once it is there', async () => {
    const large = await startApiServer();
    try {
      const counted = Promise.withResolvers<void>();
      const { quota } = large.world.store;
      const { today } = quota;
      const { get } = await visitDashboard(large.url, await large.newKey('read'));
      jest.spyOn(quota, 'today').mockImplementation(async (...asked) => {
        await counted.promise;
        return await today(...asked);
      });
      const early = await (await get('/plan?tenants=900')).text();
      expect(early).toContain('takes a moment to be counted');
      expect(early).toMatch(/hx-get="\/plan\?tenants=900" hx-select="#plan"[^>]* hx-trigger="every 2s"/);
      expect(early).not.toContain('As if there were so many tenants');
      counted.resolve();
      const later = await until('the fleet is counted', async () => {
        const page = await (await get('/plan?tenants=900')).text();
        return page.includes('takes a moment') ? undefined : page;
      });
      expect(later).toContain('As if there were so many tenants');
      expect(later).not.toContain('hx-select="#plan"');
    } finally {
      await large.server.close();
    }
  });
});
