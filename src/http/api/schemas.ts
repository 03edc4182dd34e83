import { z } from 'zod';
import { canonicalLocale } from '../../domain/model/language.ts';
import { text } from '../../monitoring/views/parts.ts';

/** How many items a page has, and where it begins. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(500)
    .default(100)
    .meta({ description: 'Items on the page.', examples: [100] }),
  cursor: z
    .string()
    .max(2000)
    .optional()
    .meta({ description: 'The `nextCursor` of the page before; none for the first page.' }),
};

export const idParams = z.object({
  id: z
    .string()
    .min(1)
    .max(200)
    .meta({ examples: ['4ba1vqnyqq0hp7ur'] }),
});

/** An RFC 9457 problem document, which every refused request is answered with. */
export const problem = z
  .object({
    type: text,
    title: text,
    status: z.int(),
    detail: text,
    /** The fields at fault. */
    errors: z.array(z.object({ field: text, detail: text })).optional(),
    requestId: text,
  })
  .meta({
    id: 'Problem',
    examples: [
      {
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        detail: 'timezone: it is not a time zone',
        errors: [{ field: 'timezone', detail: 'it is not a time zone' }],
        requestId: '6f1c2b7e-4f39-4b5a-9b58-0d7f0c1f7f53',
      },
    ],
  });

/** A list's page. `nextCursor` is null on the last page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  const { examples } = z.globalRegistry.get(item) ?? {};
  return z
    .object({ items: z.array(item).readonly(), nextCursor: z.string().nullable() })
    .meta({ examples: [{ items: examples, nextCursor: 'MTc2ODQ4MjAwMDAwMCBpbmNpZGVudC0x' }] });
}

export const localeTag = z
  .string()
  .max(100)
  .refine((text) => canonicalLocale(text) !== null, 'it is no language tag (BCP 47) such as `de` or `pt-BR`');

const LAST_MOMENT = Date.parse('9999-12-31T23:59:59.999Z');

/** A moment in ISO 8601, or a date, which is its first moment in UTC. Databases agree on the years 1970 to 9999. */
export const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((text) => Date.parse(text))
  .refine((at) => at >= 0 && at <= LAST_MOMENT, 'it is not between the years 1970 and 9999')
  .meta({ examples: ['2026-11-01T00:00:00Z'] });

/** The moment of the fleet as it was. */
export const at = moment.optional().meta({
  description:
    'As it was at this moment, by its history. Not in the future, and as long ago as HISTORY_RETENTION at most.',
});
