import { describe, expect, it } from '@jest/globals';
import { freePort } from '../support/free-port.ts';
import { aVisitor, type Visitor } from '../support/program-browser.ts';
import { type Daemon, hasty, type World, withWorld } from '../support/program-world.ts';
import { signIn } from '../support/sandbox-sign-in.ts';
import { until } from '../support/until.ts';

type Site = Readonly<{ world: World; daemon: Daemon; publicUrl: string }>;

async function withSite(test: (site: Site) => Promise<void>): Promise<void> {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const settings = { ...hasty, HTTP_PORT: `${port}`, PUBLIC_URL: publicUrl, LOG_LEVEL: 'debug' };
  const sandbox = { redirectUris: [`${publicUrl}/connect/callback`] };
  await withWorld({ database: 'SQLite', tenants: 3, settings, sandbox }, async (world) => {
    await test({ world, daemon: await world.daemon(), publicUrl });
  });
}

function accounts({ control }: World) {
  const [first, second, third] = control.tenants();
  if (first === undefined || second === undefined || third === undefined) throw new Error('there are three accounts');
  return [first, second, third] as const;
}

/** Invites the address, and gives the link of the mail that arrives. */
async function invite({ world }: Site, email: string, ...args: readonly string[]): Promise<string> {
  const before = world.mails().length;
  await world.json(['connect', '--invite', email, ...args]);
  return await linkTo(world, email, before);
}

async function linkTo({ mails }: World, email: string, before = 0): Promise<string> {
  const mail = await until(`a mail to ${email} arrives`, () =>
    mails()
      .slice(before)
      .findLast(({ to, text }) => to.includes(email) && text.includes('/connect?token=')),
  );
  return /http\S+\/connect\?token=[\w.-]+/.exec(mail.text)?.[0] ?? '';
}

function tokenOf(link: string): string {
  return new URL(link).searchParams.get('token') ?? '';
}

/** Opens the link, presses the button and signs in: the address to which Constant Contact sends the browser back. */
async function goToConstantContact(visitor: Visitor, link: string, account: string): Promise<URL> {
  const shown = await visitor.get(link);
  if (shown.status !== 200) throw new Error(`the link shows ${shown.status}`);
  const sent = await visitor.post(new URL('/connect', link), { token: tokenOf(link) });
  expect(sent.status).toBe(303);
  return await signIn(sent.headers.get('location') ?? '', { account });
}

async function statesOf(world: World) {
  const { tenants } = await world.json<{ tenants: readonly { name: string; state: string }[] }>(['tenant', 'list']);
  return Object.fromEntries(tenants.map(({ name, state }) => [name, state]));
}

