import { isDeepStrictEqual } from 'node:util';
import type { Outage } from '../../src/domain/model/outage.ts';
import { layerOf, type PollFailureKind } from '../../src/domain/model/poll.ts';
import type { OutageStore } from '../../src/monitoring/ports.ts';
import { isPollable } from './memory-poll-store.ts';
import { ascending, type Memory, presentTenants, transact } from './memory-state.ts';

export function memoryOutageStore(memory: Memory): OutageStore {
  const current = () => [...memory.state.outages.values()].find(({ endedAt }) => endedAt === null) ?? null;
  return {
    view: async (since) => {
      const polled = presentTenants(memory.state).filter(
        (tenant) => isPollable(tenant) && tenant.lastPolledAt !== null && tenant.lastPolledAt >= since,
      );
      const kinds = polled.flatMap(({ failing }) =>
        failing !== null && layerOf(failing.kind) !== 'access' ? [failing.kind] : [],
      );
      return { polled: polled.length, failing: kinds.length, mainKind: mostFrequent(kinds) };
    },
    currentOutage: async () => current(),
    saveOutage: async (before, next, mail) => {
      if (!isDeepStrictEqual(before, current())) return false;
      transact(memory, ({ outages, notifications }) => {
        replace(outages, before, next);
        for (const notification of mail) notifications.set(notification.id, notification);
      });
      return true;
    },
  };
}

function replace(outages: Map<string, Outage>, before: Outage | null, next: Outage | null): void {
  if (next !== null) outages.set(next.id, next);
  else if (before !== null) outages.delete(before.id);
}

function mostFrequent(kinds: readonly PollFailureKind[]): PollFailureKind | null {
  const count = (kind: PollFailureKind) => kinds.filter((other) => other === kind).length;
  if (kinds.includes('invalid_client')) return 'invalid_client';
  return [...new Set(kinds)].toSorted((a, b) => count(b) - count(a) || ascending(a, b))[0] ?? null;
}
