import type { EventPage, EventQuery, EventStore, FeedPlace } from '../monitoring/ports.ts';
import type { Database, Session } from './database.ts';
import { eventFromRow } from './rows/event-row.ts';
import { inTransaction } from './transaction.ts';

/** Events that get their place in one transaction, so that the next reader does not wait long. */
const CHUNK = 5000;

export function createEventStore(database: Database): EventStore {
  return {
    read: async (query) => await readPage(database, query, await placeEvents(database)),
    end: async () => {
      const position = await placeEvents(database);
      return { position, eventId: (await eventIdsAt(database, [position])).get(position) ?? null };
    },
  };
}

/**
 * `last` is read before the events, so that an event placed meanwhile is left for the next page and not passed over.
 * `prunedTo` is read after them, so that a reader learns of events that were erased meanwhile.
 */
async function readPage(database: Database, query: EventQuery, last: number): Promise<EventPage> {
  const { after, limit, types, tenantId } = query;
  const rows = await database.db.event.findMany({
    where: {
      position: { gt: after, lte: last },
      ...(types !== null && { type: { in: [...types] } }),
      ...(tenantId !== null && { tenantId }),
    },
    orderBy: { position: 'asc' },
    take: limit,
  });
  const position = (rows.length === limit ? rows.at(-1)?.position : null) ?? last;
  const ids = await eventIdsAt(database, [after, position]);
  return {
    events: rows.map(eventFromRow),
    end: { position, eventId: ids.get(position) ?? null },
    eventIdAtAfter: ids.get(after) ?? null,
    prunedTo: (await readFeed(database)).prunedTo,
  };
}

async function eventIdsAt(
  { db }: Session,
  positions: readonly number[],
): Promise<ReadonlyMap<number | null, FeedPlace['eventId']>> {
  const rows = await db.event.findMany({
    where: { position: { in: [...positions] } },
    select: { position: true, id: true },
  });
  return new Map(rows.map(({ position, id }) => [position, id]));
}

/**
 * Gives every event that is committed its place, and returns the last one. A sequence counts in the order in which
 * PostgreSQL's transactions ask, and they commit in another: were `seq` the place, a reader that has seen 7 would never
 * see a 6 that commits later. No writer waits for this, only whoever else gives places.
 */
export async function placeEvents(database: Database): Promise<number> {
  for (;;) {
    const unplaced = await database.db.event.findFirst({ where: { position: null }, select: { seq: true } });
    if (unplaced === null) return (await readFeed(database)).lastPosition;
    await inTransaction(database, placeSome);
  }
}

async function placeSome(session: Session): Promise<void> {
  const { db } = session;
  const { lastPosition } = await lockFeed(session);
  await db.$executeRawUnsafe(
    `UPDATE "Event" SET "position" = ${lastPosition} + given."n" FROM (
       SELECT "seq", CAST(ROW_NUMBER() OVER (ORDER BY "seq") AS INTEGER) AS "n"
       FROM (SELECT "seq" FROM "Event" WHERE "position" IS NULL ORDER BY "seq" LIMIT ${CHUNK}) AS waiting
     ) AS given WHERE "Event"."seq" = given."seq"`,
  );
  // Not counted: a purge may have erased some of them in between.
  const { _max } = await db.event.aggregate({ _max: { position: true } });
  await updateFeed(session, { lastPosition: Math.max(lastPosition, _max.position ?? 0) });
}

const FEED = 1;

export async function updateFeed({ db }: Session, data: Partial<Feed>): Promise<void> {
  await db.eventFeed.update({ where: { id: FEED }, data });
}

/** A statement of its own: what follows it sees all that was committed before the lock was had. */
export async function lockFeed({ db, dialect }: Session): Promise<Feed> {
  const [feed] = await db.$queryRawUnsafe<readonly Feed[]>(
    `SELECT "lastPosition", "prunedTo" FROM "EventFeed" WHERE "id" = ${FEED} ${dialect.forUpdate}`,
  );
  return { lastPosition: Number(feed?.lastPosition), prunedTo: Number(feed?.prunedTo) };
}

type Feed = Readonly<{ lastPosition: number; prunedTo: number }>;

export async function readFeed({ db }: Session): Promise<Feed> {
  return await db.eventFeed.findUniqueOrThrow({ where: { id: FEED } });
}
