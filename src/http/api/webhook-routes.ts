import { z } from 'zod';
import { eventTypes } from '../../domain/model/event.ts';
import type { Webhooks } from '../../monitoring/application.ts';
import type { PageRequest, Redelivery } from '../../monitoring/ports.ts';
import type { Viewer } from '../../monitoring/viewer.ts';
import type { WebhookView } from '../../monitoring/views.ts';
import { ApiProblem, badField, found, notFound } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { createdWebhook, redelivered, rotatedWebhook, webhook, webhookAttempt } from './documents.ts';
import { answerList, listOf } from './lists.ts';
import { idParams, moment, pageQuery } from './schemas.ts';

const tags = ['Webhooks'];
const NOUN = 'webhook';

const url = z
  .string()
  .min(1)
  .max(2000)
  .meta({ description: 'Where the receiver listens.', examples: ['https://shop.example/hooks/linkwatch'] });
const types = z.array(z.enum(eventTypes)).min(1).max(eventTypes.length);

const newWebhookBody = z
  .strictObject({
    url,
    tenantId: z.string().max(200).optional().meta({ description: 'The one tenant whose events it gets.' }),
    types: types.optional().meta({ description: 'All unless they are given.' }),
  })
  .meta({
    id: 'NewWebhookBody',
    examples: [{ url: 'https://shop.example/hooks/linkwatch', types: ['connection.broken', 'connection.repaired'] }],
  });

