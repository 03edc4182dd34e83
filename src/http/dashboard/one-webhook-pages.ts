import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { roleIncludes } from '../../domain/model/api-key.ts';
import type { WebhookView } from '../../monitoring/views.ts';
import { webhookAddress } from './addresses.ts';
import { type Look, momentText } from './frame.ts';
import { listed, pagerOf, readListPage } from './list-page.ts';
import { tenantLink } from './mail-words.ts';
import { addForm, addPage, frameOf, idOf, type Site, sendPage, sendUnknown } from './site.ts';
import { addWebhookForms, type WrongEndpoint, webhookDoneText } from './webhook-forms.ts';
import { attemptRows, endpointHealth, typeChoices, webhookFacts } from './webhook-view.ts';

const query = z.object({
  event: listed.text,
  taken: listed.oneOf(['yes', 'no']),
  cursor: listed.cursor,
});

/** Attempts on a page; fewer of one event, whose answers are shown as far as they are kept. */
const ATTEMPTS = 20;
const OF_ONE_EVENT = 10;

/** What the page says of what was just done. */
type Shown = Readonly<{ done?: string | null; secret?: string | null; wrong?: WrongEndpoint | null }>;

/** One endpoint: how it does, each request to it with its answer, and what can be done about it. */
export function addOneWebhookPages(routes: FastifyInstance, site: Site): void {
  const { webhooks, tenants } = site.options.application;

  addPage(routes, '/webhooks/:id', site, async (look, request, reply) =>
    sendOne(look, idOf(request.params), request.query, reply, { done: webhookDoneText(request.query) }),
  );

  addForm(routes, '/webhooks/:id/rotate', site, async (look, _fields, request, reply) => {
    const rotated = await webhooks.rotate(look.viewer, idOf(request.params));
    if (rotated === null) return sendUnknown(reply, site, look, 'webhook');
    const until = momentText(rotated.formerSecretUntil, look.zone);
    const done = `The secret is another one now. The former one signs as well until ${until}.`;
    return await sendOne(look, rotated.id, {}, reply, { done, secret: rotated.secret });
  });

  addWebhookForms(routes, site, async (look, id, wrong, reply) => sendOne(look, id, {}, reply.code(400), { wrong }));

  async function sendOne(
    look: Look,
    id: string,
    asked: unknown,
    reply: FastifyReply,
    { done = null, secret = null, wrong = null }: Shown,
  ): Promise<FastifyReply> {
    const { viewer } = look;
    const { cursor, event, taken } = query.parse(asked);
    const webhook = await webhooks.find(viewer, id);
    if (webhook === null) return sendUnknown(reply, site, look, 'webhook');
    const filter = { eventId: event || undefined, isDelivered: taken === undefined ? undefined : taken === 'yes' };
    const limit = event ? OF_ONE_EVENT : ATTEMPTS;
    const attempts = await readListPage(cursor, async (from) => {
      const page = await webhooks.attempts(viewer, id, { ...filter, cursor: from, limit });
      return page ?? { items: [], nextCursor: null };
    });
    const names = await tenants.names(viewer, webhook.tenantId === null ? [] : [webhook.tenantId]);
    return sendPage(reply, site, 'webhook', {
      frame: frameOf('Webhook', site, look, '/webhooks'),
      id,
      url: webhook.url,
      done,
      secret,
      wrong,
      ...endpointHealth(webhook),
      tenant: webhook.tenantId === null ? null : tenantLink(webhook.tenantId, names, look),
      facts: webhookFacts(webhook, look),
      here: webhookAddress(look, id),
      asked: { event, taken },
      attempts: attemptRows(attempts.items, Boolean(event), look),
      pager: pagerOf(look, `/webhooks/${encodeURIComponent(id)}`, { event, taken, cursor }, attempts.nextCursor),
      may: mayOf(webhook, look),
      given: wrong?.url ?? webhook.url,
      typeGroups: typeChoices(wrong?.types ?? webhook.types ?? []),
    });
  }
}

/** Which buttons there are. */
function mayOf({ state, failed }: WebhookView, { viewer }: Look) {
  const operates = roleIncludes(viewer.role, 'operate');
  return {
    operate: operates,
    administer: roleIncludes(viewer.role, 'admin'),
    enable: operates && state !== 'active',
    disable: operates && state !== 'disabled',
    failed: operates && failed > 0 ? failed : null,
  };
}
