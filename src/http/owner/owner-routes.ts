import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LinkCheck, LinkHolder } from '../../domain/model/link.ts';
import { SECOND_MS } from '../../domain/model/time.ts';
import type { OwnerPage } from '../../domain/owner/owner-page.ts';
import type { Owner } from '../../monitoring/application.ts';
import type { Viewer } from '../../monitoring/viewer.ts';
import { addScope } from '../add-scope.ts';
import { answerFailures, nothingChanged } from '../answer-failures.ts';
import { type Bulkheads, boundedOwner } from '../bounded-calls.ts';
import type { Failures } from '../failures.ts';
import type { Notice, Pages } from '../load-pages.ts';
import { acceptForms, type Fields, readForm } from '../read-form.ts';
import { refuseMethods } from '../refuse-methods.ts';
import { addContentSecurityPolicy } from '../security-headers.ts';
import { type BrandAndHelp, type ContactVoice, voiceTo, voiceToStranger } from '../voice.ts';
import { confirmWords } from './confirm-words.ts';
import { type Done, doneWords } from './done-words.ts';
import { contactRequestOf, isOwnerAction, type OwnerAction } from './owner-actions.ts';
import { onlyToLook, refusalOf, unsubscribedAtOnce } from './owner-notices.ts';
import { ownerPageWords, type RepairSteps } from './owner-words.ts';

export type OwnerRouteOptions = Readonly<{
  owner: Owner;
  failures: Failures;
  bulkheads: Bulkheads;
  /** Aborted when the server stops: no reader is kept waiting for a check any longer. */
  signal: AbortSignal;
  verifyLink(token: string): Promise<LinkCheck>;
  /** A token for the form of one action, which nobody else can make, and whether it is one that is still good. */
  signForm(form: OwnerForm): string;
  verifyForm(token: string, form: OwnerForm): boolean;
  /** The link to the same page that a contact passes on to somebody else. */
  forwardLink(holder: LinkHolder): string;
  repairSteps: RepairSteps;
  /** Where "Open Constant Contact" leads. */
  reconnectUrl: string;
  recheckAfterMs: number;
}> &
  BrandAndHelp;

export type OwnerForm = LinkHolder & Readonly<{ action: OwnerAction }>;

type OwnerRequest = FastifyRequest<{
  Params: { token: string; action: string };
  Querystring: { done?: unknown; page?: unknown };
}>;
type Site = Readonly<{ pages: Pages; options: OwnerRouteOptions }>;

/** A reader is told sooner than by the server's own limit that a page cannot be read. */
const pageTimeout = { handlerTimeout: 10 * SECOND_MS };

/** `/o/{token}`: the pages that a mail's links open, without a login. Only a POST changes anything. */
export function addOwnerRoutes(server: FastifyInstance, options: OwnerRouteOptions, pages: Pages): void {
  const site: Site = { pages, options: { ...options, owner: boundedOwner(options.owner, options.bulkheads) } };
  addScope(server, 'pages of owners', async (routes) => {
    addContentSecurityPolicy(routes, `style-src ${pages.styleSource}; form-action 'self'`);
    acceptForms(routes);
    // After a form the page's own address opens the page that asks for it.
    answerFailures(routes, { ...options, pages, againAt: () => '' });
    routes.get('/o/:token', pageTimeout, (request: OwnerRequest, reply) => showOwnerPage(request, reply, site));
    routes.get('/o/:token/:action', pageTimeout, (request: OwnerRequest, reply) =>
      showConfirmPage(request, reply, site),
    );
    routes.post('/o/:token/:action', (request: OwnerRequest, reply) => act(request, reply, site));
    refuseMethods(routes, '/o/:token', ['GET']);
    refuseMethods(routes, '/o/:token/:action', ['GET', 'POST']);
  });
}

async function showOwnerPage(request: OwnerRequest, reply: FastifyReply, site: Site) {
  const opened = await open(request, site);
  if ('status' in opened) return sendNotice(reply, site, opened.status, opened.notice);
  const { holder, isGuest, page, voice } = opened;
  const { repairSteps, reconnectUrl, recheckAfterMs, forwardLink } = site.options;
  const view = {
    ...frameOf(voice),
    page: ownerPageWords(page, voice, { repairSteps, isGuest, number: Number(request.query.page ?? 1) }),
    tenant: voice.names.tenant,
    done: doneWords(request.query.done, page, { ...voice, recheckAfterMs }),
    token: request.params.token,
    reconnectUrl: page.tenant.reconnectUrl ?? reconnectUrl,
    forwardUrl: isGuest ? null : forwardLink(holder),
  };
  return sendPage(reply, site.pages.owner(view));
}

