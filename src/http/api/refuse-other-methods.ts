import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../problem-document.ts';
import { refuseMethods } from '../refuse-methods.ts';
import type { ApiScope } from './api-scope.ts';

/**
 * Notes the routes that are added from now on. The function that it gives answers their other methods with 405, and
 * with the methods that each address takes.
 */
export function noteMethods(api: ApiScope): () => void {
  const taken = new Map<string, Set<string>>();
  api.addHook('onRoute', ({ routePath, method }) => {
    const known = taken.get(routePath) ?? new Set();
    for (const each of [method].flat()) known.add(each);
    taken.set(routePath, known);
  });
  return () => {
    for (const [url, known] of [...taken]) {
      refuseMethods(api as unknown as FastifyInstance, url, [...known], (reply, allow) =>
        sendProblem(reply, 405, `This address takes ${allow}.`),
      );
    }
  };
}
