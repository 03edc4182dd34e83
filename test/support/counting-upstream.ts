import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Instant } from '../../src/domain/model/time.ts';

/** A stand-in for Constant Contact that notes when requests arrive. It accepts every token. */
export type CountingUpstream = Readonly<{
  /** What makes the program ask here. */
  env: Readonly<Record<'CONSTANT_CONTACT_API_URL' | 'CONSTANT_CONTACT_AUTH_URL', string>>;
  arrivals: Readonly<Record<'api' | 'token', readonly Instant[]>>;
  close(): Promise<void>;
}>;

/** Which request to the API is `throttled`, counted from 1. */
type Throttle = Readonly<{ throttledRequest: number; retryAfterS: number }>;

export async function startCountingUpstream({ throttledRequest, retryAfterS }: Throttle): Promise<CountingUpstream> {
  const arrivals: Record<'api' | 'token', Instant[]> = { api: [], token: [] };
  const server = createServer((request, response) => {
    const endpoint = request.url?.endsWith('/token') ? 'token' : 'api';
    const count = arrivals[endpoint].push(Date.now());
    request.resume();
    if (endpoint === 'token') answer(response, 200, { access_token: 'good', expires_in: 86_400 });
    else if (count !== throttledRequest) answer(response, 200, { connections: [] });
    else {
      response.setHeader('retry-after', retryAfterS);
      answer(response, 429, { error_key: 'throttled', error_message: 'Too Many Requests' });
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: { CONSTANT_CONTACT_API_URL: `${origin}/v3`, CONSTANT_CONTACT_AUTH_URL: `${origin}/oauth2/default/v1` },
    arrivals,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
