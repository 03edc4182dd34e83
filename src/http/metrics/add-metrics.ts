import { isIPv4, isIPv6 } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CheckKey } from '../../monitoring/keys/check-key.ts';
import { seesAllTenants } from '../../monitoring/viewer.ts';
import { bearerOf } from '../bearer.ts';
import { createBulkhead } from '../bulkhead.ts';
import { sendProblem } from '../problem-document.ts';

export type MetricsOptions = Readonly<{
  checkKey: CheckKey;
  contentType: string;
  write(): Promise<string>;
}>;

/** Anyone may send keys to be looked up. */
const KEYS = { atWork: 2, waiting: 50 };
/** A proxy names whom it speaks for in one of these, so its request is not this machine's own. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/** `GET /metrics`, for whoever is on this machine, and for an API key of all tenants from anywhere. */
export function addMetricsRoute(server: FastifyInstance, { checkKey, contentType, write }: MetricsOptions): void {
  const bounded = createBulkhead(KEYS);
  server.get('/metrics', async (request, reply) => {
    if (!isOfThisMachine(request)) {
      const secret = bearerOf(request);
      const viewer = secret === null ? null : await bounded(() => checkKey(secret, request.ip));
      if (viewer === null) {
        reply.header('www-authenticate', secret === null ? 'Bearer' : 'Bearer error="invalid_token"');
        return sendProblem(reply, 401, 'From another machine, metrics need an API key: `Authorization: Bearer KEY`.');
      }
      if (!seesAllTenants(viewer)) return sendProblem(reply, 403, 'This needs a key of all tenants.');
    }
    return reply.type(contentType).send(await write());
  });
}

/** Goes by the connection's own address: a header can say anything. */
function isOfThisMachine({ socket, headers }: FastifyRequest): boolean {
  if (FORWARDED.some((name) => headers[name] !== undefined)) return false;
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/i, '');
  return isIPv4(address) ? address.startsWith('127.') : isIPv6(address) && address === '::1';
}
