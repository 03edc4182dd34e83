import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Health } from '../../../src/domain/condition.ts';
import { flawless, flawsOf, hasBrowser, openBrowser } from '../../support/browser.ts';
import { NOW } from '../../support/builders.ts';
import { anOwnerPage, type OwnerServer, startOwnerServer } from './owner-server.ts';

const describeLooks = hasBrowser ? describe : describe.skip;

function inHealth(health: Health, displayName: string) {
  const [connection] = anOwnerPage().connections;
  if (connection === undefined) throw new Error('the page has a connection');
  return { ...connection, health, displayName, isCertain: displayName !== 'suspected' };
}

const page = anOwnerPage({
  connections: [
    inHealth('broken', 'W'.repeat(300)),
    inHealth('broken', 'suspected'),
    inHealth('waiting', 'مخبز جين'),
    inHealth('unobserved', 'unseen'),
    inHealth('healthy', 'well'),
    inHealth('removed', 'gone'),
  ],
  accessProblem: { action: 'reauthorize', since: NOW },
});

describeLooks('a page', () => {
  let browser: Browser;
  let tab: Page;
  let owner: OwnerServer;
  const complaints: string[] = [];
  beforeAll(async () => {
    owner = await startOwnerServer({ readOwnerPage: async () => page });
    browser = await openBrowser();
    tab = await browser.newPage({ javaScriptEnabled: true });
    tab.on('console', (message) => complaints.push(message.text()));
  }, 30_000);
  afterAll(async () => {
    await browser.close();
    await owner.server.close();
  });

  it.each(['/o/good', '/o/good/unsubscribe'])(
    '(%s) can be read on a phone and a desk, in light and dark',
    async (path) => {
      await tab.goto(owner.url + path);
      await expect(flawsOf(tab)).resolves.toEqual(flawless);
      expect(complaints).toEqual([]);
    },
  );

  it('works without JavaScript, by keyboard alone', async () => {
    const plain = await browser.newPage({ javaScriptEnabled: false });
    await plain.goto(`${owner.url}/o/good`);
    await plain.getByRole('link', { name: 'Unsubscribe' }).press('Enter');
    await plain.getByRole('button', { name: 'Unsubscribe' }).press('Enter');
    await plain.getByRole('heading', { name: 'You are unsubscribed' }).waitFor();
    expect(owner.unsubscribed).toHaveLength(1);
  });
});
