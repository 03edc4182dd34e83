import { type FleetTrouble, problemOf } from '../domain/holds/fleet-trouble.ts';
import { type HoldProgress, reasonsByCommand, unwellStates } from '../domain/holds/hold-lifetime.ts';
import type { Condition } from '../domain/model/condition.ts';
import type { Hold } from '../domain/model/hold.ts';
import { waitingStates } from '../domain/model/notification.ts';
import { closeReasons, reasonFromText } from '../domain/model/reasons.ts';
import { DAY_MS, type Instant } from '../domain/model/time.ts';
import type { SuspicionStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Prisma } from './model.ts';
import { dateOf, instantOfRaw, sqlList, wordsFromText } from './rows/values.ts';

export function createSuspicionStore(database: Database): SuspicionStore {
  const { db } = database;
  return {
    fleetTroubles: (since) => fleetTroubles(since, database),

    progress: (hold) => progressOf(hold, db),

    toBeReleased: async (limit) => {
      const rows = await db.$queryRawUnsafe<readonly { tenantId: string }[]>(toBeReleasedSql, limit);
      return rows.map(({ tenantId }) => tenantId);
    },
  };
}

const toBeReleasedSql = `SELECT DISTINCT n."tenantId" AS "tenantId" FROM "Notification" n
  JOIN "NotificationTopic" p ON p."notificationId" = n."id"
  JOIN "Incident" i ON i."id" = p."incidentId"
  JOIN "Hold" h ON h."id" = i."heldBy" AND h."openKey" IS NULL
  WHERE n."state" = 'held' AND n."reason" = 'held_fleet' ORDER BY 1 LIMIT $1`;

/** An incident may be old when its connection is removed; without a bound the search reads every incident ever. */
const LOOK_BACK_MS = 7 * DAY_MS;

/** The holds for which `keepsWhatItTook` is true: few, and all incidents of an outage are left out by them at once. */
const keepingSql = `SELECT "id" FROM "Hold" WHERE "openKey" IS NOT NULL OR "endReason" IN (${sqlList(reasonsByCommand)})`;

/**
 * A superset of what `countsForFleet` says, as columns can tell. What opened lately comes first, by itself: SQLite
 * would else begin with the incidents that were never held, or with every tenant.
 */
const troublesSql = `WITH recent AS MATERIALIZED (
    SELECT "id", "tenantId", "connectionId", "openKey", "conditions", "openedAt", "closedAt", "closeReason", "toldAt"
    FROM "Incident" WHERE "openedAt" >= $1 AND (COALESCE("heldBy", '') = ''
        OR ("state" IN (${sqlList(unwellStates)}) AND "heldBy" NOT IN (${keepingSql})))
      AND "foundAtBaseline" = FALSE AND ("openKey" IS NOT NULL OR "closeReason" = 'removed'))
  SELECT i."tenantId" AS "tenantId", i."conditions" AS "conditions", i."openedAt" AS "openedAt",
    i."closedAt" AS "closedAt", i."closeReason" AS "closeReason", c."network" AS "network",
    (i."toldAt" IS NULL AND (i."openKey" IS NOT NULL OR EXISTS (SELECT 1 FROM "NotificationTopic" p
      JOIN "Notification" n ON n."id" = p."notificationId"
      WHERE p."incidentId" = i."id" AND n."state" IN (${sqlList(waitingStates)})))) AS "isToTell"
  FROM recent i
    JOIN "Connection" c ON c."id" = i."connectionId"
    JOIN "Tenant" t ON t."id" = i."tenantId" AND t."removedAt" IS NULL
  WHERE i."openedAt" >= $2 OR i."closedAt" >= $2`;

type TroubleRow = Readonly<{
  tenantId: string;
  conditions: string;
  openedAt: unknown;
  closedAt: unknown;
  closeReason: string | null;
  network: string;
  isToTell: unknown;
}>;

async function fleetTroubles(since: Instant, { db }: Database): Promise<readonly FleetTrouble[]> {
  const rows = await db.$queryRawUnsafe<readonly TroubleRow[]>(
    troublesSql,
    dateOf(since - LOOK_BACK_MS),
    dateOf(since),
  );
  return rows.map(({ tenantId, network, ...row }) => {
    const facts = {
      conditions: wordsFromText<Condition>(row.conditions),
      openedAt: instantOfRaw(row.openedAt),
      closedAt: row.closedAt === null ? null : instantOfRaw(row.closedAt),
      closeReason: row.closeReason === null ? null : reasonFromText(closeReasons, row.closeReason),
    };
    return { tenantId, ...problemOf(facts, network), isToTell: Boolean(row.isToTell) };
  });
}

type ProgressRow = Readonly<{ concerned: bigint | number; bad: bigint | number }>;

/**
 * An account that is gone for good is no better than a broken one. Of a tenant that is not polled nothing more is
 * learnt.
 */
const progressSql = `SELECT COUNT(DISTINCT i."tenantId") AS "concerned", COUNT(DISTINCT CASE
    WHEN i."state" IN (${sqlList(unwellStates)}) OR (i."closeReason" = 'removed' AND c."removedAt" IS NOT NULL)
    THEN i."tenantId" END) AS "bad"
  FROM "Incident" i LEFT JOIN "Connection" c ON c."id" = i."connectionId"
    JOIN "Tenant" t ON t."id" = i."tenantId" AND t."removedAt" IS NULL AND t."state" <> 'paused'
  WHERE i."heldBy" = $1`;

async function progressOf({ id }: Hold, db: Prisma.TransactionClient): Promise<HoldProgress> {
  const [counted] = await db.$queryRawUnsafe<readonly ProgressRow[]>(progressSql, id);
  const concerned = Number(counted?.concerned ?? 0);
  return { concerned, recovered: concerned - Number(counted?.bad ?? 0) };
}
