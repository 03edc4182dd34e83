import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { LARGEST_PAGE, pagesAfter } from '../monitoring/pages.ts';
import type { Page, PageRequest } from '../monitoring/ports.ts';
import { type CsvValue, csvLines } from '../words/csv.ts';
import { askedType } from './asked-type.ts';

/** Whether the client asks for CSV, and not for JSON as well. */
export function wantsCsv(request: Pick<FastifyRequest, 'headers'>): boolean {
  return askedType(request, ['text/csv']) !== null;
}

/**
 * The whole list, page by page as the client takes it, so that it need not fit into memory. The first page is read
 * before the answer begins: what is refused is refused as everywhere.
 */
export async function sendCsv<Item>(
  reply: FastifyReply,
  item: z.ZodObject,
  readPage: (request: PageRequest) => Promise<Page<Item>>,
): Promise<FastifyReply> {
  const columns = columnsOf(item);
  const rowsOf = (items: readonly Item[]) =>
    items.map((each) => rowOf(columns, z.encode(item, each as Record<string, unknown>)));
  const first = await readPage({ cursor: null, limit: LARGEST_PAGE });
  const { inTurn } = reply.server;
  async function* rows() {
    yield [columns, ...rowsOf(first.items)];
    for await (const items of pagesAfter(first, (page) => inTurn(() => readPage(page)))) yield rowsOf(items);
  }
  return sendCsvRows(reply, rows());
}

export function sendCsvRows(reply: FastifyReply, rows: AsyncIterable<readonly (readonly CsvValue[])[]>): FastifyReply {
  async function* lines() {
    for await (const some of rows) if (some.length > 0) yield `${csvLines(some)}\n`;
  }
  return reply.type('text/csv; charset=utf-8').send(Readable.from(lines()));
}

/** The table of the examples that the schema has. */
export function csvExample(item: z.ZodObject): string {
  const { examples = [] } = z.globalRegistry.get(item) ?? {};
  const columns = columnsOf(item);
  return `${csvLines([columns, ...[examples].flat().map((example) => rowOf(columns, example))])}\n`;
}

/** Every field of the JSON answer, an object's fields by `object.field`. */
function columnsOf({ shape }: z.ZodObject): readonly string[] {
  return Object.entries(shape).flatMap(([name, field]) => {
    const inner = field instanceof z.ZodNullable ? field.unwrap() : field;
    return inner instanceof z.ZodObject ? columnsOf(inner).map((column) => `${name}.${column}`) : [name];
  });
}

function rowOf(columns: readonly string[], encoded: unknown): readonly CsvValue[] {
  return columns.map((column) => cellOf(column.split('.').reduce(fieldOf, encoded)));
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : null;
}

/** A list is one cell, its values separated by spaces. */
function cellOf(value: unknown): CsvValue {
  if (Array.isArray(value)) return value.join(' ');
  if (typeof value === 'string' || typeof value === 'number') return value;
  return value === null || value === undefined ? null : String(value);
}
