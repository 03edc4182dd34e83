import type { FastifyInstance } from 'fastify';

/** Answers what a page is asked by other methods than its own. */
export function refuseMethods(routes: FastifyInstance, url: string, allowed: readonly ('GET' | 'POST')[]): void {
  const method = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter((one) => !allowed.some((a) => a === one));
  const allow = allowed.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one])).join(', ');
  routes.route({ method, url, handler: (_request, reply) => reply.code(405).header('allow', allow).send() });
}
