import type { HistoryStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { changeFromRow } from './rows/change-row.ts';
import { snapshotFromRow } from './rows/snapshot-row.ts';
import { dateOf } from './rows/values.ts';

export function createHistoryStore({ db }: Database): HistoryStore {
  return {
    periods: async ({ tenantId, from, to }) => {
      const rows = await db.snapshot.findMany({
        where: {
          connection: { tenantId, tenant: { removedAt: null } },
          startedAt: { lte: dateOf(to) },
          speaksUntil: { gte: dateOf(from) },
        },
        orderBy: [{ connectionId: 'asc' }, { startedAt: 'asc' }],
      });
      return rows.map(snapshotFromRow);
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
