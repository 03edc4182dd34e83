import { z } from 'zod';
import { keyRoles } from '../../domain/model/api-key.ts';
import { auditActions } from '../../domain/model/audit.ts';
import { sendCsv, wantsCsv } from '../csv-answer.ts';
import { badField, notFound } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { apiKey, auditEntry, createdApiKey, monitor } from './documents.ts';
import { listOf } from './lists.ts';
import { idParams, moment, pageQuery } from './schemas.ts';

const newKeyBody = z
  .strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    tenantId: z.string().max(200).optional().meta({ description: 'The one tenant that the key is to see.' }),
    role: z.enum(keyRoles).default('read'),
    expiresAt: moment.optional(),
  })
  .meta({ id: 'NewApiKeyBody', examples: [{ name: 'host product', role: 'operate' }] });

/** What concerns Linkwatch itself, and who may use it. */
export function addOperatorRoutes(api: ApiScope, { application: { operations, apiKeys, audit } }: ApiPorts): void {
  api.get(
    '/monitor',
    {
      schema: {
        tags: ['Monitor'],
        operationId: 'showMonitor',
        summary: 'Whether the monitor itself is well',
        response: { 200: monitor },
      },
    },
    async (request) => await operations.monitor(viewerOf(request)),
  );

  const tags = ['Access'];
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
      const { limit, cursor = null } = request.query;
      const read = (page: { cursor: string | null; limit: number }) => apiKeys.list(viewerOf(request), page);
      return wantsCsv(request) ? sendCsv(reply, apiKey, read) : await read({ cursor, limit });
    },
  );

  api.post(
    '/api-keys',
    {
      schema: {
        ...{
          tags,
          operationId: 'createApiKey',
          summary: 'Make an API key',
          description: '`key` is the secret: it is shown here alone.',
        },
        ...{ body: newKeyBody, response: { 201: createdApiKey } },
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
        ...{
          tags,
          operationId: 'revokeApiKey',
          summary: 'Revoke an API key',
          description: 'In force at once, everywhere.',
        },
        ...{ params: idParams, response: { 204: z.null() } },
      },
    },
    async (request, reply) => {
      if (!(await apiKeys.revoke(viewerOf(request), request.params.id))) throw notFound('API key');
      return reply.code(204).send(null);
    },
  );

  api.get(
    '/audit',
    {
      schema: {
        ...{
          tags,
          operationId: 'listAudit',
          summary: 'Who did what',
          description: 'Newest first. With `Accept: text/csv`, all of it.',
        },
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
      const { limit, cursor = null, ...filter } = request.query;
      const read = (page: { cursor: string | null; limit: number }) =>
        audit.list(viewerOf(request), { ...filter, ...page });
      return wantsCsv(request) ? sendCsv(reply, auditEntry, read) : await read({ cursor, limit });
    },
  );
}
