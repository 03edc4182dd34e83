import { createHash } from 'node:crypto';
import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Nothing may be loaded, sent or framed: for health answers and problem documents, which are no pages. */
const CLOSED = policyOf("form-action 'none'");

/**
 * For every answer: browsers cache, frame, sniff and run nothing, and send the address, which may hold a link's token,
 * to no other site. A group of routes that serves pages adds a policy of its own.
 */
export function addSecurityHeaders(server: FastifyInstance): void {
  server.register(helmet, {
    // Groups of routes have policies of their own, which a problem document in them closes again: see below.
    contentSecurityPolicy: false,
    xFrameOptions: { action: 'deny' },
    // It would bind every service below the operator's domain; whoever ends TLS there decides that.
    strictTransportSecurity: false,
  });
  const headers = {
    'cache-control': 'no-store',
    'content-security-policy': CLOSED,
    'x-robots-tag': 'noindex, nofollow',
  };
  server.addHook('onRequest', async ({ id }, reply) => {
    reply.headers({ ...headers, 'x-request-id': id });
  });
}

/** Allows the pages of these routes the sources that the directives name, and no others. */
export function addContentSecurityPolicy(routes: FastifyInstance, directives: string): void {
  const policy = policyOf(directives);
  routes.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', policy);
  });
}

/** A style sheet within a page, as a Content-Security-Policy names it. */
export function styleSourceOf(css: string): string {
  return `'sha256-${createHash('sha256').update(css).digest('base64')}'`;
}

export function closeContentSecurityPolicy(reply: FastifyReply): FastifyReply {
  return reply.header('content-security-policy', CLOSED);
}

function policyOf(directives: string): string {
  return `default-src 'none'; ${directives}; base-uri 'none'; frame-ancestors 'none'`;
}
