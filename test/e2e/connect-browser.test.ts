import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { flawless, flawsOf, hasBrowser, openBrowser } from '../support/browser.ts';
import { freePort } from '../support/free-port.ts';
import { hasty, type World, withWorld } from '../support/program-world.ts';
import { until } from '../support/until.ts';

const describeInBrowser = hasBrowser ? describe : describe.skip;

function accounts({ control }: World) {
  const [first, second] = control.tenants();
  if (first === undefined || second === undefined) throw new Error('the stand-in has two accounts');
  return [first, second] as const;
}

/** What a person does on Constant Contact's page. */
async function allow(tab: Page, account: string): Promise<void> {
  await tab.getByLabel('Sign in as').selectOption(account);
  await tab.getByRole('button', { name: 'Allow' }).click();
}

async function begin(world: World, ...args: readonly string[]) {
  const child = world.begin(['connect', '--json', ...args]);
  const line = await until('the command says where to sign in', () => /^(\{.*\})$/m.exec(child.stdout())?.[1]);
  return { child, announced: JSON.parse(line) as Record<'url' | 'userCode' | 'verificationUri', string> };
}

describeInBrowser('In a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it('a person connects an account on a workstation', async () => {
    await withWorld({ database: 'SQLite' }, async (world) => {
      const [{ id: account, name }] = accounts(world);
      const { child, announced } = await begin(world, '--port', String(await freePort()));
      const tab = await browser.newPage();
      await tab.goto(announced.url);
      await allow(tab, account);
      await tab.getByRole('heading', { name: `${name} is connected. You may close this page.` }).waitFor();
      expect(await child.ended).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`"name":"${name}"`) });
    });
  });

  it('a person types the code of a device', async () => {
    await withWorld({ database: 'SQLite', sandbox: { deviceIntervalS: 1 } }, async (world) => {
      const [{ id: account, name }] = accounts(world);
      const { child, announced } = await begin(world, '--device');
      const tab = await browser.newPage();
      await tab.goto(announced.verificationUri);
      await tab.getByLabel('Code').fill(announced.userCode);
      await allow(tab, account);
      await tab.getByRole('heading', { name: 'Device activated' }).waitFor();
      expect(await child.ended).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`"name":"${name}"`) });
    });
  });

  it('an invited owner connects the account on a phone, after signing in to the wrong one first', async () => {
    const port = await freePort();
    // As behind a proxy that strips nothing, below a path.
    const publicUrl = `http://127.0.0.1:${port}/linkwatch`;
    const settings = { ...hasty, HTTP_PORT: `${port}`, PUBLIC_URL: publicUrl };
    const sandbox = { redirectUris: [`${publicUrl}/connect/callback`] };
    await withWorld({ database: 'SQLite', settings, sandbox }, async (world) => {
      const [{ id: account, name, contactEmail }, other] = accounts(world);
      await world.json(['connect', '--invite', contactEmail, '--locale', 'de']);
      await world.daemon();
      const mail = await until('the invitation arrives', () => world.mails()[0]);
      expect(mail.subject).toBe('Erlauben Sie Linkwatch, die Social-Media-Konten von Ihrem Konto zu prüfen');
      const link = /http\S+\/connect\?token=[\w.-]+/.exec(mail.text)?.[0] ?? '';

      const tab = await browser.newPage({ viewport: { width: 360, height: 640 }, javaScriptEnabled: true });
      const complaints: string[] = [];
      // The stand-in has no icon for its own pages.
      tab.on('console', (message) => {
        if (message.location().url.startsWith(publicUrl)) complaints.push(message.text());
      });
      await tab.goto(link);
      expect(await flawsOf(tab)).toEqual(flawless);
      await tab.setViewportSize({ width: 360, height: 640 });
      await tab.getByRole('button', { name: 'Weiter zu Constant Contact' }).click();
      await allow(tab, other.id);

      await tab.getByRole('heading', { name: 'Ist das das richtige Konto?' }).waitFor();
      expect(await flawsOf(tab)).toEqual(flawless);
      await tab.getByRole('button', { name: 'Bei einem anderen Konto anmelden' }).click();
      await allow(tab, account);

      await tab.getByRole('heading', { name: 'Danke, das Konto ist verbunden' }).waitFor();
      await tab.getByText('Ein erster Blick hat 3 Social-Media-Konten gefunden.').waitFor();
      expect(await flawsOf(tab)).toEqual(flawless);
      await tab.getByRole('link', { name: 'Sehen, wie es Ihren Social-Media-Konten jetzt geht' }).click();
      await tab.getByRole('heading', { level: 1 }).waitFor();
      expect(await tab.content()).toContain(name);
      expect(complaints).toEqual([]);

      await tab.goto(link);
      await tab.getByRole('heading', { name: 'Dieser Link wurde schon benutzt' }).waitFor();
    });
  });
});
