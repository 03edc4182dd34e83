import { InvalidCursor } from '../../monitoring/pages.ts';

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
