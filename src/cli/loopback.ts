import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CommandFailure } from './failure.ts';

/** The path of the redirect URI, which is registered at Constant Contact with the port. */
const PATH = '/callback';

/** The browser as it came back. */
export type BackFromBrowser = Readonly<{
  query: Readonly<Record<string, string>>;
  /** Answers with a page of this sentence; done when the browser has all of it, or is gone. */
  show(sentence: string): Promise<void>;
}>;

/** A server on this machine alone, to which Constant Contact sends the browser back. */
export type Loopback = Readonly<{
  redirectUri: string;
  /** The first answer with this state; null when the signal aborts before. An answer with another state is refused. */
  wait(state: string, signal: AbortSignal): Promise<BackFromBrowser | null>;
  /** At once, whoever is connected: a browser opens connections beforehand, and may never use them. */
  close(): Promise<void>;
}>;

export async function openLoopback(port: number): Promise<Loopback> {
  let waiting: Readonly<{ state: string; back: (answer: BackFromBrowser) => void }> | null = null;

  const server = createServer((request, response) => {
    const query = queryOf(request);
    if (query === null) return showPage(response, 404, 'There is nothing at this address.');
    if (waiting === null || query.state !== waiting.state) {
      return showPage(response, 400, 'This is not the answer that linkwatch connect waits for. Nothing was changed.');
    }
    const { back } = waiting;
    waiting = null;
    const isOver = once(response, 'close');
    const show = async (sentence: string) => {
      showPage(response, 200, sentence);
      await isOver;
    };
    back({ query, show });
  });
  await listen(server, port);
  const { port: bound } = server.address() as AddressInfo;

  return {
    redirectUri: `http://127.0.0.1:${bound}${PATH}`,
    async wait(state, signal) {
      const { promise, resolve } = Promise.withResolvers<BackFromBrowser | null>();
      waiting = { state, back: resolve };
      const stop = () => resolve(null);
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      return await promise.finally(() => signal.removeEventListener('abort', stop));
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new CommandFailure(
      `linkwatch connect cannot listen on port ${port} of this machine`,
      'Name another one with --port, and register its redirect URI at Constant Contact: `linkwatch connect --help`.',
      { cause },
    );
  }
}

/** Null for anything else than a browser that comes back. */
function queryOf({ method, url = '' }: IncomingMessage): Readonly<Record<string, string>> | null {
  const parsed = method === 'GET' ? URL.parse(url, 'http://127.0.0.1') : null;
  return parsed?.pathname === PATH ? Object.fromEntries(parsed.searchParams) : null;
}

/** One sentence. Nothing in it comes from outside without being escaped, and nothing is loaded. */
function showPage(response: ServerResponse, status: number, sentence: string): void {
  const text = sentence.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(`<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Linkwatch</title>
<style>:root{color-scheme:light dark}body{font:1.1rem/1.5 sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.4rem}</style>
<p>Linkwatch</p><h1 style="font-size:1.4rem">${text}</h1>`);
}
