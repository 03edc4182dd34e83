import { LONGEST_LEASE_MS } from '../domain/model/lease.ts';
import type { Instant } from '../domain/model/time.ts';
import { TOLERATED_AHEAD_MS } from '../domain/polling/clock-correction.ts';
import type { DueTenants, PollClaim, PollStore, TenantsBack } from '../monitoring/ports.ts';
import type { Database, Session } from './database.ts';
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

type Put = (value: unknown) => string;

/** Planned after a last poll that lies ahead: by a clock that was wrong. */
function dueSql(now: Instant, put: Put): string {
  const [due, ahead] = [put(dateOf(now)), put(dateOf(now + TOLERATED_AHEAD_MS))];
  return `("nextPollAt" <= ${due} OR (${LAST_POLL} > ${ahead} AND "nextPollAt" >= ${LAST_POLL}))`;
}

const turns: Readonly<Record<PollClaim['which'], (now: Instant, put: Put) => string>> = {
  recheck: (now, put) => `${dueSql(now, put)} AND "recheckWanted"`,
  urgent: (now, put) => `${dueSql(now, put)} AND ("recheckWanted" OR "lastPolledAt" IS NULL)`,
  due: dueSql,
  next: () => '"nextPollAt" IS NOT NULL',
};

function freeSql(leaseNow: Instant, put: Put): string {
  const [ended, tooLong] = [put(dateOf(leaseNow)), put(dateOf(leaseNow + LONGEST_LEASE_MS))];
  return `("pollLeaseUntil" IS NULL OR "pollLeaseUntil" <= ${ended} OR "pollLeaseUntil" > ${tooLong})`;
}

const ofApplication = (id: string | null, put: Put) => `"applicationId" ${id === null ? 'IS NULL' : `= ${put(id)}`}`;

/** Reads ids of pollable tenants, a tenant in doubt first, then the longest overdue. `conditions` number their parameters. */
async function selectIds(
  { db }: Session,
  limit: number,
  conditions: (put: Put) => readonly string[],
  locking: string = '',
): Promise<readonly string[]> {
  // Parameters are numbered in the order that they stand in: SQLite knows them by that alone.
  const given: unknown[] = [];
  const put: Put = (value) => `$${given.push(value)}`;
  const where = [...conditions(put), `"state" IN ('active', 'access_denied')`, '"removedAt" IS NULL'].join(' AND ');
  const sql = `SELECT "id" FROM "Tenant" WHERE ${where}
    ORDER BY "recheckWanted" DESC, "nextPollAt", "id" LIMIT ${put(limit)} ${locking}`;
  const rows = await db.$queryRawUnsafe<readonly Readonly<{ id: string }>[]>(sql, ...given);
  return rows.map(({ id }) => id);
}

async function dueTenants(
  { database, leaseClock }: Leasing,
  { now, applicationId, limit }: DueTenants,
): Promise<readonly string[]> {
  const leaseNow = await leaseClock(database);
  return await selectIds(database, limit, (put) => [
    dueSql(now, put),
    freeSql(leaseNow, put),
    ofApplication(applicationId, put),
  ]);
}

async function claimDueTenants(
  { database, leaseClock }: Leasing,
  { now, holder, leaseMs, limit, applicationId, which, among }: PollClaim,
): Promise<readonly string[]> {
  const { dialect } = database;
  const theseAlone = (put: Put) => {
    if (among === undefined) return [];
    put(JSON.stringify(among.map((id) => ({ id }))));
    return [`"id" IN (SELECT "id" FROM ${dialect.rowsFromJson({ id: 'text' })} AS given)`];
  };
  return await inTransaction(database, async (session) => {
    const leaseNow = await leaseClock(session);
    const conditions = (put: Put) => [
      ...theseAlone(put),
      turns[which](now, put),
      freeSql(leaseNow, put),
      `("pollLeaseBy" IS NULL OR "pollLeaseBy" <> ${put(holder)})`,
      ofApplication(applicationId, put),
    ];
    const due = await selectIds(session, limit, conditions, dialect.skipLocked);
    const leased = due.map((id) => ({ id, pollLeaseUntil: leaseNow + leaseMs, pollLeaseBy: holder }));
    await updateRows(session, leaseTable, leased);
    return due;
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
    dueTenants: (due) => dueTenants({ database, leaseClock }, due),
    giveBackTenants: (back) => giveBackTenants({ database, leaseClock }, back),

    countPolledAhead: async (now) => {
      const ahead = { gt: dateOf(now + TOLERATED_AHEAD_MS) };
      const where = { OR: [{ lastPolledAt: ahead }, { lastPolledAt: null, createdAt: ahead }] };
      return await db.tenant.count({ where: { ...pollable, ...where } });
    },

    pollableTenants: async (ids) => {
      const select = { id: true, applicationId: true } as const;
      const rows =
        ids === null
          ? await db.tenant.findMany({ where: pollable, select })
          : await findForIds([...new Set(ids)], (list) =>
              db.tenant.findMany({ where: { ...pollable, id: { in: list } }, select }),
            );
      return rows.toSorted((a, b) => ascending(a.id, b.id));
    },

    schedules: async () => {
      const same = {
        by: ['applicationId', 'schedule', 'timezone'],
        where: pollable,
      } satisfies Prisma.TenantGroupByArgs;
      const groups = await db.tenant.groupBy({ ...same, _count: true, _min: { id: true } });
      return groups.map(({ _count, _min, ...schedule }) => ({ ...schedule, tenants: _count, firstId: _min.id ?? '' }));
    },

    toPoll: (ids) => readTenantsToPoll(database, ids, encryption),
    storeUnchanged: (polls) => storeUnchanged({ database, leaseClock }, polls),

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
