import type { FastifyInstance } from 'fastify';

/**
 * Lets the routes of this scope take a body of that type as a text. Its schema stands in `body.content` of the route.
 */
export function acceptText(scope: FastifyInstance, type: string): void {
  scope.addContentTypeParser(type, { parseAs: 'string' }, (_request, body, done) => done(null, body));
}

/** Takes bodies of this media type as bytes. */
export function acceptBytes(scope: FastifyInstance, type: string): void {
  scope.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
