import type { FastifyRequest, RouteOptions } from 'fastify';
import { z } from 'zod';
import { isStorable } from '../storable.ts';
import { type ApiProblem, badField } from './api-problem.ts';
import type { ApiScope } from './api-scope.ts';

/** What is asked of every request, whatever its route asks besides. To be called before the routes are added. */
export function checkRequests(api: ApiScope): void {
  api.addHook('onRoute', refuseUnknownParameters);
  api.addHook('preValidation', async (request) => {
    const problem = bodyProblem(request) ?? textProblem(request);
    if (problem !== null) throw problem;
  });
}

function refuseUnknownParameters({ schema }: RouteOptions): void {
  if (schema !== undefined) schema.querystring ??= z.strictObject({});
}

/**
 * A body that the route would not look at was meant to say something. An empty object is what some clients always send.
 */
function bodyProblem({ body, routeOptions }: FastifyRequest): ApiProblem | null {
  if (routeOptions.schema?.body !== undefined || body === undefined || body === null) return null;
  const [name] = typeof body === 'object' ? Object.keys(body) : ['body'];
  return name === undefined ? null : badField(name, 'this request takes no body');
}

function textProblem({ params, query, body }: FastifyRequest): ApiProblem | null {
  // A list of what is still to be looked at, because a body may be nested deeper than calls can be.
  const left: (readonly [string, unknown])[] = [params, query, body].map((part) => ['', part]);
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [path, value] = next;
    if (typeof value === 'string' && !isStorable(value)) {
      return badField(path || 'body', 'it contains a NUL character, or half a character');
    }
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) continue;
    for (const [name, inner] of Object.entries(value)) left.push([path === '' ? name : `${path}.${name}`, inner]);
  }
  return null;
}
