import type { FastifyError, FastifyInstance, RouteOptions } from 'fastify';
import { hasZodFastifySchemaValidationErrors, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { MINUTE_MS, SECOND_MS } from '../../domain/model/time.ts';
import type { CheckKey } from '../../monitoring/keys/check-key.ts';
import { InvalidCursor } from '../../monitoring/pages.ts';
import { MomentOutOfReach } from '../../monitoring/past-moment.ts';
import type { ApiUseStore, ApiWriteStore, Clock, Configured, Log } from '../../monitoring/ports.ts';
import { NotAllowed } from '../../monitoring/viewer.ts';
import { addScope } from '../add-scope.ts';
import { type Bulkhead, createBulkhead } from '../bulkhead.ts';
import type { Failures } from '../failures.ts';
import { detailOf, sendProblem } from '../problem-document.ts';
import { addAccessRoutes } from './access-routes.ts';
import { ApiProblem, badField, badRequest } from './api-problem.ts';
import type { ApiPorts, ApiScope } from './api-scope.ts';
import { addApplicationRoutes } from './application-routes.ts';
import { authenticating } from './authenticate.ts';
import { addBadgeRoutes, type BadgePorts } from './badge-routes.ts';
import { addBounceRoutes } from './bounce-routes.ts';
import { checkRequests } from './check-request.ts';
import { addConnectionRoutes } from './connection-routes.ts';
import { addEmbedRoutes, type EmbedPorts } from './embed-routes.ts';
import { addEntityTags } from './entity-tags.ts';
import { addEventRoutes } from './event-routes.ts';
import { addExplanationRoutes } from './explanation-routes.ts';
import { addHistoryRoutes } from './history-routes.ts';
import { addIncidentRoutes } from './incident-routes.ts';
import { addInvitationRoutes } from './invitation-routes.ts';
import { limitRequests } from './limit-requests.ts';
import { addMailRoutes } from './mail-routes.ts';
import { addMailTrialRoutes } from './mail-trial-routes.ts';
import { addMonitorRoutes } from './monitor-routes.ts';
import { addDocumentRoutes, describeApi } from './openapi.ts';
import { noteMethods } from './refuse-other-methods.ts';
import { addRepeatableWrites } from './repeatable-writes.ts';
import { addReplayRoutes } from './replay-routes.ts';
import { problem } from './schemas.ts';
import { addTenantFileRoutes } from './tenant-file-routes.ts';
import { addTenantRoutes } from './tenant-routes.ts';
import { addWebhookRoutes } from './webhook-routes.ts';
import { addWorkerRoutes } from './worker-routes.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** It waits for Constant Contact, or for an event, and hardly uses the database. */
    waits?: boolean;
    /** It is so much work that there is one such request at a time in this process; a further one is a 503. */
    alone?: boolean;
  }
  interface FastifyInstance {
    /** Runs what reads the database when it is its turn. */
    inTurn: Bulkhead;
  }
}

export type ApiOptions = ApiPorts &
  EmbedPorts &
  BadgePorts &
  Pick<Configured, 'alertRules'> &
  Readonly<{
    checkKey: CheckKey;
    uses: ApiUseStore;
    writes: ApiWriteStore;
    clock: Clock;
    log: Log;
    failures: Failures;
    version: string;
    publicUrl: string;
    /** Requests of one key in a minute at most; 0: no limit. */
    requestsPerMinute: number;
  }>;

/** Polls share the database with the API: see ../bounded-calls.ts. */
const AT_WORK = { atWork: 4, waiting: 200 };
const STREAM_TIMEOUT_MS = 10 * MINUTE_MS;
const WAITING = { atWork: 64, waiting: 0 };
const ALONE = { atWork: 1, waiting: 0 };
/** Less than the minute after which a quiet connection is closed; the work ends by itself before. */
const ALONE_TIMEOUT_MS = 55 * SECOND_MS;

/** `/api/v1` and its description. */
export function addApi(server: FastifyInstance, options: ApiOptions): void {
  addScope(server, 'API', async (scope) => {
    const api = scope as unknown as ApiScope;
    api.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
    handleErrors(api, options.failures);
    await describeApi(api, options);
    addDocumentRoutes(api);
    await addScope(api, 'API with a key', (routes) => addRoutes(routes, options), { prefix: '/api/v1' });
    await addScope(api, 'API without a key', (routes) => addKeylessRoutes(routes, options), { prefix: '/api/v1' });
  });
}

async function addKeylessRoutes(api: ApiScope, options: ApiOptions): Promise<void> {
  await addEntityTags(api);
  addBadgeRoutes(api, options);
}

