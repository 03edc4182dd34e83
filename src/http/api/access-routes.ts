import { z } from 'zod';
import { isKeyName, keyRoles, LONGEST_KEY_NAME } from '../../domain/model/api-key.ts';
import { auditActions } from '../../domain/model/audit.ts';
import type { PageRequest } from '../../monitoring/ports.ts';
import { badField, notFound } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { apiKey, auditEntry, createdApiKey } from './documents.ts';
import { answerList, listOf } from './lists.ts';
import { idParams, moment, pageQuery } from './schemas.ts';

const tags = ['Access'];

const newKeyBody = z
  .strictObject({
    name: z.string().trim().min(1).max(LONGEST_KEY_NAME).refine(isKeyName, 'it has several lines').optional(),
    tenantId: z.string().max(200).optional().meta({ description: 'The one tenant that the key is to see.' }),
    role: z.enum(keyRoles).default('read'),
    expiresAt: moment.optional(),
  })
  .meta({ id: 'NewApiKeyBody', examples: [{ name: 'host product', role: 'operate' }] });

/** Who may use Linkwatch, and who did. */
export function addAccessRoutes(api: ApiScope, ports: ApiPorts): void {
  addKeyRoutes(api, ports);
  addAuditRoute(api, ports);
}

function addKeyRoutes(api: ApiScope, { application: { apiKeys } }: ApiPorts): void {
  api.get(
    '/api-keys',
    {
      schema: {
        tags,
        operationId: 'listApiKeys',
        summary: 'List API keys',
        querystring: z.strictObject(pageQuery),
        response: listOf(apiKey),
      },
    },
    async (request, reply) => {
      const read = (page: PageRequest) => apiKeys.list(viewerOf(request), page);
      return await answerList(request, reply, apiKey, read);
    },
  );

  api.post(
    '/api-keys',
    {
      schema: {
        tags,
        operationId: 'createApiKey',
        summary: 'Make an API key',
        description: '`key` is the secret: it is shown here alone.',
        body: newKeyBody,
        response: { 201: createdApiKey },
      },
    },
    async (request, reply) => {
      const created = await apiKeys.create(viewerOf(request), request.body);
      if (created.outcome === 'unknown_tenant') throw badField('tenantId', 'there is no such tenant');
      if (created.outcome !== 'created') throw badField('expiresAt', 'it lies in the past');
      return reply.code(201).send(created.key);
    },
  );

  api.delete(
    '/api-keys/:id',
    {
      schema: {
        tags,
        operationId: 'revokeApiKey',
        summary: 'Revoke an API key',
        description: 'In force at once, everywhere.',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      if (!(await apiKeys.revoke(viewerOf(request), request.params.id))) throw notFound('API key');
      return reply.code(204).send(null);
    },
  );
}

function addAuditRoute(api: ApiScope, { application: { audit } }: ApiPorts): void {
  api.get(
    '/audit',
    {
      schema: {
        tags,
        operationId: 'listAudit',
        summary: 'Who did what',
        description: 'Newest first. With `Accept: text/csv`, all of it.',
        querystring: z.strictObject({
          tenantId: z.string().max(200).optional(),
          actor: z.string().max(200).optional().meta({ description: 'A kind of actor, or the id of one.' }),
          action: z.enum(auditActions).optional(),
          from: moment.optional(),
          to: moment.optional(),
          ...pageQuery,
        }),
        response: listOf(auditEntry),
      },
    },
    async (request, reply) => {
      const filter = request.query;
      const read = (page: PageRequest) => audit.list(viewerOf(request), { ...filter, ...page });
      return await answerList(request, reply, auditEntry, read);
    },
  );
}
