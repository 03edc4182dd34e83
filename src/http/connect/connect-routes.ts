import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ConnectLinkCheck, LinkHolder } from '../../domain/model/link.ts';
import type { Connecting } from '../../monitoring/application.ts';
import type { Viewer } from '../../monitoring/viewer.ts';
import type { Brand, Speaker } from '../../words/brand.ts';
import type { Failures } from '../failures.ts';
import { acceptForms, type Fields, readForm } from '../read-form.ts';
import { addContentSecurityPolicy } from '../security-headers.ts';
import {
  type ConnectPage,
  type ConnectVoice,
  outcomePage,
  refusalPage,
  startPage,
  voiceToInvited,
  voiceToStranger,
} from './connect-words.ts';
import { type CookieOptions, forget, keep, keptAt } from './kept-cookie.ts';

/** Renders a page with a button for each of its forms. */
type RenderForms = (
  page: Readonly<{
    language: string;
    speaker: Speaker;
    heading: string;
    lines: readonly string[];
    forms: readonly Readonly<{
      action: string;
      hidden: Readonly<Record<string, string>>;
      label: string;
      isSecond: boolean;
    }>[];
    link: Readonly<{ href: string; label: string }> | null;
  }>,
) => string;

export type ConnectRouteOptions = CookieOptions &
  Readonly<{
    connecting: Connecting;
    verifyConnectLink(token: string): Promise<ConnectLinkCheck>;
    /** The page of a contact, for the reader to go on to. */
    ownPage(holder: LinkHolder): string;
    /** Where Constant Contact's pages are. */
    authUrl: string;
    brand: Brand;
    helpAddress: string;
    failures: Failures;
  }>;

type Site = Readonly<{ options: ConnectRouteOptions; render: RenderForms }>;
type ConnectRequest = FastifyRequest<{ Querystring: Record<string, unknown> }>;
type Invited = Readonly<{
  kind: 'invited';
  viewer: Extract<Viewer, { kind: 'invited' }>;
  token: string;
  voice: ConnectVoice;
}>;
/** A link that opens nothing, with the page that says why. */
type Refused = Readonly<{ kind: 'refused'; page: ConnectPage; voice: ConnectVoice }>;

/**
 * `/connect`: where the link of a mail leads that asks for an account to be connected. A GET shows a page and changes
 * nothing; a POST of its form sends the browser to Constant Contact, which sends it back to `/connect/callback`.
 */
export function addConnectRoutes(
  server: FastifyInstance,
  options: ConnectRouteOptions,
  pages: Readonly<{ forms: RenderForms; styleSource: string }>,
): void {
  const site: Site = { options, render: pages.forms };
  server.register(async (routes) => {
    // A browser applies this to where a form's answer redirects it, too, and Constant Contact redirects it on.
    const forms = `form-action 'self' https: ${new URL(options.authUrl).origin}`;
    addContentSecurityPolicy(routes, `style-src ${pages.styleSource}; ${forms}`);
    acceptForms(routes);
    answerFailures(routes, site);
    routes.get('/connect', (request: ConnectRequest, reply) => show(request, reply, site));
    routes.post('/connect', (request: ConnectRequest, reply) => begin(request, reply, site));
    routes.get('/connect/callback', (request: ConnectRequest, reply) => comeBack(request, reply, site));
    routes.post('/connect/answer', (request: ConnectRequest, reply) => answer(request, reply, site));
  });
}

/** A reader gets a page, whatever went wrong here; the log says what. */
function answerFailures(routes: FastifyInstance, site: Site): void {
  routes.setErrorHandler((error: FastifyError, request, reply) => {
    const { statusCode: status } = site.options.failures.prepare(error, request, reply);
    const voice = voiceToStranger(request.headers['accept-language'], site.options);
    const page = { ...refusalPage('failed', voice), status };
    return sendPage(reply, page, { kind: 'refused', page, voice }, site);
  });
  routes.addHook('onResponse', async (_request, reply) => site.options.failures.answered(reply));
}

async function show(request: ConnectRequest, reply: FastifyReply, site: Site): Promise<FastifyReply> {
  const { token } = request.query;
  const invited = await open(typeof token === 'string' ? token : '', request, site);
  if (invited.kind === 'refused') return sendPage(reply, invited.page, invited, site);
  keep(reply, { step: 'shown', token: invited.token }, site.options);
  return sendPage(reply, startPage(invited.voice), invited, site);
}

async function begin(request: ConnectRequest, reply: FastifyReply, site: Site): Promise<FastifyReply> {
  const { options } = site;
  const fields = await readForm(request);
  const token = textOf(fields, 'token');
  const invited = await open(token, request, site);
  if (invited.kind === 'refused') return sendPage(reply, invited.page, invited, site);
  // Another site can make a browser post this form, but not with the cookie of our page.
  const steps = ['shown', 'sent', 'asked'] as const;
  const isFromOurPage = steps.some((step) => keptAt(request, step, options)?.token === token);
  if (!isFromOurPage) return sendPage(reply, refusalPage('stale', invited.voice), invited, site);
  const prompt = textOf(fields, 'prompt') === 'login';
  const { url, ...secrets } = await options.connecting.begin(invited.viewer, redirectUri(options), { prompt });
  keep(reply, { step: 'sent', token, ...secrets }, options);
  return reply.code(303).header('location', url).send();
}

