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
  /** In ms, by phase; `request` is all of them together. */
  timeout: Readonly<{ lookup?: number; connect?: number; secureConnect?: number; request: number }>;
  /** Awaited right before each request is sent: a redirect that is followed is a request like any other. */
  beforeRequest: () => Promise<void>;
}>;

/** Throws got's errors when no whole answer came; a status is never an error here. */
export type SendRequest = (request: OutgoingRequest) => Promise<Answer>;

/** HTTPS_PROXY, HTTP_PROXY and NO_PROXY, as Node.js reads them; none where there is no proxy. */
export type ProxyEnv = Readonly<Record<string, string>>;

export function createSendRequest(proxy: ProxyEnv): SendRequest {
  const agentOptions = { keepAlive: true, timeout: IDLE_CONNECTION_MS, proxyEnv: proxy };
  const client = got.extend({
    agent: { http: new http.Agent(agentOptions), https: new https.Agent(agentOptions) },
    retry: { limit: 0 },
    throwHttpErrors: false,
    maxRedirects: MAX_REDIRECTS,
    headers: { 'user-agent': 'linkwatch', accept: 'application/json' },
  });
  return (request) => send(client, request);
}

async function send(client: Got, { url, headers, form, timeout, beforeRequest }: OutgoingRequest): Promise<Answer> {
  const options: OptionsInit = {
    headers,
    timeout,
    // A refresh token works once, so a POST is never sent a second time, wherever it is told to go.
    followRedirect: (response) => form === null && isSameOrigin(response.headers.location, response.url),
    hooks: { beforeRequest: [beforeRequest] },
  };
  const stream =
    form === null ? client.stream.get(url, options) : client.stream.post(url, { ...options, form: { ...form } });
  // An error that comes after the answer was read has no other listener, and would end the process.
  stream.on('error', () => {});
  const body = await readBody(stream);
  const { response } = stream;
  if (response === undefined) throw new Error('got finished without a response');
  return { status: response.statusCode, headers: response.headers, body: body ?? '', isTooLarge: body === null };
}

/** Null when it is too large: leaving the loop destroys the stream, and with it the connection. */
async function readBody(stream: Request): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function isSameOrigin(location: string | undefined, from: string): boolean {
  return (
    location !== undefined && URL.canParse(location, from) && new URL(location, from).origin === new URL(from).origin
  );
}
