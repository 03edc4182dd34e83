import type { Fault } from '../domain/model/fault.ts';
import type { FaultStore } from '../monitoring/ports.ts';
import type { Database, Session } from './database.ts';
import { faultFromRow, faultToRow } from './rows/fault-row.ts';
import { saveNotifications } from './save-updates.ts';
import { insertsFirst, inTransaction } from './transaction.ts';

export function createFaultStore(database: Database): FaultStore {
  const { db } = database;
  return {
    open: async () => {
      const rows = await db.fault.findMany({
        where: { openKey: { not: null } },
        orderBy: [{ since: 'asc' }, { id: 'asc' }],
      });
      return rows.map(faultFromRow);
    },

    save: async (before, after, mail) => {
      let isSaved = false;
      const isFirst = await insertsFirst(() =>
        inTransaction(database, async (session) => {
          isSaved = await replaceFault(session, before, after);
          if (isSaved) await saveNotifications(session, mail);
        }),
      );
      return isFirst && isSaved;
    },
  };
}

/** False when the fault is no longer as `before` says. */
async function replaceFault({ db }: Session, before: Fault | null, after: Fault | null): Promise<boolean> {
  if (before === null) {
    if (after !== null) await db.fault.create({ data: faultToRow(after) });
    return true;
  }
  const where = faultToRow(before);
  const { count } =
    after === null
      ? await db.fault.deleteMany({ where })
      : await db.fault.updateMany({ where, data: faultToRow(after) });
  return count === 1;
}
