import { afterEach, describe, expect, it } from '@jest/globals';
import type { ServerOptions } from '../../../src/http/create-server.ts';
import { anOwnerPage, type OwnerServer, startOwnerServer } from './owner-server.ts';

let open: OwnerServer | null = null;
async function start(given: Partial<ServerOptions> = {}): Promise<OwnerServer> {
  open = await startOwnerServer(given);
  return open;
}
afterEach(async () => {
  await open?.server.close();
  open = null;
});

const oneClick = () => new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });

describe('GET /o/{token}', () => {
  it.each([
    ['old', 410, 'This link has expired'],
    ['forged', 404, 'This link leads nowhere'],
    ['x'.repeat(1500), 404, 'This link leads nowhere'],
    ['%00%0d%0a', 404, 'This link leads nowhere'],
  ])('with the link "%s" is a friendly page', async (token, status, heading) => {
    const { get } = await start();
    for (const path of [`/o/${token}`, `/o/${token}/unsubscribe`]) {
      const response = await get(path);
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      await expect(response.text()).resolves.toContain(heading);
    }
  });

  it('is a friendly page when the account is gone', async () => {
    const { get } = await start({ readOwnerPage: async () => null });
    expect((await get('/o/good')).status).toBe(404);
  });

  it('shows each connection, what to do and since when', async () => {
    const { get } = await start();
    const response = await get('/o/good');
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('One of your social accounts needs you');
    expect(page).toContain('Jane&#39;s Bakery');
    expect(page).toContain('<li>Reconnect Facebook.</li>');
    expect(page).toContain('href="https://app.constantcontact.com"');
    expect(page).toContain('href="./good/unsubscribe"');
  });

  it('asks for the tenant of the link and no other', async () => {
    const asked: unknown[] = [];
    const { get } = await start({
      readOwnerPage: async (holder) => {
        asked.push(holder);
        return anOwnerPage();
      },
    });
    await get('/o/good?tenantId=tenant-2&contactId=contact-2');
    expect(asked).toEqual([expect.objectContaining({ tenantId: 'tenant-1', contactId: 'contact-1' })]);
  });

  it('lets no name become part of the page', async () => {
    const name = '<script>alert(1)</script>"><img src=x onerror=alert(1)>';
    const [connection] = anOwnerPage().connections;
    const { get } = await start({
      readOwnerPage: async () =>
        anOwnerPage({
          tenant: { name, timezone: 'UTC', lastGoodPollAt: null },
          contact: { email: name, state: 'active' },
          connections: connection === undefined ? [] : [{ ...connection, displayName: name, network: name }],
        }),
      repairSteps: ({ account }) => [account],
    });
    for (const path of ['/o/good', '/o/good/unsubscribe']) {
      await expect((await get(path)).text()).resolves.not.toMatch(/<script|<img/);
    }
  });
});

describe('a link scanner', () => {
  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'])('that sends %s changes nothing', async (method) => {
    const { get, unsubscribed } = await start();
    await get('/o/good', { method });
    await get('/o/good/unsubscribe', { method });
    await get('/o/good/unsubscribe?List-Unsubscribe=One-Click', { method });
    expect(unsubscribed).toEqual([]);
  });

  it('that asks for the confirm page finds a form and a way back', async () => {
    const { get } = await start();
    const page = await (await get('/o/good/unsubscribe')).text();
    expect(page).toContain('<form method="post">');
    expect(page).toContain('jane@bakery.example');
    expect(page).toContain('href="../good"');
  });
});

describe('POST /o/{token}/unsubscribe', () => {
  it('takes the one click of RFC 8058, as a form', async () => {
    const { post, unsubscribed } = await start();
    const response = await post('/o/good/unsubscribe', oneClick(), { redirect: 'error' });
    expect(response.status).toBe(200);
    await expect(response.text()).resolves.toContain('You are unsubscribed');
    expect(unsubscribed).toEqual([{ tenantId: 'tenant-1', contactId: 'contact-1' }]);
  });

  it('takes it as multipart too', async () => {
    const { post, unsubscribed } = await start();
    const form = new FormData();
    form.set('List-Unsubscribe', 'One-Click');
    expect((await post('/o/good/unsubscribe', form)).status).toBe(200);
    expect(unsubscribed).toHaveLength(1);
  });

  it('may be repeated', async () => {
    const { post } = await start();
    await post('/o/good/unsubscribe', oneClick());
    expect((await post('/o/good/unsubscribe', oneClick())).status).toBe(200);
  });

  it.each<[string, RequestInit['body'], string | null, number]>([
    ['nothing', null, null, 400],
    ['an empty form', '', 'application/x-www-form-urlencoded', 400],
    ['another form', 'List-Unsubscribe=Maybe', 'application/x-www-form-urlencoded', 400],
    ['a broken multipart', '--x\r\nnonsense', 'multipart/form-data; boundary=y', 400],
    ['multipart without a boundary', 'x', 'multipart/form-data', 400],
    ['JSON', '{"List-Unsubscribe":"One-Click"}', 'application/json', 415],
    ['plain text', 'List-Unsubscribe=One-Click', 'text/plain', 415],
    ['a flood', `List-Unsubscribe=One-Click&x=${'x'.repeat(20_000)}`, 'application/x-www-form-urlencoded', 413],
  ])('with %s changes nothing', async (_what, body, contentType, status) => {
    const { post, unsubscribed } = await start();
    const headers: Record<string, string> = contentType === null ? {} : { 'content-type': contentType };
    expect((await post('/o/good/unsubscribe', body, { headers })).status).toBe(status);
    expect(unsubscribed).toEqual([]);
  });

  it.each([
    ['old', 410],
    ['forged', 404],
  ])('with the link "%s" changes nothing', async (token, status) => {
    const { post, unsubscribed } = await start();
    expect((await post(`/o/${token}/unsubscribe`, oneClick())).status).toBe(status);
    expect(unsubscribed).toEqual([]);
  });

  it('is 404 when the contact is gone', async () => {
    const { post } = await start({ unsubscribe: async () => false });
    expect((await post('/o/good/unsubscribe', oneClick())).status).toBe(404);
  });

  it('shows on both pages afterwards', async () => {
    const { get } = await start({
      readOwnerPage: async () => anOwnerPage({ contact: { email: 'jane@bakery.example', state: 'unsubscribed' } }),
    });
    await expect((await get('/o/good')).text()).resolves.toContain('You are unsubscribed');
    const confirm = await (await get('/o/good/unsubscribe')).text();
    expect(confirm).toContain('You are unsubscribed');
    expect(confirm).not.toContain('<form');
  });
});
