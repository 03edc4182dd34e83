import { z } from 'zod';
import { pageById } from '../../monitoring/pages.ts';
import type { PageRequest } from '../../monitoring/ports.ts';
import { found } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { connection, tenantConnection } from './documents.ts';
import { answerList, listOf } from './lists.ts';
import { at, idParams, pageQuery } from './schemas.ts';

const tags = ['Tenants'];

/** The social accounts of all tenants, and of one. */
export function addConnectionRoutes(api: ApiScope, { application: { health, past } }: ApiPorts): void {
  api.get(
    '/connections',
    {
      schema: {
        tags,
        operationId: 'listAllConnections',
        summary: 'List the connections of all tenants',
        description:
          'By the id of the tenant: `limit` counts tenants, each with all that it has, so a page may be empty before the last. With `Accept: text/csv`, all of them as a table.',
        querystring: z.strictObject(pageQuery),
        response: listOf(tenantConnection),
      },
    },
    async (request, reply) => {
      const read = (page: PageRequest) => health.connections(viewerOf(request), page);
      return await answerList(request, reply, tenantConnection, read);
    },
  );

  api.get(
    '/tenants/:id/connections',
    {
      schema: {
        tags,
        operationId: 'listConnections',
        summary: "List a tenant's connections",
        description:
          'By id. With `Accept: text/csv`, all of them as a table. With `at`, those that were known at that moment; `observedAt` is then null where a later poll has shown the same, and `pages` always.',
        params: idParams,
        querystring: z.strictObject({ at, ...pageQuery }),
        response: listOf(connection),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { at: moment } = request.query;
      const viewer = viewerOf(request);
      const status = moment === undefined ? health.status(viewer, id) : past.tenant(viewer, id, moment);
      const { connections } = found(await status, 'tenant');
      const read = async (page: PageRequest) => pageById(connections, page);
      return await answerList(request, reply, connection, read);
    },
  );
}
