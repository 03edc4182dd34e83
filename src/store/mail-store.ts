import type { MailStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { pageArgs } from './page.ts';
import { notificationFromRow } from './rows/notification-row.ts';

const include = { topics: true } as const;

export function createMailStore({ db }: Database): MailStore {
  return {
    list: async (query) => {
      const { tenantId, state } = query;
      const rows = await db.notification.findMany({
        where: { ...(tenantId === null ? {} : { tenantId }), ...(state === null ? {} : { state }) },
        include,
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        ...pageArgs(query),
      });
      return rows.map(notificationFromRow);
    },

    find: async (id) => {
      const row = await db.notification.findUnique({ where: { id }, include });
      return row === null ? null : notificationFromRow(row);
    },
  };
}
