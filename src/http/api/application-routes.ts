import { z } from 'zod';
import type { Applications, ChangedApplication } from '../../monitoring/application.ts';
import { ApiProblem, badRequest, conflict, found, notFound } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { application, applicationList, changedApplication } from './application-documents.ts';
import { idParams } from './schemas.ts';

const tags = ['Applications'];
const NOUN = 'application';
const TRIED = 'Its key and its secret are tried at the token endpoint: `refusal` says what that answers against them.';

const limit = z.int().min(0).max(1_000_000_000);
const fields = {
  name: z.string().max(200).meta({ description: 'By which tenants are assigned to it.' }),
  clientId: z.string().max(200).meta({ description: 'The API key.' }),
  clientSecret: z.string().max(1000).nullable().meta({ description: '`null`: none, as a PKCE client has.' }),
  requestsPerSecond: limit.meta({ description: '0: no limit; so in all three.' }),
  requestsPerDay: limit,
  tokenRequestsPerSecond: limit,
  reserve: z.number().meta({ description: 'The share of the day’s requests that is kept for re-checks, 0 to 0.9.' }),
};

const newBody = z
  .strictObject({ ...z.object(fields).partial().shape, name: fields.name, clientId: fields.clientId })
  .meta({
    id: 'NewApplicationBody',
    examples: [{ name: 'Brand B', clientId: '7d1c0a4e-5b1f', clientSecret: 'from-the-portal', requestsPerDay: 10_000 }],
  });
const patchBody = z
  .strictObject(fields)
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Give what is to change.')
  .meta({ id: 'ApplicationPatch', examples: [{ requestsPerDay: 50_000, reserve: 0.05 }] });

/** The API keys of Constant Contact. That of the configuration is listed, and changed by nobody. */
export function addApplicationRoutes(api: ApiScope, { application: { applications } }: ApiPorts): void {
  addApplications(api, applications);
  addApplication(api, applications);
}

function addApplications(api: ApiScope, applications: Applications): void {
  api.get(
    '/applications',
    {
      schema: {
        tags,
        operationId: 'listApplications',
        summary: 'List applications',
        description: 'Each with its key, limits and number of tenants; that of the configuration first, its id `null`.',
        response: { 200: applicationList },
      },
    },
    async (request) => ({ applications: await applications.list(viewerOf(request)) }),
  );

  api.post(
    '/applications',
    {
      config: { waits: true },
      schema: {
        tags,
        operationId: 'addApplication',
        summary: 'Add an application',
        description: TRIED,
        body: newBody,
        response: { 201: changedApplication },
      },
    },
    async (request, reply) => {
      const added = await applications.add(viewerOf(request), fieldsOf(request.body));
      return reply.code(201).send(storedOf(added));
    },
  );
}

function addApplication(api: ApiScope, applications: Applications): void {
  api.get(
    '/applications/:id',
    {
      schema: {
        tags,
        operationId: 'showApplication',
        summary: 'Show an application',
        params: idParams,
        response: { 200: application },
      },
    },
    async (request) => found(await applications.find(viewerOf(request), request.params.id), NOUN),
  );

  api.patch(
    '/applications/:id',
    {
      config: { waits: true },
      schema: {
        tags,
        operationId: 'changeApplication',
        summary: 'Change an application’s key, secret or limits',
        description: `What is left out stays. Running workers go by it within seconds. ${TRIED}`,
        params: idParams,
        body: patchBody,
        response: { 200: changedApplication },
      },
    },
    async (request) => {
      const changed = await applications.update(viewerOf(request), request.params.id, fieldsOf(request.body));
      if (changed.outcome === 'not_found') throw notFound(NOUN);
      return storedOf(changed);
    },
  );

  api.delete(
    '/applications/:id',
    {
      schema: {
        tags,
        operationId: 'removeApplication',
        summary: 'Remove an application',
        description: 'With its secret. One that still has tenants is refused: their tokens work with it alone.',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const removed = await applications.remove(viewerOf(request), request.params.id);
      if (removed.outcome === 'not_found') throw notFound(NOUN);
      if (removed.outcome === 'in_use') {
        throw new ApiProblem(409, `It still has ${removed.tenants} tenants: their tokens work with it alone.`);
      }
      return reply.code(204).send(null);
    },
  );
}

/** Null takes the secret away, as an empty one does on the command line. */
function fieldsOf({ clientSecret, ...others }: z.output<typeof patchBody>) {
  return { ...others, ...(clientSecret !== undefined && { clientSecret: clientSecret ?? '' }) };
}

function storedOf(changed: ChangedApplication) {
  switch (changed.outcome) {
    case 'invalid':
      throw badRequest(changed.problems.map(({ field, problem }) => ({ field, detail: problem })));
    case 'taken':
      throw conflict(changed.field, 'another application has it');
    case 'stored':
      return { ...changed.application, refusal: changed.refusal?.detail ?? null };
  }
}
