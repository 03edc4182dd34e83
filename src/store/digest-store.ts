import type { HeldReason } from '../domain/model/reasons.ts';
import type { Instant } from '../domain/model/time.ts';
import type { DigestRules, HeldCounts } from '../domain/notification/digest-rules.ts';
import type { DigestStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { readDigestSections } from './digest-sections.ts';
import type { Prisma } from './model.ts';
import { dateOf, instantOrNull } from './rows/values.ts';
import { saveNotifications } from './save-updates.ts';
import { mailIn } from './table-portions.ts';
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
  const byFleetHold = new Map(fleetHolds.map((id) => [id, 0]));
  const counts = { held_brake: 0, held_by_command: 0, held_restored: 0 };
  let byCommandSince: Instant | null = null;
  for await (const dueAt of mailIn(db, 'held')) {
    const held = { state: 'held', dueAt };
    for (const { reason, _count, _min } of await groupHeld(db, held)) {
      if (!isCounted(reason)) continue;
      counts[reason] += _count;
      if (reason === 'held_by_command') byCommandSince = earlier(byCommandSince, instantOrNull(_min.createdAt));
    }
    for (const [heldBy, before] of byFleetHold) {
      const where = { ...held, reason: 'held_fleet', topics: { some: { incident: { heldBy } } } };
      byFleetHold.set(heldBy, before + (await db.notification.count({ where })));
    }
  }
  const { held_brake: byBrake, held_by_command: byCommand, held_restored: byRestored } = counts;
  return { byFleetHold, byBrake, byCommand, byCommandSince, byRestored };
}

function groupHeld(db: Prisma.TransactionClient, where: Prisma.NotificationWhereInput) {
  return db.notification.groupBy({ by: ['reason'], where, _count: true, _min: { createdAt: true } });
}

function isCounted(reason: string): reason is Exclude<HeldReason, 'held_fleet'> {
  return reason === 'held_brake' || reason === 'held_by_command' || reason === 'held_restored';
}

function earlier(one: Instant | null, other: Instant | null): Instant | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
