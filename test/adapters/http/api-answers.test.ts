import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Application } from '../../../src/monitoring/application.ts';
import { aTenant } from '../../support/builders.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

let api: ApiServer;
afterEach(() => api.server.close());

const TENANTS = '/api/v1/tenants';
type Page = Readonly<{ items: readonly Readonly<{ id: string }>[]; nextCursor: string | null }>;

async function addTenants(count: number, name = (n: number) => `Tenant ${n}`): Promise<void> {
  const tenants = Array.from({ length: count }, (_, n) => ({
    tenant: aTenant({ id: `t-${String(n).padStart(6, '0')}`, name: name(n) }),
    contacts: [],
    grant: null,
  }));
  await api.world.store.tenants.add(tenants);
}

describe('a read', () => {
  it('has a tag by which it is sent again only when it has changed', async () => {
    api = await startApiServer();
    const first = await api.ask(`${TENANTS}/bakery`);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^(W\/)?"\S+"$/);
    const same = await api.ask(`${TENANTS}/bakery`, { headers: { 'if-none-match': tag } });
    expect([same.status, await same.text(), same.headers.get('etag')]).toEqual([304, '', tag]);
    await api.json(`${TENANTS}/bakery`, { method: 'PATCH', body: { timezone: 'Europe/Berlin' } });
    const changed = await api.ask(`${TENANTS}/bakery`, { headers: { 'if-none-match': tag } });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(tag);
  });

  it.each([
    ['any version', () => '*', 304],
    ['several, this one among them', (tag: string) => `"old", ${tag}, "older"`, 304],
    ['it as a weak one', (tag: string) => `W/${tag}`, 304],
    ['others', () => '"old", "older"', 200],
  ])('is sent only to a program that does not know %s', async (_, known, status) => {
    api = await startApiServer();
    const tag = (await api.ask(`${TENANTS}/bakery`)).headers.get('etag') ?? '';
    for (const method of ['GET', 'HEAD'] as const) {
      const answer = await api.ask(`${TENANTS}/bakery`, { method, headers: { 'if-none-match': known(tag) } });
      expect([method, answer.status, answer.headers.get('etag')]).toEqual([method, status, tag]);
      expect(answer.headers.get('vary')).toMatch(/accept/);
      expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    }
  });

  it('that is refused, and a write, have none', async () => {
    api = await startApiServer();
    const asked = [
      api.ask(`${TENANTS}/none`),
      api.ask(`${TENANTS}/bakery`, { method: 'PATCH', body: { locale: 'de' } }),
      api.ask(TENANTS, { key: null }),
    ];
    expect((await Promise.all(asked)).map(({ headers }) => headers.get('etag'))).toEqual([null, null, null]);
  });

  it('is kept by no cache that many share, and is asked for anew each time', async () => {
    api = await startApiServer();
    const { headers } = await api.ask(TENANTS);
    expect(headers.get('cache-control')).toBe('private, no-cache');
  });
});

describe('every answer', () => {
  it('has the id under which the log has its request', async () => {
    api = await startApiServer();
    const answers = await Promise.all([
      api.ask(TENANTS),
      api.ask('/api/v1/incidents/none'),
      api.ask(TENANTS, { key: null }),
    ]);
    const ids = answers.map(({ headers }) => headers.get('x-request-id'));
    expect(new Set(ids).size).toBe(3);
    expect(await answers[1]?.json()).toMatchObject({ requestId: ids[1] });
    const logged = api.logged.map(({ fields }) => (fields as { requestId?: string }).requestId);
    expect(logged).toEqual(expect.arrayContaining(ids));
  });

  it('takes no request id, and no address, from whoever asks', async () => {
    api = await startApiServer();
    const headers = { 'x-request-id': 'mine', 'request-id': 'mine', 'x-forwarded-for': '203.0.113.7' };
    expect((await api.ask(TENANTS, { headers })).headers.get('x-request-id')).not.toBe('mine');
    expect(await addressesInAudit()).toEqual(['127.0.0.1']);
  });

  it('is about the address that a trusted proxy names', async () => {
    api = await startApiServer({ server: { trustedProxies: ['127.0.0.1'] } });
    await api.ask(TENANTS, { headers: { 'x-forwarded-for': '198.51.100.1, 203.0.113.7' } });
    expect(await addressesInAudit()).toEqual(['203.0.113.7']);
  });

  it.each([[[]], [['127.0.0.1']]])(
    'names our own address alone, whatever Host says (trusted: %j)',
    async (trustedProxies) => {
      api = await startApiServer({ server: { trustedProxies, publicUrl: 'https://watch.example/base' } });
      const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher' };
      for (const path of ['/openapi.json', '/docs', TENANTS, '/nowhere']) {
        const answer = await raw(`GET ${path} HTTP/1.1\r\n${lines(headers)}connection: close\r\n\r\n`);
        expect(answer).not.toContain('evil');
      }
      expect(await api.json('/base/openapi.json', { key: null })).toMatchObject({
        servers: [{ url: 'https://watch.example/base' }],
      });
      expect((await api.json<Page>(`/base${TENANTS}`)).items).toHaveLength(2);
    },
  );
});

