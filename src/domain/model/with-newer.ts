type Identified = Readonly<{ id: string }>;

/**
 * What is in either list, the items of `newer` in place of the older ones with the same id; the same list without newer
 * ones.
 */
export function withNewer<Item extends Identified>(older: readonly Item[], newer: readonly Item[]): readonly Item[] {
  if (newer.length === 0) return older;
  return [...new Map([...older, ...newer].map((item) => [item.id, item])).values()];
}
