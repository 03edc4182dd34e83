import type { LookupFunction } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { WebhookRequest } from '../../../src/monitoring/ports.ts';
import { publicAlone, type SendWebhookOptions } from '../../../src/webhooks/send-webhook.ts';
import { createWebhookSender } from '../../../src/webhooks/webhook-sender.ts';
import { type Receiver, startReceiver } from '../../support/webhook-receiver.ts';

const secrets = ['whsec_bmV3LXNlY3JldC1vZi10aGlzLWVuZHBvaW50', 'whsec_b2xkLXNlY3JldC1vZi10aGlzLWVuZHBvaW50'] as const;
const body = '{"type":"tenant.paused","timestamp":"2026-01-15T12:00:00.000Z","data":{"é":"“”"}}';

const receivers: Receiver[] = [];
afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
});

async function aReceiver(...options: Parameters<typeof startReceiver>): Promise<Receiver> {
  const receiver = await startReceiver(...options);
  receivers.push(receiver);
  return receiver;
}

function sender(given: Partial<SendWebhookOptions> = {}) {
  const clock = { now: Date.now, sleep: async () => undefined };
  return createWebhookSender({ clock, allowPrivate: true, userAgent: 'linkwatch/1.2.3', ...given });
}

function aRequest(url: string, given: Partial<WebhookRequest> = {}): WebhookRequest {
  return { url, id: 'event-1', at: Date.now(), body, secrets, ...given };
}

describe('What is sent to a receiver', () => {
  it('is verified by the published library, with the new secret and with the former one', async () => {
    const receiver = await aReceiver(() => ({ status: 200, body: 'thank you' }));
    const answer = await sender().send(aRequest(`${receiver.url}/hooks?key=1`));
    expect(answer).toEqual({
      status: 200,
      ms: expect.any(Number),
      answer: 'thank you',
      error: null,
      retryAfterMs: null,
    });
    const [request] = receiver.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/hooks?key=1', body });
    expect(request?.headers).toMatchObject({
      'webhook-id': 'event-1',
      'content-type': 'application/json',
      'user-agent': 'linkwatch/1.2.3',
    });
    for (const secret of secrets) {
      expect(new Webhook(secret).verify(request?.body ?? '', request?.headers ?? {})).toEqual(JSON.parse(body));
    }
    const stranger = new Webhook(sender().newSecret());
    expect(() => stranger.verify(request?.body ?? '', request?.headers ?? {})).toThrow('No matching signature');
  });

  it('is signed with a secret that nobody guesses', () => {
    const [one, other] = [sender().newSecret(), sender().newSecret()];
    expect(one).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(one).not.toBe(other);
  });
});

