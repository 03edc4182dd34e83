import type { RequestListener } from 'node:http';
import { expect, it } from '@jest/globals';
import { noLimit, slotsOf } from '../../support/request-slots.ts';
import { answerOf, clientOf, failureOf } from '../../support/sandbox-client.ts';
import { hastyClock } from '../../support/sandbox-clock.ts';
import { withHttp } from '../../support/sandbox-upstream.ts';

const GOOD = '{"connections":[]}';

type Seen = { method: string | undefined; url: string | undefined; authorization: string | undefined };

function recording(seen: Seen[], answer: RequestListener): RequestListener {
  return (request, response) => {
    seen.push({ method: request.method, url: request.url, authorization: request.headers.authorization });
    answer(request, response);
  };
}

it.each([301, 302, 303, 307, 308])('a %i to another host is not followed', async (status) => {
  const elsewhere: Seen[] = [];
  await withHttp(
    recording(elsewhere, (_, response) => response.end(GOOD)),
    async (other) => {
      await withHttp(
        (_, response) => response.writeHead(status, { location: `${other.origin}/v3/social/connections` }).end(),
        async (upstream) => {
          const failure = await failureOf(clientOf(upstream).fetchConnections('token'));
          expect(failure.kind).toBe('invalid_response');
          expect(failure.detail).toContain(`a redirect to ${other.origin}/v3/social/connections that is not followed`);
        },
      );
    },
  );
  expect(elsewhere).toEqual([]);
});

it('a redirect on the same host is followed, with the access token', async () => {
  const seen: Seen[] = [];
  await withHttp(
    recording(seen, (request, response) => {
      if (request.url === '/v4') response.end(GOOD);
      else response.writeHead(307, { location: '/v4' }).end();
    }),
    async (upstream) => {
      await answerOf(clientOf(upstream).fetchConnections('the-token'));
    },
  );
  expect(seen.map(({ url }) => url)).toEqual(['/v3/social/connections', '/v4']);
  expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer the-token', 'Bearer the-token']);
});

it('a redirect that is followed takes a slot like any request', async () => {
  const clock = hastyClock(0);
  await withHttp(
    (request, response) => {
      if (request.url === '/v4') response.end(GOOD);
      else response.writeHead(302, { location: '/v4' }).end();
    },
    async (upstream) => {
      const client = clientOf(upstream, {
        slots: { api: slotsOf({ perSecond: 2, steadyClock: clock }), token: noLimit },
        clock,
      });
      await answerOf(client.fetchConnections('token'));
    },
  );
  expect(clock.now()).toBeGreaterThan(500);
});

it('redirects in a circle end', async () => {
  await withHttp(
    (_, response) => response.writeHead(302, { location: '/again' }).end(),
    async (upstream) => {
      expect((await failureOf(clientOf(upstream).fetchConnections('token'))).kind).toBe('invalid_response');
    },
  );
});

it.each(['http://[', 'unix:/var/run/docker.sock:/x', 'file:///etc/passwd'])(
  'a redirect to %s goes nowhere',
  async (to) => {
    await withHttp(
      (_, response) => response.writeHead(302, { location: to }).end(),
      async (upstream) => {
        expect((await failureOf(clientOf(upstream).fetchConnections('token'))).kind).toBe('invalid_response');
      },
    );
  },
);

it.each([301, 302, 303, 307, 308])('a refresh is never sent twice: a %i is a failure', async (status) => {
  const seen: Seen[] = [];
  await withHttp(
    recording(seen, (_, response) => response.writeHead(status, { location: '/elsewhere' }).end()),
    async (upstream) => {
      expect((await failureOf(clientOf(upstream).refresh('refresh-token'))).kind).toBe('invalid_response');
    },
  );
  expect(seen).toHaveLength(1);
});
