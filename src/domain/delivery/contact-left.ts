import { beginOperatorMail, type OperatorNotification } from '../model/notification.ts';
import type { Contact } from '../model/tenant.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';

export type ContactLeftContext = Readonly<{
  now: Instant;
  newId: () => string;
  /** Null when no operator is configured: then no mail is written. */
  operatorEmail: string | null;
  /** The mail server's answer, when that is why the contact gets no mail. */
  response?: string | null;
}>;

/** One refusal may be a server's mistake; the second is believed. */
const REFUSALS_TO_UNDELIVERABLE = 2;

/** A mail server, or a returned mail, says that the contact's address does not exist. */
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

/**
 * `contact`, as given, gets no mail from now on. The operator hears of every address that does not exist, and once of
 * a tenant without a reachable contact.
 */
export function afterContactLeft(record: TenantRecord, contact: Contact, context: ContactLeftContext): TenantUpdate {
  const update = { ...noUpdate(record.tenant.id), contacts: [contact] };
  const before = record.contacts.find(({ id }) => id === contact.id);
  // A contact who gets no mail already changes nothing by leaving for another reason.
  if (before?.state !== 'active') return update;
  const left = record.contacts.filter(({ id, state }) => id !== contact.id && state === 'active').length;
  const isWorthTelling = left === 0 || contact.state === 'undeliverable';
  return {
    ...update,
    tenant: left === 0 ? { ...record.tenant, unreachableSince: record.tenant.unreachableSince ?? context.now } : null,
    operatorMail: isWorthTelling ? mailToOperator(record, { contact, left }, context) : [],
  };
}

function mailToOperator(
  { tenant }: TenantRecord,
  { contact, left }: Readonly<{ contact: Contact; left: number }>,
  { response = null, ...context }: ContactLeftContext,
): readonly OperatorNotification[] {
  const { email, role, state: why } = contact;
  if (why === 'active') return [];
  const gone = { tenantId: tenant.id, tenantName: tenant.name, email, role, why, response, left };
  return beginOperatorMail({ about: 'recipient_gone', ...gone }, { ...context, conversationId: null });
}
