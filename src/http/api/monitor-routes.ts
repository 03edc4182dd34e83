import { z } from 'zod';
import { SECOND_MS } from '../../domain/model/time.ts';
import type { Clock } from '../../monitoring/ports.ts';
import { answerIn } from './answer-in.ts';
import { badField } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { monitor } from './documents.ts';
import { doctorChecks, plan } from './monitor-documents.ts';

const tags = ['Monitor'];
const MOST_TENANTS = 10_000_000;
/** Each part is given up after some seconds by itself, but where a request may take long by configuration. */
const LONGEST_DOCTOR_MS = 45 * SECOND_MS;

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
  application: z
    .string()
    .max(200)
    .optional()
    .meta({
      description:
        'Of this one alone, by its name; `tenants` and `schedule` are about the default one unless it is given.',
      examples: ['default'],
    }),
});

/** Whether Linkwatch itself is well, and has requests enough. */
export function addMonitorRoutes(
  api: ApiScope,
  { application, clock, signal }: ApiPorts & Readonly<{ clock: Clock }>,
): void {
  const { operations, fleet } = application;
  api.get(
    '/monitor',
    {
      schema: {
        tags,
        operationId: 'showMonitor',
        summary: 'Whether the monitor itself is well',
        response: { 200: monitor },
      },
    },
    async (request) => await operations.monitor(viewerOf(request)),
  );

  api.post(
    '/monitor/doctor',
    {
      config: { alone: true },
      schema: {
        tags,
        operationId: 'examineMonitor',
        summary: 'Try all that Linkwatch needs',
        description:
          'Configuration, database (it writes), mail server (up to the recipient), Constant Contact, clock: each is `ok`, or says what to do. One at a time.',
        response: { 200: doctorChecks },
      },
    },
    async (request) => ({
      checks: await answerIn(LONGEST_DOCTOR_MS, operations.doctor(viewerOf(request)), { clock, signal }),
    }),
  );

  api.get(
    '/plan',
    {
      schema: {
        tags,
        operationId: 'showPlan',
        summary: 'Whether the schedules fit the quota',
        description:
          'Of each application’s key: how often each tenant is really asked, and what would make the schedules fit.',
        querystring: planQuery,
        response: { 200: plan },
      },
    },
    async (request) => {
      const answer = await fleet.plan(viewerOf(request), request.query);
      if (answer.outcome === 'no_schedule') throw badField('schedule', answer.problem);
      if (answer.outcome === 'unknown_application') throw badField('application', 'there is none of this name');
      return answer.plan;
    },
  );
}