describe('a list', () => {
  it('has every item on one page, whatever is added between two pages', async () => {
    api = await startApiServer({ tenants: [] });
    await addTenants(7);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page = await api.json(`${TENANTS}?limit=3${cursor === null ? '' : `&cursor=${cursor}`}`);
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
      const id = `t-000001-between-${seen.length}`;
      await api.world.store.tenants.add([{ tenant: aTenant({ id, name: id }), contacts: [], grant: null }]);
    } while (cursor !== null);
    const old = seen.filter((id) => !id.includes('between'));
    expect(old).toEqual(Array.from({ length: 7 }, (_, n) => `t-00000${n}`));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('counts its limit after the filter', async () => {
    api = await startApiServer({ tenants: [] });
    await addTenants(50, (n) => (n % 10 === 9 ? `Wanted ${n}` : `Other ${n}`));
    const { items, nextCursor } = await api.json<Page>(`${TENANTS}?q=wanted&limit=5`);
    expect(items.map(({ id }) => id)).toEqual(['t-000009', 't-000019', 't-000029', 't-000039', 't-000049']);
    expect(nextCursor).toBeNull();
  });
});

describe('a time', () => {
  it.each([
    ['/api/v1/tenants/bakery/history?from=2026-02-01&to=2026-01-01', 'from'],
    ['/api/v1/tenants/bakery/history?from=2026-01-01&to=2026-01-01', 'from'],
    ['/api/v1/tenants/bakery/history?from=1970-01-01', 'from'],
    ['/api/v1/tenants/bakery/history?from=1969-12-31', 'from'],
    ['/api/v1/tenants/bakery/history?from=0000-01-01', 'from'],
    ['/api/v1/tenants/bakery/history?to=2026-01-01T00:00:00', 'to'],
    ['/api/v1/audit?to=9999-12-31T23:59:59-23:59', 'to'],
    ['/api/v1/audit?from=1767225600000', 'from'],
  ])('%s is refused, and the field named', async (path, field) => {
    api = await startApiServer();
    const answer = await api.ask(path);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ field }] });
  });
});

