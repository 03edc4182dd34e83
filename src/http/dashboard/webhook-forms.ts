import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { firstShown } from '../../domain/model/zone-clock.ts';
import type { Redelivery } from '../../monitoring/ports.ts';
import { assertMayAdminister } from '../../monitoring/viewer.ts';
import type { Fields } from '../read-form.ts';
import { webhookAddress } from './addresses.ts';
import type { Look } from './frame.ts';
import { countText } from './names.ts';
import { addForm, idOf, type Site, sendNotice, sendUnknown } from './site.ts';
import { typesGiven, urlGiven } from './webhook-view.ts';

/** What was to be saved, and why it was not. */
export type WrongEndpoint = Readonly<{ url: string; types: readonly string[]; problem: string }>;

type SendWrong = (look: Look, id: string, wrong: WrongEndpoint, reply: FastifyReply) => Promise<FastifyReply>;

const doneWords = {
  enabled: 'Events are sent again.',
  disabled: 'Nothing is sent any more. Events wait, as long as they are kept.',
  changed: 'The changes were saved.',
  taken: 'The receiver took the test event.',
  not_taken: 'The receiver did not take the test event. What it answered stands below.',
} as const;

type Done = keyof typeof doneWords;

/** What is done with one endpoint. */
export function addWebhookForms(routes: FastifyInstance, site: Site, sendWrong: SendWrong): void {
  const { application, bulkheads } = site.options;
  const { webhooks } = application;

  addForm(routes, '/webhooks/:id/test', site, async (look, _fields, request, reply) => {
    const id = idOf(request.params);
    const attempt = await bulkheads.upstream(() => webhooks.test(look.viewer, id));
    if (attempt === null) return sendUnknown(reply, site, look, 'webhook');
    return await backTo(id, { done: attempt.isDelivered ? 'taken' : 'not_taken' }, look, reply);
  });

  for (const verb of ['enable', 'disable'] as const) {
    addForm(routes, `/webhooks/:id/${verb}`, site, async (look, _fields, request, reply) => {
      const webhook = await webhooks[verb](look.viewer, idOf(request.params));
      if (webhook === null) return sendUnknown(reply, site, look, 'webhook');
      return await backTo(webhook.id, { done: `${verb}d` }, look, reply);
    });
  }

  addForm(routes, '/webhooks/:id/change', site, async (look, fields, request, reply) => {
    assertMayAdminister(look.viewer);
    const id = idOf(request.params);
    const url = urlGiven(fields);
    const given = { url, types: fields.getAll('types').map(String) };
    const types = typesGiven(given.types);
    if (types === null) return await sendWrong(look, id, { ...given, problem: 'There is no such event.' }, reply);
    const updated = await webhooks.update(look.viewer, id, { url, types: types.length === 0 ? null : types });
    if (updated.outcome === 'not_found') return sendUnknown(reply, site, look, 'webhook');
    if (updated.outcome === 'updated') return await backTo(id, { done: 'changed' }, look, reply);
    const problem = `Nothing can be sent to this address: ${updated.problem}.`;
    return await sendWrong(look, id, { ...given, problem }, reply);
  });

  addForm(routes, '/webhooks/:id/remove', site, async (look, _fields, request, reply) => {
    const isDone = await webhooks.remove(look.viewer, idOf(request.params));
    if (!isDone) return sendUnknown(reply, site, look, 'webhook');
    return await reply.redirect(`${look.base}/webhooks?done=removed`, 303);
  });

  addForm(routes, '/webhooks/:id/redeliver', site, async (look, fields, request, reply) => {
    const redelivery = redeliveryOf(fields, look);
    if (redelivery === null) {
      const lines = ['Nothing was sent. Go back and say which events are meant: one, all that failed, or since when.'];
      return sendNotice(reply, site, look, { status: 400, heading: 'It is not clear which events are meant', lines });
    }
    const redelivered = await webhooks.redeliver(look.viewer, idOf(request.params), redelivery);
    if (redelivered === null) return sendUnknown(reply, site, look, 'webhook');
    return await backTo(redelivered.id, { again: `${redelivered.redelivered}` }, look, reply);
  });
}

const redelivered = z.union([
  z.object({ what: z.literal('event'), event: z.string().min(1).max(200) }),
  z.object({ what: z.literal('failed') }),
  z.object({ what: z.literal('since'), since: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/) }),
]);

/** A time is the reader's own. Null when the form does not say what is meant. */
function redeliveryOf(fields: Fields, { zone }: Look): Redelivery | null {
  const given = ['what', 'event', 'since'].map((name) => [name, fields.get(name)]);
  const { data } = redelivered.safeParse(Object.fromEntries(given));
  switch (data?.what) {
    case 'event':
      return { kind: 'event', eventId: data.event };
    case 'failed':
      return { kind: 'failed' };
    case 'since': {
      const local = Date.parse(`${data.since}Z`);
      return Number.isNaN(local) ? null : { kind: 'since', since: firstShown(zone, local) };
    }
    case undefined:
      return null;
  }
}

const query = z.object({
  done: z.string().optional().catch(undefined),
  again: z.coerce.number().int().min(0).optional().catch(undefined),
});

/** Null when the address names nothing that was done. */
export function webhookDoneText(asked: unknown): string | null {
  const { done, again } = query.parse(asked);
  if (again !== undefined) return `${countText(again, 'event')} will be sent once more.`;
  return done !== undefined && Object.hasOwn(doneWords, done) ? doneWords[done as Done] : null;
}

async function backTo(
  id: string,
  done: Readonly<{ done: Done } | { again: string }>,
  { base }: Look,
  reply: FastifyReply,
): Promise<FastifyReply> {
  return await reply.redirect(`${webhookAddress({ base }, id)}?${new URLSearchParams(done)}`, 303);
}
