import type { MailTroubleStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { MAIL_TROUBLE } from './rows/hold-row.ts';
import { dateOf } from './rows/values.ts';
import { saveNotifications } from './save-updates.ts';
import { insertsFirst, inTransaction } from './transaction.ts';

/** Among the holds, because mail is kept back; but nobody decided it, and nobody can end it by command. */
export function createMailTroubleStore(database: Database): MailTroubleStore {
  const { db } = database;
  return {
    current: async () => {
      const row = await db.hold.findUnique({ where: { openKey: MAIL_TROUBLE } });
      return row === null ? null : { id: row.id, since: row.since.getTime(), response: row.cause ?? '' };
    },

    begin: async ({ id, since, response }) => {
      if ((await db.hold.count({ where: { openKey: MAIL_TROUBLE } })) > 0) return false;
      const at = dateOf(since);
      const words = { kind: MAIL_TROUBLE, network: null, cause: response, openKey: MAIL_TROUBLE };
      const row = { id, ...words, since: at, beganAt: at, endedAt: null, endReason: null, tenants: 0, sample: '[]' };
      return await insertsFirst(() => db.hold.create({ data: row }));
    },

    end: (id, at, mail) =>
      inTransaction(database, async (session) => {
        const { count } = await session.db.hold.updateMany({
          where: { id, openKey: MAIL_TROUBLE },
          data: { endedAt: dateOf(at), openKey: null },
        });
        if (count === 0) return false;
        await saveNotifications(session, mail);
        return true;
      }),
  };
}
