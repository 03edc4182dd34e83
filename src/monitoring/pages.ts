import type { Instant } from '../domain/model/time.ts';
import type { Page, PageRequest } from './ports/pages.ts';

/** The largest page of a list that is read whole. */
export const LARGEST_PAGE = 500;

type ReadPage<Item> = (request: PageRequest) => Promise<Page<Item>>;

/** A list page by page, for what need not be held as a whole. */
export async function* eachPage<Item>(readPage: ReadPage<Item>): AsyncGenerator<readonly Item[]> {
  yield* pagesFrom(await readPage({ cursor: null, limit: LARGEST_PAGE }), readPage);
}

/** The pages of a list whose first page was read already. */
export async function* pagesFrom<Item>(first: Page<Item>, readPage: ReadPage<Item>): AsyncGenerator<readonly Item[]> {
  yield first.items;
  yield* pagesAfter(first, readPage);
}

/** The pages that follow one that was read. */
export async function* pagesAfter<Item>(
  { nextCursor }: Page<Item>,
  readPage: ReadPage<Item>,
): AsyncGenerator<readonly Item[]> {
  for (let cursor = nextCursor; cursor !== null; ) {
    const page = await readPage({ cursor, limit: LARGEST_PAGE });
    yield page.items;
    cursor = page.nextCursor;
  }
}

export async function readAllPages<Item>(readPage: ReadPage<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const items of eachPage(readPage)) all.push(...items);
  return all;
}

export function mapPage<Item, Shown>({ items, nextCursor }: Page<Item>, show: (item: Item) => Shown): Page<Shown> {
  return { items: items.map(show), nextCursor };
}

/**
 * Where a page ends: the time and the id that its list is ordered by. A list that is ordered by ids alone has time 0.
 */
export type Position = Readonly<{ at: Instant; id: string }>;

/** The page of the items, of which there is one more than asked for when another page follows. */
export function pageOf<Item>(items: readonly Item[], limit: number, positionOf: (item: Item) => Position): Page<Item> {
  const last = items.length > limit ? items[limit - 1] : undefined;
  return { items: items.slice(0, limit), nextCursor: last === undefined ? null : cursorAt(positionOf(last)) };
}

/**
 * The page whose items are read by the places that were found, of which there is one more than asked for when another
 * page follows. `itemsOf` may leave out what has been erased since: what follows is not lost by that.
 */
export async function pageAt<Item>(
  places: readonly Position[],
  limit: number,
  itemsOf: (ids: readonly string[]) => Promise<readonly Item[]>,
): Promise<Page<Item>> {
  const { items: page, nextCursor } = pageOf(places, limit, (place) => place);
  return { items: await itemsOf(page.map(({ id }) => id)), nextCursor };
}

/** The page of a list that is short enough to be read whole. */
export function pageById<Item extends Readonly<{ id: string }>>(
  items: readonly Item[],
  { cursor, limit }: PageRequest,
): Page<Item> {
  const after = positionAt(cursor)?.id ?? '';
  const following = items.filter(({ id }) => id > after).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return pageOf(following, limit, ({ id }) => ({ at: 0, id }));
}

/** Opaque outside, so that nobody builds one. */
export function cursorAt({ at, id }: Position): string {
  return Buffer.from(`${at} ${id}`).toString('base64url');
}

export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

/** The last moment that both databases store. */
export const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** The position in a list that is ordered by texts, and then by ids. */
export type TextPosition = Readonly<{ text: string; id: string }>;

export function textCursorAt({ text, id }: TextPosition): string {
  return Buffer.from(`${text}\n${id}`).toString('base64url');
}

/** As `positionAt`, for a list that is ordered by texts of one line. */
export function textPositionAt(cursor: string | null): TextPosition | null {
  if (cursor === null) return null;
  const [, text, id = ''] = /^([^\n\0]*)\n([^\n\0]+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (text === undefined || textCursorAt({ text, id }) !== cursor) {
    throw new InvalidCursor('The cursor is not one that this list has given.');
  }
  return { text, id };
}

/** Null before the first page. Throws `InvalidCursor` for text that no list gives, or no database could look up. */
export function positionAt(cursor: string | null): Position | null {
  if (cursor === null) return null;
  const [, at, id = ''] = /^(\d{1,15}) ([^\0]+)$/s.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  const position = { at: Number(at), id };
  if (at === undefined || position.at > LAST_INSTANT || cursorAt(position) !== cursor) {
    throw new InvalidCursor('The cursor is not one that a list has given.');
  }
  return position;
}
