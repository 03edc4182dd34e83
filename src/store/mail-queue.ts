import type { Instant } from '../domain/time.ts';
import type { MailQueue } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Prisma } from './model.ts';
import { dateOf } from './rows/values.ts';

export function createMailQueue({ db }: Database): MailQueue {
  return {
    dueMail: (now, limit) =>
      db.notification.findMany({
        where: { ...freeAt(now), dueAt: { lte: dateOf(now) } },
        select: { id: true, tenantId: true, to: true },
        orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
        take: limit,
      }),

    tenantsWithDueReminders: async (now, limit) => {
      const tenants = await db.incident.groupBy({
        by: ['tenantId'],
        where: { remindAt: { lte: dateOf(now) }, openKey: { not: null }, tenant: { removedAt: null } },
        orderBy: [{ _min: { remindAt: 'asc' } }, { tenantId: 'asc' }],
        take: limit,
      });
      return tenants.map(({ tenantId }) => tenantId);
    },

    counts: async () => {
      const states = await db.notification.groupBy({
        by: ['state'],
        where: { state: { in: ['pending', 'held'] } },
        _count: true,
      });
      const count = (wanted: string) => states.find(({ state }) => state === wanted)?._count ?? 0;
      return { pending: count('pending'), held: count('held') };
    },

    heldForBrake: () => db.notification.count({ where: { state: 'held', reason: 'held_brake' } }),

    ownerMailSentSince: (since) =>
      db.notification.count({ where: { sentAt: { gte: dateOf(since) }, contactId: { not: null } } }),
  };
}

/** Pending, and nobody is sending it. */
export function freeAt(now: Instant): Prisma.NotificationWhereInput {
  return { state: 'pending', OR: [{ leaseUntil: null }, { leaseUntil: { lte: dateOf(now) } }] };
}
