import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApiServer } from '../adapters/http/api-server.ts';
import { openBrowser } from '../support/browser.ts';
import { pathsOf, stages } from '../support/dashboard-stages.ts';
import { openDashboard } from '../support/dashboard-tab.ts';

const folder = process.argv[2] ?? 'pages-gallery';
const looks = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 400, colorScheme: 'light' },
  { width: 400, colorScheme: 'dark' },
] as const;

/** A picture of every page of the dashboard in its states, narrow and wide, light and dark. */
async function writeGallery(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await openBrowser();
  const pictures: { stage: string; path: string; file: string; width: number }[] = [];
  for (const [stage, open] of Object.entries(stages)) {
    const site = await startApiServer({ world: await open() });
    const { tab } = await openDashboard(browser, site, await site.newKey('admin'));
    for (const path of await pathsOf(site.world)) {
      await tab.goto(site.url + path);
      for (const { width, colorScheme } of looks) {
        await tab.setViewportSize({ width, height: 900 });
        await tab.emulateMedia({ colorScheme });
        const file = `${stage}${path.replaceAll(/\W+/g, '-')}-${width}-${colorScheme}.png`.replaceAll(' ', '-');
        await tab.screenshot({ path: join(folder, file), fullPage: true });
        pictures.push({ stage, path, file, width });
      }
    }
    await site.server.close();
  }
  await browser.close();
  const cells = pictures.map(
    ({ stage, path, file, width }) =>
      `<figure><img src="${file}" width="${width / 2}" alt=""><figcaption>${stage}: <code>${path}</code></figcaption></figure>`,
  );
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Pages</title>${cells.join('')}`,
  );
}

await writeGallery();
console.log(`Wrote ${join(folder, 'index.html')}: open it in a browser.`);
