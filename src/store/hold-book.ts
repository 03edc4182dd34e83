import type { Notification } from '../domain/notification.ts';
import type { HoldBook } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { holdFromRow, holdToRow } from './rows/hold-row.ts';
import { saveNotifications } from './save-updates.ts';
import { inTransaction, isUniqueViolation } from './transaction.ts';

export function createHoldBook(database: Database): HoldBook {
  const { db } = database;
  return {
    active: async () => {
      const rows = await db.hold.findMany({ where: { openKey: { not: null } }, orderBy: { beganAt: 'asc' } });
      return rows.map(holdFromRow);
    },

    begin: async (hold, mail: readonly Notification[]) => {
      try {
        await inTransaction(database, async (session) => {
          await session.db.hold.create({ data: holdToRow(hold) });
          await saveNotifications(session, mail);
        });
        return true;
      } catch (error) {
        // Another process saw the same, and was first.
        if (isUniqueViolation(error)) return false;
        throw error;
      }
    },

    end: (hold, mail) =>
      inTransaction(database, async (session) => {
        const { count } = await session.db.hold.updateMany({
          where: { id: hold.id, openKey: { not: null } },
          data: holdToRow(hold),
        });
        if (count === 0) return false;
        await saveNotifications(session, mail);
        return true;
      }),
  };
}
