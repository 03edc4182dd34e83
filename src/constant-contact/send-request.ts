import http from 'node:http';
import https from 'node:https';
import got, { type Got, type OptionsInit, type Request } from 'got';

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_REDIRECTS = 3;
/** Unused connections are closed before upstream does it, so that no request is sent into a closing one. */
const IDLE_CONNECTION_MS = 20_000;

/** What came back, whatever its status. */
export type Answer = Readonly<{
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
  /** Reading stopped at 1 MiB; `body` is empty then. */
  isTooLarge: boolean;
}>;

export type OutgoingRequest = Readonly<{
  url: string;
  headers: Readonly<Record<string, string>>;
  /** A form makes it a POST. */
  form: Readonly<Record<string, string>> | null;
  /** In ms, by phase; `request` is all of them together. Unless given: the client's own for all of them. */
  timeout?: Readonly<{ lookup?: number; connect?: number; secureConnect?: number; request: number }> | undefined;
  /** Awaited right before each request is sent: a redirect that is followed is a request like any other. */
  beforeRequest: () => Promise<void>;
}>;

/** Throws got's errors when no whole answer came; a status is never an error here. */
export type SendRequest = (request: OutgoingRequest) => Promise<Answer>;

/** HTTPS_PROXY, HTTP_PROXY and NO_PROXY, as Node.js reads them; none where there is no proxy. */
export type ProxyEnv = Readonly<Record<string, string>>;

export type SendRequestOptions = Readonly<{ proxy: ProxyEnv; requestTimeoutMs: number }>;

/** All that requests have in common is told to got once: reading its options takes as long as a request. */
export function createSendRequest({ proxy, requestTimeoutMs }: SendRequestOptions): SendRequest {
  const agentOptions = { keepAlive: true, timeout: IDLE_CONNECTION_MS, proxyEnv: proxy };
  const client = got.extend({
    agent: { http: new http.Agent(agentOptions), https: new https.Agent(agentOptions) },
    retry: { limit: 0 },
    throwHttpErrors: false,
    timeout: { request: requestTimeoutMs },
    maxRedirects: MAX_REDIRECTS,
    // A refresh token works once, so a POST is never sent a second time, wherever it is told to go.
    followRedirect: ({ request, headers, url }) =>
      request.options.method === 'GET' && isSameOrigin(headers.location, url),
    hooks: { beforeRequest: [({ context }) => (context as Context).beforeRequest()] },
    // Answers are small: unpacking one takes longer than reading it. One that is compressed all the same is unpacked.
    headers: { 'user-agent': 'linkwatch', accept: 'application/json', 'accept-encoding': 'identity' },
  });
  return (request) => send(client, request);
}

type Context = Pick<OutgoingRequest, 'beforeRequest'>;

async function send(client: Got, { url, headers, form, timeout, beforeRequest }: OutgoingRequest): Promise<Answer> {
  const options: OptionsInit = { headers, context: { beforeRequest } satisfies Context };
  if (timeout !== undefined) options.timeout = timeout;
  const stream =
    form === null ? client.stream.get(url, options) : client.stream.post(url, { ...options, form: { ...form } });
  const body = await readBody(stream);
  const { response } = stream;
  if (response === undefined) throw new Error('got finished without a response');
  return { status: response.statusCode, headers: response.headers, body: body ?? '', isTooLarge: body === null };
}

/** Null when it is too large: then the stream is destroyed, and with it the connection. */
function readBody(stream: Request): Promise<string | null> {
  const { promise, resolve, reject } = Promise.withResolvers<string | null>();
  const chunks: Uint8Array[] = [];
  let size = 0;
  stream.on('data', (chunk: Uint8Array) => {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) {
      chunks.push(chunk);
      return;
    }
    resolve(null);
    stream.destroy();
  });
  stream.on('end', () => resolve(utf8.decode(Buffer.concat(chunks))));
  // It keeps listening: an error that comes after the answer was read would else end the process.
  stream.on('error', reject);
  stream.on('close', () => reject(new Error('the answer ended too early')));
  return promise;
}

const utf8 = new TextDecoder();

function isSameOrigin(location: string | undefined, from: string): boolean {
  return (
    location !== undefined && URL.canParse(location, from) && new URL(location, from).origin === new URL(from).origin
  );
}
