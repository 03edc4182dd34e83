import type { FleetView, Outage } from '../domain/model/outage.ts';
import { layerOf, type PollFailureKind } from '../domain/model/poll.ts';
import type { OutageStore } from '../monitoring/ports.ts';
import type { Database, Session } from './database.ts';
import { isUniqueViolation } from './driver-error.ts';
import { pollable } from './poll-store.ts';
import { CURRENT_OUTAGE, outageFromRow, outageToRow } from './rows/outage-row.ts';
import { ascending, dateOf } from './rows/values.ts';
import { saveNotifications } from './save-updates.ts';
import { inTransaction } from './transaction.ts';

export function createOutageStore(database: Database): OutageStore {
  const { db } = database;
  return {
    // A tenant's row says how its latest poll went, so the polls themselves need not be read.
    view: async (since) => {
      const groups = await db.tenant.groupBy({
        by: ['failingKind'],
        where: { ...pollable, lastPolledAt: { gte: dateOf(since) } },
        _count: true,
      });
      return viewOf(
        groups.map(({ failingKind, _count }) => ({ kind: failingKind as PollFailureKind | null, count: _count })),
      );
    },

    currentOutage: async () => {
      const row = await db.outage.findUnique({ where: { openKey: CURRENT_OUTAGE } });
      return row === null ? null : outageFromRow(row);
    },

    saveOutage: async (before, next, mail) => {
      try {
        return await inTransaction(database, async (session) => {
          if (!(await replaceOutage(session, before, next))) return false;
          await saveNotifications(session, mail);
          return true;
        });
      } catch (error) {
        // Another process began an outage between our look and our insert.
        if (before === null && isUniqueViolation(error) && (await currentExists(database))) return false;
        throw error;
      }
    },
  };
}

function viewOf(groups: readonly Readonly<{ kind: PollFailureKind | null; count: number }>[]): FleetView {
  const failures = groups
    .flatMap(({ kind, count }) => (kind !== null && layerOf(kind) !== 'access' ? [{ kind, count }] : []))
    .toSorted((a, b) => oursFirst(a, b) || b.count - a.count || ascending(a.kind, b.kind));
  return {
    polled: groups.reduce((sum, { count }) => sum + count, 0),
    failing: failures.reduce((sum, { count }) => sum + count, 0),
    mainKind: failures[0]?.kind ?? null,
  };
}

type Failures = Readonly<{ kind: PollFailureKind; count: number }>;

function oursFirst(a: Failures, b: Failures): number {
  return Number(layerOf(b.kind) === 'ours') - Number(layerOf(a.kind) === 'ours');
}

/** False when the outage is no longer as `before` says. */
async function replaceOutage({ db }: Session, before: Outage | null, next: Outage | null): Promise<boolean> {
  if (before === null) {
    if ((await db.outage.count({ where: { openKey: CURRENT_OUTAGE } })) > 0) return false;
    if (next !== null) await db.outage.create({ data: outageToRow(next) });
    return true;
  }
  const where = outageToRow(before);
  const { count } =
    next === null
      ? await db.outage.deleteMany({ where })
      : await db.outage.updateMany({ where, data: outageToRow(next) });
  return count === 1;
}

async function currentExists({ db }: Database): Promise<boolean> {
  return (await db.outage.count({ where: { openKey: CURRENT_OUTAGE } })) > 0;
}
