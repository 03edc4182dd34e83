import { DAY_MS } from '../../src/domain/model/time.ts';
import type { ApiUseStore, ApiWriteStore, WriteAnswer } from '../../src/monitoring/ports.ts';

type Written = Readonly<{ request: string; beganAt: number; answer: WriteAnswer | null }>;

export function memoryApiWriteStore(): ApiWriteStore {
  const writes = new Map<string, Written>();
  return {
    begin: async ({ id, request }, at) => {
      const before = writes.get(id);
      const age = before === undefined ? Number.POSITIVE_INFINITY : at - before.beganAt;
      if (before !== undefined && age <= (before.answer === null ? 120_000 : DAY_MS)) return before;
      writes.set(id, { request, beganAt: at, answer: null });
      return null;
    },
    finish: async (id, answer) => {
      const before = writes.get(id);
      if (before !== undefined) writes.set(id, { ...before, answer });
    },
    forget: async (id) => {
      if (writes.get(id)?.answer === null) writes.delete(id);
    },
  };
}

export function memoryApiUseStore(): ApiUseStore {
  const minutes = new Map<string, Readonly<{ minute: number; used: number }>>();
  return {
    count: async (keyId, minute, requests) => {
      const before = minutes.get(keyId) ?? { minute, used: 0 };
      const used = before.minute < minute ? requests : before.used + requests;
      minutes.set(keyId, { minute: Math.max(minute, before.minute), used });
      return used;
    },
  };
}
