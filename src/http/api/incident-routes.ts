import { z } from 'zod';
import { actions } from '../../domain/model/condition.ts';
import { durationFromText } from '../../domain/model/duration.ts';
import { incidentStateFilters } from '../../domain/model/incident.ts';
import { LONGEST_SNOOZE_MS } from '../../domain/owner/contact-request.ts';
import type { PageRequest } from '../../monitoring/ports.ts';
import type { IncidentOutcome, IncidentView } from '../../monitoring/views.ts';
import { ApiProblem, badField, found, notFound } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { answerList, listOf } from './lists.ts';
import { incident, incidentWithMail } from './mail-documents.ts';
import { idParams, pageQuery } from './schemas.ts';

const tags = ['Incidents'];

const snoozeBody = z
  .strictObject({ for: z.string().max(20).meta({ description: 'A duration, such as 12h or 3d.' }) })
  .meta({ id: 'Snooze', examples: [{ for: '1d' }] });

export function addIncidentRoutes(api: ApiScope, { application: { incidents }, rules }: ApiPorts): void {
  api.get(
    '/incidents',
    {
      schema: {
        tags,
        operationId: 'listIncidents',
        summary: 'List incidents',
        description: 'Newest first. With `Accept: text/csv`, all of them.',
        querystring: z.strictObject({
          state: z.enum(incidentStateFilters).default('all').meta({ description: '`open`: all that is not closed.' }),
          action: z.enum(actions).optional(),
          network: z.string().trim().toLowerCase().max(100).optional(),
          tenantId: z.string().max(200).optional(),
          ...pageQuery,
        }),
        response: listOf(incident),
      },
    },
    async (request, reply) => {
      const { tenantId = null, ...filter } = request.query;
      const read = (page: PageRequest) => incidents.list(viewerOf(request), { ...filter, tenantId, ...page });
      return await answerList(request, reply, incident, read);
    },
  );

  api.get(
    '/incidents/:id',
    {
      schema: {
        tags,
        operationId: 'showIncident',
        summary: 'Show an incident',
        description: 'With the mail about it: who was told, and when.',
        params: idParams,
        response: { 200: incidentWithMail },
      },
    },
    async (request) => found(await incidents.find(viewerOf(request), request.params.id), 'incident'),
  );

  api.post(
    '/incidents/:id/acknowledge',
    {
      schema: {
        tags,
        operationId: 'acknowledgeIncident',
        summary: 'Acknowledge an incident',
        params: idParams,
        response: { 200: incident },
      },
    },
    async (request) => done(await incidents.acknowledge(viewerOf(request), request.params.id)),
  );

  api.post(
    '/incidents/:id/snooze',
    {
      schema: {
        tags,
        operationId: 'snoozeIncident',
        summary: 'Snooze an incident',
        description: 'No reminders for that long; the recovery is mailed.',
        params: idParams,
        body: snoozeBody,
        response: { 200: incident },
      },
    },
    async (request) => {
      const until = rules().now + snoozeLength(request.body.for);
      return done(await incidents.snooze(viewerOf(request), request.params.id, until));
    },
  );

  api.post(
    '/incidents/:id/close',
    {
      schema: {
        tags,
        operationId: 'closeIncident',
        summary: 'Close an incident',
        description: 'No mail about the recovery; a new bad poll opens another.',
        params: idParams,
        response: { 200: incident },
      },
    },
    async (request) => done(await incidents.close(viewerOf(request), request.params.id)),
  );
}

/** In milliseconds. */
export function snoozeLength(text: string): number {
  const ms = durationFromText(text) ?? 0;
  if (ms <= 0) throw badField('for', 'it is no duration; write 12h or 3d');
  if (ms > LONGEST_SNOOZE_MS) throw badField('for', 'it is longer than a year');
  return ms;
}

function done(outcome: IncidentOutcome): IncidentView {
  switch (outcome.outcome) {
    case 'done':
      return outcome.incident;
    case 'already_closed':
      throw new ApiProblem(409, 'The incident is closed already.');
    case 'not_found':
      throw notFound('incident');
  }
}
