import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { languages } from '../../../src/domain/model/language.ts';
import { operatorPreviewKinds, previewKinds } from '../../../src/monitoring/mailing/preview-kinds.ts';
import { renderGallery } from '../../gallery/render-gallery.ts';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { NOW } from '../../support/builders.ts';

const describeLooks = hasBrowser ? describe : describe.skip;

describeLooks('the gallery of mails', () => {
  const requested: string[] = [];
  const complaints: string[] = [];
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    // The reader's own scheme must not decide how either half looks.
    page = await browser.newPage({ colorScheme: 'dark' });
    page.on('request', (request) => requested.push(request.url()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.setContent(await renderGallery(NOW));
  });
  afterAll(async () => {
    await browser.close();
  });

  it.each(previewKinds)('shows %s in every language it is written in', async (kind) => {
    const shown = await page.locator(`section:has(#${kind}) article`).evaluateAll((all) => all.map(({ lang }) => lang));
    const written = (operatorPreviewKinds as readonly string[]).includes(kind) ? ['en'] : languages;
    expect(shown.toSorted()).toEqual(written.toSorted());
  });

  it('shows each light and dark, whatever the reader prefers', async () => {
    for (const [scheme, colour] of [
      ['light', 'rgb(28, 27, 25)'],
      ['dark', 'rgb(246, 243, 238)'],
    ]) {
      const frame = `iframe[title="alert, en-US, ${scheme}"]`;
      await page.frameLocator(frame).locator('.heading').waitFor();
      const seen = `getComputedStyle(document.querySelector('${frame}').contentDocument.querySelector('.heading div'))`;
      expect(await page.evaluate<string>(`${seen}.color`)).toBe(colour);
    }
  });

  it('has the plain text beside them, and leaves a language out on request', async () => {
    const french = page.locator('section:has(#alert) article[lang=fr]');
    expect(await french.locator('pre').textContent()).toContain("Facebook : Jane's Bakery");
    await page.uncheck('input[name=fr]');
    expect(await french.isVisible()).toBe(false);
  });

  it('is complete in itself', () => {
    expect(requested).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
