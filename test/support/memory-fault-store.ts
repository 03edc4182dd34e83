import { isDeepStrictEqual } from 'node:util';
import { faultKey } from '../../src/domain/model/fault.ts';
import type { FaultStore } from '../../src/monitoring/ports.ts';
import { ascending, type Memory, transact } from './memory-state.ts';

export function memoryFaultStore(memory: Memory): FaultStore {
  const open = () =>
    [...memory.state.faults.values()]
      .filter(({ endedAt }) => endedAt === null)
      .toSorted((a, b) => ascending(a.since, b.since) || ascending(a.id, b.id));
  return {
    open: async () => open(),
    save: async (before, after, mail) => {
      const stored = open().find(({ id }) => id === before?.id) ?? null;
      if (!isDeepStrictEqual(before, stored)) return false;
      const key = after === null ? null : faultKey(after.cause);
      if (before === null && open().some(({ cause }) => faultKey(cause) === key)) return false;
      transact(memory, ({ faults, notifications }) => {
        if (after !== null) faults.set(after.id, after);
        else if (before !== null) faults.delete(before.id);
        for (const notification of mail) notifications.set(notification.id, notification);
      });
      return true;
    },
  };
}
