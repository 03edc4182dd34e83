import { lookup as lookUp } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import got, { type Got, type Request } from 'got';
import { Webhook } from 'standardwebhooks';
import { SECOND_MS } from '../domain/model/time.ts';
import { isDelivered, type WebhookAnswer, withoutAnswer } from '../domain/model/webhook.ts';
import type { Clock, WebhookRequest } from '../monitoring/ports.ts';
import { parseRetryAfter } from '../words/retry-after.ts';
import { isPublicAddress } from './public-addresses.ts';
import { PRIVATE } from './url-problem.ts';

/** All phases of a request together. */
const TIMEOUT_MS = 15 * SECOND_MS;
/** More of an answer is not read, and less of it is kept. */
const MOST_READ = 64 * 1024;
const MOST_KEPT = 1024;

export type SendWebhookOptions = Readonly<{
  clock: Clock;
  allowPrivate: boolean;
  userAgent: string;
  timeoutMs?: number;
  /** The system's, unless given. */
  lookup?: LookupFunction;
}>;

/** Sends one event and tells what was answered. */
export type SendWebhook = (request: WebhookRequest) => Promise<Omit<WebhookAnswer, 'ms'>>;

/** Never through a proxy: whose address is connected to could then not be checked. */
export function createSendWebhook(options: SendWebhookOptions): SendWebhook {
  const { clock, allowPrivate, timeoutMs = TIMEOUT_MS, lookup = lookUp, userAgent } = options;
  const agentOptions = { keepAlive: false, lookup: allowPrivate ? lookup : publicAlone(lookup) };
  const client = got.extend({
    agent: { http: new http.Agent(agentOptions), https: new https.Agent(agentOptions) },
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    decompress: false,
    timeout: { request: timeoutMs },
    headers: { 'user-agent': userAgent, 'content-type': 'application/json', 'accept-encoding': 'identity' },
  });
  return (request) => send(client, request, { clock, timeoutMs });
}

class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';
}

/**
 * The addresses that a name stands for, of which the caller connects to one: so what is checked here is what is
 * connected to, whatever the name stands for a moment later. One private address among them refuses all.
 */
export function publicAlone(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = typeof found === 'string' ? [{ address: found, family: 0 }] : (found ?? []);
      const [first] = addresses;
      if (error !== null || first === undefined) return callback(error ?? new Error('No address was found.'), '');
      if (!addresses.every(({ address }) => isPublicAddress(address))) return callback(new PrivateAddress(PRIVATE), '');
      return options.all === true ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}

type Bounds = Readonly<{ clock: Clock; timeoutMs: number }>;

async function send(client: Got, request: WebhookRequest, bounds: Bounds): Promise<Omit<WebhookAnswer, 'ms'>> {
  const { url, id, at, body, secrets } = request;
  const moment = new Date(at);
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / SECOND_MS)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, moment, body)).join(' '),
  };
  const stream = client.stream.post(url, { headers, body });
  // An error that comes after the answer was read has no other listener, and would end the process.
  stream.on('error', () => {});
  const { text, error } = await readAnswer(stream);
  const { response } = stream;
  if (response === undefined) return withoutAnswer(failureWords(error, bounds));
  const { statusCode: status, headers: answered } = response;
  const retryAfterMs = parseRetryAfter(answered['retry-after'], bounds.clock.now());
  return { status, answer: text, retryAfterMs, error: isDelivered({ status }) ? null : refusalWords(status) };
}

/** How the answer begins. The status counts, so that a body that never ends is no failure. */
async function readAnswer(stream: Request): Promise<Readonly<{ text: string | null; error: unknown }>> {
  const kept: Uint8Array[] = [];
  let [size, error] = [0, null as unknown];
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      if (size < MOST_KEPT) kept.push(chunk);
      size += chunk.length;
      // Leaving the loop destroys the stream, and with it the connection.
      if (size >= MOST_READ) break;
    }
  } catch (thrown) {
    error = thrown;
  }
  return { text: size === 0 ? null : storableText(Buffer.concat(kept).subarray(0, MOST_KEPT)), error };
}

/** PostgreSQL stores no text with a zero byte. */
function storableText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replaceAll('\0', '\ufffd');
}

function refusalWords(status: number): string {
  if (status >= 300 && status < 400) return `HTTP ${status}: redirects are not followed.`;
  return `HTTP ${status}.`;
}

/** Nothing of the address: it may hold a secret, and a name of ours may stand for it. */
function failureWords(error: unknown, { timeoutMs }: Bounds): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (cause instanceof PrivateAddress) return `The address is refused: ${PRIVATE}.`;
  if (code === 'ETIMEDOUT') return `No answer within ${timeoutMs / SECOND_MS} s.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `The name of the host is not found (${code}).`;
  return `No answer came${code === '' ? '' : ` (${code})`}.`;
}
