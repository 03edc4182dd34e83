import type { Instant } from '../../src/domain/model/time.ts';
import type { QuotaStore } from '../../src/monitoring/ports.ts';
import { type Memory, type MemoryDay, transact } from './memory-state.ts';

/** Requests a day (0: no limit), and the share of them kept for re-checks and look-ups. */
export type MemoryQuotaLimits = Readonly<{ perDay: number; reserveShare: number }>;

export function memoryQuotaStore(memory: Memory, { perDay, reserveShare }: MemoryQuotaLimits): QuotaStore {
  const limit = perDay === 0 ? Number.POSITIVE_INFINITY : perDay;
  const limits = { recheck: limit, poll: perDay === 0 ? limit : Math.floor(perDay * (1 - reserveShare)) };
  const leftOf = ({ used, isExhausted }: MemoryDay, upTo: number) => (isExhausted ? 0 : Math.max(0, upTo - used));
  return {
    reserve: async ({ count, purpose, now }) =>
      transact(memory, ({ days }) => {
        const day = dayOf(memory, now);
        const granted = Math.min(count, leftOf(day, limits[purpose]));
        days.set(utcDay(now), { ...day, used: day.used + granted });
        return granted;
      }),
    giveBack: async ({ count, reservedAt }) =>
      transact(memory, ({ days }) => {
        const day = dayOf(memory, reservedAt);
        days.set(utcDay(reservedAt), { ...day, used: day.used - count });
      }),
    exhaust: async (now) =>
      transact(memory, ({ days }) => {
        days.set(utcDay(now), { ...dayOf(memory, now), isExhausted: true });
      }),
    today: async (now) => ({
      ...dayOf(memory, now),
      ...(perDay === 0 ? { limit: null, forPolls: null } : { limit, forPolls: limits.poll }),
    }),
    left: async (now) => leftOf(dayOf(memory, now), limit),
  };
}

function dayOf({ state }: Memory, now: Instant): MemoryDay {
  return state.days.get(utcDay(now)) ?? { used: 0, isExhausted: false };
}

function utcDay(now: Instant): string {
  return new Date(now).toISOString().slice(0, 10);
}
