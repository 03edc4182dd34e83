import { z } from 'zod';
import { csvExample } from '../csv-answer.ts';
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
