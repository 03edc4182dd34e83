import { type ConnectionIdentity, type ConnectionPages, identityKey } from '../model/connection.ts';
import type { Page, PageNames, PagesAnswer } from '../model/pages.ts';

/** The first unreachable pages of a connection are named, this many at most, and the rest counted. */
const NAMED = 3;

/** What an answer says of each connection; nothing of one whose pages may be among those that cannot be read. */
export function joinPages(
  connections: readonly ConnectionIdentity[],
  { pages, isWhole }: PagesAnswer,
): readonly ConnectionPages[] {
  const byAccount = Map.groupBy(pages.flatMap(accountsOf), ({ key }) => key);
  const distinct = new Map(connections.map((connection) => [identityKey(connection), connection]));
  return [...distinct].flatMap(([key, { network, accountId }]) => {
    const own = byAccount.get(key) ?? [];
    if (own.length === 0 && !isWhole) return [];
    const unreachable = own.map(({ page }) => page).filter(({ isAccessible }) => !isAccessible);
    const accessible = own.length - unreachable.length;
    return [{ network, accountId, unreachable: namesOf(unreachable), accessible }];
  });
}

function accountsOf(page: Page): readonly Readonly<{ key: string; page: Page }>[] {
  const keys = page.accountIds.map((accountId) => identityKey({ network: page.network, accountId }));
  return [...new Set(keys)].map((key) => ({ key, page }));
}

function namesOf(pages: readonly Page[]): PageNames {
  const named = pages.flatMap(({ name }) => name ?? []).slice(0, NAMED);
  return { named, more: pages.length - named.length };
}
