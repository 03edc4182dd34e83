import { sendProblem } from '../problem-document.ts';
import type { ApiScope } from './api-scope.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

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
      const allow = [...known].toSorted().join(', ');
      const others = methods.filter((method) => !known.has(method));
      api.route({
        method: others,
        url,
        schema: { hide: true },
        handler: (_request, reply) => sendProblem(reply.header('allow', allow), 405, `This address takes ${allow}.`),
      });
    }
  };
}
