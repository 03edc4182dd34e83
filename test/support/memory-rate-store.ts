import type { Instant } from '../../src/domain/model/time.ts';
import type { RequestRate } from '../../src/domain/polling/request-rate.ts';
import type { RateId, RateStore } from '../../src/monitoring/ports.ts';
import { type Memory, transact } from './memory-state.ts';

const neverAsked: RequestRate = { nextAt: 0, pausedUntil: 0 };

/** `now` is the store's own clock, which a test may set. */
export function memoryRateStore(memory: Memory, now: () => Instant = Date.now): RateStore {
  const rateOf = (id: RateId) => memory.state.rates.get(keyOf(id)) ?? neverAsked;
  return {
    read: async (id) => ({ ...rateOf(id), now: now() }),
    replace: async (id, before, next) => {
      const { nextAt, pausedUntil } = rateOf(id);
      if (nextAt !== before.nextAt || pausedUntil !== before.pausedUntil) return false;
      return transact(memory, ({ rates }) => rates.set(keyOf(id), next).size > 0);
    },
  };
}

function keyOf({ key, endpoint }: RateId): string {
  return JSON.stringify([key, endpoint]);
}
