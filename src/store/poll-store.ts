import { LONGEST_LEASE_MS } from '../domain/model/lease.ts';
import type { Instant } from '../domain/model/time.ts';
import { TOLERATED_AHEAD_MS } from '../domain/polling/clock-correction.ts';
import type { DueTenants, PollClaim, PollStore, ScheduleUse, TenantsBack } from '../monitoring/ports.ts';
import type { Database, Session } from './database.ts';
import type { Encryption } from './encryption.ts';
import { findForIds, idsToJson } from './id-lists.ts';
import { endedLease, type LeaseClock } from './lease-clock.ts';
import type { Prisma, Tenant } from './model.ts';
import { plain, type Table } from './rows/table.ts';
import { tenantFromRow, tenantTable } from './rows/tenant-row.ts';
import { ascending, dateOf } from './rows/values.ts';
import { idsIn, tenantWindows } from './tenant-windows.ts';
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

type Put = (value: unknown) => string;

/** Conditions; each numbers its parameters. */
type Which = (now: Instant, put: Put) => readonly string[];

const planned: Which = (now, put) => [`"nextPollAt" <= ${put(dateOf(now))}`];

/** The same of tenants that are named: left alone, SQLite would begin with all that are due. */
const plannedOfNamed: Which = (now, put) => [`NOT COALESCE("nextPollAt" > ${put(dateOf(now))}, TRUE)`];

/** After a last poll that lies ahead: by a clock that was wrong. Each half is found by an index, and as a rule empty. */
const plannedAhead: Which = (now, put) => {
  const ahead = dateOf(now + TOLERATED_AHEAD_MS);
  const isAhead = `("lastPolledAt" > ${put(ahead)} OR ("lastPolledAt" IS NULL AND "createdAt" > ${put(ahead)}))`;
  return [isAhead, `"nextPollAt" >= COALESCE("lastPolledAt", "createdAt")`, `"nextPollAt" > ${put(dateOf(now))}`];
};

const IN_DOUBT = '"recheckWanted" = TRUE';

/** Whose turn it is, in parts that an index finds; they are asked for one after the other. */
const turns: Readonly<Record<PollClaim['which'], readonly (readonly string[])[]>> = {
  recheck: [[IN_DOUBT]],
  urgent: [[IN_DOUBT], ['"lastPolledAt" IS NULL', 'NOT "recheckWanted"']],
  due: [[]],
  next: [['"nextPollAt" IS NOT NULL']],
};

const sourcesOf = (which: PollClaim['which'], areNamed: boolean): readonly Which[] => {
  const sources = which === 'next' ? [() => []] : [areNamed ? plannedOfNamed : planned, plannedAhead];
  return sources.flatMap((source) =>
    turns[which].map(
      (turn): Which =>
        (now, put) => [...source(now, put), ...turn],
    ),
  );
};

function freeSql(leaseNow: Instant, put: Put): string {
  const [ended, tooLong] = [put(dateOf(leaseNow)), put(dateOf(leaseNow + LONGEST_LEASE_MS))];
  return `("pollLeaseUntil" IS NULL OR "pollLeaseUntil" <= ${ended} OR "pollLeaseUntil" > ${tooLong})`;
}

const ofApplication = (id: string | null, put: Put) => `"applicationId" ${id === null ? 'IS NULL' : `= ${put(id)}`}`;

/** Of tenants that are named, in a form that no index answers: see `plannedOfNamed`. */
const namedOfApplication = (id: string | null, put: Put) => `COALESCE("applicationId", '') = ${put(id ?? '')}`;

/** Reads ids of pollable tenants, the longest overdue first. `conditions` number their parameters. */
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
  const sql = `SELECT "id" FROM "Tenant" WHERE ${where} ORDER BY "nextPollAt", "id" LIMIT ${put(limit)} ${locking}`;
  const rows = await db.$queryRawUnsafe<readonly Readonly<{ id: string }>[]>(sql, ...given);
  return rows.map(({ id }) => id);
}

/** With those that say who is due, in the place where their parameters are to stand. */
type DueConditions = (put: Put, isDue: () => readonly string[]) => readonly string[];

