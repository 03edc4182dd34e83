import type { LinkHolder } from '../domain/link.ts';
import { decideWish, type Wish, type WishOutcome } from '../domain/wishes.ts';
import type { Clock, Log, NewId, TenantRecords } from './ports.ts';

export type GrantWishPorts = Readonly<{
  clock: Clock;
  log: Log;
  newId: NewId;
  records: TenantRecords;
  operatorEmail: string | null;
}>;

/** Does what a contact asked for on the own page. Null when the tenant or the contact is gone. */
export async function grantWish(
  { tenantId, contactId }: LinkHolder,
  wish: Wish,
  { clock, log, newId, records, operatorEmail }: GrantWishPorts,
): Promise<WishOutcome | null> {
  const context = { now: clock.now(), newId, operatorEmail };
  const outcome = await records.change([tenantId], ([record]) => {
    const contact = record?.contacts.find(({ id }) => id === contactId);
    if (record === undefined || contact === undefined) return { updates: [], result: null };
    const decision = decideWish(wish, { record, contact }, context);
    return { updates: [decision.update], result: decision.outcome };
  });
  if (outcome !== null) log.info({ tenantId, contactId, outcome }, 'a contact decided about its mail');
  return outcome;
}
