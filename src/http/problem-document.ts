import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import { closeContentSecurityPolicy } from './security-headers.ts';

/** Answers with an RFC 9457 problem document, whichever group of routes the request was for. */
export function sendProblem(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return closeContentSecurityPolicy(reply)
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail });
}
