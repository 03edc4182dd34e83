import type { EventType, FeedEvent } from '../../domain/model/event.ts';

/** The feed of all that changed. Its entries come with the changes themselves: `TenantUpdate`, `TenantStore`. */
export interface EventStore {
  /**
   * One page, in the order of the feed. An event has its place once its change is committed, so nothing is ever added
   * before a place that was given.
   */
  read(query: EventQuery): Promise<EventPage>;
  /** Where the feed ends. */
  end(): Promise<FeedPlace>;
}

/** `after` is the place behind which the page begins. A filter that is null lets everything through. */
export type EventQuery = Readonly<{
  after: number;
  limit: number;
  types: readonly EventType[] | null;
  tenantId: string | null;
}>;

/** A place in the feed, counted from 1, and the event there; null when there is none any more, and at 0. */
export type FeedPlace = Readonly<{ position: number; eventId: string | null }>;

export type EventPage = Readonly<{
  events: readonly FeedEvent[];
  /** Behind which the next page begins: everything up to there is in this page, or is left out by its filters. */
  end: FeedPlace;
  /** The event at `after`. */
  eventIdAtAfter: string | null;
  /** Up to this place the feed is erased because it was old, when the page had been read. */
  prunedTo: number;
}>;
