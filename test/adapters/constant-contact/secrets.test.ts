import type { IncomingMessage, RequestListener } from 'node:http';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ConstantContact, Log } from '../../../src/monitoring/ports.ts';
import { clientOf } from '../../support/sandbox-client.ts';
import { hastyClock } from '../../support/sandbox-clock.ts';
import { withHttp } from '../../support/sandbox-upstream.ts';

type Echo = Readonly<{ status: number; shape: (secret: string) => string; header: string }>;

const tokenText = fc.string({ unit: fc.constantFrom(...'abcdefXYZ0123456789-_~.'), minLength: 12, maxLength: 900 });
const echo: fc.Arbitrary<Echo> = fc.record({
  status: fc.constantFrom(200, 302, 400, 401, 403, 429, 500),
  header: fc.constantFrom('x-amzn-requestid', 'x-request-id', 'location', 'retry-after', 'x-other'),
  shape: fc.constantFrom<(secret: string) => string>(
    (secret) => secret,
    (secret) => JSON.stringify({ error_key: 'x', error_message: `bad ${secret}!` }),
    (secret) => JSON.stringify([{ error_key: secret, error_message: secret }]),
    (secret) => JSON.stringify({ error: secret, error_description: JSON.stringify({ refresh_token: secret }) }),
    (secret) => `<p>${encodeURIComponent(secret)}</p>`,
    (secret) => JSON.stringify({ connections: [{ account_info: { network: 7, network_account_id: secret } }] }),
    (secret) => 'x'.repeat(2040 - 17) + secret,
    (secret) => btoa(secret),
  ),
});

/** Upstream sends back whatever secrets it was sent, in whatever way. */
function echoing(current: () => Echo): RequestListener {
  return async (request, response) => {
    const { status, shape, header } = current();
    const secrets = [request.headers.authorization ?? '', await bodyOf(request)].join(' ').trim();
    response.writeHead(status, { [header]: secrets.replaceAll(/[^\x20-\x7e]/g, '') });
    response.end(shape(secrets.replace(/^(Bearer|Basic) /, '')));
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

function recordingLog(lines: string[]): Log {
  const record = (fields: object, message: string) => void lines.push(JSON.stringify({ ...fields, message }));
  return { debug: record, info: record, warn: record, error: record };
}

async function tellAll(client: ConstantContact, lines: readonly string[], token: string): Promise<string> {
  const results = [await client.fetchConnections(token), await client.fetchAccount(token), await client.refresh(token)];
  const failures = results.map((result) => (result.ok ? null : result.failure));
  return JSON.stringify([failures, lines]);
}

it('no failure and no log line ever contains a token, a secret or an Authorization header', async () => {
  let current: Echo = { status: 200, shape: String, header: 'x-other' };
  await withHttp(
    echoing(() => current),
    async (upstream) => {
      const lines: string[] = [];
      const property = fc.asyncProperty(tokenText, tokenText, echo, async (token, clientSecret, next) => {
        fc.pre(token !== clientSecret);
        current = next;
        lines.length = 0;
        const clock = hastyClock(0);
        const client = clientOf(upstream, { clientSecret, log: recordingLog(lines), clock });
        const told = await tellAll(client, lines, token);
        expect(lines).toHaveLength(3);
        for (const secret of [token, clientSecret, btoa(`sandbox-api-key:${clientSecret}`)]) {
          expect(told).not.toContain(secret);
        }
      });
      await fc.assert(property, { numRuns: 150 });
    },
  );
});

it('secrets travel in headers and bodies, never in an address', async () => {
  const urls: (string | undefined)[] = [];
  await withHttp(
    (request, response) => {
      urls.push(request.url);
      response.end('{}');
    },
    async (upstream) => {
      const client = clientOf(upstream);
      await client.fetchConnections('access-token');
      await client.fetchAccount('access-token');
      await client.refresh('refresh-token');
    },
  );
  expect(urls).toEqual(['/v3/social/connections', '/v3/account/summary', '/oauth2/default/v1/token']);
});

it('a confidential client sends Basic alone: Okta refuses two kinds of credentials at once', async () => {
  const requests: { authorization: string | undefined; contentType: string | undefined; body: string }[] = [];
  await withHttp(
    async (request, response) => {
      const { authorization, 'content-type': contentType } = request.headers;
      requests.push({ authorization, contentType, body: await bodyOf(request) });
      response.end('{"access_token":"x"}');
    },
    async (upstream) => {
      await clientOf(upstream, { clientId: 'key', clientSecret: 'secret' }).refresh('a+b/c=');
      await clientOf(upstream, { clientId: 'key', clientSecret: null }).refresh('a+b/c=');
    },
  );
  const contentType = 'application/x-www-form-urlencoded';
  expect(requests).toEqual([
    {
      authorization: 'Basic a2V5OnNlY3JldA==',
      contentType,
      body: 'grant_type=refresh_token&refresh_token=a%2Bb%2Fc%3D',
    },
    {
      authorization: undefined,
      contentType,
      body: 'client_id=key&grant_type=refresh_token&refresh_token=a%2Bb%2Fc%3D',
    },
  ]);
});
