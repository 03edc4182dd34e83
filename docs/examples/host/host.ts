import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Linkwatch } from './linkwatch.ts';
import type { Mirror } from './mirror.ts';
import { pageOf } from './page.ts';
import type { Receiver } from './webhook.ts';

export type HostParts = Readonly<{
  linkwatch: Pick<Linkwatch, 'banner'>;
  mirror: Pick<Mirror, 'customers' | 'find'>;
  /** Null: no webhook is expected. */
  receiver: Receiver | null;
}>;

type Answer = Readonly<{ status?: number; headers?: Readonly<Record<string, string>>; body?: string }>;
type Handler = (request: IncomingMessage, parts: HostParts) => Promise<Answer> | Answer;

const style = readFileSync(join(import.meta.dirname, 'style.css'), 'utf8');

/** By method and path. */
const routes: Readonly<Record<string, Handler>> = {
  'GET /': showPage,
  'GET /style.css': () => ({ headers: { 'content-type': 'text/css' }, body: style }),
  'POST /sign-in': signIn,
  'POST /webhooks/linkwatch': receive,
};

/** No script runs on our pages, the banner's included, and nothing is loaded from elsewhere. */
const policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A product whose customers have social accounts at Constant Contact. */
export function createHost(parts: HostParts): Server {
  return createServer((request, response) => {
    answer(request, parts)
      .catch((): Answer => ({ status: 500, body: 'Something went wrong here.' }))
      .then((given) => send(response, given));
  });
}

async function answer(request: IncomingMessage, parts: HostParts): Promise<Answer> {
  const [path] = (request.url ?? '').split('?');
  const handler = routes[`${request.method} ${path}`];
  return handler === undefined ? { status: 404, body: 'There is nothing here.' } : await handler(request, parts);
}

function send(response: ServerResponse, { status = 200, headers = {}, body = '' }: Answer): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': policy,
    'cache-control': 'private, no-cache',
    ...headers,
  });
  response.end(body);
}

async function showPage({ headers }: IncomingMessage, { linkwatch, mirror }: HostParts): Promise<Answer> {
  const customer = mirror.find(customerOf(headers.cookie));
  const banner = customer === null ? null : await linkwatch.banner(customer.id, headers['accept-language'] ?? '*');
  const body = pageOf({ customer, banner, customers: mirror.customers() });
  return { headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** Stands for your own way to sign in: here anybody may be any customer. */
async function signIn(request: IncomingMessage): Promise<Answer> {
  const customer = new URLSearchParams(await bodyOf(request)).get('customer') ?? '';
  const cookie = `customer=${encodeURIComponent(customer)}; HttpOnly; SameSite=Lax; Path=/`;
  return { status: 303, headers: { location: '/', 'set-cookie': cookie } };
}

/** Answered at once: what is to be done about an event is done afterwards. */
async function receive(request: IncomingMessage, { receiver }: HostParts): Promise<Answer> {
  if (receiver === null) return { status: 404, body: 'No webhook is expected here.' };
  const received = receiver(await bodyOf(request), request.headers);
  return received === 'refused' ? { status: 401, body: 'The signature is not right.' } : { status: 204 };
}

function customerOf(cookies = ''): string {
  const [, value = ''] = /(?:^|; )customer=([^;]*)/.exec(cookies) ?? [];
  // Read as a form is, which never throws, whatever a visitor sends.
  return new URLSearchParams(`customer=${value}`).get('customer') ?? '';
}

const LONGEST_BODY = 100_000;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > LONGEST_BODY) throw new Error('The body is too long.');
  }
  return body;
}
