import { pageAt } from '../monitoring/pages.ts';
import type { MailStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { olderThan } from './older-than.ts';
import { readNotifications } from './read-notifications.ts';
import { inOrderOf } from './read-rows.ts';
import { mailedAfter } from './report-store.ts';
import { dateOf } from './rows/values.ts';

export function createMailStore(database: Database): MailStore {
  const { db } = database;
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
        select: { id: true, createdAt: true },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
      });
      const places = rows.map(({ id, createdAt }) => ({ id, at: createdAt.getTime() }));
      return await pageAt(places, limit, async (ids) =>
        inOrderOf(ids, await readNotifications(database, ids, { column: 'id' })),
      );
    },

    find: async (id) => {
      const [mail] = await readNotifications(database, [id], { column: 'id' });
      return mail ?? null;
    },
  };
}
