import { networkName } from '../../words/network-name.ts';
import { NAME_LENGTH, plainName } from '../../words/plain-name.ts';

/** A name that somebody else chose, on one line and not too long for a page. */
export function nameText(name: string): string {
  return plainName(name, NAME_LENGTH) ?? 'without a name';
}

/** `Facebook “Jane's Bakery”`; the account's id when the account has no name. */
export function accountText({
  network,
  accountId,
  displayName,
}: Readonly<{ network: string; accountId: string; displayName: string | null }>): string {
  const shown = displayName === null ? null : plainName(displayName, NAME_LENGTH);
  const ofNetwork = nameText(networkName(network));
  return shown === null ? `${ofNetwork} ${nameText(accountId)}` : `${ofNetwork} “${shown}”`;
}

/** `12,345` */
export function groupedCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** `1 mail`, `3 mails`. */
export function countText(count: number, one: string): string {
  return `${groupedCount(count)} ${count === 1 ? one : `${one}s`}`;
}
