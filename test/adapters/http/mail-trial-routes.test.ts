import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SECOND_MS } from '../../../src/domain/model/time.ts';
import { until } from '../../support/until.ts';
import { accepted, refused } from '../../support/use-case-mailer.ts';
import { OPERATOR } from '../../support/use-case-world.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

let api: ApiServer;
beforeEach(async () => {
  api = await startApiServer();
});
afterEach(() => api.server.close());

const preview = (path: string, accept = '*/*') => api.ask(`/api/v1/mail/previews/${path}`, { headers: { accept } });
const test = (body: object = {}) => api.ask('/api/v1/mail/test', { method: 'POST', body });

describe('A preview of a mail over HTTP', () => {
  it('is the whole mail, or the part that is asked for', async () => {
    const whole = await preview('alert');
    const { kind, html, text, subject } = (await whole.json()) as Readonly<Record<string, string>>;
    expect({ kind, subject }).toEqual({ kind: 'alert', subject: expect.stringMatching(/\w/) });
    for (const [accept, part, type] of [
      ['text/html', html, 'text/html; charset=utf-8'],
      ['text/plain', text, 'text/plain; charset=utf-8'],
    ] as const) {
      const one = await preview('alert', accept);
      expect([one.headers.get('content-type'), await one.text()]).toEqual([type, part]);
      // Were a browser to open it, nothing in it would run or be loaded.
      expect(one.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    expect(api.world.mailer.attempts).toEqual([]);
  });

  it.each([
    ['party', 'kind'],
    ['alert?locale=english!', 'locale'],
  ])('of %s is refused by the name of the field', async (path, field) => {
    const answer = await preview(path);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ field }] });
  });
});

describe('A test mail over HTTP', () => {
  it('goes to the operator, or to whom it is sent, and tells what the mail server says', async () => {
    expect(await (await test()).json()).toEqual({ ...accepted, to: OPERATOR });
    api.world.mailer.answers(refused);
    const answer = await test({ to: 'me@shop.example' });
    const { outcome, response } = refused;
    expect([answer.status, await answer.json()]).toEqual([200, { to: 'me@shop.example', outcome, response }]);
  });

  it('is one at a time, and ends before whoever waits for it has gone', async () => {
    const release = api.world.mailer.holds();
    const first = test();
    await until('the mail server is asked', () => api.world.mailer.attempts.length === 1);
    const second = await test();
    expect([second.status, Number(second.headers.get('retry-after'))]).toEqual([503, expect.any(Number)]);
    await api.world.clock.advance(25 * SECOND_MS);
    const late = await first;
    expect(late.status).toBe(504);
    expect(await late.json()).toMatchObject({ detail: expect.stringMatching(/no answer within 25 s/) });
    release(accepted);
  });
});