async function selectDue(
  session: Session,
  { now, limit, which, among }: Pick<PollClaim, 'now' | 'limit' | 'which' | 'among'>,
  conditions: DueConditions,
  locking: string = '',
): Promise<readonly string[]> {
  const due: string[] = [];
  for (const source of sourcesOf(which, among !== undefined)) {
    if (due.length === limit) break;
    const all = (put: Put) => conditions(put, () => source(now, put));
    due.push(...(await selectIds(session, limit - due.length, all, locking)));
  }
  return due;
}

async function dueTenants(
  { database, leaseClock }: Leasing,
  { now, applicationId, limit }: DueTenants,
): Promise<readonly string[]> {
  const leaseNow = await leaseClock(database);
  return await selectDue(database, { now, limit, which: 'due' }, (put, isDue) => [
    ...isDue(),
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
    put(idsToJson(among));
    return [`"id" IN (SELECT "id" FROM ${dialect.rowsFromJson({ id: 'text' })} AS given)`];
  };
  return await inTransaction(database, async (session) => {
    const leaseNow = await leaseClock(session);
    const conditions: DueConditions = (put, isDue) => [
      ...theseAlone(put),
      ...isDue(),
      freeSql(leaseNow, put),
      `("pollLeaseBy" IS NULL OR "pollLeaseBy" <> ${put(holder)})`,
      (among === undefined ? ofApplication : namedOfApplication)(applicationId, put),
    ];
    const due = await selectDue(session, { now, limit, which, among }, conditions, dialect.skipLocked);
    const leased = due.map((id) => ({ id, pollLeaseUntil: leaseNow + leaseMs, pollLeaseBy: holder }));
    await updateRows(session, leaseTable, leased);
    return due;
  });
}

async function giveBackTenants({ database, leaseClock }: Leasing, back: TenantsBack): Promise<void> {
  const { db, dialect } = database;
  const { holder, tenants } = back;
  if (tenants === 'all') {
    await db.tenant.updateMany({ where: { pollLeaseBy: holder }, data: { pollLeaseUntil: null, pollLeaseBy: null } });
    return;
  }
  const now = tenants.some(({ afterMs }) => afterMs > 0) ? await leaseClock(database) : 0;
  const sql = `UPDATE "Tenant" SET "pollLeaseUntil" = given."until", "pollLeaseBy" = NULL
    FROM ${dialect.rowsFromJson({ id: 'text', until: 'time' })} AS given
    WHERE "Tenant"."id" = given."id" AND "Tenant"."pollLeaseBy" = $2`;
  const untilOf = (afterMs: number) => (afterMs === 0 ? null : dialect.timeToJson(now + afterMs));
  const rows = tenants.map(({ id, afterMs }) => ({ id, until: untilOf(afterMs) }));
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
      const uses = new Map<string, ScheduleUse>();
      for await (const window of tenantWindows(database)) {
        const groups = await db.tenant.groupBy({
          by: ['applicationId', 'schedule', 'timezone'],
          where: { ...pollable, id: idsIn(window) },
          ...{ _count: true, _min: { id: true } },
        });
        for (const { _count, _min, ...schedule } of groups) {
          const known = uses.get(JSON.stringify(schedule)) ?? { ...schedule, tenants: 0, firstId: _min.id ?? '' };
          uses.set(JSON.stringify(schedule), { ...known, tenants: known.tenants + _count });
        }
      }
      return [...uses.values()];
    },

    toPoll: (ids) => readTenantsToPoll(database, ids, encryption),
    storeUnchanged: (polls) => storeUnchanged({ database, leaseClock }, polls),

    refusal: async (id) => {
      const row = await db.tenant.findUnique({ where: { id } });
      if (row === null) return null;
      const { failing, privilegesAskedAt } = tenantFromRow(plain(tenantTable, row));
      return { failing, privilegesAskedAt };
    },

    replan: async ({ after, limit }, decide) => {
      const where = { ...pollable, id: { gt: after } };
      const rows = await db.tenant.findMany({ where, orderBy: { id: 'asc' }, take: limit });
      const moves = rows.flatMap((row) => {
        const at = decide(tenantFromRow(plain(tenantTable, row)));
        return at === null || row.nextPollAt === null ? [] : [{ id: row.id, plannedAt: row.nextPollAt.getTime(), at }];
      });
      return { last: rows.length < limit ? null : (rows.at(-1)?.id ?? null), moved: await movePolls(database, moves) };
    },
  };
}
