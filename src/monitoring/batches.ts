/** Batches of due work that are offered to other workers at once; who looks next offers further ones. */
export const BATCHES_OFFERED = 20;

/** The items, so many at a time. */
export function* batchesOf<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
