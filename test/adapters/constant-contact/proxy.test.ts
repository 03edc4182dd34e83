import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { reachUpstream } from '../../../src/constant-contact/reach-upstream.ts';
import { createHeartbeat } from '../../../src/queue/heartbeat.ts';
import { SELF_SIGNED } from '../../support/sandbox-certificate.ts';
import { answerOf, clientOf, failureOf } from '../../support/sandbox-client.ts';
import { withHttp, withHttps } from '../../support/sandbox-upstream.ts';
import { collectingLog } from '../../support/use-case-log.ts';

/** A proxy on loopback; every name that it is asked for is on loopback, too. */
let proxy: Server;
let asked: string[] = [];
let login: (string | undefined)[] = [];
let refusal: string | null = null;
let proxyUrl = '';

beforeEach(async () => {
  [asked, login, refusal] = [[], [], null];
  proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    login.push(request.headers['proxy-authorization']);
    response.end('{"connections":[]}');
  });
  proxy.on('connect', ({ url = '', headers }, client) => {
    asked.push(`CONNECT ${url}`);
    login.push(headers['proxy-authorization']);
    if (refusal !== null) return client.end(`HTTP/1.1 ${refusal}\r\n\r\n`);
    const upstream = connect(Number(url.split(':')[1]), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    return upstream.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  proxyUrl = `http://us%40er:pa%3Ass@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterEach(() => {
  proxy.closeAllConnections();
  proxy.close();
});

const nowhere = { apiUrl: 'http://api.invalid/v3', authUrl: 'http://auth.invalid' };
const clock = { now: Date.now, sleep: async () => undefined };

describe('a proxy', () => {
  it('is asked for what lies at http:// by HTTP_PROXY, with the login of its URL', async () => {
    await answerOf(clientOf(nowhere, { proxy: { HTTP_PROXY: proxyUrl } }).fetchConnections('token'));
    expect(asked).toEqual(['GET http://api.invalid/v3/social/connections']);
    expect(login).toEqual([`Basic ${Buffer.from('us@er:pa:ss').toString('base64')}`]);
  });

  it('makes a tunnel to what lies at https:// by HTTPS_PROXY, and sees nothing of what passes', async () => {
    await withHttps({ ...SELF_SIGNED, listener: (_, response) => response.end('{}') }, async (upstream) => {
      const failure = await failureOf(
        clientOf(upstream, { proxy: { HTTPS_PROXY: proxyUrl } }).fetchConnections('token'),
      );
      expect(failure.kind).toBe('tls');
      expect(asked).toEqual([`CONNECT ${new URL(upstream.apiUrl).host}`]);
    });
  });

  it.each(['127.0.0.1', '*', 'example.com, 127.0.0.1'])(
    'is not asked for what NO_PROXY=%s leaves out',
    async (list) => {
      const listener = (_: unknown, response: { end(text: string): unknown }) => response.end('{"connections":[]}');
      await withHttp(listener, async (upstream) => {
        await answerOf(
          clientOf(upstream, { proxy: { HTTP_PROXY: proxyUrl, NO_PROXY: list } }).fetchConnections('token'),
        );
      });
      expect(asked).toEqual([]);
    },
  );

  it('that refuses is a failed connection, told without its password', async () => {
    refusal = '407 Proxy Authentication Required';
    const upstream = { apiUrl: 'https://api.invalid/v3', authUrl: 'https://auth.invalid' };
    const failure = await failureOf(clientOf(upstream, { proxy: { HTTPS_PROXY: proxyUrl } }).fetchConnections('token'));
    expect(failure.kind).toBe('connection');
    expect(failure.detail).toContain('407 Proxy Authentication Required');
    expect(failure.detail).not.toMatch(/pa%3Ass|pa:ss/);
  });

  it('serves doctor and the heartbeat as well', async () => {
    const given = { requestTimeoutMs: 5000, proxy: { HTTP_PROXY: proxyUrl }, clock };
    expect(await reachUpstream(nowhere.apiUrl, given)).toMatchObject({ ok: true });
    await createHeartbeat('http://ping.invalid/1', collectingLog(), { HTTP_PROXY: proxyUrl })();
    expect(asked).toEqual(['GET http://api.invalid/v3', 'GET http://ping.invalid/1']);
  });
});
