import { waitingStates } from '../domain/model/notification.ts';
import type { Instant } from '../domain/model/time.ts';
import type { OutboxStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { filled } from './id-lists.ts';
import { endedLease, type LeaseClock } from './lease-clock.ts';
import type { Prisma } from './model.ts';
import { dateOf } from './rows/values.ts';

export function createOutboxStore(database: Database, leaseClock: LeaseClock): OutboxStore {
  const { db } = database;
  return {
    dueMail: async (now, limit, among) =>
      await db.notification.findMany({
        where: {
          ...freeAt(await leaseClock(database)),
          dueAt: { lte: dateOf(now) },
          ...(among !== undefined && { id: { in: filled(among) } }),
        },
        select: { id: true, tenantId: true, to: true },
        orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
        take: limit,
      }),

    tenantsWithDueReminders: async (now, limit) => {
      const rows = await db.$queryRawUnsafe<readonly { tenantId: string }[]>(dueRemindersSql, dateOf(now), limit);
      return rows.map(({ tenantId }) => tenantId);
    },

    counts: async (tenantId) => {
      const states = await db.notification.groupBy({
        by: ['state'],
        where: { state: { in: [...waitingStates] }, ...(tenantId !== null && { tenantId }) },
        _count: true,
      });
      const count = (wanted: string) => states.find(({ state }) => state === wanted)?._count ?? 0;
      return { pending: count('pending'), held: count('held') };
    },

    heldForBrake: async () => {
      const [row] = await db.$queryRawUnsafe<readonly HeldRow[]>(heldForBrakeSql);
      return { mails: Number(row?.mails ?? 0), tenants: Number(row?.tenants ?? 0) };
    },
  };
}

/** Asked each second: the few that are due come first, and only then their tenants, however many there are. */
const dueRemindersSql = `WITH due AS MATERIALIZED (
    SELECT "tenantId", "remindAt" FROM "Incident" WHERE "remindAt" <= $1 AND "openKey" IS NOT NULL)
  SELECT due."tenantId" AS "tenantId" FROM due JOIN "Tenant" t ON t."id" = due."tenantId" AND t."removedAt" IS NULL
  GROUP BY due."tenantId" ORDER BY MIN(due."remindAt"), due."tenantId" LIMIT $2`;

type HeldRow = Readonly<{ mails: number | bigint; tenants: number | bigint }>;

const heldForBrakeSql = `SELECT COUNT(*) AS "mails", COUNT(DISTINCT "tenantId") AS "tenants" FROM "Notification"
  WHERE "state" = 'held' AND "reason" = 'held_brake'`;

/** Pending, and nobody is sending it. */
export function freeAt(leaseNow: Instant): Prisma.NotificationWhereInput {
  return { state: 'pending', OR: endedLease(leaseNow).map((leaseUntil) => ({ leaseUntil })) };
}
