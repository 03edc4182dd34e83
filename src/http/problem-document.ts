import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import { closeContentSecurityPolicy } from './security-headers.ts';

/** What a problem document says beyond its status and its sentence. */
type Members = Readonly<{
  errors?: readonly Readonly<{ field: string; detail: string }>[];
  nextCursor?: string | null;
}>;

/** Answers with an RFC 9457 problem document, whichever group of routes the request was for. */
export function sendProblem(reply: FastifyReply, status: number, detail: string, members: Members = {}): FastifyReply {
  return closeContentSecurityPolicy(reply)
    .code(status)
    .type(PROBLEM_TYPE)
    .send(problemDocument({ status, detail, requestId: reply.request.id }, members));
}

export const PROBLEM_TYPE = 'application/problem+json';

export function problemDocument(
  { status, detail, requestId }: Readonly<{ status: number; detail: string; requestId: string }>,
  { errors = [], nextCursor = null }: Members = {},
) {
  return {
    type: 'about:blank',
    title: titleOf(status),
    status,
    detail,
    ...(errors.length > 0 && { errors }),
    ...(nextCursor !== null && { nextCursor }),
    requestId,
  };
}

export function titleOf(status: number): string {
  return STATUS_CODES[status] ?? 'Error';
}

/** What the client reads of an error that it cannot do anything about says nothing of its cause. */
export function detailOf(status: number, error: Readonly<{ message: string }>): string {
  if (status < 500) return error.message;
  if (status === 503) return 'Linkwatch cannot answer this request at the moment. Try again later.';
  return 'Linkwatch could not answer this request. Its log says why.';
}
