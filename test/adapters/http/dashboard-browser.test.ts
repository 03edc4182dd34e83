import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { operator } from '../../../src/monitoring/viewer.ts';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { pathsOf, stages } from '../../support/dashboard-stages.ts';
import { openDashboard } from '../../support/dashboard-tab.ts';
import { firstPage } from '../../support/store-records.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

const describeInBrowser = hasBrowser ? describe : describe.skip;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** In the dark nothing but the colours is another; on a phone what is pressed must also be as large as a thumb. */
const looks = [
  { width: 1280, colorScheme: 'light', asks: {} },
  { width: 1280, colorScheme: 'dark', asks: { runOnly: ['color-contrast'] } },
  { width: 400, colorScheme: 'light', asks: { rules: { 'target-size': { enabled: true } } } },
] as const;

/** What an examiner for people with disabilities, who is on the page already, finds wrong, in words. */
async function barriersOn(tab: Page, asks: object): Promise<readonly string[]> {
  const options = { resultTypes: ['violations'], ...asks };
  const { violations } = await tab.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** How far the page reaches beyond the window, in px. */
async function overflowOf(tab: Page): Promise<number> {
  return await tab.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
}

describeInBrowser('in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  describe.each(Object.keys(stages) as (keyof typeof stages)[])('a fleet that is %s', (name) => {
    let site: ApiServer;
    beforeAll(async () => {
      site = await startApiServer({ world: await stages[name]() });
    });
    afterAll(() => site.server.close());

    it('has pages that anybody can use, on a phone and a desk, in light and dark, and that break no rule of ours', async () => {
      const { tab, takeComplaints } = await openDashboard(browser, site, await site.newKey('admin'));
      for (const path of await pathsOf(site.world)) {
        await tab.goto(site.url + path);
        await tab.evaluate(axe);
        for (const { width, colorScheme, asks } of looks) {
          await tab.emulateMedia({ colorScheme });
          await tab.setViewportSize({ width, height: 800 });
          const found = { barriers: await barriersOn(tab, asks), overflow: await overflowOf(tab) };
          expect({ path, colorScheme, width, ...found }).toEqual({
            path,
            colorScheme,
            width,
            barriers: [],
            overflow: 0,
          });
        }
        expect({ path, complaints: takeComplaints() }).toEqual({ path, complaints: [] });
      }
      await tab.context().close();
    });
  });

  describe('the wall', () => {
    let site: ApiServer;
    beforeAll(async () => {
      site = await startApiServer({ world: await stages['in trouble']() });
    });
    afterAll(() => site.server.close());

    it('looks stale when an answer does not come, and well again with the next one', async () => {
      const { tab } = await openDashboard(browser, site, await site.newKey('read'));
      await tab.clock.install();
      await tab.goto(`${site.url}/wall`);
      await tab.getByRole('heading', { level: 1, name: 'The monitor has' }).waitFor();
      await tab.route('**/wall', () => undefined);
      await tab.clock.runFor(30_000);
      expect(await tab.locator('html.stale').count()).toBe(0);
      await tab.clock.runFor(30_000);
      await tab.locator('html.stale').waitFor();
      await tab.unroute('**/wall');
      await tab.clock.runFor(30_000);
      await tab.locator('html:not(.stale)').waitFor();
      await tab.context().close();
    });
  });

  describe('the overview that stays open', () => {
    const REFRESHED_MS = 16_000;
    let site: ApiServer;
    beforeAll(async () => {
      site = await startApiServer({ world: await stages['in trouble']() });
    });
    afterAll(() => site.server.close());

    /** What a reader would notice: what has the focus, where on the screen it stands, whether it looks stale, and of when it is. */
    const lookOf = (tab: Page) =>
      tab.evaluate<{ top: number; focus: string; isStale: boolean; asOf: string }>(
        `({ top: Math.round(document.activeElement.getBoundingClientRect().top), focus: document.activeElement.getAttribute('href') ?? '',
          isStale: document.documentElement.classList.contains('stale'),
          asOf: document.querySelector('#as-of time').dateTime })`,
      );

    it('is refreshed, and what the reader looks at stays where it is; one that cannot be refreshed looks stale; a revoked key ends it', async () => {
      const { tab, takeComplaints } = await openDashboard(browser, site, await site.newKey('admin'));
      await tab.clock.install();
      await tab.goto(`${site.url}/`);
      await tab.getByRole('link', { name: 'Café Zoë' }).focus();
      await tab.evaluate('scrollTo(0, 200)');
      const before = await lookOf(tab);
      await site.world.clock.advance(60_000);
      await tab.clock.runFor(REFRESHED_MS);
      await tab.locator(`#as-of time:not([datetime="${before.asOf}"])`).waitFor();
      const after = await lookOf(tab);
      expect(after).toEqual({ ...before, top: after.top, asOf: after.asOf });
      // A screen has no halves of a pixel.
      expect(Math.abs(after.top - before.top)).toBeLessThanOrEqual(1);
      expect(takeComplaints()).toEqual([]);

      await tab.context().setOffline(true);
      await tab.clock.runFor(REFRESHED_MS);
      await tab.locator('html.stale').waitFor();
      expect(await lookOf(tab)).toMatchObject({ top: after.top, focus: before.focus, isStale: true });
      await tab.context().setOffline(false);
      await tab.clock.runFor(REFRESHED_MS);
      await tab.locator('html:not(.stale)').waitFor();

      const { items } = await site.world.app.apiKeys.list(operator, firstPage);
      for (const { id } of items) await site.world.app.apiKeys.revoke(operator, id);
      await tab.clock.runFor(REFRESHED_MS);
      await tab.getByRole('heading', { name: 'Sign in' }).waitFor();
      await tab.context().close();
    });
  });

  describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
    let site: ApiServer;
    beforeAll(async () => {
      site = await startApiServer({ world: await stages['in trouble']() });
    });
    afterAll(() => site.server.close());

    it('somebody looks at the fleet, and at one tenant, as it was at a moment of the own choice', async () => {
      const opened = await openDashboard(browser, site, await site.newKey('read'), { javaScriptEnabled });
      const { tab, takeComplaints } = opened;
      await tab.getByRole('link', { name: 'As it was at an earlier moment' }).click();
      await tab.getByLabel('Day').fill('2026-01-16');
      await tab.getByLabel('Time').fill('06:20');
      await tab.getByRole('button', { name: 'Show' }).click();
      await tab.getByRole('heading', { name: 'As it was on 16 Jan 2026, 06:20' }).waitFor();
      await tab.getByRole('link', { name: /^\d+ broken/ }).click();
      await tab.getByRole('link', { name: 'Café Zoë' }).click();
      await tab.getByRole('heading', { name: 'Café Zoë as it was on 16 Jan 2026, 06:20' }).waitFor();
      await tab.getByRole('row', { name: /broken.*Facebook/ }).waitFor();
      await tab.getByRole('link', { name: 'a day earlier' }).click();
      await tab.getByRole('heading', { name: /on 15 Jan 2026, 06:20/ }).waitFor();
      await tab.getByRole('link', { name: 'All tenants then' }).waitFor();
      expect(takeComplaints().filter((complaint) => !complaint.includes('404'))).toEqual([]);
      await tab.context().close();
    });
  });
});
