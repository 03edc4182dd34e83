import { type Position, pageOf, positionAt } from '../../src/monitoring/pages.ts';
import type { Page, PageRequest } from '../../src/monitoring/ports.ts';
import { ascending } from './memory-state.ts';

type Order = (a: Position, b: Position) => number;

export const newestFirst: Order = (a, b) => ascending(b.at, a.at) || ascending(b.id, a.id);
export const byId: Order = (a, b) => ascending(a.id, b.id);

export function memoryPage<Item>(
  items: readonly Item[],
  { cursor, limit }: PageRequest,
  { positionOf, order }: Readonly<{ positionOf: (item: Item) => Position; order: Order }>,
): Page<Item> {
  const before = positionAt(cursor);
  const following = items
    .filter((item) => before === null || order(before, positionOf(item)) < 0)
    .toSorted((a, b) => order(positionOf(a), positionOf(b)));
  return pageOf(following, limit, positionOf);
}
