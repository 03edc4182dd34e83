import { type ContactRequest, decideContactRequest } from '../../domain/owner/contact-request.ts';
import { ownerPageOf } from '../../domain/owner/owner-page.ts';
import type { Owner } from '../application.ts';
import { forContact, forReader } from '../viewer.ts';
import { type CheckNowPorts, type Checks, createChecks } from './check-now.ts';

/** A contact's own page, and the requests that the contact may make there. */
export function createOwner(ports: CheckNowPorts): Owner & Pick<Checks, 'settled'> {
  const { clock, log, newId, records, operatorEmail } = ports;
  const { checkNow, settled } = createChecks(ports);
  return {
    page: forReader(async ({ tenantId, contactId }) => {
      const [record] = await records.read([tenantId]);
      return record === undefined ? null : ownerPageOf(record, contactId, clock.now());
    }),
    request: forContact(async ({ tenantId, contactId }, request: ContactRequest) => {
      const context = { now: clock.now(), newId, operatorEmail };
      const outcome = await records.change([tenantId], ([record]) => {
        const contact = record?.contacts.find(({ id }) => id === contactId);
        if (record === undefined || contact === undefined) return { updates: [], result: null };
        const decision = decideContactRequest(request, { record, contact }, context);
        return { updates: [decision.update], result: decision.outcome };
      });
      if (outcome !== null) log.info({ tenantId, contactId, outcome }, 'a contact decided about its mail');
      return outcome;
    }),
    checkNow: forReader(checkNow),
    settled,
  };
}
