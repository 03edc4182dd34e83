import { noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import { afterContactLeft, type ContactLeftContext } from './contact-left.ts';

/** One refusal may be a server's mistake; the second is believed. */
const REFUSALS_TO_UNDELIVERABLE = 2;

/** A contact's address does not exist, by the server's word or by a bounce: one refusal more. */
export function afterAddressRefused(
  record: TenantRecord,
  contactId: string | null,
  context: ContactLeftContext,
): TenantUpdate {
  const contact = record.contacts.find(({ id }) => id === contactId);
  const nothing = noUpdate(record.tenant.id);
  if (contact === undefined) return nothing;
  const refused = { ...contact, refusals: contact.refusals + 1 };
  if (refused.refusals < REFUSALS_TO_UNDELIVERABLE) return { ...nothing, contacts: [refused] };
  return afterContactLeft(record, { ...refused, state: 'undeliverable' }, context);
}
