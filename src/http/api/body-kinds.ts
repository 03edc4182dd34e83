import type { FastifyInstance } from 'fastify';

/**
 * Lets the routes of this scope take a body of that type as a text. Its schema stands in `body.content` of the route.
 */
export function acceptText(scope: FastifyInstance, type: string): void {
  scope.addContentTypeParser(type, { parseAs: 'string' }, (_request, body, done) => done(null, body));
}

/** Many programs name the type of a body that they do not send: then there is none. */
export function acceptJson(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser('error', 'error');
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parse(request, String(body), done);
  });
}

/** Takes bodies of this media type as bytes. */
export function acceptBytes(scope: FastifyInstance, type: string): void {
  scope.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
