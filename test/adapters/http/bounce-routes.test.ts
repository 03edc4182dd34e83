import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ApiServer, startApiServer } from './api-server.ts';

let api: ApiServer;
beforeEach(async () => {
  api = await startApiServer();
});
afterEach(() => api.server.close());

const mail = { 'content-type': 'message/rfc822' };
const hand = (body: string | undefined, headers: Record<string, string> = mail) =>
  api.ask('/api/v1/mail/bounces', { method: 'POST', body, headers });

describe('A returned mail over HTTP', () => {
  it('is answered with what came of it, whatever it is, even with bytes that are no text', async () => {
    for (const body of ['Subject: Hello\r\n\r\nHi.', 'a\0b\r\n\r\n']) {
      const answer = await hand(body);
      expect([answer.status, await answer.json()]).toMatchObject([200, { outcome: 'not_a_bounce' }]);
    }
  });

  it('is taken once with an Idempotency-Key, and is another request with other bytes', async () => {
    const headers = { ...mail, 'idempotency-key': 'bounce-1' };
    await hand('one', headers);
    expect((await hand('one', headers)).headers.get('idempotent-replayed')).toBe('true');
    expect((await hand('two', headers)).status).toBe(422);
  });

  it.each<[string, string | undefined, Record<string, string>, number]>([
    ['of another type', 'Subject: Hello', { 'content-type': 'text/plain' }, 415],
    ['in JSON', '{}', { 'content-type': 'application/json' }, 400],
    ['of nothing', undefined, {}, 400],
    ['of 2 MB', 'x'.repeat(2_000_000), mail, 413],
  ])('%s is refused', async (_, body, headers, status) => {
    expect((await hand(body, headers)).status).toBe(status);
  });
});
