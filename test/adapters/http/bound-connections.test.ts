import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { boundConnections } from '../../../src/http/bound-connections.ts';
import { startOwnerServer } from './owner-server.ts';

const BOUNDS = { quiet: 3, all: 6 };
const REQUEST = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

let server: Server;
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
});

/** A server that answers when it is told to. */
async function start() {
  const requests: (() => void)[] = [];
  server = createServer((_request, response) => requests.push(() => response.end('well')));
  boundConnections(server, BOUNDS);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    requests,
    /** Once the server has accepted it. */
    async open(): Promise<Socket> {
      const accepted = once(server, 'connection');
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      sockets.push(socket);
      await Promise.all([accepted, once(socket, 'connect')]);
      return socket;
    },
    /** Once the server has received it. */
    async ask(socket: Socket): Promise<void> {
      const received = once(server, 'request');
      socket.write(REQUEST);
      await received;
    },
  };
}

describe('connections on which nothing happens', () => {
  it.each([
    ['nothing', ''],
    ['half a request', 'GET / HTTP/1.1\r\nHo'],
  ])('(%s) make room for new ones, the one that was quiet for longest first', async (_, sent) => {
    const { open, ask, requests } = await start();
    const crowd = [await open(), await open(), await open()] as const;
    for (const socket of crowd) socket.write(sent);
    const closed = closing(crowd[0]);
    const healthCheck = await open();
    await closed;
    await ask(healthCheck);
    requests[0]?.();
    expect(String((await once(healthCheck, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
    expect(crowd.slice(1).map(({ closed }) => closed)).toEqual([false, false]);
  });

  it('never make room by one that waits for its answer', async () => {
    const { open, ask, requests } = await start();
    const reader = await open();
    await ask(reader);
    const crowd = [await open(), await open(), await open()] as const;
    const closed = closing(crowd[0]);
    await open();
    await closed;
    requests[0]?.();
    expect(String((await once(reader, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('are quiet again when they have been answered', async () => {
    const { open, ask, requests } = await start();
    const reader = await open();
    await ask(reader);
    requests[0]?.();
    await once(reader, 'data');
    const closed = closing(reader);
    for (let more = 1; more <= BOUNDS.quiet; more += 1) await open();
    await closed;
    expect(reader.closed).toBe(true);
  });
});

describe('connections of any kind', () => {
  it('are refused beyond their number, even if all wait for an answer', async () => {
    const { open, ask } = await start();
    for (let count = 1; count <= BOUNDS.all; count += 1) await ask(await open());
    const dropped = once(server, 'drop');
    const oneMore = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {});
    await Promise.all([dropped, closing(oneMore)]);
    expect(oneMore.closed).toBe(true);
  });
});

describe('a client that does not finish what it sends', () => {
  it('is let go within half a minute, wherever it stopped', async () => {
    const { server: whole, url } = await startOwnerServer();
    const head = (path: string, type: string) => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\n`;
    const form = 'application/x-www-form-urlencoded';
    const stops = [
      '',
      'GET /livez HTTP/1.1\r\nHo',
      'GET /livez HTTP/1.1\r\nHost: x\r\n\r\nGET /li',
      `${head('/o/good/snooze', form)}Content-Length: 10\r\n\r\nab`,
      `${head('/o/good/snooze', form)}Transfer-Encoding: chunked\r\n\r\n5\r\nab`,
      `${head('/o/good/snooze', 'text/plain')}Content-Length: 10\r\n\r\nab`,
      `${head('/nowhere', 'text/plain')}Content-Length: 10\r\n\r\nab`,
    ];
    const clients = stops.map((sent) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
      socket.write(sent);
      return closing(socket.resume());
    });
    await Promise.all(clients);
    await whole.close();
  });
});

/** Like `once`, but for a connection that may also end with an error. */
function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}
