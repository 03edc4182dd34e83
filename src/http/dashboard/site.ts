import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isTimeZone } from '../../domain/model/zone-clock.ts';
import type { Application } from '../../monitoring/application.ts';
import type { CheckKey } from '../../monitoring/keys/check-key.ts';
import type { SignIn } from '../../monitoring/keys/sign-in.ts';
import type { InputRules } from '../../monitoring/tenants/tenant-input.ts';
import type { Bulkheads } from '../bounded-calls.ts';
import type { Failures } from '../failures.ts';
import { type Fields, readForm } from '../read-form.ts';
import type { DashboardPages } from './dashboard-pages.ts';
import { type Frame, type Look, linksFor, momentText, zoneNameOf } from './frame.ts';
import { isFormOf, type SessionOptions, type Sessions } from './session.ts';

export type DashboardOptions = Readonly<{
  application: Application;
  checkKey: CheckKey;
  signIn: SignIn;
  sessionKeys: SessionOptions['keys'];
  publicUrl: string;
  version: string;
  now(): number;
  failures: Failures;
  bulkheads: Bulkheads;
  /** The rules by which a tenant's settings are checked, with the time of now. */
  rules(): InputRules;
  /** Aborted when the process is to end. */
  signal: AbortSignal;
}>;

/** What the routes of the dashboard share. */
export type Site = Readonly<{
  options: DashboardOptions;
  pages: DashboardPages;
  sessions: Sessions;
  /** PUBLIC_URL's path without a slash at its end. */
  base: string;
}>;

/** Answers for whoever is signed in. */
type Answer = (look: Look, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** A page of whoever is signed in; others go to the sign-in, and come back to it. */
export function addPage(routes: FastifyInstance, url: string, site: Site, answer: Answer): void {
  routes.get(url, async (request, reply) => {
    const look = await lookOf(request, site);
    if (look === null) return await toSignIn(request, reply, site);
    return await site.options.bulkheads.pages(() => answer(look, request, reply));
  });
}

async function toSignIn({ headers, url }: FastifyRequest, reply: FastifyReply, { base }: Site): Promise<FastifyReply> {
  // A page that refreshes a part of itself is to become the sign-in as a whole.
  if (headers['hx-request'] !== undefined) return await reply.code(401).header('hx-refresh', 'true').send();
  return await reply.redirect(`${base}/sign-in?to=${encodeURIComponent(url)}`, 303);
}

/** What a form of a page asks for; a form that another site made is refused. */
export function addForm(
  routes: FastifyInstance,
  url: string,
  site: Site,
  answer: (look: Look, fields: Fields, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
): void {
  routes.post(url, async (request, reply) => {
    const look = await lookOf(request, site);
    if (look === null) return await reply.redirect(`${site.base}/sign-in`, 303);
    const fields = await readForm(request);
    if (!isFormOf(look.session, fields.get('form'))) {
      return sendNotice(reply, site, look, {
        status: 403,
        heading: 'This form is no longer valid',
        lines: ['Nothing was changed. Go back, reload the page and try again.'],
      });
    }
    return await answer(look, fields, request, reply);
  });
}

async function lookOf(request: FastifyRequest, { options, sessions, base }: Site): Promise<Look | null> {
  const session = await sessions.read(request);
  const viewer = session === null ? null : await options.signIn.viewerOf(session.keyId, request.ip);
  if (session === null || viewer === null) return null;
  return { viewer, session, now: options.now(), zone: zoneOf(request), base };
}

/** The reader's own, which the page's script has put into a cookie; UTC without it. */
function zoneOf({ headers }: FastifyRequest): string {
  const [, zone = 'UTC'] = /(?:^|;\s*)linkwatch_zone=([\w+/-]{1,64})/.exec(headers.cookie ?? '') ?? [];
  return isTimeZone(zone) ? zone : 'UTC';
}

/** What the address of a page is about. */
export function idOf(params: unknown): string {
  return z.object({ id: z.string() }).parse(params).id;
}

/** `look` is null before the sign-in. */
export function frameOf(title: string, site: Site, look: Look | null, here = ''): Frame {
  const { pages, base, options } = site;
  const now = look?.now ?? options.now();
  const zone = look?.zone ?? 'UTC';
  return {
    title,
    base,
    styleName: pages.style.name,
    scriptName: pages.script.name,
    now: { iso: new Date(now).toISOString(), text: momentText(now, zone) },
    zoneName: zoneNameOf(zone, now),
    session: look === null ? null : { formToken: look.session.formToken, links: linksFor(look, here) },
  };
}

export function sendPage(reply: FastifyReply, { pages }: Site, page: string, view: object): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(pages.render(page, view));
}

type Notice = Readonly<{ status: number; heading: string; lines: readonly string[] }>;

export function sendNotice(reply: FastifyReply, site: Site, look: Look | null, notice: Notice): FastifyReply {
  const { status, heading, lines } = notice;
  return sendPage(reply.code(status), site, 'notice', { frame: frameOf(heading, site, look), heading, lines });
}

/** The same for what does not exist and for what the key may not see. */
export function sendUnknown(reply: FastifyReply, site: Site, look: Look, noun: string): FastifyReply {
  const lines = ['It may have been removed, or your key may not see it.'];
  return sendNotice(reply, site, look, { status: 404, heading: `There is no such ${noun}`, lines });
}
