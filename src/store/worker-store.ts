import type { Instant } from '../domain/model/time.ts';
import type { WorkerReport, WorkerStore } from '../monitoring/ports.ts';
import type { Database, Session } from './database.ts';
import type { LeaseClock } from './lease-clock.ts';
import { dateOf, wordsToText } from './rows/values.ts';
import { workerFromRow } from './rows/worker-row.ts';
import { inTransaction, retrying } from './transaction.ts';

/** 32 bits hold 24 days: a clock that is further off is off by that. */
const MOST_MS = 2 ** 31 - 1;

export function createWorkerStore(database: Database, leaseClock: LeaseClock): WorkerStore {
  const { db } = database;
  return {
    now: () => leaseClock(database),

    report: async (worker) => {
      const row = rowOf(worker, await leaseClock(database));
      await retrying(() => db.worker.upsert({ where: { id: row.id }, create: row, update: row }));
    },

    list: async () => (await db.worker.findMany({ orderBy: [{ startedAt: 'asc' }, { id: 'asc' }] })).map(workerFromRow),

    remove: async (id) => void (await retrying(() => db.worker.deleteMany({ where: { id } }))),

    removeSilent: async (forMs) => {
      const before = dateOf((await leaseClock(database)) - forMs);
      const silent = await db.worker.findMany({ where: { lastSeenAt: { lt: before } } });
      const removed = [];
      for (const worker of silent) {
        if (await inTransaction(database, (session) => bury(session, worker.id, before))) removed.push(worker);
      }
      return removed.map(workerFromRow);
    },
  };
}

function rowOf({ roles, done, clockAheadMs, startedAt, ...worker }: WorkerReport, now: Instant) {
  const ahead = Math.round(Math.min(MOST_MS, Math.max(-MOST_MS, clockAheadMs)));
  const times = { startedAt: dateOf(startedAt), lastSeenAt: dateOf(now) };
  return { ...worker, ...done, ...times, roles: wordsToText(roles), clockAheadMs: ahead };
}

/** Removes a silent worker and frees the tenants it claimed. False when it is gone already, or has reported since. */
async function bury({ db }: Session, id: string, before: Date): Promise<boolean> {
  const { count } = await db.worker.deleteMany({ where: { id, lastSeenAt: { lt: before } } });
  if (count === 0) return false;
  const free = { pollLeaseUntil: null, pollLeaseBy: null };
  await db.tenant.updateMany({ where: { pollLeaseBy: { startsWith: `${id}/` } }, data: free });
  return true;
}
