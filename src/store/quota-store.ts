import type { Instant } from '../domain/model/time.ts';
import type { Quota } from '../domain/polling/poll-plan.ts';
import type { QuotaStore, RequestPurpose } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { isUniqueViolation } from './driver-error.ts';

export function createQuotaStore(database: Database, limits: Quota): QuotaStore {
  return {
    reserve: ({ count, purpose, now }) =>
      reserve(database, { day: utcDay(now), limit: limitOf(limits, purpose) }, count),
    giveBack: async ({ count, reservedAt }) => {
      await database.db.requestDay.updateMany({
        where: { day: utcDay(reservedAt), used: { gte: count } },
        data: { used: { decrement: count } },
      });
    },
    exhaust: async (now) => {
      const day = utcDay(now);
      await beginDay(database, day);
      await database.db.requestDay.update({ where: { day }, data: { isExhausted: true } });
    },
    today: async (now) => {
      const row = await database.db.requestDay.findUnique({ where: { day: utcDay(now) } });
      const day = { used: row?.used ?? 0, isExhausted: row?.isExhausted ?? false };
      if (limits.perDay === 0) return { ...day, limit: null, forPolls: null };
      return { ...day, limit: limits.perDay, forPolls: limitOf(limits, 'poll') };
    },
    left: (now) => leftOf(database, { day: utcDay(now), limit: limitOf(limits, 'recheck') }),
  };
}

type DayLimit = Readonly<{ day: string; limit: number }>;

function limitOf({ perDay, reserveShare }: Quota, purpose: RequestPurpose): number {
  if (perDay === 0) return Number.POSITIVE_INFINITY;
  return purpose === 'recheck' ? perDay : Math.floor(perDay * (1 - reserveShare));
}

async function reserve(database: Database, dayLimit: DayLimit, count: number): Promise<number> {
  for (let wanted = count; wanted > 0; ) {
    if (await tryCount(database, dayLimit, wanted)) return wanted;
    await beginDay(database, dayLimit.day);
    // What is left only shrinks, so each round asks for no more than the one before: for nothing in the end.
    wanted = Math.min(wanted, await leftOf(database, dayLimit));
  }
  return 0;
}

/** Counts in the statement that checks, so that no two callers get the same requests. */
async function tryCount({ db }: Database, { day, limit }: DayLimit, count: number): Promise<boolean> {
  const used = Number.isFinite(limit) ? { lte: limit - count } : {};
  const counted = await db.requestDay.updateMany({
    where: { day, isExhausted: false, used },
    data: { used: { increment: count } },
  });
  return counted.count === 1;
}

async function leftOf({ db }: Database, { day, limit }: DayLimit): Promise<number> {
  const row = await db.requestDay.findUnique({ where: { day } });
  if (row === null) return limit;
  return row.isExhausted ? 0 : Math.max(0, limit - row.used);
}

async function beginDay({ db }: Database, day: string): Promise<void> {
  if ((await db.requestDay.findUnique({ where: { day } })) !== null) return;
  try {
    await db.requestDay.create({ data: { day, used: 0, isExhausted: false } });
  } catch (error) {
    // Another process began it meanwhile.
    if (!isUniqueViolation(error)) throw error;
  }
}

function utcDay(now: Instant): string {
  return new Date(now).toISOString().slice(0, 10);
}
