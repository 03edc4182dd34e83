import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
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

describe('the health of the server', () => {
  it('is alive as soon as it listens, whatever it depends on', async () => {
    const { get } = await start({ readiness: () => Promise.reject(new Error('no database')) });
    const response = await get('/livez');
    expect(response.status).toBe(200);
    await expect(response.json()).resolves.toEqual({ status: 'alive' });
  });

  it('is 503 when only a new process would help', async () => {
    const { get } = await start({ isAlive: () => false });
    const response = await get('/livez');
    expect(response.status).toBe(503);
    await expect(response.json()).resolves.toEqual({ status: 'stuck' });
  });

  it('is ready when all checks are, and names them', async () => {
    const { get } = await start();
    const response = await get('/readyz');
    expect(response.status).toBe(200);
    await expect(response.json()).resolves.toEqual({ status: 'ready', checks: { database: 'ok' } });
  });

  it('is all that a worker without pages answers', async () => {
    const { get } = await start({ hasPages: false });
    for (const path of ['/livez', '/readyz']) expect((await get(path)).status).toBe(200);
    for (const path of ['/', '/sign-in', '/api/v1/monitor', '/o/token', '/openapi.json']) {
      expect({ path, status: (await get(path)).status }).toEqual({ path, status: 404 });
    }
  });

  it('is 503 while a check fails', async () => {
    const checks = { database: 'it does not answer' };
    const { get } = await start({ readiness: async () => ({ ready: false, checks }) });
    const response = await get('/readyz');
    expect(response.status).toBe(503);
    await expect(response.json()).resolves.toEqual({ status: 'not_ready', checks });
  });
});

describe('an error', () => {
  it('about an unknown address is a problem document', async () => {
    const { get } = await start();
    const response = await get('/nowhere');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    await expect(response.json()).resolves.toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'There is nothing at this address.',
      requestId: response.headers.get('x-request-id'),
    });
  });

  it.each(['/o/%E0%A4%A', '/%'])('about the address %s, which cannot be read, is one too', async (path) => {
    const { get } = await start();
    const response = await get(path);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it.each(['/../package.json', '/o/../../package.json', '/pages/page.css', '/.env', '/src/main.ts'])(
    'is all that %s shows of our files',
    async (path) => {
      const { server, get } = await start();
      expect((await get(path)).status).toBe(404);
      expect((await server.inject(path)).statusCode).toBe(404);
    },
  );

  it('of ours says nothing of its cause, which is logged', async () => {
    const { get, logged } = await start({ owner: { page: () => Promise.reject(new Error('password=hunter2')) } });
    const response = await get('/o/good');
    expect(response.status).toBe(500);
    await expect(response.text()).resolves.not.toContain('hunter2');
    expect(logged).toContainEqual({
      level: 'error',
      message: 'HTTP request failed',
      fields: {
        err: expect.objectContaining({ message: 'password=hunter2' }),
        requestId: response.headers.get('x-request-id'),
        method: 'GET',
        route: '/o/:token',
      },
    });
  });

  it('of a broken readiness check is a 500, not a hanging request', async () => {
    const { get } = await start({ readiness: () => Promise.reject(new Error('no database')) });
    expect((await get('/readyz')).status).toBe(500);
  });
});

describe('the Content-Security-Policy', () => {
  const closed = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

  it.each([
    ['a health route', '/livez', {}],
    ['a problem document', '/nowhere', {}],
    ['an address that cannot be decoded', '/%', {}],
  ])('of %s lets nothing be loaded or sent', async (_, path, given) => {
    const { get } = await start(given);
    expect((await get(path)).headers.get('content-security-policy')).toBe(closed);
  });

  const failing = { owner: { page: () => Promise.reject(new Error('no')) } };
  it.each([
    ['/o/good', {}],
    ['/o/old', {}],
    ['/o/good/unsubscribe', {}],
    ['/o/good', failing],
  ])('of %s has one style sheet and our own forms', async (path, given) => {
    const { get } = await start(given);
    const [policy] = [(await get(path)).headers.get('content-security-policy')];
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'; base-uri 'none';/);
  });
});

describe('every answer', () => {
  it.each(['/livez', '/o/good', '/o/old', '/o/good/unsubscribe', '/nowhere'])('to %s is guarded', async (path) => {
    const { get } = await start();
    const { headers } = await get(path);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; /);
    expect(headers.get('content-security-policy')).not.toMatch(/script|unsafe/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('leaves the token of a link out of the log', async () => {
    const { get, post, logged } = await start({ verifyLink: async () => ({ kind: 'invalid' }) });
    await get('/o/secret-token');
    await get('/o/secret-token/unsubscribe');
    await get('/o/secret-token/nowhere');
    await post('/o/secret-token/unsubscribe', 'x'.repeat(40_000), { headers: { 'content-type': 'text/plain' } });
    expect(logged.length).toBeGreaterThanOrEqual(4);
    expect(JSON.stringify(logged)).not.toContain('secret-token');
  });
});

describe('a client that sends no HTTP', () => {
  it('is turned away', async () => {
    const { url } = await start();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('EHLO me\r\n\r\n');
    await expect(text(socket)).resolves.toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('the scopes of the server', () => {
  it('have names: Fastify would look for one without a name in every module that is loaded', async () => {
    const { server } = await start();
    const lines = server.printPlugins().split('\n');
    const names = lines.flatMap((line) => /[─┬] (?!bound _after)(.+) [\d.]+ ms$/.exec(line)?.[1] ?? []);
    expect(names.filter((name) => !name.startsWith('@fastify/'))).toEqual([
      'pages of owners',
      'connecting',
      'API',
      'API with a key',
      'import of tenants',
      'bounces',
      'API without a key',
      'dashboard',
    ]);
  });
});
