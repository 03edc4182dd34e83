import type { FastifyInstance, FastifyReply } from 'fastify';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Answers what an address is asked by other methods than its own. `answer` gets the reply, and what the address takes.
 */
export function refuseMethods(
  routes: Pick<FastifyInstance, 'route'>,
  url: string,
  allowed: readonly string[],
  answer = (reply: FastifyReply, _allow: string): FastifyReply => reply.code(405).send(),
): void {
  const withHead = allowed.includes('GET') ? [...new Set([...allowed, 'HEAD'])] : allowed;
  const allow = withHead.toSorted().join(', ');
  routes.route({
    method: methods.filter((method) => !allowed.includes(method)),
    url,
    // No description of an API lists it.
    schema: { hide: true },
    handler: (_request, reply) => answer(reply.header('allow', allow), allow),
  });
}
