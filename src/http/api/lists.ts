import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Page, PageRequest } from '../../monitoring/ports.ts';
import { csvExample, sendCsv, wantsCsv } from '../csv-answer.ts';
import { pageOf } from './schemas.ts';

/** The answers of a list: a page as JSON, or all of it as CSV. */
export function listOf(item: z.ZodObject) {
  return {
    200: {
      description: 'A page of the list',
      content: {
        'application/json': { schema: pageOf(item) },
        'text/csv; charset=utf-8': { schema: z.string().meta({ examples: [csvExample(item)] }) },
      },
    },
  };
}

type AskedPage = Pick<FastifyRequest, 'headers'> &
  Readonly<{ query: Readonly<{ limit: number; cursor?: string | undefined }> }>;

/** The page that was asked for; as CSV all of the list. */
export async function answerList<Item>(
  request: AskedPage,
  reply: FastifyReply,
  item: z.ZodObject,
  readPage: (page: PageRequest) => Promise<Page<Item>>,
): Promise<FastifyReply | Page<Item>> {
  const { limit, cursor = null } = request.query;
  return wantsCsv(request) ? sendCsv(reply, item, readPage) : await readPage({ cursor, limit });
}
