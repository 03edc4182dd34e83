import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { feedCursor } from '../../src/monitoring/events/feed-cursor.ts';
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
      const { daemon, key } = await watched(world);
      await using host = await startHost(world, daemon.url, key);
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
      const { daemon, key } = await watched(world);
      const isMirrored = async ({ url }: { url: string }) => {
        const page = await textOf(aVisitor(), url);
        const { tenants } = await world.json<Tenants>(['tenant', 'list']);
        const wanted = tenants.map(({ id, externalId, health }) => [externalId ?? id, health]);
        return JSON.stringify(wanted) === JSON.stringify(wanted.map(([id]) => [id, healthIn(page, `${id}`)]));
      };
      const brokenIn = async ({ url }: { url: string }) =>
        (await textOf(aVisitor(), url)).match(/<td>broken<\/td>/g)?.length ?? 0;
      {
        await using host = await startHost(world, daemon.url, key);
        await until('the mirror is filled', () => isMirrored(host));
        breakConnection(control, tenantAt(control, 0));
        await until('the mirror shows the break', async () => (await brokenIn(host)) === 1);
        host.kill('SIGKILL');
      }
      breakConnection(control, tenantAt(control, 1));
      repairConnection(control, tenantAt(control, 0));
      breakConnection(control, tenantAt(control, 2), 'instagram');
      {
        await using host = await startHost(world, daemon.url, key);
        await until('the mirror has caught up', async () => (await brokenIn(host)) === 2 && (await isMirrored(host)));
        expect(host.stdout()).not.toContain('the whole fleet');
      }
      const cursor = feedCursor({ position: 1_000_000, eventId: 'of-another-database' });
      writeFileSync(join(world.folder, 'mirror.json'), JSON.stringify({ cursor, customers: {} }));
      await using host = await startHost(world, daemon.url, key);
      await until('the mirror is filled anew', async () => (await brokenIn(host)) === 2 && (await isMirrored(host)));
      expect(host.stdout()).toContain('the whole fleet');
    },
  );
});

/** A daemon over all tenants of the stand-in, and a host's key. The first tenant has the host's own id. */
async function watched(world: World): Promise<Readonly<{ daemon: Daemon; key: string }>> {
  const [id = ''] = await world.importTenants();
  await world.json(['tenant', 'update', id, '--external-id', 'customer-1']);
  const daemon = await world.daemon();
  const { key } = await world.json<NewKey>(['api-key', 'create', '--name', 'host', '--role', 'operate']);
  return { daemon, key };
}

async function startHost(
  { folder }: World,
  linkwatchUrl: string,
  key: string,
): Promise<Child & AsyncDisposable & { url: string }> {
  const env = { LINKWATCH_URL: linkwatchUrl, LINKWATCH_API_KEY: key, PORT: '0' };
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
