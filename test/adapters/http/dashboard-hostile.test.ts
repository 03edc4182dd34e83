import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operator } from '../../../src/monitoring/viewer.ts';
import { anObservedConnection } from '../../support/builders.ts';
import { type DashboardRoute, dashboardRoutes } from '../../support/dashboard-routes.ts';
import { type DashboardVisitor, visitDashboard } from '../../support/dashboard-visitor.ts';
import { firstPage } from '../../support/store-records.ts';
import { withAlertsDue } from '../../support/use-case-alerts.ts';
import { deferred } from '../../support/use-case-mailer.ts';
import { answerOf } from '../../support/use-case-receivers.ts';
import type { World } from '../../support/use-case-world.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

const MARKUP = '</title></textarea><script>alert(1)</script><img src=x onerror=alert(1)>';
const BIDI = '\u202Egnp.exe\u2066';
const LONG = `${MARKUP}${BIDI}"'\`&amp;${'x'.repeat(10_000)}`;
/** A page may have so many bytes, whatever anybody is called. */
const MOST_BYTES = 60_000;

let site: ApiServer;
let routes: readonly DashboardRoute[];
let samples: Readonly<Record<string, string>>;
beforeAll(async () => {
  site = await startApiServer({ world: await hostileWorld() });
  routes = dashboardRoutes(site.server);
  samples = await samplesIn(site.world, 'bakery');
});
afterAll(async () => {
  await site.server.close();
});

/** Everything that somebody else can name is named to do harm. */
async function hostileWorld(): Promise<World> {
  const world = await withAlertsDue(['bakery', 'mill']);
  const { app, constantContact, mailer, webhookSender } = world;
  for (const id of ['bakery', 'mill']) {
    await app.tenants.update(operator, id, { name: LONG, senderName: LONG });
    const account = { accountId: LONG, displayName: LONG, error: LONG };
    const broken = anObservedConnection({ ...account, tokenIsValid: false });
    constantContact.shows(id, anObservedConnection({ tokenIsValid: false, displayName: LONG }), broken);
  }
  const url = `https://shop.example/${encodeURIComponent(MARKUP)}?${'x'.repeat(1500)}`;
  webhookSender.answers(url, () => answerOf(500, { answer: LONG.slice(0, 1024), error: LONG }));
  await app.webhooks.add(operator, { url });
  await app.webhooks.add(operator, { url, tenantId: 'bakery' });
  mailer.answers({ ...deferred, response: LONG });
  await world.live(3_600_000);
  await app.mail.hold(operator, { kind: 'all' });
  await app.apiKeys.create(operator, { role: 'read', name: LONG });
  return world;
}

/** What stands for an id, by what its path begins with; of this tenant. */
async function samplesIn({ app }: World, tenantId: string): Promise<Readonly<Record<string, string>>> {
  const all = { ...firstPage, tenantId };
  const [webhook] = (await app.webhooks.list(operator, all)).items;
  const [incident] = (await app.incidents.list(operator, all)).items;
  const [mail] = (await app.mail.list(operator, all)).items;
  const [key] = (await app.apiKeys.list(operator, firstPage)).items;
  const ids = { tenants: tenantId, incidents: incident?.id, mail: mail?.id, webhooks: webhook?.id, keys: key?.id };
  return Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, id ?? 'missing']));
}

/** With an id where the route has one. A new kind of id needs a sample here. */
function addressOf({ path }: DashboardRoute, ids = samples): string {
  return path.replaceAll(/\/([^/]+)\/:id/g, (_, noun: string) => {
    const id = ids[noun];
    if (id === undefined) throw new Error(`no sample of an id for ${path}`);
    return `/${noun}/${encodeURIComponent(id)}`;
  });
}

const isHtml = ({ headers }: Response) => (headers.get('content-type') ?? '').startsWith('text/html');
/** It leads on. */
const isWay = ({ path }: DashboardRoute) => path === '/find';
const isSignIn = ({ path }: DashboardRoute) => path.startsWith('/sign-in');
const pages = () => routes.filter((route) => route.method === 'GET' && !isSignIn(route));
const forms = () => routes.filter((route) => route.method === 'POST' && !isSignIn(route) && route.path !== '/sign-out');

async function statusesOf(
  tried: readonly DashboardRoute[],
  ask: (route: DashboardRoute) => Promise<Response>,
): Promise<readonly (readonly [string, number])[]> {
  return await Promise.all(tried.map(async (route) => [route.path, (await ask(route)).status] as const));
}

const unlike = (wanted: readonly number[], found: readonly (readonly [string, number])[]) =>
  found.filter(([, status]) => !wanted.includes(status));

