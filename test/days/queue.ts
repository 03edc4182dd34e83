import type { Instant } from '../../src/domain/model/time.ts';

/** What waits for its moment, the earliest first; of one moment, what came first. */
export type Queue<Item> = Readonly<{
  add(at: Instant, item: Item): void;
  first(): Readonly<{ at: Instant; item: Item }> | null;
  take(): Item | null;
}>;

type Entry<Item> = Readonly<{ at: Instant; order: number; item: Item }>;

/** A binary heap. */
export function createQueue<Item>(): Queue<Item> {
  const heap: Entry<Item>[] = [];
  let added = 0;

  const isBefore = (a: Entry<Item>, b: Entry<Item>) => a.at < b.at || (a.at === b.at && a.order < b.order);

  function rise(entry: Entry<Item>): void {
    let place = heap.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isBefore(entry, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = entry;
  }

  function sink(entry: Entry<Item>): void {
    let place = 0;
    for (;;) {
      const child = smallerChild(place);
      const below = heap[child];
      if (below === undefined || !isBefore(below, entry)) break;
      heap[place] = below;
      place = child;
    }
    heap[place] = entry;
  }

  function smallerChild(place: number): number {
    const [left, right] = [heap[2 * place + 1], heap[2 * place + 2]];
    return left !== undefined && right !== undefined && isBefore(right, left) ? 2 * place + 2 : 2 * place + 1;
  }

  return {
    add: (at, item) => {
      rise({ at, order: added, item });
      added += 1;
    },
    first: () => heap[0] ?? null,
    take: () => {
      const [first] = heap;
      const last = heap.pop();
      if (first === undefined || last === undefined) return null;
      if (heap.length > 0) sink(last);
      return first.item;
    },
  };
}
