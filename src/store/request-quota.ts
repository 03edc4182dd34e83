import type { Instant } from '../domain/time.ts';
import type { RequestQuota } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { isUniqueViolation } from './transaction.ts';

/** Requests a UTC day (0: no limit), and the share of them, from 0 to 1, that `poll` must leave to `recheck`. */
export type QuotaLimits = Readonly<{ perDay: number; reserveShare: number }>;

export function createRequestQuota({ db }: Database, { perDay, reserveShare }: QuotaLimits): RequestQuota {
  const all = perDay === 0 ? Number.POSITIVE_INFINITY : perDay;
  const limits = { recheck: all, poll: perDay === 0 ? all : Math.floor(perDay * (1 - reserveShare)) };

  /** Counts in the statement that checks, so that no two callers get the same requests. */
  async function tryCount(day: string, count: number, limit: number): Promise<boolean> {
    const upTo = Number.isFinite(limit) ? { lte: limit - count } : {};
    const { count: rows } = await db.requestDay.updateMany({
      where: { day, isExhausted: false, used: upTo },
      data: { used: { increment: count } },
    });
    return rows === 1;
  }

  async function leftOf(day: string, limit: number): Promise<number> {
    const row = await db.requestDay.findUnique({ where: { day } });
    if (row === null) return limit;
    return row.isExhausted ? 0 : Math.max(0, limit - row.used);
  }

  async function beginDay(day: string): Promise<void> {
    const known = await db.requestDay.findUnique({ where: { day } });
    if (known !== null) return;
    try {
      await db.requestDay.create({ data: { day, used: 0, isExhausted: false } });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }

  return {
    reserve: async ({ count, purpose, now }) => {
      const day = utcDay(now);
      await beginDay(day);
      // What is left only shrinks, so each round asks for less: for nothing in the end.
      for (;;) {
        const granted = Math.min(count, await leftOf(day, limits[purpose]));
        if (granted <= 0 || (await tryCount(day, granted, limits[purpose]))) return Math.max(0, granted);
      }
    },

    exhaust: async (now) => {
      const day = utcDay(now);
      await beginDay(day);
      await db.requestDay.update({ where: { day }, data: { isExhausted: true } });
    },

    left: (now) => leftOf(utcDay(now), all),
  };
}

function utcDay(now: Instant): string {
  return new Date(now).toISOString().slice(0, 10);
}
