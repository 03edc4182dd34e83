import { z } from 'zod';
import { InvalidCursor } from '../../monitoring/pages.ts';

/** No database stores a NUL character, nor half a character, in a text. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** A text in an address; what no database could look up is left out. */
export function askedText(longest: number) {
  return z.string().max(longest).refine(isStorable).optional().catch(undefined);
}

/** A page of a list; a cursor that no list has given begins at the first page. */
export async function readFrom<T>(cursor: string | undefined, readPage: (cursor: string | null) => Promise<T>) {
  try {
    return await readPage(cursor ?? null);
  } catch (error) {
    if (error instanceof InvalidCursor) return await readPage(null);
    throw error;
  }
}

/** The address of a list with its filter; what is not asked for is left out. */
export function addressWith(path: string, asked: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(asked).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
