import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { SECOND_MS } from '../domain/model/time.ts';
import type { Log } from '../monitoring/ports.ts';
import { belowPath } from './below-path.ts';
import { addOwnerRoutes, type OwnerRouteOptions } from './owner/owner-routes.ts';
import { sendProblem } from './problem-document.ts';
import { addSecurityHeaders } from './security-headers.ts';

/** Whether the daemon can do its work; `checks` names each part, in words. */
type Readiness = Readonly<{ ready: boolean; checks: Readonly<Record<string, string>> }>;

export type ServerOptions = OwnerRouteOptions &
  Readonly<{
    log: Log;
    /** Addresses are answered below its path as well as without it. */
    publicUrl: string;
    readiness(): Promise<Readiness>;
  }>;

/** Linkwatch's one HTTP server, not yet listening. */
export function createServer({ log, readiness, publicUrl, ...owner }: ServerOptions): FastifyInstance {
  const withoutPath = belowPath(new URL(publicUrl).pathname.replace(/\/+$/, ''));
  const server = Fastify({
    logger: false,
    rewriteUrl: ({ url = '/' }) => withoutPath(url),
    bodyLimit: 64 * 1024,
    requestTimeout: 10 * SECOND_MS,
    forceCloseConnections: 'idle',
    // Signed links are longer than the router expects of a parameter.
    routerOptions: { maxParamLength: 2048 },
    // An address that cannot be decoded never reaches the error handler below.
    frameworkErrors: (error, _request, reply) =>
      sendProblem(reply, error.statusCode ?? 400, 'This address is not valid.'),
  });
  addSecurityHeaders(server);
  logRequests(server, log);
  handleErrors(server, log);
  addHealthRoutes(server, readiness);
  addOwnerRoutes(server, owner);
  return server;
}

/** By the route's pattern, never by its address: that may hold a link's token. */
function logRequests(server: FastifyInstance, log: Log): void {
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    const durationMs = Math.round(reply.elapsedTime);
    log.debug({ method, route: routeOptions.url ?? null, status: reply.statusCode, durationMs }, 'HTTP request');
  });
}

function handleErrors(server: FastifyInstance, log: Log): void {
  server.setNotFoundHandler((_request, reply) => sendProblem(reply, 404, 'There is nothing at this address.'));
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return sendProblem(reply, status, error.message);
    log.error({ err: error, method: request.method, route: request.routeOptions.url ?? null }, 'HTTP request failed');
    return sendProblem(reply, status, 'Linkwatch could not answer this request. Its log says why.');
  });
}

function addHealthRoutes(server: FastifyInstance, readiness: () => Promise<Readiness>): void {
  server.get('/livez', async () => ({ status: 'alive' }));
  server.get('/readyz', async (_request, reply) => {
    const { ready, checks } = await readiness();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not_ready', checks });
  });
}
