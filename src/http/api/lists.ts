import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Page, PageRequest } from '../../monitoring/ports.ts';
import { csvExample, sendCsv, wantsCsv } from '../csv-answer.ts';
import { pageOf } from './schemas.ts';

/** The answers of a list: a page as JSON, or all of it as CSV. */
export function listOf(item: z.ZodObject) {
  return answersOf(pageOf(item), [item]);
}

/** A list whose items have another form when the list is asked for as of a past moment. */
export function listOfEither(item: z.ZodObject, itemThen: z.ZodObject) {
  const pages = [pageOf(item), pageOf(itemThen)] as const;
  const examples = pages.flatMap((page) => page.meta()?.examples ?? []);
  return answersOf(z.union(pages).meta({ examples }), [item, itemThen]);
}

function answersOf(page: z.ZodType, items: readonly z.ZodObject[]) {
  return {
    200: {
      description: 'A page of the list',
      content: {
        'application/json': { schema: page },
        'text/csv; charset=utf-8': { schema: z.string().meta({ examples: items.map(csvExample) }) },
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
