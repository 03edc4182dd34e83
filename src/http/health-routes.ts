import type { FastifyInstance } from 'fastify';

/** Whether the daemon can do its work; `checks` names each part, in words. */
export type Readiness = Readonly<{ ready: boolean; checks: Readonly<Record<string, string>> }>;

export function addHealthRoutes(server: FastifyInstance, readiness: () => Promise<Readiness>): void {
  server.get('/livez', async () => ({ status: 'alive' }));
  server.get('/readyz', async (_request, reply) => {
    const { ready, checks } = await readiness();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not_ready', checks });
  });
}
