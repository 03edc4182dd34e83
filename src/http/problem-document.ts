import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import { closeContentSecurityPolicy } from './security-headers.ts';

/** Answers with an RFC 9457 problem document, whichever group of routes the request was for. */
export function sendProblem(
  reply: FastifyReply,
  status: number,
  detail: string,
  errors: readonly Readonly<{ field: string; detail: string }>[] = [],
): FastifyReply {
  const requestId = reply.request.id;
  const title = STATUS_CODES[status] ?? 'Error';
  return closeContentSecurityPolicy(reply)
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title, status, detail, ...(errors.length > 0 && { errors }), requestId });
}

/** What the client reads of an error that it cannot do anything about says nothing of its cause. */
export function detailOf(status: number, error: Readonly<{ message: string }>): string {
  if (status < 500) return error.message;
  if (status === 503) return 'Linkwatch cannot answer this request at the moment. Try again later.';
  return 'Linkwatch could not answer this request. Its log says why.';
}