async function comeBack(request: ConnectRequest, reply: FastifyReply, site: Site): Promise<FastifyReply> {
  const { options } = site;
  const kept = keptAt(request, 'sent', options);
  if (kept === null) return sendStale(request, reply, site);
  const invited = await open(kept.token, request, site);
  if (invited.kind === 'refused') return sendPage(reply, invited.page, invited, site);
  const { token, state, verifier } = kept;
  const returned = { state, verifier, redirectUri: redirectUri(options), query: request.query };
  const outcome = await options.connecting.finish(invited.viewer, returned, { tenantId: invited.viewer.tenantId });
  // A forged answer must not end what the true one still may finish.
  if (outcome.outcome === 'forged') return sendStale(request, reply, site);
  if (outcome.outcome === 'asks') keep(reply, { step: 'asked', token, question: outcome.question }, options);
  else keep(reply, { step: 'shown', token }, options);
  return sendPage(reply, outcomePage(outcome, invited.voice), invited, site);
}

async function answer(request: ConnectRequest, reply: FastifyReply, site: Site): Promise<FastifyReply> {
  const { options } = site;
  const kept = keptAt(request, 'asked', options);
  if (kept === null) return sendStale(request, reply, site);
  const invited = await open(kept.token, request, site);
  if (invited.kind === 'refused') return sendPage(reply, invited.page, invited, site);
  const outcome = await options.connecting.answer(invited.viewer, kept.question, true);
  forget(reply, options);
  return sendPage(reply, outcomePage(outcome, invited.voice), invited, site);
}

function redirectUri({ publicUrl }: ConnectRouteOptions): string {
  return `${publicUrl.replace(/\/+$/, '')}/connect/callback`;
}

function textOf(fields: Fields, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}

/** Who holds the link; or the page that says why it opens nothing. */
async function open(token: string, { headers }: ConnectRequest, { options }: Site): Promise<Invited | Refused> {
  const stranger = voiceToStranger(headers['accept-language'], options);
  const refused = (kind: 'expired' | 'nowhere' | 'used', voice = stranger): Refused => ({
    ...{ kind: 'refused', page: refusalPage(kind, voice), voice },
  });
  const check = await options.verifyConnectLink(token);
  if (check.kind !== 'valid') return refused(check.kind === 'expired' ? 'expired' : 'nowhere');
  const viewer = { ...check, kind: 'invited' } as const;
  const invitation = await options.connecting.invitation(viewer);
  if (invitation === null) return refused('nowhere');
  const voice = voiceToInvited(invitation, options);
  return invitation.isUsed ? refused('used', voice) : { kind: 'invited', viewer, token, voice };
}

/** A reader who loads the last page again is told what holds: that the link has done its work, where it has. */
async function sendStale(request: ConnectRequest, reply: FastifyReply, site: Site): Promise<FastifyReply> {
  const { headers } = request;
  const shown = keptAt(request, 'shown', site.options);
  const opened = shown === null ? null : await open(shown.token, request, site);
  if (opened?.kind === 'refused') return sendPage(reply, opened.page, opened, site);
  const voice = voiceToStranger(headers['accept-language'], site.options);
  const page = refusalPage('stale', voice);
  return sendPage(reply, page, { kind: 'refused', page, voice }, site);
}

function sendPage(reply: FastifyReply, page: ConnectPage, reader: Invited | Refused, site: Site): FastifyReply {
  const { language, speaker, say } = reader.voice;
  const token = reader.kind === 'invited' ? reader.token : '';
  const { heading, lines, found } = page;
  const base = site.options.publicUrl.replace(/\/+$/, '');
  const ways = {
    begin: { action: `${base}/connect`, hidden: { token }, label: say('connect.button'), isSecond: false },
    again: { action: `${base}/connect`, hidden: { token }, label: say('connect.again'), isSecond: false },
    other_account: {
      action: `${base}/connect`,
      hidden: { token, prompt: 'login' },
      label: say('connect.asks.again'),
      isSecond: false,
    },
    take: { action: `${base}/connect/answer`, hidden: {}, label: say('connect.asks.take', { found }), isSecond: true },
  } as const;
  const forms = page.ways.map((way) => ways[way]);
  const link =
    page.linksToOwnPage && reader.kind === 'invited'
      ? { href: site.options.ownPage(reader.viewer), label: say('footer.page') }
      : null;
  const html = site.render({ language, speaker, heading, lines, forms, link });
  return reply.code(page.status).type('text/html; charset=utf-8').send(html);
}
