import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

export type DashboardTab = Readonly<{
  tab: Page;
  /** What the browser has complained of since it was last asked: violations of the policy, errors, failed loads. */
  takeComplaints(): readonly string[];
}>;

/** A browser that has signed in with this key, as a person does. */
export async function openDashboard(
  browser: Browser,
  { url }: Readonly<{ url: string }>,
  key: string,
  options: BrowserContextOptions = {},
): Promise<DashboardTab> {
  const context = await browser.newContext({ timezoneId: 'America/New_York', ...options });
  const tab = await context.newPage();
  const complaints: string[] = [];
  tab.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  tab.on('pageerror', (error) => complaints.push(String(error)));
  await tab.goto(`${url}/`);
  await tab.getByLabel('API key').fill(key);
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await tab.getByRole('heading', { level: 1 }).waitFor();
  return { tab, takeComplaints: () => complaints.splice(0) };
}

/**
 * Clicks a link and waits until its page has loaded, style sheet included. A click itself waits for the answer's first
 * byte only: a key pressed then goes to a page that has nothing yet to take it.
 */
export async function follow(link: Locator): Promise<void> {
  const tab = link.page();
  const target = new URL((await link.getAttribute('href')) ?? '', tab.url()).href;
  await link.click();
  await tab.waitForURL(({ href }) => href === target);
}