const patchBody = z
  .strictObject({
    url: url.optional(),
    types: types.nullable().optional().meta({ description: '`null`: all.' }),
    state: z.enum(['active', 'disabled']).optional().meta({ description: '`active` sends what has waited.' }),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'Give url, types or state.')
  .meta({ id: 'WebhookPatch', examples: [{ state: 'active' }] });

const redeliverBody = z
  .strictObject({
    eventId: z.string().max(200).optional().meta({ description: 'One event, by its `webhook-id`.' }),
    failed: z.literal(true).optional().meta({ description: 'All that were given up.' }),
    since: moment.optional().meta({ description: 'All since then.' }),
  })
  .meta({ id: 'RedeliverBody', description: 'One of the three.', examples: [{ failed: true }] });

/** Where events are sent to, for a key of all tenants and for a key of one, which sees its own endpoints alone. */
export function addWebhookRoutes(api: ApiScope, { application }: ApiPorts): void {
  addEndpoints(api, application.webhooks);
  addEndpoint(api, application.webhooks);
  addActions(api, application.webhooks);
}

function addEndpoints(api: ApiScope, webhooks: Webhooks): void {
  api.get(
    '/webhooks',
    {
      schema: {
        tags,
        operationId: 'listWebhooks',
        summary: 'List webhooks',
        description: 'Newest first. With `Accept: text/csv`, all of them.',
        querystring: z.strictObject({ tenantId: z.string().max(200).optional(), ...pageQuery }),
        response: listOf(webhook),
      },
    },
    async (request, reply) => {
      const { tenantId = null } = request.query;
      const read = (page: PageRequest) => webhooks.list(viewerOf(request), { tenantId, ...page });
      return await answerList(request, reply, webhook, read);
    },
  );

  api.post(
    '/webhooks',
    {
      schema: {
        tags,
        operationId: 'addWebhook',
        summary: 'Send events to an address',
        description: 'From now on. `secret` signs them (Standard Webhooks): it is shown here and by `rotate` alone.',
        body: newWebhookBody,
        response: { 201: createdWebhook },
      },
    },
    async (request, reply) => {
      const added = await webhooks.add(viewerOf(request), request.body);
      switch (added.outcome) {
        case 'added':
          return reply.code(201).send(added.webhook);
        case 'unknown_tenant':
          throw badField('tenantId', 'there is no such tenant');
        case 'bad_url':
          throw badField('url', added.problem);
        case 'too_many':
          throw new ApiProblem(409, `There are ${added.most} webhooks already, and no more are possible: remove one.`);
      }
    },
  );
}

function addEndpoint(api: ApiScope, webhooks: Webhooks): void {
  api.get(
    '/webhooks/:id',
    {
      schema: {
        tags,
        operationId: 'showWebhook',
        summary: 'Show a webhook, and how it does',
        params: idParams,
        response: { 200: webhook },
      },
    },
    async (request) => found(await webhooks.find(viewerOf(request), request.params.id), NOUN),
  );

  api.patch(
    '/webhooks/:id',
    {
      schema: {
        tags,
        operationId: 'changeWebhook',
        summary: 'Change, enable or disable a webhook',
        description: 'While it is disabled its events wait, as long as they are kept.',
        params: idParams,
        body: patchBody,
        response: { 200: webhook },
      },
    },
    async (request) => {
      const { state, ...patch } = request.body;
      const { id } = request.params;
      const viewer = viewerOf(request);
      const updated = Object.keys(patch).length > 0 ? await update(viewer, id, patch, webhooks) : null;
      if (state === undefined) return found(updated, NOUN);
      return found(await webhooks[state === 'active' ? 'enable' : 'disable'](viewer, id), NOUN);
    },
  );

  api.delete(
    '/webhooks/:id',
    {
      schema: {
        tags,
        operationId: 'removeWebhook',
        summary: 'Remove a webhook',
        description: 'With what waits for it and what it answered.',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      if (!(await webhooks.remove(viewerOf(request), request.params.id))) throw notFound(NOUN);
      return reply.code(204).send(null);
    },
  );

  api.get(
    '/webhooks/:id/attempts',
    {
      schema: {
        tags,
        operationId: 'listWebhookAttempts',
        summary: 'List the requests to a receiver',
        description: 'Newest first, with what came back. With `Accept: text/csv`, all of them.',
        params: idParams,
        querystring: z.strictObject({
          eventId: z.string().max(200).optional().meta({ description: 'The `webhook-id`.' }),
          isDelivered: z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional(),
          ...pageQuery,
        }),
        response: listOf(webhookAttempt),
      },
    },
    async (request, reply) => {
      const filter = request.query;
      const read = async (page: PageRequest) =>
        found(await webhooks.attempts(viewerOf(request), request.params.id, { ...filter, ...page }), NOUN);
      return await answerList(request, reply, webhookAttempt, read);
    },
  );
}

function addActions(api: ApiScope, webhooks: Webhooks): void {
  api.post(
    '/webhooks/:id/test',
    {
      config: { waits: true },
      schema: {
        tags,
        operationId: 'testWebhook',
        summary: 'Send a test event now',
        description: 'Of the type `webhook.test`; it is in no feed.',
        params: idParams,
        response: { 200: webhookAttempt },
      },
    },
    async (request) => found(await webhooks.test(viewerOf(request), request.params.id), NOUN),
  );

  api.post(
    '/webhooks/:id/rotate',
    {
      schema: {
        tags,
        operationId: 'rotateWebhook',
        summary: 'Make a new secret',
        description: 'For a day the former one signs as well.',
        params: idParams,
        response: { 200: rotatedWebhook },
      },
    },
    async (request) => found(await webhooks.rotate(viewerOf(request), request.params.id), NOUN),
  );

  api.post(
    '/webhooks/:id/redeliver',
    {
      schema: {
        tags,
        operationId: 'redeliverWebhook',
        summary: 'Send events once more',
        description: 'With the `webhook-id` that they had.',
        params: idParams,
        body: redeliverBody,
        response: { 200: redelivered },
      },
    },
    async (request) =>
      found(await webhooks.redeliver(viewerOf(request), request.params.id, redeliveryOf(request.body)), NOUN),
  );
}

async function update(
  viewer: Viewer,
  id: string,
  patch: Parameters<Webhooks['update']>[2],
  webhooks: Webhooks,
): Promise<WebhookView> {
  const updated = await webhooks.update(viewer, id, patch);
  if (updated.outcome === 'bad_url') throw badField('url', updated.problem);
  if (updated.outcome === 'not_found') throw notFound(NOUN);
  return updated.webhook;
}

function redeliveryOf({ eventId, failed, since }: z.output<typeof redeliverBody>): Redelivery {
  const meant: readonly Redelivery[] = [
    ...(eventId === undefined ? [] : [{ kind: 'event', eventId } as const]),
    ...(failed === undefined ? [] : [{ kind: 'failed' } as const]),
    ...(since === undefined ? [] : [{ kind: 'since', since } as const]),
  ];
  const [redelivery] = meant;
  if (redelivery === undefined || meant.length > 1) throw badField('eventId', 'give one of eventId, failed and since');
  return redelivery;
}
