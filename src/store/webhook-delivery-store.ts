import { LONGEST_LEASE_MS } from '../domain/model/lease.ts';
import type { Instant } from '../domain/model/time.ts';
import type { ClaimedDelivery, DecideAttempt, Redelivery, WebhookDeliveryStore } from '../monitoring/ports.ts';
import type { Database, Session } from './database.ts';
import type { Encryption } from './encryption.ts';
import { placeEvents, readFeed } from './event-store.ts';
import type { LeaseClock } from './lease-clock.ts';
import { dateOf } from './rows/values.ts';
import { attemptToRow, deliveryFromRow, deliveryToRow, endpointFromRow } from './rows/webhook-row.ts';
import { saveNotifications } from './save-updates.ts';
import { inTransaction } from './transaction.ts';
import { lockEndpoint, openSecrets, saveEndpoint } from './webhook-endpoints.ts';

/** So many endpoints, and for each so many places of the feed, make one transaction. */
const ENDPOINTS = 200;
const PLACES = 1000;

export function createWebhookDeliveryStore(
  database: Database,
  encryption: Encryption,
  leaseClock: LeaseClock,
): WebhookDeliveryStore {
  const { db } = database;
  return {
    isNeeded: async () => (await db.webhookEndpoint.findFirst({ where: { state: 'active' } })) !== null,

    dispatch: async (now) => {
      const last = await placeEvents(database);
      while (await inTransaction(database, (session) => dispatchSome(session, last, now)));
    },

    due: async (now) => {
      const times = leaseTimes(await leaseClock(database));
      const rows = await db.$queryRawUnsafe<readonly { id: string; failures: number | bigint }[]>(
        dueSql,
        dateOf(now),
        ...times,
      );
      return rows.map(({ id, failures }) => ({ id, failures: Number(failures) }));
    },

    claim: (endpointId, now, leaseMs) =>
      inTransaction(database, async (session) => {
        const leaseNow = await leaseClock(session);
        const eventId = await nextEvent(session, endpointId, { now, leaseNow });
        if (eventId === null) return null;
        const where = { endpointId_eventId: { endpointId, eventId } };
        const leaseUntil = dateOf(leaseNow + leaseMs);
        const row = await session.db.webhookDelivery.update({
          where,
          data: { leaseUntil },
          include: { endpoint: true },
        });
        const { endpoint, ...delivery } = row;
        const event = await session.db.event.findUnique({ where: { id: eventId } });
        const claimed: ClaimedDelivery = {
          endpoint: endpointFromRow(endpoint),
          delivery: deliveryFromRow(delivery),
          secrets: openSecrets(endpoint, now, encryption),
          event: event === null ? null : { at: event.at.getTime(), data: JSON.parse(event.data) },
        };
        return claimed;
      }),

    record: ({ endpointId, eventId, leaseUntil }, attempt, decide) =>
      inTransaction(database, async (session) => {
        const endpoint = await lockEndpoint(session, endpointId);
        const where = { endpointId_eventId: { endpointId, eventId } };
        const row = await session.db.webhookDelivery.findUnique({ where });
        if (endpoint === null || row === null) return null;
        // This may be asked again although it was stored: the answer of the database may have been lost.
        if (attempt !== null) {
          const { id } = attempt;
          await session.db.webhookAttempt.upsert({ where: { id }, create: attemptToRow(attempt), update: {} });
        }
        const delivery = deliveryFromRow(row);
        if (delivery.state !== 'pending' || delivery.leaseUntil !== leaseUntil) return null;
        return await save(session, decide(endpoint, delivery));
      }),

    redeliver: (endpointId, redelivery, now) =>
      inTransaction(database, async (session) => {
        if ((await lockEndpoint(session, endpointId)) === null) return 0;
        const times = leaseTimes(await leaseClock(session));
        await session.db.webhookEndpoint.update({ where: { id: endpointId }, data: { restUntil: null } });
        const { which, value } = meantBy(redelivery);
        // SQLite counts parameters as they come, so those of the leases have to be the last.
        const again = onceMore(`$${value.length + 3}`, `$${value.length + 4}`);
        const sql = `${insertSql} WHERE w."id" = $2 AND e."position" <= w."position" AND ${which} ${again}`;
        return await session.db.$executeRawUnsafe(sql, dateOf(now), endpointId, ...value, ...times);
      }),
  };
}

/** Brings the few endpoints that are furthest behind a piece further. False: none is behind. */
async function dispatchSome(session: Session, last: number, now: Instant): Promise<boolean> {
  const { db, dialect } = session;
  // An endpoint that another process is writing to gets its deliveries at the next look.
  const behind = await db.$queryRawUnsafe<readonly { id: string; position: number }[]>(
    `SELECT "id", "position" FROM "WebhookEndpoint" WHERE "state" = 'active' AND "position" < $1
     ORDER BY "position", "id" LIMIT ${ENDPOINTS} ${dialect.skipLocked}`,
    last,
  );
  const [first] = behind;
  if (first === undefined) return false;
  const to = Math.min(last, Number(first.position) + PLACES);
  const ids = behind.filter(({ position }) => Number(position) < to).map(({ id }) => id);
  for (const id of ids) {
    const sql = `${insertSql} WHERE w."id" = $2 AND e."position" > w."position" AND e."position" <= $3
      ON CONFLICT ("endpointId", "eventId") DO NOTHING`;
    await db.$executeRawUnsafe(sql, dateOf(now), id, to);
  }
  const where = { id: { in: ids } };
  // Read after the events: what is erased in between is told, and not passed over without a word.
  const { prunedTo } = await readFeed(session);
  const missed = { ...where, position: { lt: prunedTo } };
  await db.webhookEndpoint.updateMany({ where: missed, data: { missedBefore: dateOf(now) } });
  await db.webhookEndpoint.updateMany({ where, data: { position: to } });
  return true;
}

