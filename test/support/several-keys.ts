import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Environment } from './program-places.ts';

/** One Constant Contact for several keys: each of them is a stand-in of its own, with its own accounts and limits. */
export type SeveralKeys = Readonly<{ env: Environment; close(): Promise<void> }>;

/** Where the stand-in of a key listens. */
type Key = Readonly<{ clientId: string; port: number }>;

/** A token request names its key; an access token has it among its claims. */
export async function startSeveralKeys(all: readonly Key[]): Promise<SeveralKeys> {
  const server = createServer((asked, answer) => {
    buffer(asked).then(
      (body) => forward(asked, body, answer, portOf(keyOf(asked, body), all)),
      () => answer.destroy(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: {
      CONSTANT_CONTACT_API_URL: `${origin}/v3`,
      CONSTANT_CONTACT_AUTH_URL: `${origin}/oauth2/default/v1`,
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function keyOf({ headers: { authorization = '' } }: IncomingMessage, body: Buffer): string | null {
  const [kind, value = ''] = authorization.split(' ');
  if (kind === 'Basic') return Buffer.from(value, 'base64').toString().split(':', 1)[0] ?? null;
  if (kind === 'Bearer') return claimedKey(value);
  return new URLSearchParams(body.toString()).get('client_id');
}

function claimedKey(accessToken: string): string | null {
  try {
    return JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()).cid;
  } catch {
    return null;
  }
}

function portOf(key: string | null, all: readonly Key[]): number {
  const [first] = all;
  if (first === undefined) throw new Error('There is no key.');
  return (all.find(({ clientId }) => clientId === key) ?? first).port;
}

function forward(asked: IncomingMessage, body: Buffer, answer: ServerResponse, port: number): void {
  const { method = 'GET', url = '/', headers } = asked;
  const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (given) => {
    answer.writeHead(given.statusCode ?? 502, given.headers);
    given.pipe(answer);
  });
  onward.on('error', () => answer.destroy());
  onward.end(body);
}
