import { DAY_MS, HOUR_MS, type Instant } from '../../src/domain/model/time.ts';
import type { Database } from '../../src/store/database.ts';

/** Periods of a tenant: 80 of its first connection, 10 of each of the other two. */
export const PERIODS_EACH = 100;
const TURNS = 80;
const CALM_EVERY = 8;
/** Of the first connections, one in so many is broken at any time. */
const BROKEN_OF = 20;
const networks = ['facebook', 'instagram', 'linkedin'] as const;

type Fleet = Readonly<{ tenants: number; begin: Instant; now: Instant }>;
/** The periods of every connection with that number in its tenant, which begin and end alike. */
type Turn = Readonly<{ connection: number; turn: number; from: Instant; to: Instant }>;

/**
 * 400 days of so many tenants without a gap, stored in the order of time, as polls would have stored them: the periods of
 * one connection lie far apart. The indexes are made at the end, which is much faster.
 */
export async function fillHistory(database: Database, tenants: number, now: Instant): Promise<void> {
  const fleet = { tenants, begin: now - 400 * DAY_MS, now };
  const stepMs = Math.floor((now - fleet.begin) / TURNS);
  await addTenants(database, fleet);
  const indexes = await dropIndexes(database);
  for (let turn = 0; turn < TURNS; turn += 1) {
    const from = fleet.begin + turn * stepMs;
    await addPeriods(database, fleet, { connection: 0, turn, from, to: from + stepMs });
    const isCalmTurn = turn % CALM_EVERY === 0;
    for (const connection of isCalmTurn ? [1, 2] : [])
      await addPeriods(database, fleet, { connection, turn, from, to: from + CALM_EVERY * stepMs });
  }
  for (const sql of indexes) await database.db.$executeRawUnsafe(sql);
  await database.db.$executeRawUnsafe('ANALYZE');
}

async function addTenants(database: Database, { tenants, begin, now }: Fleet): Promise<void> {
  const { db } = database;
  const [all, added, polled] = [numbers(database, tenants), time(database, begin), time(database, now)];
  await db.$executeRawUnsafe(`INSERT INTO "Tenant"
      ("id", "name", "state", "timezone", "locale", "createdAt", "baselinedAt", "lastPolledAt", "intervalMs")
    SELECT 't' || n, 'Tenant ' || n, 'active', 'UTC', 'en', ${added}, ${added}, ${polled}, ${HOUR_MS} FROM ${all} AS a`);
  for (const [connection, network] of networks.entries()) {
    await db.$executeRawUnsafe(`INSERT INTO "Connection"
        ("id", "tenantId", "network", "accountId", "firstSeenAt", "foundAtBaseline", "absentPolls")
      SELECT 'c' || n || '-${connection}', 't' || n, '${network}', 'a' || n, ${added}, true, 0 FROM ${all} AS a`);
  }
}

/** A broken period has its incident. */
async function addPeriods(database: Database, fleet: Fleet, { connection, turn, from, to }: Turn): Promise<void> {
  const { db } = database;
  const all = numbers(database, fleet.tenants);
  const id = `'c' || n || '-${connection}'`;
  const isBroken = connection === 0 ? `(n + ${turn}) % ${BROKEN_OF} = 0` : 'false';
  const isLast = turn + (connection === 0 ? 1 : CALM_EVERY) >= TURNS;
  const speaksUntil = isLast ? to + HOUR_MS : to - 1;
  await db.$executeRawUnsafe(`INSERT INTO "Snapshot"
      ("id", "connectionId", "periodOfId", "startedAt", "seenUntil", "speaksUntil", "health", "conditions",
       "hasToken", "isActiveUser", "rateLimited", "tokenHasScopes", "tokenIsValid", "networkStatus", "polls")
    SELECT 's${String(turn).padStart(2, '0')}-${connection}-' || n, ${id}, ${isLast ? id : 'NULL'},
      ${time(database, from)}, ${time(database, to - 2)}, ${time(database, speaksUntil)},
      CASE WHEN ${isBroken} THEN 'broken' ELSE 'healthy' END, CASE WHEN ${isBroken} THEN 'token_invalid' ELSE '' END,
      true, true, false, true, true, 200, 120 FROM ${all} AS a`);
  if (connection !== 0) return;
  await db.$executeRawUnsafe(`INSERT INTO "Incident"
      ("id", "tenantId", "connectionId", "state", "action", "conditions", "openedAt", "closedAt", "closeReason",
       "foundAtBaseline", "alertsTold", "remindersUsed", "decision")
    SELECT 'i${turn}-' || n, 't' || n, ${id}, 'closed', 'reconnect', 'token_invalid', ${time(database, from)},
      ${time(database, to)}, 'recovered', false, 1, 0, 'first_alert' FROM ${all} AS a WHERE ${isBroken}`);
}

/** What every stored period would have to keep up or to be checked by; gives the statements that make it again. */
async function dropIndexes({ db, dialect }: Database): Promise<readonly string[]> {
  const found = await db.$queryRawUnsafe<readonly Readonly<{ drop: string; make: string }>[]>(
    dialect.name === 'sqlite'
      ? `SELECT 'DROP INDEX "' || name || '"' AS "drop", sql AS "make" FROM sqlite_master
         WHERE type = 'index' AND tbl_name = 'Snapshot' AND sql IS NOT NULL`
      : `SELECT format('DROP INDEX %I', indexname) AS "drop", indexdef AS "make" FROM pg_indexes
         WHERE tablename = 'Snapshot' AND indexname NOT LIKE '%pkey'
         UNION ALL SELECT format('ALTER TABLE "Snapshot" DROP CONSTRAINT %I', conname),
           format('ALTER TABLE "Snapshot" ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid))
         FROM pg_constraint WHERE conrelid = '"Snapshot"'::regclass AND contype = 'f'`,
  );
  for (const { drop } of found) await db.$executeRawUnsafe(drop);
  if (dialect.name === 'postgresql') return found.map(({ make }) => make);
  await db.$executeRawUnsafe('PRAGMA foreign_keys = OFF');
  return [...found.map(({ make }) => make), 'PRAGMA foreign_keys = ON'];
}

function numbers({ dialect }: Database, count: number): string {
  return dialect.name === 'sqlite'
    ? `(WITH RECURSIVE r(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM r WHERE n < ${count - 1}) SELECT n FROM r)`
    : `(SELECT generate_series(0, ${count - 1})::bigint AS n)`;
}

function time({ dialect }: Database, at: Instant): string {
  return dialect.name === 'sqlite' ? String(at) : `'${new Date(at).toISOString()}'::timestamp`;
}
