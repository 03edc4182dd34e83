import { beginHold } from '../../domain/model/hold.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { RestoreDone } from '../../monitoring/ports.ts';
import type { Session } from '../database.ts';
import { holdToRow } from '../rows/hold-row.ts';
import { dateOf } from '../rows/values.ts';

type Marked = Pick<RestoreDone, 'takenAt' | 'restoredAt' | 'tenants' | 'held'>;

/**
 * Writes into a restored database that it was restored. 1. Find the latest moment that it knows of. 2. Hold the owners'
 * mail that was due since then: it may have been sent. 3. Drop such mail to the operator, who knows. 4. Begin the hold
 * by which the decisions after that know of the time that is missing.
 */
export async function markRestored(session: Session, now: Instant, holdId: string): Promise<Marked> {
  const { db } = session;
  const takenAt = Math.min(await latestMoment(session), now);
  const waiting = { state: 'pending', dueAt: { lte: dateOf(now) } };
  const { count: held } = await db.notification.updateMany({
    where: { ...waiting, tenantId: { not: null } },
    data: { state: 'held', reason: 'held_restored', leaseUntil: null },
  });
  await db.notification.updateMany({ where: { ...waiting, tenantId: null }, data: { state: 'cancelled' } });
  const tenants = await db.tenant.count({ where: { removedAt: null } });
  await beginRestoredHold(session, { holdId, takenAt, now, tenants });
  return { takenAt, restoredAt: now, tenants, held };
}

async function latestMoment({ db }: Session): Promise<Instant> {
  const [backup, poll, mail, entry, event] = [
    await db.backup.findFirst(),
    await db.poll.aggregate({ _max: { at: true } }),
    await db.notification.aggregate({ _max: { createdAt: true, lastAttemptAt: true } }),
    await db.auditEntry.aggregate({ _max: { at: true } }),
    await db.event.aggregate({ _max: { at: true } }),
  ];
  const moments = [
    backup?.takenAt,
    poll._max.at,
    mail._max.createdAt,
    mail._max.lastAttemptAt,
    entry._max.at,
    event._max.at,
  ];
  return Math.max(0, ...moments.map((moment) => moment?.getTime() ?? 0));
}

type Begun = Readonly<{ holdId: string; takenAt: Instant; now: Instant; tenants: number }>;

/** A copy may have an earlier restore's open hold: its `since` stays, because nothing is known of the time after it. */
async function beginRestoredHold({ db }: Session, { holdId, takenAt, now, tenants }: Begun): Promise<void> {
  const cause = { kind: 'restored' } as const;
  const { count } = await db.hold.updateMany({
    where: { openKey: cause.kind },
    data: { beganAt: dateOf(now), tenants },
  });
  if (count > 0) return;
  await db.hold.create({ data: holdToRow(beginHold({ id: holdId, cause, since: takenAt, beganAt: now, tenants })) });
}
