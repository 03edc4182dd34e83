import type { PollQueue } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { findForIds } from './id-lists.ts';
import type { Prisma, Tenant } from './model.ts';
import type { Table } from './rows/table.ts';
import { ascending, dateOf } from './rows/values.ts';
import { inTransaction } from './transaction.ts';
import { updateRows } from './write-rows.ts';

/** Tenants that are asked for their connections at all. */
export const pollable = {
  state: { in: ['active', 'access_denied'] },
  removedAt: null,
} satisfies Prisma.TenantWhereInput;

const leaseTable: Table<Pick<Tenant, 'id' | 'nextPollAt'>> = {
  name: 'Tenant',
  columns: { id: 'text', nextPollAt: 'time' },
};

export function createPollQueue(database: Database): PollQueue {
  const { db, dialect } = database;
  const dueSql = `SELECT "id" FROM "Tenant"
    WHERE "nextPollAt" <= $1 AND "state" IN ('active', 'access_denied') AND "removedAt" IS NULL
    ORDER BY "nextPollAt", "id" LIMIT $2 ${dialect.skipLocked}`;
  return {
    claimDueTenants: ({ now, leaseUntil, limit }) =>
      inTransaction(database, async (session) => {
        const due = await session.db.$queryRawUnsafe<readonly { id: string }[]>(dueSql, dateOf(now), limit);
        const leased = due.map(({ id }) => ({ id, nextPollAt: dateOf(leaseUntil) }));
        await updateRows(session, leaseTable, leased);
        return due.map(({ id }) => id);
      }),

    pollableTenants: async (ids) => {
      const select = { id: true } as const;
      const rows =
        ids === null
          ? await db.tenant.findMany({ where: pollable, select })
          : await findForIds([...new Set(ids)], (list) =>
              db.tenant.findMany({ where: { ...pollable, id: { in: list } }, select }),
            );
      return rows.map(({ id }) => id).toSorted(ascending);
    },

    schedules: async () => {
      const groups = await db.tenant.groupBy({ by: ['schedule', 'timezone'], where: pollable, _count: true });
      return groups.map(({ schedule, timezone, _count }) => ({ schedule, timezone, tenants: _count }));
    },
  };
}
