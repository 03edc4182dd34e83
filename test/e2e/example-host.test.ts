import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { MINUTE_MS } from '../../src/domain/model/time.ts';
import { feedCursor } from '../../src/monitoring/events/feed-cursor.ts';
import { freePort } from '../support/free-port.ts';
import { aVisitor, type Visitor } from '../support/program-browser.ts';
import { type Child, startProgram } from '../support/program-child.ts';
import { breakConnection, repairConnection, tenantAt } from '../support/program-connections.ts';
import { story } from '../support/program-story.ts';
import { type Daemon, hasty, type World } from '../support/program-world.ts';
import { until } from '../support/until.ts';

const HOST = join(import.meta.dirname, '../../docs/examples/host/main.ts');
const settings = { ...hasty, BRAND_NAME: 'Agency Bright' };

type NewKey = Readonly<{ key: string }>;
type Tenants = Readonly<{ tenants: readonly Readonly<{ id: string; externalId: string | null; health: string }>[] }>;

describe('the example host', () => {
  story(
    'shows a signed-in customer the banner, in the browser’s language, with Linkwatch or without',
    { database: 'SQLite', tenants: 1, settings },
    async (world) => {
      const { control } = world;
      const account = tenantAt(control, 0);
      const watch = await watched(world);
      const { daemon, key } = watch;
      await using host = await startHost(world, watch);
      const visitor = aVisitor();
      const shows = (text: string) =>
        until(`the page says: ${text}`, async () => {
          const page = await textOf(visitor, host.url);
          return page.includes(text) ? page : null;
        });
      await shows('data-customer="customer-1"');
      expect(await textOf(visitor, host.url)).not.toContain('linkwatch-banner');

      await visitor.post(`${host.url}/sign-in`, { customer: 'customer-1' });
      await shows('<p class="linkwatch-text">All of your social accounts work</p>');
      breakConnection(control, account);
      const broken = await shows('<p class="linkwatch-text">Reconnect Facebook');
      const [, link = ''] = /linkwatch-more"><a href="([^"]+)"/.exec(broken) ?? [];
      const ownPage = await daemon.request(new URL(link).pathname);
      expect(ownPage).toMatchObject({ status: 200, body: expect.stringContaining('needs you') });

      const inFrench = await fetch(host.url, { headers: { cookie: visitor.cookies(), 'accept-language': 'fr-FR' } });
      expect(await inFrench.text()).toContain('<section class="linkwatch-banner linkwatch-needs-you" lang="fr"');

      daemon.kill('SIGTERM');
      await daemon.ended;
      await shows('<p class="linkwatch-text">Reconnect Facebook');
      host.kill('SIGTERM');
      expect((await host.ended).exitCode).toBe(0);
      expect(host.stdout()).not.toContain(key);
    },
  );

  story(
    'mirrors the fleet by events, through a crash of its own, and begins again after a long absence',
    { database: 'SQLite', tenants: 3, settings },
    async (world) => {
      const { control } = world;
      const watch = await watched(world);
      const isMirrored = async ({ url }: { url: string }) => {
        const page = await textOf(aVisitor(), url);
        const { tenants } = await world.json<Tenants>(['tenant', 'list']);
        const wanted = tenants.map(({ id, externalId, health }) => [externalId ?? id, health]);
        return JSON.stringify(wanted) === JSON.stringify(wanted.map(([id]) => [id, healthIn(page, `${id}`)]));
      };
      const brokenIn = async ({ url }: { url: string }) =>
        (await textOf(aVisitor(), url)).match(/<td>broken<\/td>/g)?.length ?? 0;
      {
        await using host = await startHost(world, watch);
        await until('the mirror is filled', () => isMirrored(host));
        breakConnection(control, tenantAt(control, 0));
        await until('the mirror shows the break', async () => (await brokenIn(host)) === 1);
        host.kill('SIGKILL');
      }
      breakConnection(control, tenantAt(control, 1));
      repairConnection(control, tenantAt(control, 0));
      breakConnection(control, tenantAt(control, 2), 'instagram');
      {
        await using host = await startHost(world, watch);
        await until('the mirror has caught up', async () => (await brokenIn(host)) === 2 && (await isMirrored(host)));
        expect(host.stdout()).not.toContain('the whole fleet');
      }
      const cursor = feedCursor({ position: 1_000_000, eventId: 'of-another-database' });
      writeFileSync(join(world.folder, 'mirror.json'), JSON.stringify({ cursor, customers: {} }));
      await using host = await startHost(world, watch);
      await until('the mirror is filled anew', async () => (await brokenIn(host)) === 2 && (await isMirrored(host)));
      expect(host.stdout()).toContain('the whole fleet');
    },
  );
});

describe('the example host with webhooks', () => {
  story(
    'reads the feed when it is told to, and believes no webhook but Linkwatch’s, each once, also while its secret is changed',
    { database: 'SQLite', tenants: 1, settings: { ...settings, WEBHOOK_ALLOW_PRIVATE: 'on' } },
    async (world) => {
      const watch = await watched(world);
      const port = String(await freePort());
      const hook = `http://127.0.0.1:${port}/webhooks/linkwatch`;
      const { id, secret } = await world.json<NewWebhook>(['webhook', 'add', '--url', hook]);
      const isTaken = async () => (await world.json<Attempt>(['webhook', 'test', id])).isDelivered;
      const withSecret = (text: string) => ({ PORT: port, LINKWATCH_WEBHOOK_SECRET: text });
      {
        await using host = await startHost(world, watch, withSecret(secret));
        await until('the mirror is filled', async () => healthIn(await textOf(aVisitor(), host.url), 'customer-1'));
        breakConnection(world.control, tenantAt(world.control, 0));
        // Sooner than the host would look by itself.
        await until(
          'the mirror shows the break',
          async () => healthIn(await textOf(aVisitor(), host.url), 'customer-1') === 'broken',
        );
        expect(host.stdout()).toMatch(/Event \S+ came\./);

        const send = (event: Partial<Sent> = {}) => sendTo(hook, { secret, id: 'e-1', sentAt: Date.now(), ...event });
        const heard = () => host.stdout().split('Event e-1 came.').length - 1;
        for (const forged of [
          { secret: `whsec_${Buffer.alloc(24, 1).toString('base64')}` },
          { body: '{"type":"connection.repaired"}' },
          { sentAs: 'e-2' },
          { sentAt: Date.now() - 10 * MINUTE_MS },
          { headers: {} },
        ]) {
          expect(await send(forged)).toBe(401);
        }
        expect(heard()).toBe(0);
        expect([await send(), await send(), await send()]).toEqual([204, 204, 204]);
        expect(heard()).toBe(1);
        expect(host.stdout().match(/Event e-1 came again\./g)).toHaveLength(2);

        const { secret: next } = await world.json<NewWebhook>(['webhook', 'rotate', id]);
        // The host has the former secret still, and then the new one.
        expect(await isTaken()).toBe(true);
        host.kill('SIGTERM');
        await host.ended;
        await using renewed = await startHost(world, watch, withSecret(next));
        expect(await isTaken()).toBe(true);
        expect(renewed.stdout()).toMatch(/Event \S+ came\./);
        expect([await send({ secret: next }), await send()]).toEqual([204, 401]);
      }
    },
  );
});

type NewWebhook = Readonly<{ id: string; secret: string }>;
type Attempt = Readonly<{ isDelivered: boolean }>;

/** A webhook as somebody sends it, who may have taken it from the wire, or made it up. */
type Sent = Readonly<{
  secret: string;
  id: string;
  sentAt: number;
  /** What it says instead of what was signed. */
  sentAs?: string;
  body?: string;
  headers?: Readonly<Record<string, string>>;
}>;

async function sendTo(url: string, { secret, id, sentAt, sentAs = id, ...given }: Sent): Promise<number> {
  const signed = '{"type":"connection.broken","timestamp":"2026-11-28T09:00:00Z","data":{}}';
  const headers = {
    'webhook-id': sentAs,
    'webhook-timestamp': String(Math.floor(sentAt / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, new Date(sentAt), signed),
  };
  const { body = signed } = given;
  return (await fetch(url, { method: 'POST', headers: given.headers ?? headers, body })).status;
}

type Watched = Readonly<{ daemon: Daemon; key: string }>;

/** A daemon over all tenants of the stand-in, and a host's key. The first tenant has the host's own id. */
async function watched(world: World): Promise<Watched> {
  const [id = ''] = await world.importTenants();
  await world.json(['tenant', 'update', id, '--external-id', 'customer-1']);
  const daemon = await world.daemon();
  const { key } = await world.json<NewKey>(['api-key', 'create', '--name', 'host', '--role', 'operate']);
  return { daemon, key };
}

async function startHost(
  { folder }: World,
  { daemon, key }: Watched,
  variables: Readonly<Record<string, string>> = {},
): Promise<Child & AsyncDisposable & { url: string }> {
  const env = { LINKWATCH_URL: daemon.url, LINKWATCH_API_KEY: key, PORT: '0', ...variables };
  const child = startProgram(HOST, [], { cwd: folder, env });
  const url = await until('the host listens', () => {
    if (!child.isRunning()) throw new Error(`The host ended at once: ${child.stderr()}`);
    return /listens on (\S+)/.exec(child.stdout())?.[1];
  });
  const end = async () => {
    if (child.isRunning()) child.kill('SIGKILL');
    await child.ended;
  };
  return { ...child, url, [Symbol.asyncDispose]: end };
}

async function textOf(visitor: Visitor, url: string): Promise<string> {
  const answer = await visitor.get(url);
  expect(answer.status).toBe(200);
  return await answer.text();
}

function healthIn(page: string, customer: string): string | undefined {
  return new RegExp(`data-customer="${customer}">.*?<td>(\\w+)</td>`).exec(page)?.[1];
}