/** A delivery, due at `$1`, of each event that an endpoint is to get, and that the rest of the statement chooses. */
const insertSql = `INSERT INTO "WebhookDelivery"
    ("endpointId", "eventId", "tenantId", "type", "position", "state", "createdAt", "dueAt", "attempts")
  SELECT w."id", e."id", e."tenantId", e."type", e."position", 'pending',
    CAST($1 AS TIMESTAMP(3)), CAST($1 AS TIMESTAMP(3)), 0
  FROM "WebhookEndpoint" w JOIN "Event" e ON (w."tenantId" IS NULL OR w."tenantId" = e."tenantId")
    AND (w."types" IS NULL OR ' ' || w."types" || ' ' LIKE '% ' || e."type" || ' %')`;

/** A delivery that is stored already is pending anew, without attempts, unless it is being sent at this moment. */
const onceMore = (
  after: string,
  until: string,
) => `ON CONFLICT ("endpointId", "eventId") DO UPDATE SET "state" = 'pending', "reason" = NULL,
    "dueAt" = excluded."dueAt", "attempts" = 0, "firstAttemptAt" = NULL, "leaseUntil" = NULL
  WHERE ("WebhookDelivery"."leaseUntil" IS NULL OR "WebhookDelivery"."leaseUntil" <= ${after}
    OR "WebhookDelivery"."leaseUntil" > ${until})`;

function meantBy(redelivery: Redelivery): Readonly<{ which: string; value: readonly unknown[] }> {
  switch (redelivery.kind) {
    case 'event':
      return { which: 'e."id" = $3', value: [redelivery.eventId] };
    case 'since':
      return { which: 'e."at" >= $3', value: [dateOf(redelivery.since)] };
    case 'failed': {
      const failed = `d."endpointId" = w."id" AND d."eventId" = e."id" AND d."state" = 'failed'`;
      return { which: `EXISTS (SELECT 1 FROM "WebhookDelivery" d WHERE ${failed})`, value: [] };
    }
  }
}

/** A lease is over when its end lies at or before the first time, or after the second: see `isHeldUntil`. */
function leaseTimes(leaseNow: Instant): readonly [Date, Date] {
  return [dateOf(leaseNow), dateOf(leaseNow + LONGEST_LEASE_MS)];
}

const dueDelivery = (after: string, until: string, now: string) =>
  `d."state" = 'pending' AND d."dueAt" <= ${now}
   AND (d."leaseUntil" IS NULL OR d."leaseUntil" <= ${after} OR d."leaseUntil" > ${until})`;

const atWork = (now: string) => `w."state" = 'active' AND (w."restUntil" IS NULL OR w."restUntil" <= ${now})`;

const dueSql = `SELECT w."id", w."failures" FROM "WebhookEndpoint" w WHERE ${atWork('$1')}
  AND EXISTS (SELECT 1 FROM "WebhookDelivery" d WHERE d."endpointId" = w."id" AND ${dueDelivery('$2', '$3', '$1')})`;

/** The event to send next: its delivery is due, and no earlier event of its tenant is pending for this endpoint. */
async function nextEvent(
  { db, dialect }: Session,
  endpointId: string,
  { now, leaseNow }: Readonly<{ now: Instant; leaseNow: Instant }>,
): Promise<string | null> {
  const sql = `SELECT d."eventId" FROM "WebhookDelivery" d
    WHERE d."endpointId" = $1 AND ${dueDelivery('$3', '$4', '$2')}
      AND EXISTS (SELECT 1 FROM "WebhookEndpoint" w WHERE w."id" = $1 AND ${atWork('$2')})
      AND NOT EXISTS (SELECT 1 FROM "WebhookDelivery" earlier
        WHERE earlier."endpointId" = d."endpointId" AND earlier."tenantId" = d."tenantId"
          AND earlier."state" = 'pending' AND earlier."position" < d."position")
    ORDER BY d."dueAt", d."position" LIMIT 1 ${dialect.skipLocked}`;
  const times = leaseTimes(leaseNow);
  const [row] = await db.$queryRawUnsafe<readonly { eventId: string }[]>(sql, endpointId, dateOf(now), ...times);
  return row?.eventId ?? null;
}

async function save(session: Session, { endpoint, delivery, operatorMail }: ReturnType<DecideAttempt>) {
  const { endpointId, eventId, ...data } = deliveryToRow(delivery);
  await saveEndpoint(session, endpoint);
  await session.db.webhookDelivery.update({ where: { endpointId_eventId: { endpointId, eventId } }, data });
  await saveNotifications(session, operatorMail);
  return { endpoint, delivery };
}
