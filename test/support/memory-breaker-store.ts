import { CLOSED } from '../../src/domain/polling/breaker.ts';
import type { BreakerStore } from '../../src/monitoring/ports.ts';
import { type Memory, transact } from './memory-state.ts';

const ID = 1;

export function memoryBreakerStore(memory: Memory): BreakerStore {
  const now = () => memory.state.breakers.get(ID) ?? CLOSED;
  return {
    read: async () => now(),
    open: async (failure, at) => {
      if (now().openSince !== null) return false;
      return transact(memory, ({ breakers }) => breakers.set(ID, { ...now(), openSince: at, failure }).size > 0);
    },
    close: async (openSince, at) => {
      if (now().openSince !== openSince) return false;
      return transact(memory, ({ breakers }) => breakers.set(ID, { ...now(), openSince: null, closedAt: at }).size > 0);
    },
  };
}
