import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { languages } from '../../../src/domain/model/language.ts';
import { badgeOf, loadEmbed, strayBadge } from '../../../src/http/api/embed/load-embed.ts';
import { bannerWords } from '../../../src/words/banner-words.ts';
import { wordsFor } from '../../../src/words/words.ts';
import { everyBanner } from '../../support/banners.ts';
import { flawless, flawsOf, hasBrowser, openBrowser } from '../../support/browser.ts';
import { aBrand } from '../../support/builders.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

const describeLooks = hasBrowser ? describe : describe.skip;

const embed = loadEmbed();

/** Every badge there is, in every language. */
const badges = languages.flatMap((language) => {
  const { say } = wordsFor(language);
  const spoken = everyBanner.map((banner) => badgeOf(bannerWords(banner, language, aBrand()), say));
  return [...spoken, strayBadge(language, say, 'expired'), strayBadge(language, say, 'nowhere')].map(embed.badge);
});

/** Of each text of a picture: its contrast with the card, and how far it reaches beyond the card. Runs in the browser. */
const LOOK = `(() => {
  const parse = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (rgb) => {
    const [x, y, z] = rgb.slice(0, 3).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  return [...document.querySelectorAll('svg')].flatMap((svg) => {
    const card = svg.querySelector('rect');
    const box = card.getBoundingClientRect();
    const ground = luminance(parse(getComputedStyle(card).fill));
    return [...svg.querySelectorAll('text')].map((text) => {
      const ink = luminance(parse(getComputedStyle(text).fill));
      const own = text.getBoundingClientRect();
      return {
        contrast: (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05),
        room: Math.min(own.left - box.left, box.right - own.right, own.top - box.top, box.bottom - own.bottom),
      };
    });
  });
})()`;

type Look = Readonly<{ contrast: number; room: number }>;

describeLooks('in a browser', () => {
  let browser: Browser;
  let tab: Page;
  let api: ApiServer;
  const complaints: string[] = [];
  beforeAll(async () => {
    api = await startApiServer();
    browser = await openBrowser();
    tab = await browser.newPage();
    tab.on('console', (message) => complaints.push(message.text()));
  });
  afterAll(async () => {
    await browser.close();
    await api.server.close();
  });

  it.each(['light', 'dark'] as const)('every badge can be read in %s, and fits its frame', async (colorScheme) => {
    await tab.emulateMedia({ colorScheme });
    await tab.setContent(`<!doctype html><html lang="en"><title>Badges</title>${badges.join('\n')}</html>`);
    const looks = await tab.evaluate<readonly Look[]>(LOOK);
    expect(looks).toHaveLength(badges.length * 2);
    expect(Math.min(...looks.map(({ contrast }) => contrast))).toBeGreaterThan(4.5);
    expect(Math.min(...looks.map(({ room }) => room))).toBeGreaterThan(2);
  });

  it('a badge is a picture that is whole, in an <img> of another site and by itself', async () => {
    const { badgeUrl } = await api.json<{ badgeUrl: string }>('/api/v1/tenants/bakery/banner');
    const { pathname, search } = new URL(badgeUrl);
    const address = `${api.url}${pathname}${search}`;
    const neutral = `${api.url}${pathname}`;
    await tab.setContent(
      `<!doctype html><title>Host</title><img src="${address}" alt="one"><img src="${neutral}" alt="two">`,
    );
    const widths = await tab.evaluate<readonly number[]>(
      'Promise.all([...document.images].map(async (img) => { await img.decode(); return img.naturalWidth; }))',
    );
    expect(widths.map((width) => width > 100)).toEqual([true, true]);

    complaints.length = 0;
    await tab.goto(address);
    await tab.getByRole('img', { name: 'Your social accounts: Needs you' }).waitFor();
    await tab.emulateMedia({ colorScheme: 'dark' });
    await expect(tab.evaluate('getComputedStyle(document.querySelector("rect")).fill')).resolves.toBe(
      'rgb(33, 31, 29)',
    );
    expect(complaints).toEqual([]);
  });

  it('every banner is a named region of a page that brings its own style', async () => {
    const sections = everyBanner.map((banner) =>
      embed.banner(bannerWords(banner, 'de', aBrand()), 'https://x.example/o/t'),
    );
    await tab.goto('about:blank');
    await tab.setContent(
      `<!doctype html><html lang="en"><title>Host</title><body style="font: 16px/1.5 sans-serif">${sections.join('\n')}</html>`,
    );
    await expect(flawsOf(tab)).resolves.toEqual(flawless);
    await expect(tab.getByRole('region', { name: 'Ihre Social-Media-Konten' }).count()).resolves.toBe(
      everyBanner.length,
    );
  });
});
