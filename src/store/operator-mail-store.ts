import type { OperatorNotification } from '../domain/model/notification.ts';
import type { OperatorMailStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { LeaseClock } from './lease-clock.ts';
import type { Prisma } from './model.ts';
import { freeAt } from './outbox-store.ts';
import { notificationFromRow, notificationTable } from './rows/notification-row.ts';
import { plain } from './rows/table.ts';
import { dateOf, dateOrNull } from './rows/values.ts';
import { inTransaction } from './transaction.ts';

export function createOperatorMailStore(database: Database, leaseClock: LeaseClock): OperatorMailStore {
  return {
    // Of several claims at once, only one finds the row still free where it writes.
    claim: (id, leaseMs) =>
      inTransaction(database, async (session) => {
        const { db } = session;
        const now = await leaseClock(session);
        const { count } = await db.notification.updateMany({
          where: { id, tenantId: null, ...freeAt(now) },
          data: { leaseUntil: dateOf(now + leaseMs) },
        });
        if (count === 0) return null;
        const row = await db.notification.findUnique({ where: { id } });
        const mail = row === null ? null : notificationFromRow({ ...plain(notificationTable, row), topics: [] });
        return mail?.tenantId === null ? mail : null;
      }),

    renew: async ({ id, leaseUntil }, leaseMs) => {
      const until = (await leaseClock(database)) + leaseMs;
      const where = { id, tenantId: null, leaseUntil: dateOrNull(leaseUntil) };
      const { count } = await database.db.notification.updateMany({ where, data: { leaseUntil: dateOf(until) } });
      return count === 1 ? until : null;
    },

    save: async (mail, leaseUntil) => {
      const where = { id: mail.id, tenantId: null, leaseUntil: dateOrNull(leaseUntil) };
      const { count } = await database.db.notification.updateMany({ where, data: attemptOf(mail) });
      return count === 1;
    },
  };
}

/** The columns that an attempt to send changes. */
function attemptOf(mail: OperatorNotification): Prisma.NotificationUpdateManyMutationInput {
  const { state, reason, attempts, outcomeUnknown, messageId, subject, response } = mail;
  return {
    state,
    reason,
    attempts,
    outcomeUnknown,
    messageId,
    subject,
    response,
    dueAt: dateOf(mail.dueAt),
    leaseUntil: dateOrNull(mail.leaseUntil),
    sentAt: dateOrNull(mail.sentAt),
    firstAttemptAt: dateOrNull(mail.firstAttemptAt),
    lastAttemptAt: dateOrNull(mail.lastAttemptAt),
  };
}
