import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { UNTIL_FIXED } from '../../../src/domain/owner/contact-request.ts';
import { ownerActions } from '../../../src/http/owner/owner-actions.ts';
import { flawless, flawsOf, hasBrowser, openBrowser } from '../../support/browser.ts';
import { NOW } from '../../support/builders.ts';
import { aConnectionOnPage, anOwnerPage, everyOwnerPage } from '../../support/owner-pages.ts';
import { type OwnerServer, startOwnerServer } from './owner-server.ts';

const describeLooks = hasBrowser ? describe : describe.skip;

const everything = everyOwnerPage('de').flatMap(({ connections }) => connections);
const page = anOwnerPage({
  tenant: { name: 'W'.repeat(300) },
  connections: [
    aConnectionOnPage({ displayName: 'W'.repeat(300) }),
    aConnectionOnPage({ displayName: 'مخبز جين' }),
    ...everything,
  ],
  accessProblem: { action: 'reauthorize', missing: null, since: NOW, snoozedUntil: UNTIL_FIXED },
  reminders: 'snoozed',
});

describeLooks('a page', () => {
  let browser: Browser;
  let tab: Page;
  let owner: OwnerServer;
  const complaints: string[] = [];
  beforeAll(async () => {
    owner = await startOwnerServer({ owner: { page: async () => page } });
    browser = await openBrowser();
    tab = await browser.newPage({ javaScriptEnabled: true });
    tab.on('console', (message) => complaints.push(message.text()));
  });
  afterAll(async () => {
    await browser.close();
    await owner.server.close();
  });

  const pages = ['?done=snoozed_day', ...ownerActions.map((action) => `/${action}`)];
  it.each([...pages.map((path) => `/o/good${path}`), '/o/forged'])(
    '(%s) can be read on a phone and a desk, in light and dark',
    async (path) => {
      await tab.goto(owner.url + path);
      await expect(flawsOf(tab)).resolves.toEqual(flawless);
      await expect(tab.locator('h1').count()).resolves.toBe(1);
      await expect(tab.locator('main').count()).resolves.toBe(1);
      // The browser complains of the 404 that it was asked to open.
      if (path !== '/o/forged') expect(complaints).toEqual([]);
    },
  );

  it('works without JavaScript, by keyboard alone', async () => {
    const plain = await browser.newPage({ javaScriptEnabled: false });
    await plain.goto(`${owner.url}/o/good`);
    await plain.getByRole('navigation', { name: 'What else you can do' }).waitFor();
    await plain.getByRole('link', { name: 'Pause reminders' }).press('Enter');
    const group = plain.getByRole('group', { name: 'For how long?' });
    await group.getByRole('radio', { name: 'One day' }).focus();
    await plain.keyboard.press('ArrowDown');
    await expect(group.getByRole('radio', { name: 'One week' }).isChecked()).resolves.toBe(true);
    await plain.keyboard.press('Tab');
    await plain.keyboard.press('Enter');
    await plain.getByRole('status').getByText('No reminders about this for a week.').waitFor();
    expect(plain.url()).toBe(`${owner.url}/o/good?done=snoozed_week`);
    expect(owner.granted).toMatchObject([{ wish: { kind: 'snooze', length: 'week' } }]);
    await expect(plain.title()).resolves.toContain('No reminders about this for a week.');
  });

  it('shows where the keyboard is', async () => {
    await tab.goto(`${owner.url}/o/good/preferences`);
    for (const role of ['radio', 'button', 'link'] as const) {
      await tab.getByRole(role).first().focus();
      await tab.keyboard.press('Shift+Tab');
      await tab.keyboard.press('Tab');
      const outline = await tab.evaluate<string>('getComputedStyle(document.activeElement).outlineWidth');
      expect([role, Number.parseFloat(outline) >= 2]).toEqual([role, true]);
    }
  });
});
