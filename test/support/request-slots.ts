import { createRequestSlots, type RequestSlotsOptions } from '../../src/monitoring/polling/request-slots.ts';
import type { RequestSlots } from '../../src/monitoring/ports.ts';
import { memoryRateStore } from './memory-rate-store.ts';
import { emptyMemory } from './memory-state.ts';
import { collectingLog } from './use-case-log.ts';

type SlotsOptions = Pick<RequestSlotsOptions, 'steadyClock'> &
  Partial<RequestSlotsOptions> &
  Readonly<{ perSecond?: number }>;

/** The slots of one process, at 4 a second unless told otherwise; without `rates` it is the only process. */
export function slotsOf({ perSecond = 4, ...given }: SlotsOptions): RequestSlots {
  return createRequestSlots({
    limit: { key: 'key-1', endpoint: 'api', perSecond },
    rates: memoryRateStore(emptyMemory(), given.steadyClock.now),
    log: collectingLog(),
    ...given,
  });
}

export const noLimit: RequestSlots = { take: async () => undefined, pause: async () => undefined };

/** The most of the times that lie within so many ms, both ends included. */
export function mostWithin(ms: number, times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  let [most, first] = [0, 0];
  for (const [index, to] of sorted.entries()) {
    // Of a busy machine `ms` may be less than nothing: each is alone then.
    while (first < index && (sorted[first] ?? to) < to - ms) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
