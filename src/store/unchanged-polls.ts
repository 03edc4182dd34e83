import { speaksForMs } from '../domain/model/connection.ts';
import { packRepeat } from '../domain/model/repeats.ts';
import type { UnchangedPoll } from '../domain/polling/at-rest.ts';
import type { Database, Session } from './database.ts';
import type { Dialect } from './dialect.ts';
import type { LeaseClock } from './lease-clock.ts';
import { restToText } from './rows/rest-row.ts';
import type { ColumnType } from './rows/table.ts';
import { HEALTH_GOES_ON } from './tenant-health.ts';
import { inTransaction } from './transaction.ts';

const columns = {
  id: 'text',
  at: 'time',
  nextPollAt: 'time',
  intervalMs: 'bigint',
  speaksUntil: 'time',
  was: 'text',
  rest: 'text',
  since: 'time',
  repeat: 'text',
} as const satisfies Record<string, ColumnType>;

/**
 * Polls that found nothing new, by as many statements for a hundred tenants as for one. The first one takes the tenants
 * whose rest still is the one that was read: every other write ends or changes it, so none in between is lost.
 */
export async function storeUnchanged(
  { database, leaseClock }: Readonly<{ database: Database; leaseClock: LeaseClock }>,
  polls: readonly UnchangedPoll[],
): Promise<ReadonlySet<string>> {
  return await inTransaction(database, async (session) => {
    const { db, dialect } = session;
    // Not for the time: it says whether a newer program has shut this one out.
    await leaseClock(session);
    const given = `${dialect.rowsFromJson(columns)} AS given`;
    const rows = jsonOf(polls, session);
    const taken = await db.$executeRawUnsafe(moveTenants(dialect), rows);
    const stored = taken === polls.length ? polls : await takenOf(session, polls);
    if (stored.length === 0) return new Set();
    const storedRows = stored === polls ? rows : jsonOf(stored, session);
    await db.$executeRawUnsafe(extendPeriods(given), storedRows);
    await db.$executeRawUnsafe(extendPolls(given), storedRows);
    return new Set(stored.map(({ tenantId }) => tenantId));
  });
}

/** Locked in the order of their ids, as `lockTenants` does. */
function moveTenants(dialect: Dialect): string {
  const given = `${dialect.rowsFromJson(columns)} AS given`;
  const isSame = `"Tenant"."rest" = given."was" AND "Tenant"."lastPolledAt" < given."at" AND "Tenant"."removedAt" IS NULL`;
  const locked = `(SELECT given.* FROM ${given} JOIN "Tenant" ON "Tenant"."id" = given."id" AND ${isSame}
    ORDER BY "Tenant"."id" ${dialect.forUpdate} OF "Tenant") AS given`;
  return `UPDATE "Tenant" SET "lastPolledAt" = given."at", "lastGoodPollAt" = given."at",
      "nextPollAt" = given."nextPollAt", "intervalMs" = given."intervalMs", "rest" = given."rest",
      ${HEALTH_GOES_ON}, "pollLeaseUntil" = NULL, "pollLeaseBy" = NULL
    FROM ${dialect.forUpdate === '' ? given : locked} WHERE "Tenant"."id" = given."id" AND ${isSame}`;
}

/** No two polls leave the same rest. */
async function takenOf({ db, dialect }: Session, polls: readonly UnchangedPoll[]): Promise<readonly UnchangedPoll[]> {
  const given = `${dialect.rowsFromJson({ id: 'text', rest: 'text' })} AS given`;
  const rows = await db.$queryRawUnsafe<readonly Readonly<{ id: string }>[]>(
    `SELECT "Tenant"."id" FROM "Tenant" JOIN ${given} ON "Tenant"."id" = given."id" AND "Tenant"."rest" = given."rest"`,
    JSON.stringify(polls.map(({ tenantId, after }) => ({ id: tenantId, rest: restToText(after) }))),
  );
  const taken = new Set(rows.map(({ id }) => id));
  return polls.filter(({ tenantId }) => taken.has(tenantId));
}

/** Extends the period of every connection, removed ones included: at rest, each has a period that goes on. */
const extendPeriods = (given: string) =>
  `UPDATE "Snapshot" SET "seenUntil" = given."at", "speaksUntil" = given."speaksUntil", "polls" = "Snapshot"."polls" + 1
   FROM ${given}, "Connection" WHERE "Connection"."tenantId" = given."id" AND "Snapshot"."periodOfId" = "Connection"."id"`;

const extendPolls = (given: string) =>
  `UPDATE "Poll" SET "until" = given."at", "repeats" = COALESCE("Poll"."repeats", '') || given."repeat"
   FROM ${given} WHERE "Poll"."tenantId" = given."id" AND "Poll"."at" = given."since"`;

function jsonOf(polls: readonly UnchangedPoll[], { dialect: { timeToJson } }: Session): string {
  return JSON.stringify(
    polls.map(({ tenantId, at, planned, before, after }) => ({
      id: tenantId,
      at: timeToJson(at),
      nextPollAt: timeToJson(planned.nextPollAt),
      intervalMs: Math.round(planned.intervalMs),
      speaksUntil: timeToJson(at + speaksForMs(planned.intervalMs)),
      was: restToText(before),
      rest: restToText(after),
      since: timeToJson(before.since),
      repeat: packRepeat(after.intervalMs - before.intervalMs),
    })),
  );
}
