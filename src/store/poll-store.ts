import { LONGEST_LEASE_MS } from '../domain/model/lease.ts';
import type { Instant } from '../domain/model/time.ts';
import { TOLERATED_AHEAD_MS } from '../domain/polling/clock-correction.ts';
import type { PollClaim, PollStore, TenantsBack } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Encryption } from './encryption.ts';
import { findForIds } from './id-lists.ts';
import { endedLease, type LeaseClock } from './lease-clock.ts';
import type { Prisma, Tenant } from './model.ts';
import type { Table } from './rows/table.ts';
import { tenantFromRow } from './rows/tenant-row.ts';
import { ascending, dateOf } from './rows/values.ts';
import { readTenantsToPoll } from './tenants-to-poll.ts';
import { inTransaction } from './transaction.ts';
import { storeUnchanged } from './unchanged-polls.ts';
import { updateRows } from './write-rows.ts';

/** Tenants that are asked for their connections at all. */
export const pollable = {
  state: { in: ['active', 'access_denied'] },
  removedAt: null,
} satisfies Prisma.TenantWhereInput;

export const leaseTable: Table<Pick<Tenant, 'id' | 'pollLeaseUntil' | 'pollLeaseBy'>> = {
  name: 'Tenant',
  columns: { id: 'text', pollLeaseUntil: 'time', pollLeaseBy: 'text' },
};

const LAST_POLL = 'COALESCE("lastPolledAt", "createdAt")';

async function claimDueTenants(
  { database, leaseClock }: Leasing,
  { now, holder, leaseMs, limit }: PollClaim,
): Promise<readonly string[]> {
  // Planned after a last poll that lies ahead: by a clock that was wrong.
  const dueSql = `SELECT "id" FROM "Tenant"
    WHERE ("nextPollAt" <= $1 OR (${LAST_POLL} > $2 AND "nextPollAt" >= ${LAST_POLL}))
      AND ("pollLeaseUntil" IS NULL OR "pollLeaseUntil" <= $3 OR "pollLeaseUntil" > $4)
      AND ("pollLeaseBy" IS NULL OR "pollLeaseBy" <> $5)
      AND "state" IN ('active', 'access_denied') AND "removedAt" IS NULL
    ORDER BY "nextPollAt", "id" LIMIT $6 ${database.dialect.skipLocked}`;
  return await inTransaction(database, async (session) => {
    const leaseNow = await leaseClock(session);
    const times = [now, now + TOLERATED_AHEAD_MS, leaseNow, leaseNow + LONGEST_LEASE_MS].map(dateOf);
    const due = await session.db.$queryRawUnsafe<readonly { id: string }[]>(dueSql, ...times, holder, limit);
    const leased = due.map(({ id }) => ({ id, pollLeaseUntil: leaseNow + leaseMs, pollLeaseBy: holder }));
    await updateRows(session, leaseTable, leased);
    return due.map(({ id }) => id);
  });
}

async function giveBackTenants({ database, leaseClock }: Leasing, back: TenantsBack): Promise<void> {
  const { db, dialect } = database;
  const { holder } = back;
  if (back.tenantIds === 'all') {
    await db.tenant.updateMany({ where: { pollLeaseBy: holder }, data: { pollLeaseUntil: null, pollLeaseBy: null } });
    return;
  }
  const until = back.afterMs === 0 ? null : (await leaseClock(database)) + back.afterMs;
  const sql = `UPDATE "Tenant" SET "pollLeaseUntil" = given."until", "pollLeaseBy" = NULL
    FROM ${dialect.rowsFromJson({ id: 'text', until: 'time' })} AS given
    WHERE "Tenant"."id" = given."id" AND "Tenant"."pollLeaseBy" = $2`;
  const rows = back.tenantIds.map((id) => ({ id, until: until === null ? null : dialect.timeToJson(until) }));
  await db.$executeRawUnsafe(sql, JSON.stringify(rows), holder);
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

/** Tenants that nobody has claimed, and that are not put off. */
export function unleasedAt(leaseNow: Instant): Prisma.TenantWhereInput {
  return { OR: endedLease(leaseNow).map((pollLeaseUntil) => ({ pollLeaseUntil })) };
}

type Leasing = Readonly<{ database: Database; leaseClock: LeaseClock }>;

export function createPollStore(database: Database, encryption: Encryption, leaseClock: LeaseClock): PollStore {
  const { db } = database;
  return {
    claimDueTenants: (claim) => claimDueTenants({ database, leaseClock }, claim),
    giveBackTenants: (back) => giveBackTenants({ database, leaseClock }, back),

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

    toPoll: (ids) => readTenantsToPoll(database, ids, encryption),
    storeUnchanged: (polls) => storeUnchanged(database, polls),

    refusal: async (id) => {
      const row = await db.tenant.findUnique({ where: { id } });
      if (row === null) return null;
      const { failing, privilegesAskedAt } = tenantFromRow(row);
      return { failing, privilegesAskedAt };
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
