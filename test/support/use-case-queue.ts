import type { BatchKind } from '../../src/domain/model/worker.ts';
import type { DueBatch, WorkQueue } from '../../src/monitoring/ports.ts';

type Offer = Readonly<{ kind: BatchKind; batches: readonly DueBatch[] }>;

type ScriptedQueue = Pick<WorkQueue, 'offer' | 'figures'> & Readonly<{ offers: readonly Offer[] }>;

/** A queue that takes what is offered, or does not, and hands out nothing. */
export function scriptedQueue(takes = true): ScriptedQueue {
  const offers: Offer[] = [];
  return {
    offers,
    figures: async () => null,
    offer: async (kind, batches) => {
      offers.push({ kind, batches });
      return takes;
    },
  };
}
