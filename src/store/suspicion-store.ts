import type { HoldProgress } from '../domain/holds/hold-lifetime.ts';
import type { Condition } from '../domain/model/condition.ts';
import type { Hold, HoldCause } from '../domain/model/hold.ts';
import type { PollFailureKind } from '../domain/model/poll.ts';
import { DAY_MS, type Instant } from '../domain/model/time.ts';
import type { SharedCause, SuspicionStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Dialect } from './dialect.ts';
import type { Prisma } from './model.ts';
import { dateOf, instantOfRaw } from './rows/values.ts';

const accessFailures: readonly PollFailureKind[] = ['unauthorized', 'forbidden', 'invalid_grant'];

export function createSuspicionStore(database: Database): SuspicionStore {
  const { db } = database;
  return {
    shared: (since, atLeast) => sharedCauses({ since, atLeast }, database),

    polledSince: (since, network, atMost) =>
      db.tenant.count({
        ...(Number.isFinite(atMost) ? { take: atMost } : {}),
        where: {
          removedAt: null,
          state: { not: 'paused' },
          lastPolledAt: { gte: dateOf(since) },
          ...(network === null ? {} : { connections: { some: { network, ...presentSince(since) } } }),
        },
      }),

    toBeHeld: (hold, limit) => tenantsToBeHeld(hold, limit, database),

    progress: (hold) => progressOf(hold, db),

    toBeReleased: async (limit) => {
      const rows = await db.$queryRawUnsafe<readonly { tenantId: string }[]>(toBeReleasedSql, limit);
      return rows.map(({ tenantId }) => tenantId);
    },
  };
}

async function sharedCauses(
  { since, atLeast }: Readonly<{ since: Instant; atLeast: number }>,
  { db, dialect }: Database,
): Promise<readonly SharedCause[]> {
  const troubles = await db.$queryRawUnsafe<readonly TroubleRow[]>(
    suspicionSql(dialect).shared,
    lookBack(since),
    dateOf(since),
    atLeast,
  );
  const refusals = await db.tenant.groupBy({
    by: ['failingKind'],
    where: { ...refused(since), failingKind: { in: [...accessFailures] } },
    _count: true,
    _min: { failingSince: true },
  });
  return [...troubles.map(troubleOf), ...refusals.filter(({ _count }) => _count >= atLeast).map(refusalOf)];
}

async function tenantsToBeHeld(
  { cause, since }: Pick<Hold, 'cause' | 'since'>,
  limit: number,
  { db, dialect }: Database,
): Promise<readonly string[]> {
  if (cause.kind === 'fleet') {
    const { network, condition } = cause;
    const rows = await db.$queryRawUnsafe<readonly { tenantId: string }[]>(
      suspicionSql(dialect).toBeHeld,
      ...[lookBack(since), dateOf(since), network, condition, limit],
    );
    return rows.map(({ tenantId }) => tenantId);
  }
  if (cause.kind !== 'access') return [];
  return await refusedTenants({ failure: cause.failure, since }, limit, db);
}

/** Who lost an account in that time had it. */
function presentSince(since: Instant): Prisma.ConnectionWhereInput {
  return { OR: [{ removedAt: null }, { removedAt: { gte: dateOf(since) } }] };
}

const toBeReleasedSql = `SELECT DISTINCT n."tenantId" AS "tenantId" FROM "Notification" n
  JOIN "NotificationTopic" p ON p."notificationId" = n."id"
  JOIN "Incident" i ON i."id" = p."incidentId"
  JOIN "Hold" h ON h."id" = i."heldBy" AND h."openKey" IS NULL
  WHERE n."state" = 'held' AND n."reason" = 'held_fleet' ORDER BY 1 LIMIT $1`;

/**
 * What was removed may have been broken before; without a bound its search would read every incident there ever was.
 */
function lookBack(since: Instant): Date {
  return dateOf(since - 7 * DAY_MS);
}

const isBeingTold = `EXISTS (SELECT 1 FROM "NotificationTopic" p JOIN "Notification" n ON n."id" = p."notificationId"
  WHERE p."incidentId" = i."id" AND n."state" IN ('pending', 'held'))`;

/**
 * Trouble that nobody was told of and no hold has taken; of the closed, only what was removed is still news. What opened
 * lately comes first, by itself: SQLite would else begin with what was never held, or with every tenant.
 */
