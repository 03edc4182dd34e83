import type { Instant } from '../domain/model/time.ts';
import type { PruneLimits, RetentionStore } from '../monitoring/ports.ts';
import type { Database, Session } from './database.ts';
import { eraseInChunks } from './erase-in-chunks.ts';
import { lockFeed, placeEvents, updateFeed } from './event-store.ts';
import { dateOf } from './rows/values.ts';
import { connectionsById, mailBefore } from './table-portions.ts';
import { inTransaction } from './transaction.ts';

export function createRetentionStore(database: Database): RetentionStore {
  return {
    prune: async (limits) => {
      const { pollsBefore, historyBefore, writesBefore, signal } = limits;
      const erase = (table: string, which: string, before: Instant) =>
        eraseInChunks((limit) => eraseSome(database, { table, which, limit }, dateOf(before)), signal);
      return {
        // A row of many polls goes with the last of them.
        polls: await erase('Poll', '"at" < $1 AND ("until" IS NULL OR "until" < $1)', pollsBefore),
        snapshots: await pruneSnapshots(database, limits),
        changes: await erase('Change', '"at" < $1', historyBefore),
        incidents: await erase('Incident', '"closedAt" < $1', historyBefore),
        mail: await pruneMail(database, limits),
        audit: await erase('AuditEntry', '"at" < $1', historyBefore),
        writes: await erase('RepeatableWrite', '"createdAt" < $1', writesBefore),
        events: await pruneEvents(database, limits),
        webhooks:
          (await pruneDeliveries(database, pollsBefore, erase)) +
          (await erase('WebhookAttempt', '"at" < $1', pollsBefore)),
        sessions: await erase('ApiKey', `"expiresAt" < $1 AND "purpose" <> 'program'`, pollsBefore),
        days:
          (await erase('Digest', '"writtenAt" < $1', historyBefore)) +
          (await pruneRequestDays(database, historyBefore)),
        troubles:
          (await erase('Fault', '"endedAt" < $1', historyBefore)) +
          (await erase('Hold', '"endedAt" < $1', historyBefore)),
      };
    },
  };
}

type Some = Readonly<{ table: string; which: string; limit: number }>;

/** What another process is erasing at this moment, or changing, is left for the next time. */
async function eraseSome(
  { db, dialect }: Session,
  { table, which, limit }: Some,
  ...values: readonly (Date | string)[]
) {
  const key = keys[table] ?? '"id"';
  return await db.$executeRawUnsafe(
    `DELETE FROM "${table}" WHERE (${key}) IN (
       SELECT ${key} FROM "${table}" WHERE ${which} LIMIT ${limit} ${dialect.skipLocked})`,
    ...values,
  );
}

/** The keys of the tables without an id. */
const keys: Readonly<Record<string, string>> = { Digest: '"day"', WebhookDelivery: '"endpointId", "eventId"' };

/** Erases by connection: an index of the ends would change with every poll. */
async function pruneSnapshots(database: Database, { historyBefore, signal }: PruneLimits): Promise<number> {
  let erased = 0;
  const before = dateOf(historyBefore);
  const which = `"periodOfId" IS NULL AND "seenUntil" < $1 AND "startedAt" < $1
    AND "connectionId" IN (SELECT "id" FROM "Connection" WHERE "id" > $2 AND "id" <= $3)`;
  for await (const { gt, lte } of connectionsById(database.db)) {
    if (signal?.aborted) break;
    erased += await eraseInChunks(
      (limit) => eraseSome(database, { table: 'Snapshot', which, limit }, before, gt, lte),
      signal,
    );
  }
  return erased;
}

const SETTLED = `"state" IN ('sent', 'failed', 'cancelled')`;
const WITHOUT_INCIDENT = `NOT EXISTS (SELECT 1 FROM "NotificationTopic" t WHERE t."notificationId" = "Notification"."id")`;

/**
 * Mail is kept as long as it has a topic, and erasing an incident erases its topics. Mail of a lasting incident may be
 * kept for years; old mail is looked at portion by portion, so that no other work waits meanwhile.
 */
async function pruneMail(database: Database, { historyBefore, signal }: PruneLimits): Promise<number> {
  let erased = 0;
  const which = `"createdAt" > $1 AND "createdAt" <= $2 AND ${SETTLED} AND ${WITHOUT_INCIDENT}`;
  for await (const { gt, lte } of mailBefore(database.db, dateOf(historyBefore))) {
    if (signal?.aborted) break;
    erased += await eraseInChunks(
      (limit) => eraseSome(database, { table: 'Notification', which, limit }, gt, lte),
      signal,
    );
  }
  return erased;
}

async function pruneRequestDays({ db }: Database, before: Instant): Promise<number> {
  const day = new Date(before).toISOString().slice(0, 'YYYY-MM-DD'.length);
  return (await db.requestDay.deleteMany({ where: { day: { lt: day } } })).count;
}

type Erase = (table: string, which: string, before: Instant) => Promise<number>;

/** Erases old deliveries; an endpoint that loses pending ones by that is marked as having missed events. */
async function pruneDeliveries(database: Database, before: Instant, erase: Erase): Promise<number> {
  const missing = { deliveries: { some: { createdAt: { lt: dateOf(before) }, state: 'pending' } } };
  await database.db.webhookEndpoint.updateMany({ where: missing, data: { missedBefore: dateOf(before) } });
  return await erase('WebhookDelivery', '"createdAt" < $1', before);
}

/** From the beginning of the feed up to the first event that is kept, so that whoever reads on misses none unawares. */
async function pruneEvents(database: Database, { pollsBefore, signal }: PruneLimits): Promise<number> {
  const last = await placeEvents(database);
  return await eraseInChunks((limit) => pruneSome(database, { pollsBefore, last, limit }), signal);
}

type SomeEvents = Readonly<{ pollsBefore: Instant; last: number; limit: number }>;

/** What is erased and how far the feed reaches back are one change: no reader finds the one without the other. */
async function pruneSome(database: Database, { pollsBefore, last, limit }: SomeEvents): Promise<number> {
  return await inTransaction(database, async (session) => {
    const { prunedTo } = await lockFeed(session);
    const first = await session.db.event.findMany({
      where: { position: { lte: last } },
      orderBy: { position: 'asc' },
      select: { position: true, at: true },
      take: limit,
    });
    const kept = first.findIndex(({ at }) => at.getTime() >= pollsBefore);
    const end = (kept === -1 ? first : first.slice(0, kept)).at(-1)?.position;
    if (end === undefined || end === null) return 0;
    await updateFeed(session, { prunedTo: Math.max(prunedTo, end) });
    return (await session.db.event.deleteMany({ where: { position: { lte: end } } })).count;
  });
}
