import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export type ReceivedRequest = Readonly<{
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}>;

/** What a receiver answers: all of it, or something that no receiver should. */
export type ReceiverAnswer =
  | Readonly<{ status: number; headers?: Readonly<Record<string, string>>; body: string; neverEnds?: boolean }>
  | Readonly<{ status: number; endless: string }>
  | Readonly<{ hangs: true }>
  | Readonly<{ breaksOff: true }>;

export type Receiver = Readonly<{
  url: string;
  requests: readonly ReceivedRequest[];
  connections(): number;
  /** What it has written of endless answers. */
  bytesSent(): number;
  /** Resolves once the sender has closed a connection that was not answered to its end. */
  hungUp(): Promise<void>;
  close(): Promise<void>;
}>;

/** A program that takes webhooks, on loopback. */
export async function startReceiver(answer: (request: ReceivedRequest) => ReceiverAnswer): Promise<Receiver> {
  const requests: ReceivedRequest[] = [];
  const left = Promise.withResolvers<void>();
  let [connections, bytes] = [0, 0];
  const server = createServer(async (incoming, response) => {
    const request = await read(incoming);
    requests.push(request);
    response.on('close', () => {
      if (!response.writableFinished) left.resolve();
    });
    await give(answer(request), response, (written) => {
      bytes += written;
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    connections: () => connections,
    bytesSent: () => bytes,
    hungUp: () => left.promise,
    close: async () => {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) chunks.push(chunk);
  const { method = '', url: path = '', headers } = incoming;
  return { method, path, headers: textHeaders(headers), body: Buffer.concat(chunks).toString() };
}

function textHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

async function give(
  answer: ReceiverAnswer,
  response: ServerResponse,
  onWritten: (bytes: number) => void,
): Promise<void> {
  if ('hangs' in answer) return;
  if ('breaksOff' in answer) return void response.socket?.resetAndDestroy();
  if ('endless' in answer) {
    response.writeHead(answer.status);
    // It ends with the connection.
    return await pipeline(Readable.from(forever(answer.endless, onWritten)), response).catch(() => undefined);
  }
  const { status, headers = {}, body, neverEnds = false } = answer;
  response.writeHead(status, headers);
  if (neverEnds) response.write(body);
  else response.end(body);
}

function* forever(text: string, onWritten: (bytes: number) => void): Generator<string> {
  for (;;) {
    onWritten(text.length);
    yield text;
  }
}
