import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

const describeLooks = hasBrowser ? describe : describe.skip;

describe('/docs', () => {
  it.each(['/docs', '/base/docs'])('leads from %s to its page wherever a proxy puts it', async (path) => {
    const api = await startApiServer({ server: { publicUrl: 'https://watch.example/base' } });
    const answer = await api.ask(path, { key: null });
    await api.server.close();
    expect(new URL(answer.url).pathname).toBe(`${path}/`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  });
});

describe('what is not there below /docs', () => {
  it('is a problem document, like everything that is not there', async () => {
    const api = await startApiServer();
    const answer = await api.ask('/docs/nothing', { key: null });
    await api.server.close();
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
  });
});

describeLooks('the page of the API', () => {
  let browser: Browser;
  let api: ApiServer;
  beforeAll(async () => {
    api = await startApiServer({ server: { publicUrl: 'http://127.0.0.1/base' } });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await api.server.close();
  });

  it.each(['', '/base'])(
    'below "%s" shows every operation, asks nobody else for anything, and complains of nothing',
    async (base) => {
      const tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const complaints: string[] = [];
      const asked: string[] = [];
      tab.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      tab.on('pageerror', (error) => complaints.push(error.message));
      tab.on('request', (request) => asked.push(request.url()));
      await tab.goto(`${api.url}${base}/docs`);
      await tab.getByRole('heading', { name: 'List tenants' }).first().waitFor();
      await tab.getByRole('heading', { name: 'Linkwatch' }).first().waitFor();
      await tab.getByText('The accounts that are watched').first().waitFor();
      await tab.close();
      expect(complaints).toEqual([]);
      expect(asked.filter((url) => !url.startsWith(`${api.url}${base}/`) && !/^(data|blob):/.test(url))).toEqual([]);
      expect(asked.some((url) => url.endsWith(`${base}/openapi.json`))).toBe(true);
    },
    60_000,
  );
});
