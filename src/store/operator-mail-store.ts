import type { OperatorMailStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { freeAt } from './outbox-store.ts';
import { notificationFromRow } from './rows/notification-row.ts';
import { dateOf } from './rows/values.ts';
import { saveNotifications } from './save-updates.ts';
import { inTransaction } from './transaction.ts';

export function createOperatorMailStore(database: Database): OperatorMailStore {
  return {
    // Of several claims at once, only one finds the row still free where it writes.
    claim: (id, now, leaseUntil) =>
      inTransaction(database, async ({ db }) => {
        const { count } = await db.notification.updateMany({
          where: { id, tenantId: null, ...freeAt(now) },
          data: { leaseUntil: dateOf(leaseUntil) },
        });
        if (count === 0) return null;
        const row = await db.notification.findUnique({ where: { id } });
        const mail = row === null ? null : notificationFromRow({ ...row, topics: [] });
        return mail?.tenantId === null ? mail : null;
      }),

    save: (notification) => inTransaction(database, (session) => saveNotifications(session, [notification])),
  };
}
