import { afterEach, describe, expect, it } from '@jest/globals';
import { ownerActions } from '../../../src/http/owner/owner-actions.ts';
import type { Application } from '../../../src/monitoring/application.ts';
import { visitDashboard } from '../../support/dashboard-visitor.ts';
import { anOwnerPage } from '../../support/owner-pages.ts';
import { startApiServer } from './api-server.ts';
import { type GivenServer, type OwnerServer, startOwnerServer } from './owner-server.ts';

let open: OwnerServer | null = null;
async function start(given: GivenServer = {}): Promise<OwnerServer> {
  open = await startOwnerServer(given);
  return open;
}
afterEach(async () => {
  await open?.server.close();
  open = null;
});

const isUnavailable = (error: unknown) => error instanceof Error && error.message === 'away';
const failing = (message: string): GivenServer => ({
  isUnavailable,
  owner: { page: () => Promise.reject(new Error(message)) },
});
const away = failing('away');
const broken = failing('password=hunter2');
const everyPage = ['', ...ownerActions.map((action) => `/${action}`)];

describe('a page whose database is away', () => {
  it('is a page that says so and when to come again, whatever was asked for', async () => {
    const { get, post } = await start(away);
    for (const path of everyPage) {
      const forms = path === '' ? [] : [await post(`/o/good${path}`, new URLSearchParams({ form: 'x' }))];
      for (const response of [await get(`/o/good${path}`), ...forms]) {
        expect([path, response.status]).toEqual([path, 503]);
        expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
        const page = await response.text();
        expect(page).toContain('Please try again in a few minutes. Nothing is lost.');
        expect(page).not.toMatch(/away|hunter2|Error|status/);
      }
    }
  });

  it('is one too when the database goes between the page and its form', async () => {
    const { press } = await start({
      isUnavailable,
      owner: { request: () => Promise.reject(new Error('away')), checkNow: () => Promise.reject(new Error('away')) },
    });
    for (const [action, choices] of [['snooze', { length: 'day' }], ['unsubscribe'], ['check']] as const) {
      const response = await press(action, choices);
      expect([action, response.status]).toEqual([action, 503]);
      await expect(response.text()).resolves.toContain('asking twice does no harm');
    }
  });

  it('answers a mail program’s one click with 503, so that the program may try again', async () => {
    const { post } = await start(away);
    const response = await post('/o/good/unsubscribe', new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }));
    expect([response.status, response.headers.has('retry-after')]).toEqual([503, true]);
  });

  it('is logged once until a page could be read again', async () => {
    const answers = [false, false, false, true, false, false];
    const page = async () => {
      if (answers.shift() === true) return anOwnerPage();
      throw new Error('away');
    };
    const { get, logged } = await start({ isUnavailable, owner: { page } });
    while (answers.length > 0) await get('/o/good');
    expect(logged.filter(({ level }) => level === 'error')).toHaveLength(2);
  });
});

describe('a page that fails for another reason', () => {
  it('is a calm page without internals, each time logged', async () => {
    const { get, post, logged } = await start(broken);
    for (const response of [await get('/o/good'), await post('/o/good/snooze', new URLSearchParams({ form: 'x' }))]) {
      expect(response.status).toBe(500);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('content-security-policy')).toMatch(/style-src 'sha256-/);
      const page = await response.text();
      expect(page).toContain('it is not your doing');
      expect(page).not.toMatch(/hunter2|Error|stack/);
    }
    expect(logged.filter(({ level }) => level === 'error')).toHaveLength(2);
  });

  it('is a page as well when it could not read what was sent', async () => {
    const { post } = await start();
    const response = await post('/o/good/snooze', '{}', { headers: { 'content-type': 'application/json' } });
    expect(response.status).toBe(415);
    await expect(response.text()).resolves.toContain('Nothing has changed');
  });
});

describe('the words of a failure', () => {
  it.each([
    ['de-AT, en;q=0.5', 'de', 'Bitte versuchen Sie es in einigen Minuten noch einmal.'],
    ['es', 'es', 'Inténtelo de nuevo dentro de unos minutos.'],
    ['fr', 'fr', 'Veuillez réessayer dans quelques minutes.'],
    ['pt-BR', 'pt', 'Tente novamente daqui a alguns minutos.'],
    ['xx', 'en', 'Please try again in a few minutes.'],
  ])('are in the browser’s language: %s', async (language, lang, sentence) => {
    for (const given of [away, broken]) {
      const { get, server } = await start(given);
      const page = await (await get('/o/good', { headers: { 'accept-language': language } })).text();
      expect(page).toContain(`<html lang="${lang}">`);
      expect(page).toContain(sentence);
      await server.close();
    }
  });
});

describe('a health route', () => {
  it('keeps to JSON when the database is away', async () => {
    const { get } = await start({ isUnavailable, readiness: () => Promise.reject(new Error('away')) });
    const response = await get('/readyz');
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('a program or an operator whose database is away', () => {
  it.each(['/api/v1/incidents', '/incidents'])('is logged once until %s could be read again', async (path) => {
    const answers: boolean[] = [];
    const wrap = (app: Application): Application => ({
      ...app,
      incidents: {
        ...app.incidents,
        list: async (...args) => {
          if (answers.shift() === false) throw new Error('away');
          return await app.incidents.list(...args);
        },
      },
    });
    const site = await startApiServer({ wrap, server: { isUnavailable } });
    const visitor = await visitDashboard(site.url, await site.newKey('read'));
    const statusOf = async () => (path.startsWith('/api') ? await site.ask(path) : await visitor.get(path)).status;
    answers.push(false, false, true, false, false);
    const statuses = [];
    while (answers.length > 0) statuses.push(await statusOf());
    await site.server.close();
    expect(statuses).toEqual([503, 503, 200, 503, 503]);
    expect(site.logged.filter(({ level }) => level === 'error')).toHaveLength(2);
  });
});
