import { LONGEST_LEASE_MS } from '../domain/model/lease.ts';
import type { Instant } from '../domain/model/time.ts';
import { TOLERATED_AHEAD_MS } from '../domain/polling/clock-correction.ts';
import type { DueTenants, PollClaim, PollStore, ScheduleUse, TenantsBack } from '../monitoring/ports.ts';
import type { Database, Session } from './database.ts';
import type { Encryption } from './encryption.ts';
import { findForIds, idsToJson } from './id-lists.ts';
import { endedLease, type LeaseClock } from './lease-clock.ts';
import type { Prisma, Tenant } from './model.ts';
import { readRows, rowsBy } from './read-rows.ts';
import { plain, type Table } from './rows/table.ts';
import { tenantFromRow, tenantTable } from './rows/tenant-row.ts';
import { ascending, dateOf } from './rows/values.ts';
import { type Bind, selectBound } from './select-bound.ts';
import { idsIn, leaveTime, REST, tenantWindows } from './tenant-windows.ts';
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

/** Conditions; each numbers its parameters. */
type Which = (now: Instant, bind: Bind) => readonly string[];

const planned: Which = (now, bind) => [`"nextPollAt" <= ${bind(dateOf(now))}`];

/** Finds those among named tenants that are due: left alone, SQLite would begin with all that are due. */
const plannedOfNamed: Which = (now, bind) => [`NOT COALESCE("nextPollAt" > ${bind(dateOf(now))}, TRUE)`];

/**
 * After a last poll that lies ahead: by a clock that was wrong. Each half is found by an index, and as a rule empty.
 */
const plannedAhead: Which = (now, bind) => {
  const ahead = dateOf(now + TOLERATED_AHEAD_MS);
  const isAhead = `("lastPolledAt" > ${bind(ahead)} OR ("lastPolledAt" IS NULL AND "createdAt" > ${bind(ahead)}))`;
  return [isAhead, `"nextPollAt" >= COALESCE("lastPolledAt", "createdAt")`, `"nextPollAt" > ${bind(dateOf(now))}`];
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
        (now, bind) => [...source(now, bind), ...turn],
    ),
  );
};

function freeSql(leaseNow: Instant, bind: Bind): string {
  const [ended, tooLong] = [bind(dateOf(leaseNow)), bind(dateOf(leaseNow + LONGEST_LEASE_MS))];
  return `("pollLeaseUntil" IS NULL OR "pollLeaseUntil" <= ${ended} OR "pollLeaseUntil" > ${tooLong})`;
}

const ofApplication = (id: string | null, bind: Bind) => `"applicationId" ${id === null ? 'IS NULL' : `= ${bind(id)}`}`;

/**
 * Finds those among named tenants that belong to the application, in a form that no index answers: see
 * `plannedOfNamed`.
 */
const namedOfApplication = (id: string | null, bind: Bind) => `COALESCE("applicationId", '') = ${bind(id ?? '')}`;

/**
 * Reads ids of pollable tenants, the longest overdue first; those due at the same moment, which may be a whole fleet,
 * in no order, so that the index alone finds a page. `conditions` number their parameters.
 */
async function selectIds(
  session: Session,
  limit: number,
  conditions: (bind: Bind) => readonly string[],
  locking: string = '',
): Promise<readonly string[]> {
  const rows = await selectBound<Readonly<{ id: string }>>(session, (bind) => {
    const where = [...conditions(bind), `"state" IN ('active', 'access_denied')`, '"removedAt" IS NULL'].join(' AND ');
    return `SELECT "id" FROM "Tenant" WHERE ${where} ORDER BY "nextPollAt" LIMIT ${bind(limit)} ${locking}`;
  });
  return rows.map(({ id }) => id);
}

/** Makes all conditions of a statement; calls `isDue` for those on who is due, where their parameters are to stand. */
type DueConditions = (bind: Bind, isDue: () => readonly string[]) => readonly string[];

async function selectDue(
  session: Session,
  { now, limit, which, among }: Pick<PollClaim, 'now' | 'limit' | 'which' | 'among'>,
  conditions: DueConditions,
  locking: string = '',
): Promise<readonly string[]> {
  const due: string[] = [];
  for (const source of sourcesOf(which, among !== undefined)) {
    if (due.length === limit) break;
    const all = (bind: Bind) => conditions(bind, () => source(now, bind));
    due.push(...(await selectIds(session, limit - due.length, all, locking)));
  }
  return due;
}

async function dueTenants(
  { database, leaseClock }: Leasing,
  { now, applicationId, limit }: DueTenants,
): Promise<readonly string[]> {
  const leaseNow = await leaseClock(database);
  return await selectDue(database, { now, limit, which: 'due' }, (bind, isDue) => [
    ...isDue(),
    freeSql(leaseNow, bind),
    ofApplication(applicationId, bind),
  ]);
}

async function claimDueTenants(
  { database, leaseClock }: Leasing,
  { now, holder, leaseMs, limit, applicationId, which, among }: PollClaim,
): Promise<readonly string[]> {
  const { dialect } = database;
  const theseAlone = (bind: Bind) => {
    if (among === undefined) return [];
    bind(idsToJson(among));
    return [`"id" IN (SELECT "id" FROM ${dialect.rowsFromJson({ id: 'text' })} AS given)`];
  };
  return await inTransaction(database, async (session) => {
    const leaseNow = await leaseClock(session);
    const conditions: DueConditions = (bind, isDue) => [
      ...theseAlone(bind),
      ...isDue(),
      freeSql(leaseNow, bind),
      `("pollLeaseBy" IS NULL OR "pollLeaseBy" <> ${bind(holder)})`,
      (among === undefined ? ofApplication : namedOfApplication)(applicationId, bind),
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

/** A tenant that another process has taken or polled meanwhile stays where that process put it. */
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
          _count: true,
          _min: { id: true },
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
      const beganAt = performance.now();
      const where = { ...pollable, id: { gt: after } };
      const page = await db.tenant.findMany({ where, select: { id: true }, orderBy: { id: 'asc' }, take: limit });
      const ids = page.map(({ id }) => id);
      const moves = (await readRows(database, ids, rowsBy(tenantTable, 'id'))).flatMap((row) => {
        const at = decide(tenantFromRow(row));
        return at === null || row.nextPollAt === null ? [] : [{ id: row.id, plannedAt: row.nextPollAt, at }];
      });
      const moved = await movePolls(database, moves);
      const rest = database.dialect.name === 'sqlite' ? REST : 0;
      await leaveTime(database, performance.now() - beganAt, rest);
      return { last: ids.length < limit ? null : (ids.at(-1) ?? null), moved };
    },
  };
}
