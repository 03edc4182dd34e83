import type { FeedEvent } from '../../domain/model/event.ts';
import type { Events, EventsOutcome, EventsRequest } from '../application.ts';
import type { Clock, EventPage, FeedPlace, Stores } from '../ports.ts';
import { type Scope, scopeOf } from '../viewer.ts';
import type { EventView } from '../views.ts';
import type { AwaitEvents } from './await-events.ts';
import { feedCursor, feedPlace } from './feed-cursor.ts';

export type EventsPorts = Pick<Stores, 'events'> & Readonly<{ clock: Clock; awaitEvents: AwaitEvents }>;

/** Before the first event there ever was; a later retention may leave it behind, as any other place. */
const BEGINNING: FeedPlace = { position: 0, eventId: null };

/** The feed of all that changed, as a viewer sees it. */
export function createEvents(ports: EventsPorts): Events {
  return {
    read: async (viewer, request) => {
      const scope = scopeOf(viewer, request.tenantId);
      // Nothing at all, as of a tenant that does not exist: not even how long the feed is.
      if (scope === null) return { outcome: 'events', items: [], nextCursor: feedCursor(BEGINNING) };
      const { after } = request;
      if (after === 'latest') return page([], await ports.events.end());
      return await readOrAwait(after === null ? null : feedPlace(after), { ...request, scope }, ports);
    },
  };
}

type ScopedRequest = EventsRequest & Readonly<{ scope: Scope }>;

/** What the viewer does not see, or did not ask for, passes by, and the wait goes on behind it. */
async function readOrAwait(
  /** Null: the oldest event that is kept. */
  begin: FeedPlace | null,
  { scope, limit, types, waitMs, signal }: ScopedRequest,
  { events, clock, awaitEvents }: EventsPorts,
): Promise<EventsOutcome> {
  const until = clock.now() + waitMs;
  for (let after = begin; ; ) {
    const read = await events.read({ after: after?.position ?? 0, limit, types, ...scope });
    if (after !== null && isGone(after, read)) return { outcome: 'gone', nextCursor: feedCursor(await events.end()) };
    const left = until - clock.now();
    const mayWait = read.events.length === 0 && left > 0 && signal?.aborted !== true;
    if (!mayWait || !(await awaitEvents.behind(read.end.position, left, signal))) return page(read.events, read.end);
    after = read.end;
  }
}

/** Something behind the place has been erased because it was old, or it is a place in another database's feed. */
function isGone(after: FeedPlace, { prunedTo, end, eventIdAtAfter }: EventPage): boolean {
  if (after.position < prunedTo || after.position > end.position) return true;
  return eventIdAtAfter !== null && eventIdAtAfter !== after.eventId;
}

function page(events: readonly FeedEvent[], end: FeedPlace): EventsOutcome {
  return { outcome: 'events', items: events.map(eventView), nextCursor: feedCursor(end) };
}

function eventView({ tenantId: _, at, ...event }: FeedEvent): EventView {
  return { ...event, timestamp: at };
}
