import { causeKey } from '../../src/domain/model/hold.ts';
import type { HoldStore } from '../../src/monitoring/ports.ts';
import { ascending, type Memory, transact } from './memory-state.ts';

export function memoryHoldStore(memory: Memory): HoldStore {
  const active = () =>
    [...memory.state.holds.values()]
      .filter(({ endedAt }) => endedAt === null)
      .toSorted((a, b) => ascending(a.beganAt, b.beganAt) || ascending(a.id, b.id));
  return {
    active: async () => active(),
    begin: async (hold, mail) => {
      if (active().some(({ cause }) => causeKey(cause) === causeKey(hold.cause))) return false;
      transact(memory, ({ holds, notifications }) => {
        holds.set(hold.id, hold);
        for (const notification of mail) notifications.set(notification.id, notification);
      });
      return true;
    },
    end: async (hold, mail) => {
      if (!active().some(({ id }) => id === hold.id)) return false;
      transact(memory, ({ holds, notifications }) => {
        holds.set(hold.id, hold);
        for (const notification of mail) notifications.set(notification.id, notification);
      });
      return true;
    },
  };
}
