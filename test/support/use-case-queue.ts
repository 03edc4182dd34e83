import type { PageKind } from '../../src/domain/model/worker.ts';
import type { DuePage, WorkQueue } from '../../src/monitoring/ports.ts';

type Offer = Readonly<{ kind: PageKind; pages: readonly DuePage[] }>;

type ScriptedQueue = Pick<WorkQueue, 'offer' | 'figures'> & Readonly<{ offers: readonly Offer[] }>;

/** A queue that takes what is offered, or does not, and hands out nothing. */
export function scriptedQueue(takes = true): ScriptedQueue {
  const offers: Offer[] = [];
  return {
    offers,
    figures: async () => null,
    offer: async (kind, pages) => {
      offers.push({ kind, pages });
      return takes;
    },
  };
}
