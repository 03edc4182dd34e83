import type { HoldStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { holdFromRow, holdToRow } from './rows/hold-row.ts';
import { saveNotifications } from './save-updates.ts';
import { insertsFirst, inTransaction } from './transaction.ts';

export function createHoldStore(database: Database): HoldStore {
  const { db } = database;
  return {
    active: async () => {
      const rows = await db.hold.findMany({
        where: { openKey: { not: null } },
        orderBy: [{ beganAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(holdFromRow);
    },

    begin: (hold, mail) =>
      insertsFirst(() =>
        inTransaction(database, async (session) => {
          await session.db.hold.create({ data: holdToRow(hold) });
          await saveNotifications(session, mail);
        }),
      ),

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
