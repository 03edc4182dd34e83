import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';

export type WireAnswer = Readonly<{
  status: number;
  headers: IncomingHttpHeaders;
  contentType: string;
  body: string;
}>;

type Sent = Readonly<{ method: string; path: string; headers: Readonly<Record<string, string>>; body: string | null }>;

/** A client that sends what it is told, as it is told. Rejects when the connection is lost. */
export function openWireClient(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const ask = ({ method, path, headers, body }: Sent): Promise<WireAnswer> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(url);
      const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const sent = request({ agent, hostname, port, method, path, headers: { ...headers, ...length } });
      sent.on('error', reject);
      sent.on('response', (answer) => {
        const { statusCode: status = 0, headers: given } = answer;
        const contentType = given['content-type'] ?? '';
        text(answer).then((read) => resolve({ status, headers: given, contentType, body: read }), reject);
      });
      sent.end(body ?? undefined);
    });
  return { ask, close: () => agent.destroy() };
}
