import { type Action, actions, healths } from '../domain/model/condition.ts';
import type { Instant } from '../domain/model/time.ts';
import type { ConnectionCount } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { dateOf } from './rows/values.ts';
import { leaveTime, nextSize, REST } from './tenant-windows.ts';

/**
 * Connections in the first statement, and in each later one. A server works beside us: nobody waits for its statements.
 */
const FIRST = 200;
const SIZES = { sqlite: { smallest: 50, largest: 500 }, postgresql: { smallest: 500, largest: 500 } };

type Row = Readonly<{ network: string; health: string | null; connections: bigint | number; last: string }>;

/**
 * `healthNow` of `domain/connection-now.ts` for the whole fleet; a contract test compares the two. Each connection's
 * latest period is looked up by itself, because a join would have PostgreSQL read every period of all 400 days.
 */
const pageSql = `SELECT "network", "health", COUNT(*) AS "connections", MAX(MAX("id")) OVER () AS "last" FROM (
    SELECT c."id" AS "id", c."network" AS "network", CASE WHEN t."removedAt" IS NULL THEN COALESCE((
        SELECT CASE WHEN s."health" = 'removed' THEN 'removed'
          WHEN s."speaksUntil" < $1 OR t."state" IN ('reauthorize', 'access_denied') THEN 'unobserved'
          ELSE s."health" END
        FROM "Snapshot" s WHERE s."periodOfId" = c."id"), 'unobserved') END AS "health"
    FROM (SELECT "id", "network", "tenantId" FROM "Connection" WHERE "id" > $2 ORDER BY "id" LIMIT $3) c
    JOIN "Tenant" t ON t."id" = c."tenantId") counted
  GROUP BY "network", "health"`;

export async function countConnections(database: Database, now: Instant): Promise<readonly ConnectionCount[]> {
  const counts = new Map<string, ConnectionCount>();
  let after = '';
  for (let size = FIRST; ; ) {
    const beganAt = performance.now();
    const rows = await database.db.$queryRawUnsafe<readonly Row[]>(pageSql, dateOf(now), after, size);
    let read = 0;
    for (const { network, health: text, connections, last } of rows) {
      read += Number(connections);
      after = last;
      const health = healths.find((each) => each === text);
      if (health !== undefined) add(counts, { network, health, connections: Number(connections) });
    }
    if (read < size) break;
    const tookMs = performance.now() - beganAt;
    size = nextSize(size, tookMs, SIZES[database.dialect.name]);
    await leaveTime(database, tookMs, REST);
  }
  return [...counts.values()];
}

function add(counts: Map<string, ConnectionCount>, count: ConnectionCount): void {
  const key = JSON.stringify([count.network, count.health]);
  const connections = count.connections + (counts.get(key)?.connections ?? 0);
  counts.set(key, { ...count, connections });
}

/** The comparison with the empty text has SQLite use the index of open incidents, where it would read them all. */
const openIncidentsSql = `SELECT i."action" AS "action", COUNT(*) AS "incidents" FROM "Incident" i
  JOIN "Tenant" t ON t."id" = i."tenantId" AND t."removedAt" IS NULL
  WHERE i."openKey" > '' GROUP BY i."action"`;

export async function countOpenIncidents({ db }: Database): Promise<ReadonlyMap<Action, number>> {
  const rows =
    await db.$queryRawUnsafe<readonly Readonly<{ action: string; incidents: bigint | number }>[]>(openIncidentsSql);
  const countOf = (action: Action) => Number(rows.find((row) => row.action === action)?.incidents ?? 0);
  return new Map(actions.map((action) => [action, countOf(action)]));
}
