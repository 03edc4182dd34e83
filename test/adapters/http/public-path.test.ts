import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OwnerServer, startOwnerServer } from './owner-server.ts';

const PATH = '/apps/linkwatch';
let owner: OwnerServer;
beforeAll(async () => {
  owner = await startOwnerServer({ publicUrl: `https://agency.example${PATH}` });
});
afterAll(() => owner.server.close());

/** A reverse proxy that answers below PATH alone, and passes the path on or takes it away. */
async function startProxy(pass: (url: string) => string): Promise<Server> {
  const proxy = createServer((incoming: IncomingMessage, outgoing) => {
    const { method = 'GET', url = '', headers } = incoming;
    if (!url.startsWith(`${PATH}/`)) return outgoing.writeHead(502).end();
    const upstream = request(`${owner.url}${pass(url)}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    return incoming.pipe(upstream);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return proxy;
}

describe.each([
  ['keeps', (url: string) => url],
  ['strips', (url: string) => url.slice(PATH.length)],
])('behind a proxy that %s the path', (_, pass) => {
  let proxy: Server;
  let base = '';
  beforeAll(async () => {
    proxy = await startProxy(pass);
    base = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${PATH}`;
  });
  afterAll(() => void proxy.close());

  /** Where the links and the form of a page lead, as a browser resolves them. */
  async function targetsOf(page: string): Promise<readonly string[]> {
    const html = await (await fetch(page)).text();
    const targets = [...html.matchAll(/(?:href|action)="([^"]+)"/g)].map(([, to = '']) => new URL(to, page).href);
    return targets.filter((to) => to.startsWith('http://127.0.0.1'));
  }

  it('every page that a mail links to, and every page that those link to, is there', async () => {
    const pages = ['', '/check', '/snooze', '/not-mine', '/preferences', '/unsubscribe'].map(
      (action) => `${base}/o/good${action}`,
    );
    for (const page of pages) {
      expect((await fetch(page)).status).toBe(200);
      const targets = await targetsOf(page);
      expect(targets.length).toBeGreaterThan(0);
      for (const to of targets) expect([to, (await fetch(to)).status]).toEqual([to, 200]);
    }
  });

  it('a form that is sent leads back to the page below the path', async () => {
    const page = `${base}/o/good/snooze`;
    const form = /name="form" value="([^"]+)"/.exec(await (await fetch(page)).text())?.[1] ?? '';
    const sent = await fetch(page, { method: 'POST', body: new URLSearchParams({ form, length: 'day' }) });
    expect([sent.status, sent.redirected]).toEqual([200, true]);
    expect(sent.url).toContain(`${base}/o/good?done=`);
  });

  it('one click unsubscribes', async () => {
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    expect((await fetch(`${base}/o/good/unsubscribe`, { method: 'POST', body })).status).toBe(200);
  });

  it('what is not there is 404, and health answers', async () => {
    expect((await fetch(`${base}/nowhere`)).status).toBe(404);
    expect((await fetch(`${base}/o/bad`)).status).toBe(404);
    expect((await fetch(`${base}/readyz`)).status).toBe(200);
  });
});