function suspicionSql({ firstWord }: Dialect) {
  const recent = `WITH recent AS MATERIALIZED (SELECT "id", "tenantId", "connectionId", "openKey",
      CASE WHEN "closeReason" = 'removed' THEN "closedAt" ELSE "openedAt" END AS "began",
      CASE WHEN "closeReason" = 'removed' THEN 'removed' ELSE ${firstWord('"conditions"')} END AS "condition"
    FROM "Incident" WHERE "openedAt" >= $1 AND COALESCE("heldBy", '') = '' AND "toldAt" IS NULL
      AND "foundAtBaseline" = FALSE AND ("openKey" IS NOT NULL OR "closeReason" = 'removed'))`;
  const from = `FROM recent i
    JOIN "Connection" c ON c."id" = i."connectionId"
    JOIN "Tenant" t ON t."id" = i."tenantId" AND t."removedAt" IS NULL
    WHERE i."began" >= $2`;
  return {
    shared: `${recent} SELECT c."network" AS "network", i."condition" AS "condition", MIN(i."began") AS "since",
      COUNT(DISTINCT i."tenantId") AS "tenants" ${from} GROUP BY 1, 2 HAVING COUNT(DISTINCT i."tenantId") >= $3`,
    toBeHeld: `${recent} SELECT i."tenantId" AS "tenantId" ${from} AND c."network" = $3 AND i."condition" = $4
      AND (i."openKey" IS NOT NULL OR ${isBeingTold})
      GROUP BY i."tenantId" ORDER BY MIN(i."began"), i."tenantId" LIMIT $5`,
  };
}

type TroubleRow = Readonly<{ network: string; condition: string; since: unknown; tenants: bigint | number }>;

function troubleOf({ network, condition, since, tenants }: TroubleRow): SharedCause {
  const cause: HoldCause = { kind: 'fleet', network, condition: condition as Condition };
  return { cause, since: instantOfRaw(since), tenants: Number(tenants) };
}

type RefusalGroup = Readonly<{
  failingKind: string | null;
  _count: number;
  _min: Readonly<{ failingSince: Date | null }>;
}>;

function refusalOf({ failingKind, _count, _min }: RefusalGroup): SharedCause {
  const cause: HoldCause = { kind: 'access', failure: failingKind as PollFailureKind };
  return { cause, since: _min.failingSince?.getTime() ?? 0, tenants: _count };
}

function refused(since: Instant) {
  return { removedAt: null, state: { not: 'paused' }, failingSince: { gte: dateOf(since) } } as const;
}

/** Those among them whose owners are about to hear of it. */
async function refusedTenants(
  { failure, since }: Readonly<{ failure: PollFailureKind; since: Instant }>,
  limit: number,
  db: Prisma.TransactionClient,
) {
  const rows = await db.tenant.findMany({
    where: {
      ...refused(since),
      failingKind: failure,
      incidents: {
        some: { connectionId: null, openKey: { not: null }, toldAt: null, openedAt: { gte: dateOf(since) } },
      },
    },
    select: { id: true },
    orderBy: [{ failingSince: 'asc' }, { id: 'asc' }],
    take: limit,
  });
  return rows.map(({ id }) => id);
}

type ProgressRow = Readonly<{ concerned: bigint | number; bad: bigint | number }>;

/** An account that is gone for good is no better than a broken one. */
const progressSql = `SELECT COUNT(DISTINCT i."tenantId") AS "concerned", COUNT(DISTINCT CASE
    WHEN i."state" IN ('suspected', 'open') OR (i."closeReason" = 'removed' AND c."removedAt" IS NOT NULL)
    THEN i."tenantId" END) AS "bad"
  FROM "Incident" i LEFT JOIN "Connection" c ON c."id" = i."connectionId" WHERE i."heldBy" = $1`;

async function progressOf({ id, cause, since, tenants }: Hold, db: Prisma.TransactionClient): Promise<HoldProgress> {
  if (cause.kind === 'access') {
    const failing = await db.tenant.count({ where: { ...refused(since), failingKind: cause.failure } });
    const concerned = Math.max(tenants, failing);
    return { concerned, recovered: concerned - failing };
  }
  const [counted] = await db.$queryRawUnsafe<readonly ProgressRow[]>(progressSql, id);
  const concerned = Number(counted?.concerned ?? 0);
  return { concerned, recovered: concerned - Number(counted?.bad ?? 0) };
}
