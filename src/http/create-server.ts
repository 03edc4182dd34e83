import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { MINUTE_MS, SECOND_MS } from '../domain/model/time.ts';
import type { Log } from '../monitoring/ports.ts';
import { type ApiOptions, addApi } from './api/add-api.ts';
import { acceptJson } from './api/body-kinds.ts';
import { basePathOf } from './base-path.ts';
import { belowPath } from './below-path.ts';
import { boundConnections } from './bound-connections.ts';
import { createBulkheads } from './bounded-calls.ts';
import { answerClientError } from './client-error.ts';
import { addConnectRoutes, type ConnectRouteOptions } from './connect/connect-routes.ts';
import { addDashboard } from './dashboard/add-dashboard.ts';
import type { DashboardOptions } from './dashboard/site.ts';
import { createFailures, type FailureOptions, type Failures } from './failures.ts';
import { loadPages } from './load-pages.ts';
import { addMetricsRoute, type MetricsOptions } from './metrics/add-metrics.ts';
import { addOwnerRoutes, type OwnerRouteOptions } from './owner/owner-routes.ts';
import { detailOf, sendProblem } from './problem-document.ts';
import { addSecurityHeaders } from './security-headers.ts';
import type { BrandAndHelp } from './voice.ts';

/** Whether the daemon can do its work; `checks` names each part, in words. */
type Readiness = Readonly<{ ready: boolean; checks: Readonly<Record<string, string>> }>;

export type ServerOptions = Omit<OwnerRouteOptions, 'failures' | 'bulkheads'> &
  FailureOptions &
  Readonly<{
    connect: Omit<ConnectRouteOptions, 'publicUrl' | 'failures' | 'bulkheads' | keyof BrandAndHelp>;
    /** Addresses are answered below its path as well as without it. */
    publicUrl: string;
    /** False: nothing but health and metrics, for a worker that leaves pages and the API to others. */
    hasPages: boolean;
    readiness(): Promise<Readiness>;
    /** False when only a new process would help. */
    isAlive(): boolean;
    /** Addresses and networks whose `X-Forwarded-*` is believed. */
    trustedProxies: readonly string[];
    api: Omit<ApiOptions, 'failures' | 'log' | 'publicUrl' | 'brand' | 'signal'>;
    dashboard: Pick<DashboardOptions, 'signIn' | 'sessionKeys'>;
    /** Null: there are none. */
    metrics: MetricsOptions | null;
  }>;

/** For a client to send its request, body and all. */
const REQUEST_TIMEOUT_MS = 10 * SECOND_MS;
/** For every answer. A check at a reader's wish waits for its turn, and then for Constant Contact, up to 20 s. */
const HANDLER_TIMEOUT_MS = 30 * SECOND_MS;
/** Several times what a mail to thousands of owners brings at once, for some 10 KB each. */
const CONNECTIONS = { quiet: 2_500, all: 5_000 };

/** Linkwatch's one HTTP server, not yet listening. */
export function createServer({
  hasPages,
  readiness,
  isAlive,
  publicUrl,
  trustedProxies,
  api,
  dashboard,
  metrics,
  ...options
}: ServerOptions): FastifyInstance {
  const withoutPath = belowPath(basePathOf(publicUrl));
  const server = Fastify({
    logger: false,
    genReqId: () => randomUUID(),
    // Without a proxy that is trusted, nobody's X-Forwarded-* is believed.
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    rewriteUrl: ({ url = '/' }) => withoutPath(url),
    bodyLimit: 64 * 1024,
    requestTimeout: REQUEST_TIMEOUT_MS,
    handlerTimeout: HANDLER_TIMEOUT_MS,
    // Node.js would exchange the two times if the head of a request had more than the whole, and it has 60 s by itself.
    http: { headersTimeout: REQUEST_TIMEOUT_MS, connectionsCheckingInterval: 5 * SECOND_MS },
    // A reader who takes nothing of an answer is let go.
    connectionTimeout: MINUTE_MS,
    forceCloseConnections: 'idle',
    // Signed links are longer than the router expects of a parameter.
    routerOptions: { maxParamLength: 2048 },
    clientErrorHandler: answerClientError,
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
    // An address that cannot be decoded never reaches the error handler below.
    frameworkErrors: (error, _request, reply) =>
      sendProblem(reply, error.statusCode ?? 400, 'This address is not valid.'),
  });
  boundConnections(server.server, CONNECTIONS);
  acceptJson(server);
  const [failures, bulkheads] = [createFailures(options), createBulkheads(options.log)];
  addSecurityHeaders(server);
  logRequests(server, options.log);
  handleErrors(server, failures);
  addHealthRoutes(server, { readiness, isAlive });
  if (metrics !== null) addMetricsRoute(server, metrics);
  if (!hasPages) return server;
  const pages = loadPages(options.brand.color);
  const shared = { brand: options.brand, helpAddress: options.helpAddress, failures, bulkheads };
  addOwnerRoutes(server, { ...options, ...shared }, pages);
  addConnectRoutes(server, { ...options.connect, ...shared, publicUrl }, pages);
  addApi(server, { ...api, log: options.log, signal: options.signal, brand: options.brand, publicUrl, failures });
  const { application, checkKey, clock, rules, version } = api;
  const asked = { application, checkKey, rules, version, now: clock.now, signal: options.signal };
  addDashboard(server, { ...dashboard, ...asked, publicUrl, failures, bulkheads });
  return server;
}

/** Fastify would load its own compilers of schemas before any is needed: 117 modules, 3 MiB and 36 ms. */
function noCompiler(): never {
  throw new Error('Only the routes of the API have schemas, and the API names its compilers.');
}

/** Logs requests by their route's pattern, never by their address: that may hold a link's token. */
function logRequests(server: FastifyInstance, log: Log): void {
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    const durationMs = Math.round(reply.elapsedTime);
    const fields = {
      requestId: request.id,
      method,
      route: routeOptions.url ?? null,
      status: reply.statusCode,
      durationMs,
    };
    log.debug(fields, 'HTTP request');
  });
}

function handleErrors(server: FastifyInstance, failures: Failures): void {
  server.setNotFoundHandler((_request, reply) => sendProblem(reply, 404, 'There is nothing at this address.'));
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const { statusCode: status } = failures.prepare(error, request, reply);
    return sendProblem(reply, status, detailOf(status, error));
  });
}

function addHealthRoutes(
  server: FastifyInstance,
  { readiness, isAlive }: Pick<ServerOptions, 'readiness' | 'isAlive'>,
): void {
  server.get('/livez', async (_request, reply) => {
    const alive = isAlive();
    return reply.code(alive ? 200 : 503).send({ status: alive ? 'alive' : 'stuck' });
  });
  server.get('/readyz', async (_request, reply) => {
    const { ready, checks } = await readiness();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not_ready', checks });
  });
}
