import type { PageKind } from '../../src/domain/model/worker.ts';
import type { DuePage, WorkQueue } from '../../src/monitoring/ports.ts';

type Offer = Readonly<{ kind: PageKind; pages: readonly DuePage[] }>;

/** A queue that takes what is offered, or does not, and hands out nothing. */
export function scriptedQueue(takes = true): Pick<WorkQueue, 'offer'> & Readonly<{ offers: readonly Offer[] }> {
  const offers: Offer[] = [];
  return {
    offers,
    offer: async (kind, pages) => {
      offers.push({ kind, pages });
      return takes;
    },
  };
}
