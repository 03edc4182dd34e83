import { z } from 'zod';
import { DAY_MS } from '../../domain/model/time.ts';
import { found } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { explanation } from './mail-documents.ts';
import { idParams, moment, pageOf, pageQuery } from './schemas.ts';

const tags = ['Mail'];
const DEFAULT_SPAN_MS = 30 * DAY_MS;
/** An explanation reads hundreds of rows. */
const MOST = 50;

const from = moment.optional().meta({
  description: '30 days ago unless given. What is not over is told from its beginning.',
});

/** Why somebody did, or did not, get mail. */
export function addExplanationRoutes(api: ApiScope, { application: { mail }, rules }: ApiPorts): void {
  api.get(
    '/tenants/:id/explanation',
    {
      schema: {
        tags,
        operationId: 'explainTenant',
        summary: 'Why the people of a tenant did, or did not, get mail',
        description: 'Decision by decision, and what happens next.',
        params: idParams,
        querystring: z.strictObject({ from }),
        response: { 200: explanation },
      },
    },
    async (request) => {
      const { from: since = rules().now - DEFAULT_SPAN_MS } = request.query;
      const asked = { tenantId: request.params.id, from: since };
      return found(await mail.explain(viewerOf(request), asked), 'tenant');
    },
  );

  api.get(
    '/explanations',
    {
      schema: {
        tags,
        operationId: 'explainContact',
        summary: 'The same for every tenant that has a contact',
        description: 'By the id of the tenant.',
        querystring: z.strictObject({
          address: z
            .string()
            .min(1)
            .max(320)
            .meta({ description: 'The whole address of a contact.', examples: ['jane@bakery.example'] }),
          from,
          ...pageQuery,
          limit: z.coerce.number().int().min(1).max(MOST).default(10).meta({ description: 'Tenants on the page.' }),
        }),
        response: { 200: pageOf(explanation) },
      },
    },
    async (request) => {
      const { from: since = rules().now - DEFAULT_SPAN_MS, cursor = null, ...asked } = request.query;
      return await mail.explainContact(viewerOf(request), { ...asked, from: since, cursor });
    },
  );
}
