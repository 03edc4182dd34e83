import { z } from 'zod';
import type { PageRequest } from '../../monitoring/ports.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { worker } from './documents.ts';
import { answerList, listOf } from './lists.ts';
import { pageQuery } from './schemas.ts';

export function addWorkerRoutes(api: ApiScope, { application: { operations } }: ApiPorts): void {
  api.get(
    '/workers',
    {
      schema: {
        tags: ['Monitor'],
        operationId: 'listWorkers',
        summary: 'List the workers',
        description: 'Each process of `linkwatch start`: since when it runs, and what it does.',
        querystring: z.strictObject(pageQuery),
        response: listOf(worker),
      },
    },
    async (request, reply) => {
      const read = (page: PageRequest) => operations.workers(viewerOf(request), page);
      return await answerList(request, reply, worker, read);
    },
  );
}
