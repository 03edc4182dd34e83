import { pageOf, positionAt } from '../monitoring/pages.ts';
import type { MailQuery, MailStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Prisma } from './model.ts';
import { notificationFromRow } from './rows/notification-row.ts';
import { dateOf } from './rows/values.ts';

const include = { topics: true } as const;

export function createMailStore({ db }: Database): MailStore {
  return {
    list: async (query) => {
      const { tenantId, state, kind, limit } = query;
      const rows = await db.notification.findMany({
        where: {
          ...(tenantId === null ? {} : { tenantId }),
          ...(state === undefined ? {} : { state }),
          ...(kind === undefined ? {} : { kind }),
          ...afterPosition(query),
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

/** Older than the page before; the id decides between mails of one moment. */
function afterPosition({ cursor }: MailQuery): Prisma.NotificationWhereInput {
  const position = positionAt(cursor);
  if (position === null) return {};
  const createdAt = dateOf(position.at);
  return { createdAt: { lte: createdAt }, OR: [{ createdAt: { lt: createdAt } }, { id: { lt: position.id } }] };
}
