import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LinkCheck, LinkHolder } from '../domain/link.ts';
import type { Notice, Pages } from './load-pages.ts';
import type { OwnerPage } from './owner-page.ts';
import { ownerPageWords, type RepairSteps } from './owner-words.ts';

export type OwnerRouteOptions = Readonly<{
  verifyLink(token: string): Promise<LinkCheck>;
  /** Null when the tenant or the contact is gone. */
  readOwnerPage(holder: LinkHolder): Promise<OwnerPage | null>;
  /** Doing it again does nothing. False when the contact is gone. */
  unsubscribe(holder: LinkHolder): Promise<boolean>;
  repairSteps: RepairSteps;
  /** Where "Open Constant Contact" leads. */
  reconnectUrl: string;
  /** Where readers write to. */
  helpAddress: string;
}>;

type OwnerRequest = FastifyRequest<{ Params: { token: string } }>;

const FORM_LIMIT_BYTES = 16 * 1024;

/** `/o/{token}`: what a mail's links lead to, without a login. Only a POST changes anything. */
export function addOwnerRoutes(server: FastifyInstance, pages: Pages, options: OwnerRouteOptions): void {
  const site: Site = { pages, options };
  server.register(async (routes) => {
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser(
      ['application/x-www-form-urlencoded', 'multipart/form-data'],
      { parseAs: 'buffer', bodyLimit: FORM_LIMIT_BYTES },
      async (_request: FastifyRequest, body: Buffer) => body,
    );
    routes.get('/o/:token', (request: OwnerRequest, reply) => showOwnerPage(request, reply, site));
    routes.get('/o/:token/unsubscribe', (request: OwnerRequest, reply) => showConfirmPage(request, reply, site));
    routes.post('/o/:token/unsubscribe', (request: OwnerRequest, reply) => unsubscribe(request, reply, site));
  });
}

type Site = Readonly<{ pages: Pages; options: OwnerRouteOptions }>;

async function showOwnerPage(request: OwnerRequest, reply: FastifyReply, { pages, options }: Site) {
  const opened = await open(request, options);
  if ('status' in opened) return sendNotice(reply, pages, opened.status, opened.notice);
  const view = {
    page: ownerPageWords(opened.page, options.repairSteps, options.helpAddress),
    token: request.params.token,
    reconnectUrl: options.reconnectUrl,
    isUnsubscribed: opened.page.contact.state === 'unsubscribed',
  };
  return sendPage(reply, pages.owner(view));
}

async function showConfirmPage(request: OwnerRequest, reply: FastifyReply, { pages, options }: Site) {
  const opened = await open(request, options);
  if ('status' in opened) return sendNotice(reply, pages, opened.status, opened.notice);
  const { tenant, contact } = opened.page;
  if (contact.state === 'unsubscribed') return sendNotice(reply, pages, 200, unsubscribedNotice(options.helpAddress));
  const { token } = request.params;
  return sendPage(reply, pages.unsubscribe({ tenant: tenant.name, email: contact.email, token }));
}

async function unsubscribe(request: OwnerRequest, reply: FastifyReply, { pages, options }: Site) {
  const { helpAddress } = options;
  const check = await options.verifyLink(request.params.token);
  if (check.kind !== 'valid') return sendNotice(reply, pages, ...refusalOf(check.kind, helpAddress));
  if (!(await asksToUnsubscribe(request))) return sendNotice(reply, pages, 400, notAskedNotice);
  const isKnown = await options.unsubscribe({ tenantId: check.tenantId, contactId: check.contactId });
  if (!isKnown) return sendNotice(reply, pages, ...refusalOf('invalid', helpAddress));
  return sendNotice(reply, pages, 200, unsubscribedNotice(helpAddress));
}

type Opened = Readonly<{ page: OwnerPage }> | Readonly<{ status: number; notice: Notice }>;

async function open(request: OwnerRequest, options: OwnerRouteOptions): Promise<Opened> {
  const check = await options.verifyLink(request.params.token);
  const page =
    check.kind === 'valid'
      ? await options.readOwnerPage({ tenantId: check.tenantId, contactId: check.contactId })
      : null;
  if (page !== null) return { page };
  const [status, notice] = refusalOf(check.kind === 'expired' ? 'expired' : 'invalid', options.helpAddress);
  return { status, notice };
}

/** RFC 8058's one-click body, which the confirm page's form sends too. */
async function asksToUnsubscribe({ body, headers }: OwnerRequest): Promise<boolean> {
  if (!Buffer.isBuffer(body)) return false;
  try {
    const contentType = headers['content-type'] ?? '';
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    return form.get('List-Unsubscribe') === 'One-Click';
  } catch {
    return false;
  }
}

function refusalOf(kind: 'expired' | 'invalid', helpAddress: string): readonly [number, Notice] {
  const help = `If you need help, write to ${helpAddress}.`;
  if (kind === 'expired') {
    return [410, { heading: 'This link has expired', lines: ['Newer mails from Linkwatch carry a newer link.', help] }];
  }
  const lines = ['It may be incomplete, or about an account that Linkwatch no longer watches.', help];
  return [404, { heading: 'This link leads nowhere', lines }];
}

function unsubscribedNotice(helpAddress: string): Notice {
  return {
    heading: 'You are unsubscribed',
    lines: [
      'Linkwatch will not write to you about these social accounts any more.',
      `If this was a mistake, write to ${helpAddress}.`,
    ],
  };
}

const notAskedNotice: Notice = {
  heading: 'Nothing has changed',
  lines: ['To unsubscribe, open the link in the mail and press the button.'],
};

function sendNotice(reply: FastifyReply, pages: Pages, status: number, notice: Notice): FastifyReply {
  return sendPage(reply.code(status), pages.notice(notice));
}

function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(html);
}
