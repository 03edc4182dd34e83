import { z } from 'zod';
import type { EventType } from '../../domain/model/event.ts';
import type { Instant } from '../../domain/model/time.ts';
import { eventView } from '../views/events.ts';

/** An event as it is stored. */
type StoredEvent = Readonly<{ id: string; type: EventType; at: Instant; data: unknown }>;

/** What the feed gives of the event, but for its id, which is in a header. */
export function webhookBody({ at, ...event }: StoredEvent): string {
  const { type, timestamp, data } = z.encode(eventView, { ...event, timestamp: at } as z.output<typeof eventView>);
  return JSON.stringify({ type, timestamp, data });
}
