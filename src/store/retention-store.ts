import type { Instant } from '../domain/model/time.ts';
import type { RetentionStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { lockFeed, placeEvents, updateFeed } from './event-store.ts';
import { dateOf } from './rows/values.ts';
import { inTransaction } from './transaction.ts';

/** Rows a statement erases, so that nobody waits long for its lock. */
const CHUNK = 1000;

export function createRetentionStore(database: Database): RetentionStore {
  const { db } = database;
  return {
    prune: async ({ pollsBefore, historyBefore, writesBefore }) => {
      const before = { lt: dateOf(historyBefore) };
      const beforePolls = { lt: dateOf(pollsBefore) };
      // A row of many polls goes with the last of them.
      const polls = { at: beforePolls, OR: [{ until: null }, { until: beforePolls }] };
      const snapshots = { seenUntil: before, periodOfId: null };
      const incidents = { closedAt: before };
      const writes = { createdAt: { lt: dateOf(writesBefore) } };
      // What was sent is kept as long as its incident: erasing that erases the topics.
      const mail = { createdAt: before, state: { in: ['sent', 'failed', 'cancelled'] }, topics: { none: {} } };
      return {
        polls: await inChunks((limit) => db.poll.deleteMany({ where: polls, limit })),
        snapshots: await inChunks((limit) => db.snapshot.deleteMany({ where: snapshots, limit })),
        changes: await inChunks((limit) => db.change.deleteMany({ where: { at: before }, limit })),
        incidents: await inChunks((limit) => db.incident.deleteMany({ where: incidents, limit })),
        mail: await inChunks((limit) => db.notification.deleteMany({ where: mail, limit })),
        audit: await inChunks((limit) => db.auditEntry.deleteMany({ where: { at: before }, limit })),
        writes: await inChunks((limit) => db.repeatableWrite.deleteMany({ where: writes, limit })),
        events: await pruneEvents(database, pollsBefore),
        webhooks: await pruneWebhooks(database, pollsBefore),
      };
    },
  };
}

async function inChunks(erase: (limit: number) => Promise<Readonly<{ count: number }>>): Promise<number> {
  for (let erased = 0; ; ) {
    const { count } = await erase(CHUNK);
    erased += count;
    if (count < CHUNK) return erased;
  }
}

/** An endpoint that has not had everything for so long, because it was stopped, is to say so. */
async function pruneWebhooks({ db }: Database, before: Instant): Promise<number> {
  const deliveries = { createdAt: { lt: dateOf(before) } };
  const missing = { deliveries: { some: { ...deliveries, state: 'pending' } } };
  await db.webhookEndpoint.updateMany({ where: missing, data: { missedBefore: dateOf(before) } });
  const attempts = { at: { lt: dateOf(before) } };
  return (
    (await inChunks((limit) => db.webhookDelivery.deleteMany({ where: deliveries, limit }))) +
    (await inChunks((limit) => db.webhookAttempt.deleteMany({ where: attempts, limit })))
  );
}

/** From the beginning of the feed up to the first event that is kept, so that whoever reads on misses none unawares. */
async function pruneEvents(database: Database, before: Instant): Promise<number> {
  const last = await placeEvents(database);
  const kept = await database.db.event.findFirst({
    where: { at: { gte: dateOf(before) }, position: { not: null } },
    orderBy: { position: 'asc' },
    select: { position: true },
  });
  const upTo = Math.min(last, (kept?.position ?? Number.POSITIVE_INFINITY) - 1);
  return await inChunks((limit) => pruneSome(database, upTo, limit));
}

/** What is erased and how far the feed reaches back are one change: no reader finds the one without the other. */
async function pruneSome(database: Database, upTo: number, limit: number): Promise<Readonly<{ count: number }>> {
  return await inTransaction(database, async (session) => {
    const { prunedTo } = await lockFeed(session);
    const old = await session.db.event.findMany({
      where: { position: { lte: upTo } },
      orderBy: { position: 'asc' },
      select: { position: true },
      take: limit,
    });
    const end = old.at(-1)?.position ?? prunedTo;
    await updateFeed(session, { prunedTo: Math.max(prunedTo, end) });
    return await session.db.event.deleteMany({ where: { position: { lte: end } } });
  });
}
