import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** Looks need a browser to be judged; a machine without one leaves them unjudged. */
export const hasBrowser = existsSync(CHROMIUM);

export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--headless', '--no-sandbox', '--disable-quic', '--disable-background-networking'],
  });
}

type Look = Readonly<{ colorScheme: 'light' | 'dark'; width: number }>;

const looks: readonly Look[] = [
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
  { colorScheme: 'light', width: 700 },
  { colorScheme: 'dark', width: 700 },
];

type Flaws = Readonly<{
  /** Texts whose contrast with what is behind them is under 4.5 (WCAG 2.2, 1.4.3). */
  faint: readonly string[];
  /** Texts under 14 px, and running text under 16 px. */
  tiny: readonly string[];
  /** How far the page reaches beyond the window, in px. */
  overflow: number;
}>;

/** Looks at an open page in each way a reader might, and says what is wrong with it. */
export async function flawsOf(page: Page): Promise<readonly (Look & Flaws)[]> {
  const seen: (Look & Flaws)[] = [];
  for (const look of looks) {
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.setViewportSize({ width: look.width, height: 600 });
    seen.push({ ...look, ...(await page.evaluate<Flaws>(FIND_FLAWS)) });
  }
  return seen;
}

export const flawless = looks.map((look) => ({ ...look, faint: [], tiny: [], overflow: 0 }));

/** Runs in the browser, whose names the sources do not know: hence a string. */
const FIND_FLAWS = `(() => {
  const parse = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, alpha = 1] = parse(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = [];
  const tiny = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({ opacityProperty: true })) continue;
    const style = getComputedStyle(element);
    const ratio = contrast(parse(style.color), behind(element));
    if (ratio < 4.5) faint.push(ratio.toFixed(2) + ': ' + node.data.trim());
    const least = element.closest('.small, .mark, .state, header') ? 14 : 16;
    if (parseFloat(style.fontSize) < least) tiny.push(style.fontSize + ': ' + node.data.trim());
  }
  return { faint, tiny, overflow: document.documentElement.scrollWidth - innerWidth };
})()`;
