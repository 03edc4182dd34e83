import { z } from 'zod';
import { badField } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { monitor } from './documents.ts';
import { plan } from './monitor-documents.ts';

const tags = ['Monitor'];
const MOST_TENANTS = 10_000_000;

const planQuery = z.strictObject({
  tenants: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST_TENANTS)
    .optional()
    .meta({ description: 'As if there were so many.', examples: [5000] }),
  schedule: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'As if all kept to this one: cron, in UTC.', examples: ['0 */2 * * *'] }),
});

/** Whether Linkwatch itself is well, and has requests enough. */
export function addMonitorRoutes(api: ApiScope, { application: { operations, fleet } }: ApiPorts): void {
  api.get(
    '/monitor',
    {
      schema: {
        ...{ tags, operationId: 'showMonitor', summary: 'Whether the monitor itself is well' },
        response: { 200: monitor },
      },
    },
    async (request) => await operations.monitor(viewerOf(request)),
  );

  api.get(
    '/plan',
    {
      schema: {
        ...{ tags, operationId: 'showPlan', summary: 'Whether the schedules fit the quota' },
        description: 'How often each tenant is really asked, and what would make the schedules fit.',
        ...{ querystring: planQuery, response: { 200: plan } },
      },
    },
    async (request) => {
      const answer = await fleet.plan(viewerOf(request), request.query);
      if (answer.outcome === 'no_schedule') throw badField('schedule', answer.problem);
      return answer.plan;
    },
  );
}
