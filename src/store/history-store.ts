import type { Instant } from '../domain/model/time.ts';
import type { HistoryStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { findForIds } from './id-lists.ts';
import { changeFromRow } from './rows/change-row.ts';
import { snapshotFromRow, snapshotTable } from './rows/snapshot-row.ts';
import { plain } from './rows/table.ts';
import { ascending, dateOf } from './rows/values.ts';

export function createHistoryStore(database: Database): HistoryStore {
  const { db } = database;
  return {
    subject: async (tenantId) => {
      const row = await db.tenant.findUnique({
        where: { id: tenantId, removedAt: null },
        select: { id: true, name: true, createdAt: true, connections: { select: connectionFields } },
      });
      if (row === null) return null;
      const { connections, createdAt, ...tenant } = row;
      return {
        tenant: { ...tenant, createdAt: createdAt.getTime() },
        connections: connections
          .map((connection) => ({ ...connection, firstSeenAt: connection.firstSeenAt.getTime() }))
          .toSorted((a, b) => ascending(a.network, b.network) || ascending(a.accountId, b.accountId)),
      };
    },

    periods: async ({ tenantId, connectionIds, from, to }) => {
      const begins = await beginnings(database, { tenantId, from });
      const asked = begins.filter(({ id }) => connectionIds === undefined || connectionIds.includes(id));
      const rows = await findForIds(asked, (some) =>
        db.snapshot.findMany({
          where: {
            OR: some.map(({ id, begin }) => ({ connectionId: id, startedAt: { gte: begin, lte: dateOf(to) } })),
            speaksUntil: { gte: dateOf(from) },
          },
          orderBy: [{ connectionId: 'asc' }, { startedAt: 'asc' }],
        }),
      );
      return rows.map((row) => snapshotFromRow(plain(snapshotTable, row)));
    },

    tenantOf: async (connectionId) => {
      const row = await db.connection.findUnique({
        where: { id: connectionId, tenant: { removedAt: null } },
        select: { tenantId: true },
      });
      return row?.tenantId ?? null;
    },

    changes: async ({ tenantId, from, to }) => {
      const rows = await db.change.findMany({
        where: { tenantId, tenant: { removedAt: null }, at: { gte: dateOf(from), lte: dateOf(to) } },
        include: { connection: { select: { network: true, accountId: true } } },
        orderBy: [{ at: 'asc' }, { id: 'asc' }],
      });
      return rows.map(changeFromRow);
    },
  };
}

const connectionFields = {
  id: true,
  network: true,
  accountId: true,
  displayName: true,
  foundAtBaseline: true,
  firstSeenAt: true,
} as const;

/**
 * Where each connection's periods begin that can speak for the time from `from` on: the last one that began before it,
 * or `from` itself. Found by the index, so that the age of a history costs nothing.
 */
async function beginnings(
  { db, dialect }: Database,
  { tenantId, from }: Readonly<{ tenantId: string; from: Instant }>,
): Promise<readonly Readonly<{ id: string; begin: Date }>[]> {
  const earlier = `SELECT MAX(s."startedAt") FROM "Snapshot" s WHERE s."connectionId" = c."id" AND s."startedAt" < $1`;
  const rows = await db.$queryRawUnsafe<readonly Readonly<{ id: string; begin: number | bigint | null }>[]>(
    `SELECT c."id" AS "id", ${dialect.msOf(`(${earlier})`)} AS "begin" FROM "Connection" c
     JOIN "Tenant" t ON t."id" = c."tenantId" WHERE t."id" = $2 AND t."removedAt" IS NULL ORDER BY c."id"`,
    dateOf(from),
    tenantId,
  );
  return rows.map(({ id, begin }) => ({ id, begin: dateOf(begin === null ? from : Number(begin)) }));
}
