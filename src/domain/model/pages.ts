import type { Instant } from './time.ts';

/**
 * A page or profile, as the second witness lists it (GET /v3/social/profiles?include=accessible). That an id of it is
 * a connection's account is inferred, so a page that belongs to no connection says nothing.
 */
export type Page = Readonly<{
  network: string;
  /** Where the page says whose it is: the ids that may be a connection's account. */
  accountIds: readonly string[];
  name: string | null;
  isAccessible: boolean;
}>;

/** The pages that an answer lists; `isWhole` false: it had others, of which nothing can be read. */
export type PagesAnswer = Readonly<{ pages: readonly Page[]; isWhole: boolean }>;

/** A few names, and how many more there are: a connection may have hundreds of pages. */
export type PageNames = Readonly<{ named: readonly string[]; more: number }>;

/** What one look said of the pages of one connection. */
export type PagesSeen = Readonly<{
  /** Those that can no longer be posted to. */
  unreachable: PageNames;
  accessible: number;
}>;

/** What is remembered of a connection's pages from the latest look that found some unreachable. */
export type UnreachablePages = PageNames &
  Readonly<{
    seenAt: Instant;
    /** The connection itself looked healthy, and no look has found it broken since: the pages are what is wrong. */
    isCause: boolean;
  }>;

export function pageNamesOf(pages: PageNames | null): PageNames | null {
  return pages && { named: pages.named, more: pages.more };
}

export function countOf({ named, more }: PageNames): number {
  return named.length + more;
}