describe('An invited owner', () => {
  it('connects the account by the link of the mail, which works once and for that alone', async () => {
    await withSite(async (site) => {
      const { world, publicUrl } = site;
      const [{ id: account, name, contactEmail }, other] = accounts(world);
      const link = await invite(site, contactEmail);
      expect(await statesOf(world)).toEqual({ [contactEmail]: 'unconnected' });

      // A scanner follows every link of a mail, more than once.
      for (let visit = 0; visit < 3; visit++) expect((await fetch(link)).status).toBe(200);

      const [first, second] = [aVisitor(), aVisitor()];
      const [back, late] = [
        await goToConstantContact(first, link, account),
        await goToConstantContact(second, link, account),
      ];
      // Neither browser can finish with what the other one brought back, nor a browser that began nothing.
      expect((await second.get(back)).status).toBe(403);
      expect((await aVisitor().get(back)).status).toBe(403);
      const forged = new URL(back);
      forged.searchParams.set('state', 'forged');
      expect((await first.get(forged)).status).toBe(403);

      const done = await first.get(back);
      expect({ status: done.status, page: await done.text() }).toMatchObject({
        status: 200,
        page: expect.stringContaining('A first look has found 3 social accounts.'),
      });
      expect(await statesOf(world)).toEqual({ [name]: 'active' });

      // Replayed, by the second browser of the same link, and opened once more: the link is used up.
      for (const again of [await first.get(back), await second.get(late), await first.get(link), await fetch(link)]) {
        expect(again.status).toBe(410);
      }
      expect((await second.post(`${publicUrl}/connect`, { token: tokenOf(link) })).status).toBe(410);
      expect((await world.run(['poll', '--json'])).stdout).toContain('"polled":1,"failed":0');

      // A newer link works, and asks when another account comes back.
      const newer = await invite(site, contactEmail, '--tenant', name);
      expect(newer).not.toBe(link);
      const visitor = aVisitor();
      const asked = await (await visitor.get(await goToConstantContact(visitor, newer, other.id))).text();
      expect(asked).toContain('Is this the right account?');
      expect(asked).toContain(`You signed in as ${other.name} (${other.contactEmail}), but this link is for ${name}`);
      expect(await statesOf(world)).toEqual({ [name]: 'active' });
      expect((await aVisitor().post(`${publicUrl}/connect/answer`, {})).status).toBe(403);
    });
  });

  it('is shown nothing by a link that is forged, swapped or of another kind', async () => {
    await withSite(async (site) => {
      const { world, publicUrl } = site;
      const [first, second] = accounts(world);
      const [one, two] = [await invite(site, first.contactEmail), await invite(site, second.contactEmail)];
      const [head, , signature] = tokenOf(one).split('.');
      const claims = tokenOf(two).split('.')[1];
      const owners = world.mails().flatMap(({ text }) => /\/o\/([\w.-]+)\//.exec(text)?.[1] ?? []);
      for (const token of ['', 'x', `${head}.${claims}.${signature}`, `${head}.${claims}.`, ...owners]) {
        expect((await fetch(`${publicUrl}/connect?token=${token}`)).status).toBe(404);
      }
      expect((await fetch(`${publicUrl}/o/${tokenOf(one)}`)).status).toBe(404);
      // A form that another site makes a browser post comes without our cookie, or with that of another link.
      expect((await aVisitor().post(`${publicUrl}/connect`, { token: tokenOf(one) })).status).toBe(403);
      const visitor = aVisitor();
      await visitor.get(one);
      expect((await visitor.post(`${publicUrl}/connect`, { token: tokenOf(two) })).status).toBe(403);
      // Nothing in an address chooses where the browser is sent.
      const sent = await visitor.post(`${publicUrl}/connect?redirect_uri=https://evil.example`, {
        token: tokenOf(one),
        redirect_uri: 'https://evil.example',
        url: 'https://evil.example',
      });
      expect(sent.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth2\/default\/v1\/authorize\?/);
      expect(sent.headers.get('location')).not.toContain('evil');
      const cookie = sent.headers.getSetCookie().join();
      expect(cookie).toMatch(/^linkwatch_connect=[\w.-]+; Path=\/connect; Max-Age=1800; HttpOnly; SameSite=Lax$/);
    });
  });

  it('finds the tenant as it was after a crash in the middle, and can do it again', async () => {
    await withSite(async (site) => {
      const { world } = site;
      const [{ id: account, name, contactEmail }] = accounts(world);
      const link = await invite(site, contactEmail);
      const visitor = aVisitor();
      const back = await goToConstantContact(visitor, link, account);
      // The code is exchanged, and the account is never told: the daemon dies while it waits for that.
      world.control.script({ route: 'account', answer: { kind: 'hang' } });
      const asked = visitor.get(back).catch(() => null);
      await until('the code is exchanged', () => world.control.counters().requests.account > 0 || undefined);
      site.daemon.kill('SIGKILL');
      await asked;
      await site.daemon.ended;
      world.control.clearScript();

      expect(await statesOf(world)).toEqual({ [contactEmail]: 'unconnected' });
      await world.daemon();
      const again = await goToConstantContact(visitor, link, account);
      expect(await (await visitor.get(again)).text()).toContain('the account is connected');
      expect(await statesOf(world)).toEqual({ [name]: 'active' });
    });
  });
});

describe('An owner whose permission was withdrawn', () => {
  it('renews it by the button of the mail', async () => {
    await withSite(async ({ world }) => {
      const [{ id: account, name, contactEmail }] = accounts(world);
      await world.importTenants();
      await until('every account is known', async () => {
        const { tenants } = await world.json<{ tenants: readonly { lastPolledAt: string | null }[] }>([
          'tenant',
          'list',
        ]);
        return tenants.every(({ lastPolledAt }) => lastPolledAt !== null) || undefined;
      });
      world.control.revoke(account);
      world.control.expireAccessTokens(account);
      const link = await linkTo(world, contactEmail);
      expect(await statesOf(world)).toMatchObject({ [name]: 'reauthorize' });

      const visitor = aVisitor();
      const done = await visitor.get(await goToConstantContact(visitor, link, account));
      expect(await done.text()).toContain('the account is connected');
      expect(await statesOf(world)).toMatchObject({ [name]: 'active' });
    });
  });
});
