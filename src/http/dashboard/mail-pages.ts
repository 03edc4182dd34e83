import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { roleIncludes } from '../../domain/model/api-key.ts';
import { mailKinds } from '../../domain/model/mail-kind.ts';
import { notificationStates } from '../../domain/model/notification.ts';
import { DAY_MS } from '../../domain/model/time.ts';
import { seesAllTenants } from '../../monitoring/viewer.ts';
import type { MailDetail } from '../../monitoring/views.ts';
import { incidentAddress } from './addresses.ts';
import type { Look } from './frame.ts';
import { holdSentence, readHolder } from './hold-words.ts';
import { LINES, listed, pagerOf, readListPage } from './list-page.ts';
import { mailFacts, mailRows, mailTone, tenantLink } from './mail-words.ts';
import { addPage, frameOf, idOf, type Site, sendNotice, sendPage, sendUnknown } from './site.ts';
import { tenantMeant } from './tenant-meant.ts';

const query = z.object({
  state: listed.oneOf(notificationStates),
  kind: listed.oneOf(mailKinds),
  tenant: listed.text,
  lately: listed.oneOf(['sent']),
  cursor: listed.cursor,
});

/** After a bulk action: how many mails it changed, and how many it left alone. */
const outcome = z.object({
  done: z.enum(['hold', 'release', 'discard']),
  changed: z.coerce.number().int().min(0),
  skipped: z.coerce.number().int().min(0),
});

/** The mail to owners and to the operator, and one mail with all that is known of it. */
export function addMailPages(routes: FastifyInstance, site: Site): void {
  const { mail, tenants, audit } = site.options.application;

  addPage(routes, '/mail', site, async (look, request, reply) => {
    const { tenant, ...asked } = query.parse(request.query);
    const meant = await tenantMeant(tenant, look.viewer, tenants);
    const mailedSince = asked.lately === undefined ? undefined : look.now - DAY_MS;
    const filter = { state: asked.state, kind: asked.kind, tenantId: meant.id, mailedSince };
    const page =
      meant.kind === 'unknown'
        ? { items: [], nextCursor: null }
        : await readListPage(asked.cursor, (cursor) => mail.list(look.viewer, { ...filter, cursor, limit: LINES }));
    const names = await tenants.names(look.viewer, [...new Set(page.items.flatMap(({ tenantId }) => tenantId ?? []))]);
    const holds = seesAllTenants(look.viewer) ? await mail.holds(look.viewer) : [];
    const holder = await readHolder(holds, look, audit);
    return sendPage(reply, site, 'mail', {
      frame: frameOf('Mail', site, look, '/mail'),
      asked: { ...asked, tenant: tenant ?? '' },
      meant,
      choices: { state: notificationStates, kind: mailKinds },
      rows: mailRows(page.items, names, look),
      empty: asked.state === 'held' ? 'No mail is held.' : 'No mail is like that.',
      mayChange: roleIncludes(look.viewer.role, 'operate'),
      holds: holds.map((hold) => holdSentence(hold, holder, look)),
      mayReleaseAll: holds.length > 0 || page.items.some(({ state }) => state === 'held'),
      mayHoldAll: seesAllTenants(look.viewer) && !holds.some(({ kind }) => kind === 'command'),
      done: doneText(request.query),
      pager: pagerOf(look, '/mail', { ...asked, tenant }, page.nextCursor),
    });
  });

  addPage(routes, '/mail/:id', site, async (look, request, reply) => {
    const found = await find(look, request.params);
    if (found === null) return sendUnknown(reply, site, look, 'mail');
    const names = await tenants.names(look.viewer, found.tenantId === null ? [] : [found.tenantId]);
    return sendPage(reply, site, 'mail-one', {
      frame: frameOf('Mail', site, look, '/mail'),
      id: found.id,
      subject: found.subject ?? 'Mail that is not written yet',
      state: found.state,
      tone: mailTone(found.state),
      tenant: tenantLink(found.tenantId, names, look),
      facts: mailFacts(found, look),
      incidents: found.incidents.map((id) => ({ id, href: incidentAddress(look, id) })),
      text: found.text,
      hasHtml: found.html !== null,
      mayChange: found.state === 'held' && roleIncludes(look.viewer.role, 'operate'),
    });
  });

  addPage(routes, '/mail/:id/html', site, async (look, request, reply) => {
    const found = await find(look, request.params);
    if (found === null) return sendUnknown(reply, site, look, 'mail');
    if (found.html !== null) return sendHtml(reply, found.html);
    const lines = ['What it was about is no longer at hand.'];
    return sendNotice(reply, site, look, { status: 404, heading: 'This mail can no longer be written', lines });
  });

  async function find({ viewer }: Look, params: unknown): Promise<MailDetail | null> {
    return await mail.find(viewer, idOf(params));
  }
}

/** For a frame of our own page alone: the mail as its reader sees it, which runs, sends and loads nothing. */
function sendHtml(reply: FastifyReply, html: string): FastifyReply {
  return (
    reply
      // In a sandbox it has no origin, and browsers complain of a wish for a process of one.
      .removeHeader('origin-agent-cluster')
      .headers({
        'content-security-policy':
          "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
        'x-frame-options': 'SAMEORIGIN',
      })
      .type('text/html; charset=utf-8')
      .send(html)
  );
}

const doneWords = { hold: 'held', release: 'released', discard: 'discarded' };

function doneText(asked: unknown): string | null {
  const { success, data } = outcome.safeParse(asked);
  if (!success) return null;
  const count = (mails: number) => (mails === 1 ? '1 mail' : `${mails} mails`);
  if (data.done === 'release' && data.changed + data.skipped === 0) return 'Every hold has ended. No mail was held.';
  const left = data.skipped === 0 ? '' : ` ${count(data.skipped)} had changed meanwhile, and stayed as it was.`;
  return `${count(data.changed)} ${doneWords[data.done]}.${left}`;
}
