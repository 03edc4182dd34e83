import type { RoundScope } from '../application.ts';
import { batchesOf } from '../pages.ts';
import type { DuePage, Stores, WorkQueue } from '../ports.ts';
import type { RoundClaims } from './poll-claims.ts';

/** Tenants claimed at once, offered as one page, and written in one transaction. */
export const BATCH = 100;
/** Pages offered at once; who looks next offers further ones. */
const OFFERED = 20;

/** Also those of a page that somebody found due, as far as they still are. */
export type TenantsToAsk = RoundScope | Readonly<{ dueAmong: DuePage }>;

export function isNamed(scope: TenantsToAsk): scope is readonly string[] {
  return Array.isArray(scope);
}

export type TenantsToAskPorts = Pick<Stores, 'polls'> &
  Readonly<{
    claims: RoundClaims;
    /** Null: nobody shares the work of this process. */
    queue: Pick<WorkQueue, 'offer'> | null;
  }>;

/** Yields each tenant of the round once. All workers take from it; when one of them stops early, it ends for all. */
export async function* tenantsToAsk(
  scope: TenantsToAsk,
  ports: TenantsToAskPorts,
  onClaimed: (count: number) => void,
): AsyncGenerator<string, void> {
  for await (const page of pagesToAsk(scope, ports)) {
    onClaimed(page.length);
    yield* page;
  }
}

async function* pagesToAsk(scope: TenantsToAsk, ports: TenantsToAskPorts): AsyncGenerator<DuePage, void> {
  const { polls, claims } = ports;
  if (scope === 'all' || isNamed(scope)) {
    yield await polls.pollableTenants(scope === 'all' ? null : scope);
  } else if (scope !== 'due') {
    yield await claims.claim(BATCH, scope.dueAmong);
  } else {
    // A tenant that comes due again meanwhile waits for the next round.
    for (let isMore = true; isMore; ) {
      const due = await claims.claim(BATCH);
      isMore = due.length === BATCH && !(await offerTheRest(ports));
      yield due;
    }
  }
}

/** True when workers that are free, this one among them, take what is left. */
async function offerTheRest({ queue, claims }: TenantsToAskPorts): Promise<boolean> {
  if (queue === null) return false;
  const left = await claims.unclaimed(OFFERED * BATCH);
  return left.length > 0 && (await queue.offer('poll', [...batchesOf(left, BATCH)]));
}
