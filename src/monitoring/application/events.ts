import type { EventType } from '../../domain/model/event.ts';
import type { Viewer } from '../viewer.ts';
import type { EventsPage } from '../views.ts';

/** What changed, in order and without gaps, for programs that keep a picture of the fleet. */
export type Events = Readonly<{
  read(viewer: Viewer, request: EventsRequest): Promise<EventsOutcome>;
}>;

export type EventsRequest = Readonly<{
  /**
   * A cursor that the feed has given; null: from the oldest event that is kept; `latest`: none of those that are there.
   */
  after: string | null;
  limit: number;
  /** Null: all. */
  types: readonly EventType[] | null;
  /** Null: those that the viewer sees. */
  tenantId: string | null;
  /** How long to wait for an event when there is none; 0: not at all. */
  waitMs: number;
  signal?: AbortSignal | undefined;
}>;

export type EventsOutcome =
  /** The cursor goes past what the filters leave out, so it may move on without an event. */
  | (EventsPage & Readonly<{ outcome: 'events' }>)
  /**
   * The feed does not reach back to the cursor any more, or has never been there, as after a restored backup. Who
   * follows it takes the cursor of now, reads the whole fleet anew, and goes on from that cursor.
   */
  | Readonly<{ outcome: 'gone'; nextCursor: string }>;
