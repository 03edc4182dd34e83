import type { Instant } from '../domain/model/time.ts';
import { TOLERATED_AHEAD_MS } from '../domain/polling/clock-correction.ts';
import type { PollStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { findForIds } from './id-lists.ts';
import type { Prisma, Tenant } from './model.ts';
import type { Table } from './rows/table.ts';
import { tenantFromRow } from './rows/tenant-row.ts';
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

const LAST_POLL = 'COALESCE("lastPolledAt", "createdAt")';

async function claimDueTenants(
  database: Database,
  { now, leaseUntil, limit }: Parameters<PollStore['claimDueTenants']>[0],
): Promise<readonly string[]> {
  // Planned after a last poll that lies ahead: by a clock that was wrong. Once claimed, it is planned before that.
  const dueSql = `SELECT "id" FROM "Tenant"
    WHERE ("nextPollAt" <= $1 OR (${LAST_POLL} > $2 AND "nextPollAt" >= ${LAST_POLL}))
      AND "state" IN ('active', 'access_denied') AND "removedAt" IS NULL
    ORDER BY "nextPollAt", "id" LIMIT $3 ${database.dialect.skipLocked}`;
  return await inTransaction(database, async (session) => {
    const due = await session.db.$queryRawUnsafe<readonly { id: string }[]>(
      dueSql,
      ...[dateOf(now), dateOf(now + TOLERATED_AHEAD_MS), limit],
    );
    const leased = due.map(({ id }) => ({ id, nextPollAt: leaseUntil }));
    await updateRows(session, leaseTable, leased);
    return due.map(({ id }) => id);
  });
}

type Move = Readonly<{ id: string; plannedAt: Instant; at: Instant }>;

/** A tenant that another process has taken or polled meanwhile stays where that put it. */
async function movePolls({ db, dialect }: Database, moves: readonly Move[]): Promise<number> {
  const sql = `UPDATE "Tenant" SET "nextPollAt" = given."at"
    FROM ${dialect.rowsFromJson({ id: 'text', plannedAt: 'time', at: 'time' })} AS given
    WHERE "Tenant"."id" = given."id" AND "Tenant"."nextPollAt" = given."plannedAt"`;
  const rows = moves.map(({ id, plannedAt, at }) => ({
    id,
    plannedAt: dialect.timeToJson(plannedAt),
    at: dialect.timeToJson(at),
  }));
  return rows.length === 0 ? 0 : await db.$executeRawUnsafe(sql, JSON.stringify(rows));
}

export function createPollStore(database: Database): PollStore {
  const { db } = database;
  return {
    claimDueTenants: (claim) => claimDueTenants(database, claim),

    countPolledAhead: async (now) => {
      const ahead = { gt: dateOf(now + TOLERATED_AHEAD_MS) };
      const where = { OR: [{ lastPolledAt: ahead }, { lastPolledAt: null, createdAt: ahead }] };
      return await db.tenant.count({ where: { ...pollable, ...where } });
    },

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
      const same = { by: ['schedule', 'timezone'], where: pollable } satisfies Prisma.TenantGroupByArgs;
      const groups = await db.tenant.groupBy({ ...same, _count: true, _min: { id: true } });
      return groups.map(({ _count, _min, ...schedule }) => ({ ...schedule, tenants: _count, firstId: _min.id ?? '' }));
    },

    replan: async ({ after, limit }, decide) => {
      const where = { ...pollable, id: { gt: after } };
      const rows = await db.tenant.findMany({ where, orderBy: { id: 'asc' }, take: limit });
      const moves = rows.flatMap((row) => {
        const at = decide(tenantFromRow(row));
        return at === null || row.nextPollAt === null ? [] : [{ id: row.id, plannedAt: row.nextPollAt.getTime(), at }];
      });
      return { last: rows.length < limit ? null : (rows.at(-1)?.id ?? null), moved: await movePolls(database, moves) };
    },
  };
}