async function addRoutes(api: ApiScope, options: ApiOptions): Promise<void> {
  const { checkKey, failures, log } = options;
  const bulkhead = (work: string, size: typeof AT_WORK) =>
    createBulkhead({ ...size, onFull: () => log.warn({ work, ...size }, 'too much asked at once: some get a 503') });
  const atWork = bulkhead('api', AT_WORK);
  const waiting = bulkhead('api requests that wait', WAITING);
  const boundOf = ({ config = {}, url }: RouteOptions) => {
    if (config.alone === true) return bulkhead(url, ALONE);
    return config.waits === true ? waiting : atWork;
  };

  failures.watch(api);
  api.decorate('inTurn', atWork);
  api.addHook('onRoute', (route) => {
    addProblems(route);
    if (mayStream(route)) route.handlerTimeout = STREAM_TIMEOUT_MS;
    if (route.config?.alone === true) route.handlerTimeout = ALONE_TIMEOUT_MS;
    const { handler } = route;
    const bound = boundOf(route);
    route.handler = async function bounded(request, reply) {
      return await bound(async () => await handler.call(this, request, reply));
    };
  });
  const authenticate = authenticating((secret, from) => atWork(() => checkKey(secret, from)));
  api.addHook('onRequest', authenticate);
  api.addHook('onRequest', async (request, reply) => {
    // A list is JSON or CSV, by what the program accepts.
    if (['GET', 'HEAD'].includes(request.method))
      reply.headers({ 'cache-control': 'private, no-cache', vary: 'accept' });
  });
  // Fastify would hand the body over as a text.
  api.removeContentTypeParser('text/plain');
  checkRequests(api);
  await limitRequests(api, { ...options, perMinute: options.requestsPerMinute });
  addRepeatableWrites(api, options);
  await addEntityTags(api);
  const refuseOtherMethods = noteMethods(api);

  addTenantRoutes(api, options);
  addConnectionRoutes(api, options);
  addTenantFileRoutes(api, options);
  addInvitationRoutes(api, options);
  addHistoryRoutes(api, options);
  addIncidentRoutes(api, options);
  addEventRoutes(api, options);
  addMailRoutes(api, options);
  addMailTrialRoutes(api, options);
  addBounceRoutes(api, options);
  addExplanationRoutes(api, options);
  addReplayRoutes(api, options);
  addApplicationRoutes(api, options);
  addWebhookRoutes(api, options);
  addMonitorRoutes(api, options);
  addWorkerRoutes(api, options);
  addAccessRoutes(api, options);
  addEmbedRoutes(api, options);
  refuseOtherMethods();
}

/** Whether the route may answer with CSV, which a client may take as slowly as its connection is. */
function mayStream({ schema }: RouteOptions): boolean {
  const { response = {} } = schema ?? {};
  return JSON.stringify(Object.values(response as object).map(({ content = {} }) => Object.keys(content))).includes(
    'csv',
  );
}

/** Every route may be answered with a problem document. */
function addProblems({ schema }: RouteOptions): void {
  if (schema === undefined || schema.hide === true) return;
  const content = { 'application/problem+json': { schema: problem } };
  const refused = { description: 'Why the request is refused, and what to send instead', content };
  const failed = { description: 'Linkwatch cannot answer it now', content };
  schema.response = { ...(schema.response as object), '4xx': refused, '5xx': failed };
}

function handleErrors(api: ApiScope, failures: Failures): void {
  api.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal !== null) return sendProblem(reply, refusal.status, refusal.message, refusal);
    const { statusCode: status } = failures.prepare(error, request, reply);
    return sendProblem(reply, status, detailOf(status, error));
  });
}

/** Null for an error that is not the client's. */
function refusalOf(error: FastifyError): ApiProblem | null {
  if (error instanceof ApiProblem) return error;
  if (error instanceof NotAllowed) return new ApiProblem(403, error.message);
  if (error instanceof InvalidCursor) return badField('cursor', error.message);
  if (error instanceof MomentOutOfReach) return badField('at', error.message);
  if (!hasZodFastifySchemaValidationErrors(error)) return null;
  const errors = error.validation.map(({ instancePath, message = 'it is not valid', params }) => ({
    field: fieldOf(instancePath, params),
    detail: message,
  }));
  return badRequest(errors);
}

/** `filter.health` of `/filter/health`; of a field that does not belong there, its own name. */
function fieldOf(instancePath: string, params: unknown): string {
  const path = instancePath.split('/').filter((part) => part !== '');
  const unknown = typeof params === 'object' && params !== null && 'keys' in params ? params.keys : [];
  const names = Array.isArray(unknown) ? [...path, ...unknown.map(String)] : path;
  return names.join('.') || 'body';
}
