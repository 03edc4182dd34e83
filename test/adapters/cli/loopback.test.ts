import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Loopback, openLoopback } from '../../../src/cli/loopback.ts';

const never = new AbortController().signal;
const sockets: Socket[] = [];

/** A connection on which nothing but the text is ever sent. */
async function connectionTo({ redirectUri }: Loopback, text = '') {
  const socket = connect(Number(new URL(redirectUri).port), '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

describe('The server to which the browser comes back', () => {
  it.each([
    ['nothing has been asked', ''],
    ['half a request has come', 'GET /callback?state=s HTTP/1.1\r\n'],
  ])('ends at once, though a connection is open on which %s', async (_, text) => {
    const loopback = await openLoopback(0);
    const socket = await connectionTo(loopback, text);
    const { promise: isClosed, resolve } = Promise.withResolvers<void>();
    socket.once('close', () => resolve());
    await loopback.close();
    await isClosed;
  });

  it('lets the browser have the whole of its sentence first', async () => {
    const loopback = await openLoopback(0);
    await connectionTo(loopback);
    const sentence = `Everything is connected. ${'x'.repeat(2_000_000)}`;
    const coming = loopback.wait('s', never);
    const page = fetch(`${loopback.redirectUri}?state=s`).then((answer) => answer.text());
    await (await coming)?.show(sentence);
    await loopback.close();
    expect(await page).toContain(`${sentence}</h1>`);
  });

  it('waits for no browser that has gone away before its sentence', async () => {
    const loopback = await openLoopback(0);
    const coming = loopback.wait('s', never);
    const socket = await connectionTo(loopback, 'GET /callback?state=s HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const back = await coming;
    socket.destroy();
    await back?.show('Nobody reads this.');
    await loopback.close();
  });
});
