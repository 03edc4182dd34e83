import type { HeldReason } from '../domain/model/reasons.ts';
import type { DigestRules, HeldCounts } from '../domain/notification/digest-rules.ts';
import type { DigestStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { readDigestSections } from './digest-sections.ts';
import type { Prisma } from './model.ts';
import { dateOf, instantOrNull } from './rows/values.ts';
import { saveNotifications } from './save-updates.ts';
import { insertsFirst, inTransaction } from './transaction.ts';

export function createDigestStore(database: Database): DigestStore {
  const { db } = database;
  return {
    isWritten: async (day) => (await db.digest.count({ where: { day } })) > 0,

    read: async (rules, lines) => ({
      ...(await readDigestSections(db, rules, lines)),
      held: await heldCounts(db, rules.held),
    }),

    write: (day, at, mail) =>
      insertsFirst(() =>
        inTransaction(database, async (session) => {
          await session.db.digest.create({ data: { day, writtenAt: dateOf(at) } });
          await saveNotifications(session, mail);
        }),
      ),
  };
}

async function heldCounts(db: Prisma.TransactionClient, { fleetHolds }: DigestRules['held']): Promise<HeldCounts> {
  const byReason = await db.notification.groupBy({
    by: ['reason'],
    where: { state: 'held' },
    _count: true,
    _min: { createdAt: true },
  });
  const heldFor = (wanted: HeldReason) => byReason.find(({ reason }) => reason === wanted);
  const fleet = fleetHolds.map(async (heldBy) => {
    const where = { state: 'held', reason: 'held_fleet', topics: { some: { incident: { heldBy } } } };
    return [heldBy, await db.notification.count({ where })] as const;
  });
  return {
    byFleetHold: new Map(await Promise.all(fleet)),
    byBrake: heldFor('held_brake')?._count ?? 0,
    byCommand: heldFor('held_by_command')?._count ?? 0,
    byCommandSince: instantOrNull(heldFor('held_by_command')?._min.createdAt ?? null),
  };
}
