import { DAY_MS, HOUR_MS, type Instant } from '../../src/domain/model/time.ts';
import type { Database } from '../../src/store/database.ts';

export type IncidentFill = Readonly<{ incidents: number; now: Instant }>;

/** So many connections have had the incidents of 500 days, a tenth of which is still open. */
const EACH = 10;
const PART = 20_000;
const OPEN_SHARE = 10;
const BEGAN_AGO_MS = 500 * DAY_MS;

/**
 * A large fleet's past as rows: for each incident a mail with its topic, a change, a period, a poll and an entry of the
 * audit. Every tenth incident is still open; the others were closed an hour after they began, some of them as suspicions.
 */
export async function fillIncidents(database: Database, { incidents, now }: IncidentFill): Promise<void> {
  const { db } = database;
  const sql = sqlOf(database);
  const begin = now - BEGAN_AGO_MS;
  const connections = Math.ceil(incidents / EACH);
  await db.$executeRawUnsafe(`INSERT INTO "Tenant" ("id", "name", "state", "timezone", "locale", "createdAt", "intervalMs")
    SELECT 't' || n, 'Tenant ' || n, 'active', 'UTC', 'en', ${sql.at(`${begin}`)}, 3600000
    FROM ${sql.numbers(0, Math.ceil(connections / 3))}`);
  await db.$executeRawUnsafe(`INSERT INTO "Contact" ("id", "tenantId", "email", "role", "state", "refusals")
    SELECT 'o' || n, 't' || n, 'o' || n || '@example.com', 'owner', CASE WHEN n % 50 = 0 THEN 'undeliverable' ELSE 'active' END, 0
    FROM ${sql.numbers(0, Math.ceil(connections / 3))}`);
  await db.$executeRawUnsafe(`INSERT INTO "Connection"
      ("id", "tenantId", "network", "accountId", "firstSeenAt", "foundAtBaseline", "absentPolls")
    SELECT 'c' || n, 't' || (n / 3), 'facebook', 'a' || n, ${sql.at(`${begin}`)}, true, 0 FROM ${sql.numbers(0, connections)}`);
  for (let first = 0; first < incidents; first += PART) {
    for (const statement of incidentRows(sql, {
      first,
      count: Math.min(PART, incidents - first),
      connections,
      begin,
    })) {
      await db.$executeRawUnsafe(statement);
    }
  }
  await db.$executeRawUnsafe('ANALYZE');
}

type Sql = Readonly<{ at(ms: string): string; numbers(from: number, count: number): string }>;

function sqlOf({ dialect }: Database): Sql {
  return dialect.name === 'sqlite'
    ? {
        at: (ms) => `(${ms})`,
        numbers: (from, count) =>
          `(WITH RECURSIVE r(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM r WHERE n < ${from + count - 1}) SELECT n FROM r) AS x`,
      }
    : {
        at: (ms) => `to_timestamp((${ms}) / 1000.0)::timestamp`,
        numbers: (from, count) => `(SELECT generate_series(${from}, ${from + count - 1})::bigint AS n) AS x`,
      };
}

type Part = Readonly<{ first: number; count: number; connections: number; begin: Instant }>;

/** Incidents follow each other evenly in time; those of one connection are far apart. */
function incidentRows({ at, numbers }: Sql, { first, count, connections, begin }: Part): readonly string[] {
  const step = Math.floor(BEGAN_AGO_MS / (connections * EACH));
  const [rows, c] = [numbers(first, count), `(n % ${connections})`];
  const [opened, closed] = [`${begin} + n * ${step}`, `${begin} + n * ${step} + ${HOUR_MS}`];
  const isOpen = `n >= ${connections * (EACH - 1)} AND n % ${OPEN_SHARE} <> 1`;
  return [
    `INSERT INTO "Incident" ("id", "tenantId", "connectionId", "openKey", "state", "action", "conditions", "openedAt",
        "confirmedAt", "closedAt", "closeReason", "foundAtBaseline", "certainAction", "alertsTold", "remindersUsed", "decision")
      SELECT 'i' || n, 't' || (${c} / 3), 'c' || ${c}, CASE WHEN ${isOpen} THEN 'c' || ${c} END,
        CASE WHEN ${isOpen} THEN 'open' ELSE 'closed' END, 'reconnect', 'token_invalid', ${at(opened)}, ${at(opened)},
        CASE WHEN ${isOpen} THEN NULL ELSE ${at(closed)} END,
        CASE WHEN ${isOpen} THEN NULL WHEN n % 3 = 0 THEN 'not_confirmed' ELSE 'recovered' END, false, 'reconnect', 1, 0, 'already_told'
      FROM ${rows}`,
    `INSERT INTO "Notification" ("id", "tenantId", "contactId", "to", "kind", "state", "reason", "createdAt", "dueAt",
        "attempts", "outcomeUnknown", "sentAt", "lastAttemptAt")
      SELECT 'm' || n, 't' || (${c} / 3), 'o' || (${c} / 3), 'o@example.com', 'alert', CASE WHEN n % 97 = 0 THEN 'failed' ELSE 'sent' END,
        'first_alert', ${at(opened)}, ${at(opened)}, 1, false, ${at(opened)}, ${at(opened)} FROM ${rows}`,
    `INSERT INTO "NotificationTopic" ("notificationId", "position", "incidentId", "step", "action")
      SELECT 'm' || n, 0, 'i' || n, 'alert:1', 'reconnect' FROM ${rows}`,
    `INSERT INTO "Change" ("id", "tenantId", "connectionId", "at", "toHealth", "conditions", "reason")
      SELECT 'h' || n, 't' || (${c} / 3), 'c' || ${c}, ${at(opened)}, 'broken', 'token_invalid', 'worse' FROM ${rows}`,
    `INSERT INTO "Snapshot" ("id", "connectionId", "startedAt", "seenUntil", "speaksUntil", "health", "conditions", "polls")
      SELECT 's' || n, 'c' || ${c}, ${at(opened)}, ${at(closed)}, ${at(closed)}, 'broken', 'token_invalid', 2 FROM ${rows}`,
    `INSERT INTO "Poll" ("tenantId", "at", "durationMs", "outcome")
      SELECT 't' || (${c} / 3), ${at(opened)}, 80, 'observed' FROM ${rows}`,
    `INSERT INTO "AuditEntry" ("id", "at", "actorKind", "action", "subjects", "count")
      SELECT 'e' || n, ${at(opened)}, 'command-line', 'polled', '{}', 1 FROM ${rows}`,
  ];
}