describe('a table', () => {
  it('is the whole list, with headings, and no cell that a spreadsheet would run', async () => {
    api = await startApiServer({ tenants: [] });
    const names = ['=1+1', '+1', '-1', '@x', '\t=1', '＝1', 'a "quoted", name', 'Zoë'];
    await addTenants(1_200, (n) => names[n] ?? `Tenant ${n}`);
    const answer = await api.ask(TENANTS, { headers: { accept: 'text/csv' } });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [heading, ...rows] = (await answer.text()).trimEnd().split('\n');
    expect(heading).toMatch(/^id,externalId,name,owner,state,health,connections\.total,/);
    expect(rows).toHaveLength(1_200);
    const cells = rows.slice(0, names.length).map((row) => row.split(',')[2]);
    expect(cells.slice(0, 6).every((cell) => /^"?'/.test(cell ?? ''))).toBe(true);
    expect(rows[6]).toContain('"a ""quoted"", name"');
  });

  it('of 20,000 tenants is read no faster than its client takes it', async () => {
    let pages = 0;
    const wrap = (app: Application): Application => ({
      ...app,
      tenants: {
        ...app.tenants,
        list: async (...args) => {
          pages += 1;
          return await app.tenants.list(...args);
        },
      },
    });
    api = await startApiServer({ tenants: [], wrap });
    // Some 40 MB: more than a connection takes in on its way.
    await addTenants(20_000, (n) => `${n} ${'x'.repeat(2_000)}`);
    const key = await api.newKey('read');
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    const headers = lines({
      host: 'localhost',
      authorization: `Bearer ${key}`,
      accept: 'text/csv',
      connection: 'close',
    });
    socket.write(`GET ${TENANTS} HTTP/1.1\r\n${headers}\r\n`);
    await once(socket, 'readable');
    for (let n = 0; n < 50; n += 1) await api.json('/api/v1/tenants/t-000000');
    expect(pages).toBeLessThan(30);
    expect((await text(socket)).match(/t-\d{6},/g)).toHaveLength(20_000);
    expect(pages).toBe(40);
  });

  it('is refused with a problem document, like any other answer', async () => {
    api = await startApiServer();
    const headers = { accept: 'text/csv' };
    const answer = await api.ask('/api/v1/audit', { headers, key: await api.newKey('operate') });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      403,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it.each(['application/json, text/csv', '*/*', 'application/json'])(
    'is not sent to a client that takes %s',
    async (accept) => {
      api = await startApiServer();
      expect((await api.json<Page>(TENANTS, { headers: { accept } })).items).toHaveLength(2);
    },
  );
});

describe('a request that is no good', () => {
  it.each([
    ['text', { 'content-type': 'text/plain' }, 'name=x', 415],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'name=x', 415],
    ['XML', { 'content-type': 'application/xml' }, '<a/>', 415],
    ['half a document', {}, '{"name":', 400],
    ['nothing', {}, '', 400],
    ['a prototype', {}, '{"__proto__":{"role":"admin"}}', 400],
    ['70 KB', {}, JSON.stringify({ name: 'x'.repeat(70_000) }), 413],
  ])('because its body is %s is answered with a problem document', async (_, headers, body, status) => {
    api = await startApiServer();
    const answer = await api.ask(TENANTS, { method: 'POST', body, headers });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ status, detail: expect.stringMatching(/\w/) });
  });

  it.each([
    ['PUT', TENANTS, 401],
    ['OPTIONS', TENANTS, 401],
    ['POST', '/api/v1/nowhere', 404],
    ['GET', '/api/v2/tenants', 404],
  ])('because nothing takes %s %s says without a key nothing of what there is', async (method, path, status) => {
    api = await startApiServer();
    const answer = await fetch(api.url + path, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('allow')).toBeNull();
    expect(await answer.json()).toMatchObject({ status });
  });

  it.each([
    ['PUT', TENANTS, 'GET, HEAD, POST'],
    ['OPTIONS', `${TENANTS}/bakery`, 'DELETE, GET, HEAD, PATCH'],
    ['GET', `${TENANTS}/bakery/poll`, 'POST'],
    ['DELETE', '/api/v1/monitor', 'GET, HEAD'],
  ] as const)('because the address does not take %s %s is 405, and says what it takes', async (method, path, allow) => {
    api = await startApiServer();
    const answer = await api.ask(path, { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    expect(await answer.json()).toMatchObject({ status: 405, detail: `This address takes ${allow}.` });
  });

  it.each([
    ['a header of 20 kB', [`X-Big: ${'x'.repeat(20_000)}`], 431],
    ['a line that is no header', ['no header'], 400],
  ])('because it has %s is answered with a problem document before it is a request', async (_, lines, status) => {
    api = await startApiServer();
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    socket.write(['GET /api/v1/tenants HTTP/1.1', 'Host: linkwatch.example', ...lines, '', ''].join('\r\n'));
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} .*content-type: application/problem\\+json`, 's'));
    expect(JSON.parse(body)).toMatchObject({
      status,
      detail: expect.stringMatching(/\w/),
      requestId: expect.any(String),
    });
  });

  it('leaves no connection open that would keep the server from closing', async () => {
    api = await startApiServer();
    const { hostname, port } = new URL(api.url);
    const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    socket.write('garbage\r\n\r\n');
    await once(socket, 'data');
    const closed = api.server.close();
    await expect(Promise.race([closed, sleep(2_000, 'still open')])).resolves.toBeUndefined();
    socket.destroy();
  });

  it('has no body, whatever its content type says', async () => {
    api = await startApiServer();
    const headers = { 'content-type': 'application/json' };
    expect((await api.ask(`${TENANTS}/bakery/poll`, { method: 'POST', headers })).status).toBe(200);
    expect((await api.ask('/api/v1/nowhere', { method: 'POST', headers })).status).toBe(404);
    expect((await api.ask(`${TENANTS}/nobody`, { method: 'DELETE', headers })).status).toBe(404);
  });

  it('because it asks for the head alone gets the head, and only with a key', async () => {
    api = await startApiServer();
    const authorization = `Bearer ${await api.newKey('read')}`;
    const head = await fetch(api.url + TENANTS, { method: 'HEAD', headers: { authorization } });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await fetch(api.url + TENANTS, { method: 'HEAD' })).status).toBe(401);
  });

  it.each(['Basic YTpi', 'Bearer', 'Bearer  ', 'bearer a b', `Bearer ${'x'.repeat(201)}`])(
    'because it is authorised by "%s" is 401',
    async (authorization) => {
      api = await startApiServer();
      const answer = await api.ask(TENANTS, { headers: { authorization } });
      expect(answer.status).toBe(401);
    },
  );
});

async function addressesInAudit(): Promise<readonly (string | null)[]> {
  const used = [...api.world.store.memory.state.audit.values()].filter(({ action }) => action === 'api_key.use');
  return [...new Set(used.map(({ from }) => from))];
}

function lines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

/** As it stands on the wire: `fetch` sets Host itself. */
async function raw(request: string): Promise<string> {
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
  socket.write(request);
  return await text(socket);
}
