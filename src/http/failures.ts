import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../monitoring/ports.ts';
import { TooBusyError } from './bulkhead.ts';

/**
 * Long enough for most troubles of a database to pass. A mail program that unsubscribes somebody may try again then.
 */
const RETRY_AFTER_S = 60;

export type FailureOptions = Readonly<{
  log: Log;
  /** Whether the error only says that the database is down or busy, so that the same request may succeed later. */
  isUnavailable(error: unknown): boolean;
}>;

export type Failures = Readonly<{
  /** Logs what an operator has to know of an error, and prepares the reply: its status is that of the answer. */
  prepare(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply;
  /** Takes a good answer of these routes as a sign that the database is back, so that its next outage is logged. */
  watch(routes: Pick<FastifyInstance, 'addHook'>): void;
}>;

/** What becomes of requests that throw, whichever group of routes they were for. */
export function createFailures({ log, isUnavailable }: FailureOptions): Failures {
  // While the database is away each request fails. The first is told; those after it only where everything is logged.
  let isAway = false;
  return {
    prepare: (error, { id: requestId, method, routeOptions }, reply) => {
      const fields = { err: error, requestId, method, route: routeOptions.url ?? null };
      if (error instanceof TooBusyError) return retryLater(reply);
      if (error.code === 'FST_ERR_HANDLER_TIMEOUT') {
        log.error(fields, 'HTTP request was not answered in time');
        return retryLater(reply);
      }
      if (isUnavailable(error)) {
        log[isAway ? 'debug' : 'error'](fields, 'HTTP request failed: the database is away or busy');
        isAway = true;
        return retryLater(reply);
      }
      const { statusCode: status = 500 } = error;
      if (status >= 500) log.error(fields, 'HTTP request failed');
      return reply.code(status);
    },
    watch: (routes) => {
      routes.addHook('onResponse', async (_request, { statusCode }) => {
        if (statusCode < 400) isAway = false;
      });
    },
  };
}

/** Closes the connection: thousands that are turned away and stay would be as many to listen to. */
function retryLater(reply: FastifyReply): FastifyReply {
  return reply.code(503).headers({ 'retry-after': RETRY_AFTER_S, connection: 'close' });
}
