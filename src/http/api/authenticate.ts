import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CheckKey } from '../../monitoring/keys/check-key.ts';
import { bearerOf } from '../bearer.ts';
import { ApiProblem } from './api-problem.ts';
import { rememberViewer } from './api-scope.ts';

/** Lets a request through whose `Authorization: Bearer` is an API key (RFC 6750). */
export function authenticating(checkKey: CheckKey) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const secret = bearerOf(request);
    const viewer = secret === null ? null : await checkKey(secret, request.ip);
    if (viewer !== null) return rememberViewer(request, viewer);
    const isGiven = request.headers.authorization !== undefined;
    reply.header('www-authenticate', isGiven ? 'Bearer error="invalid_token"' : 'Bearer');
    throw new ApiProblem(
      401,
      isGiven
        ? 'This API key is unknown, expired or revoked. `linkwatch api-key list` shows those that work.'
        : 'Send an API key: `Authorization: Bearer KEY`. `linkwatch api-key create` makes one.',
    );
  };
}
