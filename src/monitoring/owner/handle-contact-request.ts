import type { LinkHolder } from '../../domain/model/link.ts';
import {
  type ContactRequest,
  type ContactRequestOutcome,
  decideContactRequest,
} from '../../domain/owner/contact-request.ts';
import type { Stores, Surroundings } from '../ports.ts';

export type ContactRequestPorts = Surroundings & Pick<Stores, 'records'>;

/** Does what a contact asked for on the own page. Null when the tenant or the contact is gone. */
export async function handleContactRequest(
  { tenantId, contactId }: LinkHolder,
  contactRequest: ContactRequest,
  { clock, log, newId, records, operatorEmail }: ContactRequestPorts,
): Promise<ContactRequestOutcome | null> {
  const context = { now: clock.now(), newId, operatorEmail };
  const outcome = await records.change([tenantId], ([record]) => {
    const contact = record?.contacts.find(({ id }) => id === contactId);
    if (record === undefined || contact === undefined) return { updates: [], result: null };
    const decision = decideContactRequest(contactRequest, { record, contact }, context);
    return { updates: [decision.update], result: decision.outcome };
  });
  if (outcome !== null) log.info({ tenantId, contactId, outcome }, 'a contact decided about its mail');
  return outcome;
}