describe('every page of the dashboard, whatever is called what', () => {
  it('is known to this test', () => {
    expect(Math.min(pages().length, forms().length)).toBeGreaterThan(20);
  });

  it('shows hostile names harmlessly, and stays small', async () => {
    const jane = await visitDashboard(site.url, await site.newKey('admin'));
    for (const route of pages().filter((each) => !isWay(each))) {
      const answer = await jane.get(addressOf(route).replace('/tenants/actions', '/tenants/actions?action=snooze'));
      const text = await answer.text();
      const isPage = isHtml(answer);
      const found = {
        path: route.path,
        status: answer.status,
        markup: isPage && /<script>alert|<img src=x/.test(text),
        bidi: isPage && text.includes('\u202E'),
        isLarge: isPage && Buffer.byteLength(text) > MOST_BYTES ? Buffer.byteLength(text) : false,
      };
      expect(found).toEqual({ path: route.path, status: 200, markup: false, bidi: false, isLarge: false });
    }
  });

  it('shows what was typed into its filters harmlessly', async () => {
    const jane = await visitDashboard(site.url, await site.newKey('admin'));
    const names = [
      'q',
      'text',
      'contact',
      'network',
      'tenant',
      'actor',
      'event',
      'schedule',
      'health',
      'cursor',
      'done',
      'to',
      'range',
    ];
    for (const value of [MARKUP, BIDI, LONG.slice(0, 6000), '\0', '%', "' OR 1=1 --"]) {
      const search = new URLSearchParams(names.map((name): [string, string] => [name, value]));
      for (const route of pages()) {
        const answer = await jane.get(`${addressOf(route)}?${search}`);
        const isHarmful = isHtml(answer) && /<script>alert|<img src=x/.test(await answer.text());
        const found = { path: route.path, value: value.slice(0, 20), isBroken: answer.status >= 500, isHarmful };
        expect(found).toEqual({ ...found, isBroken: false, isHarmful: false });
      }
    }
  });

  it('has nothing at an address with an id that is none', async () => {
    const jane = await visitDashboard(site.url, await site.newKey('admin'));
    const strange = ['nothing', '\0', '../..', MARKUP, 'x'.repeat(5000), "' OR 1=1 --", '\uD800'.toWellFormed()];
    for (const id of strange) {
      const ids = Object.fromEntries(Object.keys(samples).map((noun) => [noun, id]));
      const found = await statusesOf(
        routes.filter(({ path }) => path.includes(':id')),
        (route) =>
          route.method === 'GET'
            ? jane.get(addressOf(route, ids))
            : jane.post(addressOf(route, ids), { what: 'failed' }),
      );
      expect([id.slice(0, 20), unlike([400, 404, 414], found)]).toEqual([id.slice(0, 20), []]);
    }
  });
});

describe('every page and form of the dashboard', () => {
  it('leads whoever is not signed in to the sign-in', async () => {
    const found = await statusesOf([...pages(), ...forms()], (route) =>
      fetch(site.url + addressOf(route), { method: route.method, redirect: 'manual' }),
    );
    expect(unlike([303], found)).toEqual([]);
  });

  it('takes no form that another site has made', async () => {
    const jane = await visitDashboard(site.url, await site.newKey('admin'));
    for (const form of ['', 'forged', 'x'.repeat(10_000)]) {
      const found = await statusesOf([...forms(), { method: 'POST', path: '/sign-out' }], (route) =>
        jane.post(addressOf(route), { form, scope: 'all', action: 'pause', what: 'failed', email: 'a@b.example' }),
      );
      expect(unlike([403], found)).toEqual([]);
    }
  });

  it('takes no form of a key that may only look', async () => {
    const reader = await visitDashboard(site.url, await site.newKey('read'));
    const fields = {
      scope: 'all',
      do: 'release all',
      what: 'failed',
      action: 'pause',
      email: 'a@b.example',
      name: 'X',
    };
    const found = await statusesOf(forms(), (route) => reader.post(addressOf(route), fields));
    expect(unlike([403], found)).toEqual([]);
  });

  it('shows, and does, nothing of another tenant’s to the key of one', async () => {
    const own = await visitDashboard(site.url, await site.newKey('admin', { tenantId: 'mill' }));
    const ofOne = routes.filter(({ path }) => path.includes(':id'));
    const found = await statusesOf(ofOne, (route) => ask(own, route));
    // Keys are for keys of all tenants.
    expect(
      unlike(
        [404],
        found.filter(([path]) => !path.startsWith('/keys')),
      ),
    ).toEqual([]);
    expect(
      unlike(
        [403],
        found.filter(([path]) => path.startsWith('/keys')),
      ),
    ).toEqual([]);
    for (const route of pages().filter(({ path }) => !path.includes(':id'))) {
      const isNamed = (await (await own.get(addressOf(route))).text()).includes('bakery');
      expect([route.path, isNamed]).toEqual([route.path, false]);
    }
    const before = await site.world.app.tenants.find(operator, 'bakery');
    expect(before?.state).toBe('active');
  });
});

const everything = {
  what: 'failed',
  url: 'https://shop.example/',
  email: 'owner@bakery.example',
  name: 'Taken',
  for: '1d',
};

function ask(visitor: DashboardVisitor, route: DashboardRoute): Promise<Response> {
  return route.method === 'GET' ? visitor.get(addressOf(route)) : visitor.post(addressOf(route), everything);
}
