import type { DigestStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { readDigestSections } from './digest-sections.ts';
import { dateOf } from './rows/values.ts';
import { saveNotifications } from './save-updates.ts';
import { insertsFirst, inTransaction } from './transaction.ts';

export function createDigestStore(database: Database): DigestStore {
  const { db } = database;
  return {
    isWritten: async (day) => (await db.digest.count({ where: { day } })) > 0,

    read: (query) => readDigestSections(db, query),

    write: (day, at, mail) =>
      insertsFirst(() =>
        inTransaction(database, async (session) => {
          await session.db.digest.create({ data: { day, writtenAt: dateOf(at) } });
          await saveNotifications(session, mail);
        }),
      ),
  };
}
