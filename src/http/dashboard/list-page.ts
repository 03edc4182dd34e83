import { z } from 'zod';
import { InvalidCursor } from '../../monitoring/pages.ts';
import type { Page } from '../../monitoring/ports.ts';
import { isStorable } from '../storable.ts';
import type { Look } from './frame.ts';

/** Lines on a page of a list. */
export const LINES = 50;

/** A text in an address; what no database could look up is left out. */
export function askedText(longest: number) {
  return z.string().max(longest).refine(isStorable).optional().catch(undefined);
}

/** A field of a list's address; what is nothing of the kind is left out. */
export const listed = {
  text: z.string().trim().max(200).refine(isStorable).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
  oneOf: <const Value extends string>(values: readonly Value[]) => z.enum(values).optional().catch(undefined),
};

export type Asked = Readonly<Record<string, string | undefined>>;

/** A cursor that no list has given begins at the first page. */
export async function readListPage<Item>(
  cursor: string | undefined,
  readPage: (cursor: string | null) => Promise<Page<Item>>,
): Promise<Page<Item>> {
  try {
    return await readPage(cursor ?? null);
  } catch (error) {
    if (error instanceof InvalidCursor) return await readPage(null);
    throw error;
  }
}

export type Pager = Readonly<{ first: string | null; next: string | null }>;

/** The ways to the first page and to the next one, with the filters as they are. */
export function pagerOf({ base }: Look, path: string, asked: Asked, nextCursor: string | null): Pager {
  return {
    first: asked.cursor === undefined ? null : `${base}${addressOf(path, { ...asked, cursor: undefined })}`,
    next: nextCursor === null ? null : `${base}${addressOf(path, { ...asked, cursor: nextCursor })}`,
  };
}

/** With what is given, and without what is empty. */
export function addressOf(path: string, asked: Asked): string {
  const given = Object.entries(asked).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
