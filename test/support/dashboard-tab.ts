import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

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
