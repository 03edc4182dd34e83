import type { Instant } from '../../src/domain/model/time.ts';
import { requestsToday } from '../../src/domain/polling/requests-today.ts';
import type { KeyQuota, QuotaStore } from '../../src/monitoring/ports.ts';
import { type Memory, type MemoryDay, transact } from './memory-state.ts';

export function memoryQuotaStore(memory: Memory): QuotaStore {
  const todayOf = (of: KeyQuota, now: Instant) => requestsToday(dayOf(memory, of.key, now), of, now);
  return {
    reserve: async (of, { count, purpose, now }) =>
      transact(memory, ({ days }) => {
        const { used, limit, forPolls, isExhausted } = todayOf(of, now);
        const most = (purpose === 'priority' ? limit : forPolls) ?? Number.POSITIVE_INFINITY;
        const granted = isExhausted ? 0 : Math.max(0, Math.min(count, most - used));
        days.set(idOf(of.key, now), { used: used + granted, isExhausted });
        return granted;
      }),
    giveBack: async ({ key }, { count, reservedAt }) =>
      transact(memory, ({ days }) => {
        const day = dayOf(memory, key, reservedAt);
        days.set(idOf(key, reservedAt), { ...day, used: day.used - count });
      }),
    exhaust: async ({ key }, now) =>
      transact(memory, ({ days }) => {
        days.set(idOf(key, now), { ...dayOf(memory, key, now), isExhausted: true });
      }),
    today: async (of, now) => todayOf(of, now),
    todayOfAll: async (keys, now) => keys.map((of) => todayOf(of, now)),
  };
}

function dayOf({ state }: Memory, key: string, now: Instant): MemoryDay {
  return state.days.get(idOf(key, now)) ?? { used: 0, isExhausted: false };
}

function idOf(key: string, now: Instant): string {
  return `${key} ${new Date(now).toISOString().slice(0, 10)}`;
}
