import type { RoundScope } from '../application.ts';
import { batchesOf } from '../batches.ts';
import type { DueBatch, PollStore, TenantToPoll } from '../ports.ts';
import { type DueTurnsPorts, dueAmong, dueTurns } from './due-turns.ts';

/** Tenants claimed at once, offered as one batch, and written in one transaction. */
export const BATCH = 100;

/** Also those of a batch that somebody found due, as far as they still are. */
export type TenantsToAsk = RoundScope | Readonly<{ dueAmong: DueBatch }>;

/**
 * The tenants of one application that a round asks: all whose turn has come, those of a batch whose turn has come, or
 * the listed ones, due or not.
 */
export type OwnTenants = 'due' | Readonly<{ dueAmong: DueBatch }> | Readonly<{ listed: readonly string[] }>;

/** Whoever lists tenants waits until each of them was asked. */
export function isListed(tenants: OwnTenants): tenants is Extract<OwnTenants, { listed: readonly string[] }> {
  return tenants !== 'due' && 'listed' in tenants;
}

/** Yields each tenant of the round once. All pollers take from it; when one of them stops early, it ends for all. */
export async function* tenantsToAsk(
  tenants: OwnTenants,
  ports: DueTurnsPorts & Readonly<{ polls: Pick<PollStore, 'toPoll'> }>,
  onClaimed: (count: number) => void,
): AsyncGenerator<TenantToPoll, void> {
  for await (const batch of batchesToAsk(tenants, ports)) {
    onClaimed(batch.length);
    for (const ids of batchesOf(batch, BATCH)) yield* await ports.polls.toPoll(ids);
  }
}

function batchesToAsk(tenants: OwnTenants, ports: DueTurnsPorts) {
  if (tenants === 'due') return dueTurns(ports, BATCH);
  return isListed(tenants) ? [tenants.listed] : dueAmong(tenants.dueAmong, ports);
}
