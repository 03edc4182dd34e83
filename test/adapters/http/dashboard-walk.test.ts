import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { stages } from '../../support/dashboard-stages.ts';
import { type DashboardTab, follow, openDashboard } from '../../support/dashboard-tab.ts';
import { firstPage } from '../../support/store-records.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

const describeInBrowser = hasBrowser ? describe : describe.skip;

describeInBrowser.each([true, false])('somebody at the dashboard, with JavaScript: %s', (javaScriptEnabled) => {
  let browser: Browser;
  let site: ApiServer;
  let opened: DashboardTab;
  let tab: Page;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    site = await startApiServer({ world: await stages['in trouble']() });
    opened = await openDashboard(browser, site, await site.newKey('admin'), { javaScriptEnabled });
    tab = opened.tab;
  });
  afterEach(async () => {
    expect(opened.takeComplaints()).toEqual([]);
    await tab.context().close();
    await site.server.close();
  });

  const goTo = async (page: string) =>
    await follow(tab.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: page }));

  it('finds a tenant, sees what is broken and since when, and what was before', async () => {
    await goTo('Tenants');
    await tab.getByRole('searchbox', { name: 'Name' }).fill('paws');
    await tab.getByRole('button', { name: 'Show' }).click();
    await tab.getByRole('link', { name: 'Paws Veterinary' }).click();
    await tab.getByRole('heading', { level: 1, name: 'Paws Veterinary' }).waitFor();
    const broken = tab.getByRole('row').filter({ hasText: 'its token no longer works' }).first();
    expect(await broken.textContent()).toContain('reconnect it in Constant Contact');
    await tab.getByText('As a table').first().click();
    expect(await tab.locator('details[open] table').first().textContent()).toMatch(/broken[\s\S]*healthy/);
  });

  it('snoozes all that are broken, after one question', async () => {
    await tab.getByRole('link', { name: '9 broken' }).click();
    await tab.getByRole('link', { name: 'Snooze…' }).click();
    await tab.getByRole('heading', { name: 'Snooze: 9 tenants?' }).waitFor();
    await tab.getByLabel('No reminders for').selectOption('7 days');
    await tab.getByRole('button', { name: 'Snooze: 9 tenants' }).click();
    await tab.getByText('9 tenants are snoozed').waitFor();
    const { items } = await site.world.app.incidents.list(operator, { ...firstPage, tenantId: null, state: 'open' });
    const until = site.world.clock.now() + 7 * DAY_MS;
    expect(items.filter(({ snoozedUntil }) => snoozedUntil === until).length).toBeGreaterThanOrEqual(9);
  });

  it('releases what is held: of a tenant from the list, and the rest at once', async () => {
    const held = async () =>
      (await site.world.app.mail.list(operator, { ...firstPage, tenantId: null, state: 'held' })).items.length;
    const before = await held();
    expect(before).toBeGreaterThan(2);
    await tab.goto(`${site.url}/tenants?q=paws`);
    await tab.getByRole('link', { name: 'Release held mail…' }).click();
    await tab.getByRole('button', { name: 'Release held mail: 1 tenant' }).click();
    await tab.getByText('done: 2 mails').waitFor();
    expect(await held()).toBe(before - 2);

    await tab.goto(`${site.url}/`);
    await follow(tab.getByText('Mail held').locator('..').getByRole('link'));
    const boxes = tab.getByRole('checkbox');
    const rest = await boxes.count();
    for (let box = 0; box < rest; box += 1) await boxes.nth(box).check();
    await tab.getByRole('button', { name: 'Release the chosen' }).click();
    await tab.getByRole('button', { name: /^Release \d+ mails?$/ }).click();
    await tab.getByText(/released\./).waitFor();
    expect(await held()).toBe(0);
  });

  it('prints an incident: the answer, the story, and nothing that is only for the screen', async () => {
    await goTo('Incidents');
    await follow(tab.getByRole('row').filter({ hasText: 'Café Zoë' }).getByRole('link').last());
    await tab.getByRole('heading', { name: 'Was the owner told?' }).waitFor();
    await tab.emulateMedia({ media: 'print' });
    const isVisible = (text: string) => tab.getByText(text).first().isVisible();
    expect([await isVisible('Yes:'), await isVisible('The problem was certain.')]).toEqual([true, true]);
    expect([await tab.getByRole('navigation').count(), await tab.getByRole('button').count()]).toEqual([0, 0]);
    const paper = await tab.pdf({ format: 'A4' });
    expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('reaches the content, and every button, by the keyboard', async () => {
    await goTo('Tenants');
    await tab.keyboard.press('Tab');
    const focused = tab.locator(':focus');
    expect(await focused.textContent()).toBe('To the content');
    await tab.keyboard.press('Enter');
    await tab.keyboard.press('Tab');
    expect(await focused.textContent()).toBe('Invite an owner');
  });

  it('is signed out when the key is revoked', async () => {
    await goTo('Keys');
    const own = tab.getByRole('row').filter({ hasText: '(yours, now)' });
    await own.getByText('Revoke …').click();
    await own.getByRole('button', { name: 'Revoke it' }).click();
    await tab.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});
