import type { FastifyInstance } from 'fastify';

/**
 * For every answer: nothing is cached, framed, sniffed or run, and the address, which may hold a link's token, is
 * passed on to nobody.
 */
export function addSecurityHeaders(server: FastifyInstance, styleSource: string): void {
  const headers = {
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src ${styleSource}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-robots-tag': 'noindex, nofollow',
  };
  server.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers);
  });
}
