/** `cursor` is the `nextCursor` of the page before; null asks for the first page. */
export type PageRequest = Readonly<{ cursor: string | null; limit: number }>;

/**
 * One page of a list. An item that is in the list all the time is on exactly one page, whatever is added, changed or
 * erased between two pages.
 */
export type Page<Item> = Readonly<{
  items: readonly Item[];
  /** Null on the last page. */
  nextCursor: string | null;
}>;
