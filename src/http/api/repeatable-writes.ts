import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiWriteStore, Clock } from '../../monitoring/ports.ts';
import { ApiProblem, badField } from './api-problem.ts';
import { type ApiScope, viewerOf } from './api-scope.ts';

type RepeatableWritesPorts = Readonly<{ writes: ApiWriteStore; clock: Clock }>;

/**
 * A write with an `Idempotency-Key` is done once: sent again within a day, it gets the same answer. 409 while it is
 * under way, 422 when the same key comes with another request (draft-ietf-httpapi-idempotency-key-header).
 */
export function addRepeatableWrites(api: ApiScope, { writes, clock }: RepeatableWritesPorts): void {
  /** The ids of the writes that this process is doing, by the request that asked for each. */
  const begun = new WeakMap<FastifyRequest, string>();
  /** Requests whose handler has not ended, though the answer may have gone: it waits a limited time. */
  const atWork = new WeakSet<FastifyRequest>();

  api.addHook('onRoute', (route) => {
    const { handler } = route;
    route.handler = async function followed(request, reply) {
      atWork.add(request);
      try {
        return await handler.call(this, request, reply);
      } finally {
        atWork.delete(request);
      }
    };
  });

  api.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request);
    if (key === null) return;
    const id = `${viewerOf(request).keyId} ${key}`;
    const asked = digestOf(request);
    const before = await writes.begin({ id, request: asked }, clock.now());
    if (before === null) {
      begun.set(request, id);
      return;
    }
    if (before.request !== asked) throw new ApiProblem(422, 'This Idempotency-Key was used for another request.');
    if (before.answer === null) throw new ApiProblem(409, 'The request with this Idempotency-Key is still under way.');
    const { status, contentType, body } = before.answer;
    reply.header('idempotent-replayed', 'true').code(status).type(contentType).serializer(String);
    return await reply.send(body);
  });

  api.addHook('onSend', async (request, reply, payload) => {
    const id = begun.get(request);
    if (id === undefined) return payload;
    begun.delete(request);
    if (reply.statusCode >= 500) {
      // What is still being done may yet be done: it stays under way, so that nobody does it twice at once.
      if (!atWork.has(request)) await writes.forget(id);
    } else {
      await writes.finish(id, answerOf(reply, payload));
    }
    return payload;
  });
}

function keyOf({ method, headers }: FastifyRequest): string | null {
  const key = headers['idempotency-key'];
  if (key === undefined || method === 'GET' || method === 'HEAD') return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw badField('Idempotency-Key', 'it is 1 to 255 visible characters');
  }
  return key;
}

function digestOf({ method, url, body }: FastifyRequest): string {
  const hash = createHash('sha256').update(JSON.stringify([method, url]));
  return hash.update(body instanceof Uint8Array ? body : textOf(body)).digest('base64url');
}

/** A body may be nested deeper than calls can be. */
function textOf(body: unknown): string {
  try {
    return JSON.stringify(body ?? null);
  } catch (error) {
    if (error instanceof RangeError) throw new ApiProblem(400, 'The body is nested too deeply.');
    throw error;
  }
}

function answerOf(reply: FastifyReply, payload: unknown) {
  const contentType = String(reply.getHeader('content-type') ?? 'application/json; charset=utf-8');
  return { status: reply.statusCode, contentType, body: typeof payload === 'string' ? payload : '' };
}