async function showConfirmPage(request: OwnerRequest, reply: FastifyReply, site: Site) {
  const opened = await openAction(request, site);
  if ('status' in opened) return sendNotice(reply, site, opened.status, opened.notice);
  const { holder, page, voice, action } = opened;
  const view = {
    ...frameOf(voice),
    page: confirmWords(action, page, voice),
    tenant: voice.names.tenant,
    token: request.params.token,
    formToken: site.options.signForm({ ...holder, action }),
  };
  return sendPage(reply, site.pages.confirm(view));
}

async function act(request: OwnerRequest, reply: FastifyReply, site: Site) {
  const opened = await openAction(request, site);
  if ('status' in opened) return sendNotice(reply, site, opened.status, opened.notice);
  const { token } = request.params;
  const { holder, voice, action } = opened;
  const fields = await readForm(request);
  if (action === 'unsubscribe' && isOneClick(fields)) {
    const outcome = await site.options.owner.request(viewerOf(opened), { kind: 'leave', as: 'unsubscribed' });
    if (outcome === null) return sendNotice(reply, site, 404, refusalOf('nowhere', voice));
    return sendNotice(reply, site, 200, unsubscribedAtOnce(voice, `../${token}`));
  }

  const isOurs = site.options.verifyForm(String(fields.get('form') ?? ''), { ...holder, action });
  const again = nothingChanged(voice, `../${token}/${action}`);
  if (!isOurs) return sendNotice(reply, site, 403, again);
  const done = await carryOut(action, { viewer: viewerOf(opened), fields }, site);
  if (done === 'not_understood') return sendNotice(reply, site, 400, again);
  if (done === null) return sendNotice(reply, site, 404, refusalOf('nowhere', voice));
  return reply.code(303).header('location', `../${token}?done=${done}`).send();
}

type Sent = Readonly<{ viewer: Viewer; fields: Fields }>;

async function carryOut(
  action: OwnerAction,
  { viewer, fields }: Sent,
  { options }: Site,
): Promise<Done | 'not_understood' | null> {
  const { owner, signal } = options;
  if (action === 'check') return await owner.checkNow(viewer, signal);
  const contactRequest = contactRequestOf(action, fields);
  return contactRequest === null ? 'not_understood' : await owner.request(viewer, contactRequest);
}

function viewerOf({ holder, isGuest }: Opener): Viewer {
  return { kind: isGuest ? 'guest' : 'contact', ...holder };
}

/** RFC 8058: a mail program posts this without having seen a page, and follows no redirect. */
function isOneClick(fields: Fields): boolean {
  return fields.get('List-Unsubscribe') === 'One-Click';
}

/** Whoever has opened a link: the contact, or a guest of the contact. */
type Opener = Readonly<{ holder: LinkHolder; isGuest: boolean }>;
type OpenedPage = Opener & Readonly<{ page: OwnerPage; voice: ContactVoice }>;
type Refused = Readonly<{ status: number; notice: Notice }>;

async function open({ params, headers }: OwnerRequest, { options }: Site): Promise<OpenedPage | Refused> {
  const check = await options.verifyLink(params.token);
  const opener = check.kind === 'invalid' ? null : openerOf(check);
  const page = opener === null ? null : await options.owner.page(viewerOf(opener));
  const stranger = voiceToStranger(headers['accept-language'], options, page?.tenant);
  if (check.kind === 'expired') return { status: 410, notice: refusalOf('expired', stranger) };
  if (opener === null || page === null) return { status: 404, notice: refusalOf('nowhere', stranger) };
  return { ...opener, page, voice: voiceTo(page, options) };
}

function openerOf({ tenantId, contactId, isGuest }: Exclude<LinkCheck, { kind: 'invalid' }>): Opener {
  return { holder: { tenantId, contactId }, isGuest };
}

/** Opens one of the contact's actions; of these a guest may only check. */
async function openAction(
  request: OwnerRequest,
  site: Site,
): Promise<(OpenedPage & Readonly<{ action: OwnerAction }>) | Refused> {
  const opened = await open(request, site);
  if ('status' in opened) return opened;
  const { token, action } = request.params;
  if (!isOwnerAction(action)) return { status: 404, notice: refusalOf('nowhere', opened.voice) };
  if (opened.isGuest && action !== 'check') return { status: 403, notice: onlyToLook(opened.voice, `../${token}`) };
  return { ...opened, action };
}

function frameOf({ language, speaker }: ContactVoice): Pick<ContactVoice, 'language' | 'speaker'> {
  return { language, speaker };
}

function sendNotice(reply: FastifyReply, { pages }: Site, status: number, notice: Notice): FastifyReply {
  return sendPage(reply.code(status), pages.notice(notice));
}

function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(html);
}
