import { isInTrouble } from '../domain/model/condition.ts';
import type { Snapshot } from '../domain/model/connection.ts';
import type { Instant } from '../domain/model/time.ts';
import type { RememberedTenant } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { findForIds, idsToJson } from './id-lists.ts';
import type { Prisma } from './model.ts';
import { periodThen } from './past-statements.ts';
import { readRows, rowsBy } from './read-rows.ts';
import { snapshotFromRow, snapshotTable } from './rows/snapshot-row.ts';
import { ascending, dateOf, instantOrNull } from './rows/values.ts';

/** The tenants with what their connections showed at the moment, in the order of the ids. */
export async function loadRemembered(
  database: Database,
  ids: readonly string[],
  at: Instant,
): Promise<readonly RememberedTenant[]> {
  const connections = { where: knownAt(at), select: { id: true, network: true, accountId: true, displayName: true } };
  const rows = await findForIds(ids, (list) =>
    database.db.tenant.findMany({
      where: { id: { in: list } },
      select: { id: true, externalId: true, name: true, baselinedAt: true, connections },
    }),
  );
  const known = rows.flatMap((row) => row.connections.map(({ id }) => id));
  const periods = new Map((await periodsAt(database, known, at)).map((period) => [period.connectionId, period]));
  const inTrouble = [...periods.values()].filter(({ health }) => isInTrouble(health));
  const incidents = await incidentsAt(
    database,
    inTrouble.map(({ connectionId }) => connectionId),
    at,
  );
  const byId = new Map(
    rows.map(({ connections: own, baselinedAt, ...tenant }) => [
      tenant.id,
      {
        tenant: { ...tenant, baselinedAt: instantOrNull(baselinedAt) },
        connections: own
          .toSorted((a, b) => ascending(a.network, b.network) || ascending(a.accountId, b.accountId))
          .map((connection) => ({
            connection,
            period: periods.get(connection.id) ?? null,
            incidentSince: incidents.get(connection.id) ?? null,
          })),
      },
    ]),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** `knownSince` of `domain/connection-then.ts`, of a tenant that was there. */
function knownAt(at: Instant): Prisma.ConnectionWhereInput {
  return { OR: [{ foundAtBaseline: true }, { firstSeenAt: { lte: dateOf(at) } }] };
}

async function periodsAt(
  database: Database,
  connectionIds: readonly string[],
  at: Instant,
): Promise<readonly Snapshot[]> {
  const { db, dialect } = database;
  const named = `WITH named AS (SELECT "id" FROM ${dialect.rowsFromJson({ id: 'text' })} AS given)`;
  const sql = `${named} SELECT ${periodThen('s."id"', '$2')} AS "id" FROM named c`;
  const given = idsToJson(connectionIds);
  const rows = await db.$queryRawUnsafe<readonly Readonly<{ id: string | null }>[]>(sql, given, dateOf(at));
  const ids = rows.flatMap(({ id }) => id ?? []);
  return (await readRows(database, ids, rowsBy(snapshotTable, 'id'))).map(snapshotFromRow);
}

/** When the incident of each connection began, for those that had an open incident at the moment `at`. */
async function incidentsAt(
  { db }: Database,
  connectionIds: readonly string[],
  at: Instant,
): Promise<ReadonlyMap<string | null, Instant>> {
  const then = { openedAt: { lte: dateOf(at) }, OR: [{ closedAt: null }, { closedAt: { gt: dateOf(at) } }] };
  const rows = await findForIds(connectionIds, (list) =>
    db.incident.findMany({
      where: { connectionId: { in: list }, ...then },
      select: { connectionId: true, openedAt: true },
      orderBy: { openedAt: 'desc' },
    }),
  );
  return new Map(rows.map(({ connectionId, openedAt }) => [connectionId, openedAt.getTime()]));
}
