import type { RoundScope } from '../application.ts';
import type { DuePage } from '../ports.ts';
import { type DueTurnsPorts, dueAmong, dueTurns } from './due-turns.ts';

/** Tenants claimed at once, offered as one page, and written in one transaction. */
export const BATCH = 100;

/** Also those of a page that somebody found due, as far as they still are. */
export type TenantsToAsk = RoundScope | Readonly<{ dueAmong: DuePage }>;

/** Of one application: those whose turn has come, these of them alone, or these whether they are due or not. */
export type OwnTenants = 'due' | Readonly<{ dueAmong: DuePage }> | Readonly<{ named: readonly string[] }>;

/** Yields each tenant of the round once. All workers take from it; when one of them stops early, it ends for all. */
export async function* tenantsToAsk(
  tenants: OwnTenants,
  ports: DueTurnsPorts,
  onClaimed: (count: number) => void,
): AsyncGenerator<string, void> {
  for await (const page of pagesToAsk(tenants, ports)) {
    onClaimed(page.length);
    yield* page;
  }
}

function pagesToAsk(tenants: OwnTenants, ports: DueTurnsPorts) {
  if (tenants === 'due') return dueTurns(ports, BATCH);
  return 'named' in tenants ? [tenants.named] : dueAmong(tenants.dueAmong, ports);
}
