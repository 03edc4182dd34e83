import { pageOf } from '../monitoring/pages.ts';
import type { MailStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { olderThan } from './older-than.ts';
import { mailedAfter } from './report-store.ts';
import { notificationFromRow } from './rows/notification-row.ts';
import { dateOf } from './rows/values.ts';

const include = { topics: true } as const;

export function createMailStore({ db }: Database): MailStore {
  return {
    list: async (query) => {
      const { tenantId, state, kind, mailedSince, limit } = query;
      const rows = await db.notification.findMany({
        where: {
          ...(tenantId === null ? {} : { tenantId }),
          ...(state === undefined ? {} : { state }),
          ...(kind === undefined ? {} : { kind }),
          AND: mailedSince === undefined ? [] : [mailedAfter(dateOf(mailedSince))],
          ...olderThan(query.cursor, 'createdAt'),
        },
        include,
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
      });
      return pageOf(rows.map(notificationFromRow), limit, ({ createdAt, id }) => ({ at: createdAt, id }));
    },

    find: async (id) => {
      const row = await db.notification.findUnique({ where: { id }, include });
      return row === null ? null : notificationFromRow(row);
    },
  };
}