describe('A receiver', () => {
  it.each([201, 204, 299, 400, 404, 410, 429, 500, 503])('has its status told: %d', async (status) => {
    const receiver = await aReceiver(() => ({ status, body: '' }));
    expect(await sender().send(aRequest(receiver.url))).toMatchObject({
      status,
      answer: null,
      error: status < 300 ? null : `HTTP ${status}.`,
    });
  });

  it('is asked once, and not where it redirects to', async () => {
    const other = await aReceiver(() => ({ status: 200, body: 'secret' }));
    for (const status of [301, 302, 303, 307, 308]) {
      const receiver = await aReceiver(() => ({ status, headers: { location: other.url }, body: 'elsewhere' }));
      expect(await sender().send(aRequest(receiver.url))).toMatchObject({
        status,
        answer: 'elsewhere',
        error: `HTTP ${status}: redirects are not followed.`,
      });
      expect(receiver.requests).toHaveLength(1);
    }
    expect(other.requests).toHaveLength(0);
  });

  it('that answers a gigabyte is cut off at 64 kB, and the first kilobyte is kept', async () => {
    const receiver = await aReceiver(() => ({ status: 200, endless: 'a'.repeat(16 * 1024) }));
    expect(await sender().send(aRequest(receiver.url))).toMatchObject({
      status: 200,
      answer: 'a'.repeat(1024),
      error: null,
    });
    await receiver.hungUp();
    expect(receiver.bytesSent()).toBeLessThan(20 * 1024 * 1024);
  });

  it('that packs its answer is not unpacked', async () => {
    const receiver = await aReceiver(() => ({ status: 200, headers: { 'content-encoding': 'gzip' }, body: 'no gzip' }));
    expect(await sender().send(aRequest(receiver.url))).toMatchObject({ status: 200, answer: 'no gzip' });
    expect(receiver.requests[0]?.headers['accept-encoding']).toBe('identity');
  });

  it.each<[string, string, string]>([
    ['a zero byte', 'a\0b', 'a\ufffdb'],
    ['a letter that is cut in two', `${'a'.repeat(1023)}é`, `${'a'.repeat(1023)}\ufffd`],
  ])('answers with text that any database stores: %s', async (_, said, kept) => {
    const receiver = await aReceiver(() => ({ status: 500, body: said }));
    expect((await sender().send(aRequest(receiver.url))).answer).toBe(kept);
  });

  it('that hangs is given up, and not waited for', async () => {
    const receiver = await aReceiver(() => ({ hangs: true }));
    expect(await sender({ timeoutMs: 200 }).send(aRequest(receiver.url))).toMatchObject({
      status: null,
      answer: null,
      error: 'No answer within 0.2 s.',
    });
    await receiver.hungUp();
  });

  it('that takes the event and never ends its answer has taken it', async () => {
    const receiver = await aReceiver(() => ({ status: 200, body: 'begun', neverEnds: true }));
    expect(await sender({ timeoutMs: 300 }).send(aRequest(receiver.url))).toMatchObject({
      status: 200,
      answer: 'begun',
      error: null,
    });
  });

  it.each<[string, string, number]>([
    ['seconds', '120', 120_000],
    ['a date', new Date(Date.now() + 3_600_000).toUTCString(), 3_600_000],
  ])('may ask for a rest, in %s', async (_, header, ms) => {
    const receiver = await aReceiver(() => ({ status: 429, headers: { 'retry-after': header }, body: '' }));
    const { retryAfterMs } = await sender().send(aRequest(receiver.url));
    expect(Math.abs((retryAfterMs ?? 0) - ms)).toBeLessThan(5_000);
  });

  it('that is not there is told by a code alone', async () => {
    const receiver = await aReceiver(() => ({ status: 200, body: '' }));
    await receiver.close();
    expect(await sender().send(aRequest(`${receiver.url}/secret`))).toMatchObject({
      status: null,
      error: 'No answer came (ECONNREFUSED).',
    });
    const lookup: LookupFunction = (_host, _options, callback) =>
      callback(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }), '');
    const nowhere = await sender({ lookup }).send(aRequest('http://no-such-host.example/secret'));
    expect(nowhere.error).toBe('The name of the host is not found (ENOTFOUND).');
  });

  it('that breaks off is told by a code alone', async () => {
    const receiver = await aReceiver(() => ({ breaksOff: true }));
    expect(await sender().send(aRequest(receiver.url))).toMatchObject({
      status: null,
      error: 'No answer came (ECONNRESET).',
    });
  });
});

describe('Where private addresses are not allowed', () => {
  const standsFor = (...lookedUp: readonly (readonly string[])[]): LookupFunction & { asked(): number } => {
    let asked = 0;
    const lookup: LookupFunction = (_host, options, callback) => {
      const found = lookedUp[Math.min(asked, lookedUp.length - 1)] ?? [];
      asked += 1;
      const addresses = found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      if (options.all === true) callback(null, addresses);
      else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
    };
    return Object.assign(lookup, { asked: () => asked });
  };

  it.each([
    [['127.0.0.1']],
    [['10.0.0.1']],
    [['169.254.169.254']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['fd00::1', '8.8.8.8']],
    [['8.8.8.8', '127.0.0.1']],
  ])('nothing is sent to a name that stands for %j', async (addresses) => {
    const receiver = await aReceiver(() => ({ status: 200, body: 'secret' }));
    const lookup = standsFor(addresses);
    const answer = await sender({ allowPrivate: false, lookup }).send(
      aRequest(`https://rebound.example:${new URL(receiver.url).port}/`),
    );
    expect(answer).toMatchObject({ status: null, answer: null });
    expect(answer.error).toMatch(/^The address is refused: it leads to a private address/);
    expect(answer.error).not.toContain(addresses[0]);
    expect(receiver.connections()).toBe(0);
  });

  it.each([true, false])('the name is looked up once, and what was checked is connected to: all = %s', (all) => {
    const lookup = standsFor(['8.8.8.8', '2606:4700::1'], ['127.0.0.1']);
    const found: unknown[] = [];
    publicAlone(lookup)('rebound.example', { all }, (...given: readonly unknown[]) => void found.push(given));
    const addresses = [
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700::1', family: 6 },
    ];
    expect(found).toEqual([all ? [null, addresses] : [null, '8.8.8.8', 4]]);
    expect(lookup.asked()).toBe(1);
  });

  it.each(['http://shop.example/', 'https://127.0.0.1/', 'https://[::ffff:10.0.0.1]/', 'https://localhost/'])(
    'nothing is sent to %s, though it was stored when it was allowed',
    async (url) => {
      const lookup = standsFor(['127.0.0.1']);
      expect(await sender({ allowPrivate: false, lookup }).send(aRequest(url))).toMatchObject({
        status: null,
        ms: 0,
        error: expect.stringMatching(/^The address is refused: /),
      });
      expect(lookup.asked()).toBe(0);
    },
  );
});
