import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ConnectOutcome } from '../../monitoring/application.ts';
import { addScope } from '../add-scope.ts';
import { answerFailures } from '../answer-failures.ts';
import { type Bulkheads, boundedConnecting } from '../bounded-calls.ts';
import type { Failures } from '../failures.ts';
import type { Pages } from '../load-pages.ts';
import { acceptForms, type Fields, readForm } from '../read-form.ts';
import { refuseMethods } from '../refuse-methods.ts';
import { addContentSecurityPolicy } from '../security-headers.ts';
import { voiceToStranger } from '../voice.ts';
import { outcomePage, refusalPage, startPage } from './connect-words.ts';
import { type CookieOptions, type Kept, keep, kept } from './kept-cookie.ts';
import { type OpenLinkOptions, openLink, refused } from './open-link.ts';
import { addressOf, type SendPageOptions, type Site, sendPage, sendRefusal } from './send-page.ts';

export type ConnectRouteOptions = CookieOptions &
  OpenLinkOptions &
  SendPageOptions &
  Readonly<{
    /** Where Constant Contact's pages are. */
    authUrl: string;
    failures: Failures;
    bulkheads: Bulkheads;
  }>;

type ConnectSite = Site<ConnectRouteOptions>;
type ConnectRequest = FastifyRequest<{ Querystring: Record<string, unknown> }>;

/**
 * `/connect`: where the link of a mail leads that asks for an account to be connected. A GET shows a page and changes
 * nothing; a POST of its form sends the browser to Constant Contact, which sends it back to `/connect/callback`.
 */
export function addConnectRoutes(server: FastifyInstance, options: ConnectRouteOptions, pages: Pages): void {
  const site = { pages, options: { ...options, connecting: boundedConnecting(options.connecting, options.bulkheads) } };
  addScope(server, 'connecting', async (routes) => {
    // A browser applies this to where a form's answer redirects it, too, and Constant Contact redirects it on.
    const forms = `form-action 'self' https: ${new URL(options.authUrl).origin}`;
    addContentSecurityPolicy(routes, `style-src ${pages.styleSource}; ${forms}`);
    acceptForms(routes);
    answerFailures(routes, { ...options, pages, againAt: (request) => againAt(request, site) });
    routes.get('/connect', (request: ConnectRequest, reply) => show(request, reply, site));
    routes.post('/connect', (request: ConnectRequest, reply) => begin(request, reply, site));
    routes.get('/connect/callback', (request: ConnectRequest, reply) => comeBack(request, reply, site));
    routes.post('/connect/answer', (request: ConnectRequest, reply) => answer(request, reply, site));
    // A browser opens the address of the last page again by a GET, whatever has led there.
    routes.get('/connect/*', (request: ConnectRequest, reply) => sendStale(request, reply, site));
    refuseMethods(routes, '/connect', ['GET', 'POST']);
    refuseMethods(routes, '/connect/callback', ['GET']);
    refuseMethods(routes, '/connect/answer', ['GET', 'POST']);
  });
}

async function show(request: ConnectRequest, reply: FastifyReply, site: ConnectSite): Promise<FastifyReply> {
  const { token } = request.query;
  const reader = await openLink(typeof token === 'string' ? token : '', request, site.options);
  if (reader.kind === 'refused') return sendRefusal(reply, reader, site);
  keep(reply, { step: 'shown', token: reader.token }, site.options);
  return sendPage(reply, startPage(reader.voice), reader, site);
}

async function begin(request: ConnectRequest, reply: FastifyReply, site: ConnectSite): Promise<FastifyReply> {
  const { options } = site;
  const fields = await readForm(request);
  const token = textOf(fields, 'token');
  const reader = await openLink(token, request, options);
  if (reader.kind === 'refused') return sendRefusal(reply, reader, site);
  // Another site can make a browser post this form, but not with the cookie of our page.
  if (kept(request, options)?.token !== token) {
    return sendPage(reply, refusalPage('stale', reader.voice), reader, site);
  }
  const prompt = textOf(fields, 'prompt') === 'login';
  const { url, ...secrets } = await options.connecting.begin(reader.viewer, redirectUri(options), { prompt });
  keep(reply, { step: 'sent', token, ...secrets }, options);
  return reply.code(303).header('location', url).send();
}

async function comeBack(request: ConnectRequest, reply: FastifyReply, site: ConnectSite): Promise<FastifyReply> {
  const { options } = site;
  const sent = kept(request, options);
  if (sent?.step !== 'sent') return sendStale(request, reply, site);
  const reader = await openLink(sent.token, request, options);
  if (reader.kind === 'refused') return sendRefusal(reply, reader, site);
  const { token, state, verifier } = sent;
  const returned = { state, verifier, redirectUri: redirectUri(options), query: request.query };
  const outcome = await options.connecting.finish(reader.viewer, returned, { tenantId: reader.viewer.tenantId });
  // A forged answer must not end what the true one still may finish.
  if (outcome.outcome !== 'forged') keep(reply, stepAfter(outcome, token), options);
  return sendPage(reply, outcomePage(outcome, reader.voice), reader, site);
}

async function answer(request: ConnectRequest, reply: FastifyReply, site: ConnectSite): Promise<FastifyReply> {
  const { options } = site;
  const asked = kept(request, options);
  if (asked?.step !== 'asked') return sendStale(request, reply, site);
  const reader = await openLink(asked.token, request, options);
  if (reader.kind === 'refused') return sendRefusal(reply, reader, site);
  const outcome = await options.connecting.answer(reader.viewer, asked.question, true);
  keep(reply, stepAfter(outcome, asked.token), options);
  return sendPage(reply, outcomePage(outcome, reader.voice), reader, site);
}

function stepAfter(outcome: ConnectOutcome, token: string): Kept {
  return outcome.outcome === 'asks' ? { step: 'asked', token, question: outcome.question } : { step: 'shown', token };
}

function redirectUri(options: ConnectRouteOptions): string {
  return addressOf('/callback', options);
}

function textOf(fields: Fields, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}

/** A reader who loads a page again is told what holds, as the page itself spoke: the link may have done its work. */
async function sendStale(request: ConnectRequest, reply: FastifyReply, site: ConnectSite): Promise<FastifyReply> {
  const { options } = site;
  const token = kept(request, options)?.token ?? null;
  const reader = token === null ? null : await openLink(token, request, options);
  if (reader?.kind === 'refused') return sendRefusal(reply, reader, site);
  const voice = reader?.voice ?? voiceToStranger(request.headers['accept-language'], options);
  return sendRefusal(reply, refused('stale', voice), site);
}

/** What failed by a GET may be loaded again; the address of a form's answer shows no form, so its link does. */
function againAt(request: FastifyRequest, { options }: ConnectSite): string | null {
  if (request.method === 'GET') return '';
  const token = kept(request, options)?.token;
  return token === undefined ? null : addressOf(`?token=${token}`, options);
}
