import type { FeedEvent } from '../../src/domain/model/event.ts';
import type { EventStore } from '../../src/monitoring/ports.ts';
import type { Memory, MemoryState } from './memory-state.ts';

export function memoryEventStore(memory: Memory): EventStore {
  const place = (position: number) => ({ position, eventId: memory.state.events.get(position)?.id ?? null });
  const last = () => memory.state.feed.get('lastPosition') ?? 0;
  return {
    end: async () => place(last()),
    read: async ({ after, limit, types, tenantId }) => {
      const { events, feed } = memory.state;
      const read = [...events]
        .filter(([position]) => position > after)
        .filter(([, event]) => types === null || types.includes(event.type))
        .filter(([, event]) => tenantId === null || event.tenantId === tenantId)
        .slice(0, limit);
      return {
        events: read.map(([, event]) => event),
        end: place((read.length === limit ? read.at(-1)?.[0] : undefined) ?? last()),
        eventIdAtAfter: place(after).eventId,
        prunedTo: feed.get('prunedTo') ?? 0,
      };
    },
  };
}

/** Whoever writes here is alone, so the order of writing is that of the feed. */
export function tellEvents({ events, feed }: MemoryState, told: readonly FeedEvent[]): void {
  for (const event of told) {
    const position = (feed.get('lastPosition') ?? 0) + 1;
    feed.set('lastPosition', position);
    events.set(position, event);
  }
}

export function pruneEvents({ events, feed }: MemoryState, before: number): number {
  let pruned = 0;
  for (const [position, { at }] of events) {
    if (at >= before) break;
    events.delete(position);
    feed.set('prunedTo', position);
    pruned += 1;
  }
  return pruned;
}
