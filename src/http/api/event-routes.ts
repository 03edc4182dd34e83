import { z } from 'zod';
import { durationFromText } from '../../domain/model/duration.ts';
import { eventTypes } from '../../domain/model/event.ts';
import { SECOND_MS } from '../../domain/model/time.ts';
import { InvalidCursor } from '../../monitoring/pages.ts';
import { ApiProblem, badField } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { eventList, goneProblem } from './documents.ts';

const LONGEST_WAIT_MS = 25 * SECOND_MS;

const eventsQuery = z.strictObject({
  after: z.string().max(1000).optional().meta({
    description: 'A `nextCursor` of this feed; `latest` for the end; none for the oldest event that is kept.',
  }),
  limit: z.coerce.number().int().min(1).max(500).default(100).meta({ description: 'Events at most.' }),
  types: z
    .union([z.enum(eventTypes), z.array(z.enum(eventTypes))])
    .optional()
    .meta({ description: 'Of these types alone; may be given several times.' }),
  tenantId: z.string().max(200).optional(),
  wait: z
    .string()
    .max(10)
    .optional()
    .meta({ description: 'How long to wait for an event when there is none, up to 25s.', examples: ['25s'] }),
});

export function addEventRoutes(api: ApiScope, { application: { events } }: ApiPorts): void {
  api.get(
    '/events',
    {
      config: { waits: true },
      schema: {
        tags: ['Events'],
        operationId: 'listEvents',
        summary: 'What changed, in order and without gaps',
        description:
          'Keep a picture of the fleet: take the cursor of `after=latest`, list the tenants, then ask again and again with the `nextCursor` of the answer before. A cursor that is older than what is kept is answered with 410: begin again.',
        querystring: eventsQuery,
        response: { 200: eventList, 410: { content: { 'application/problem+json': { schema: goneProblem } } } },
      },
    },
    async (request) => {
      const { after = null, limit, types, tenantId = null, wait } = request.query;
      const outcome = await events
        .read(viewerOf(request), {
          after,
          limit,
          tenantId,
          waitMs: waitOf(wait),
          signal: request.signal,
          types: typeof types === 'string' ? [types] : (types ?? null),
        })
        .catch((error: unknown) => {
          throw error instanceof InvalidCursor ? badField('after', error.message) : error;
        });
      if (outcome.outcome === 'events') return { items: outcome.items, nextCursor: outcome.nextCursor };
      throw new ApiProblem(
        410,
        'The events behind this cursor are kept no more, or it belongs to another database. List the tenants again, and go on from `nextCursor`.',
        [],
        outcome.nextCursor,
      );
    },
  );
}

function waitOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const ms = durationFromText(text);
  if (ms === null || ms > LONGEST_WAIT_MS) throw badField('wait', 'it is no duration up to 25s');
  return ms;
}
