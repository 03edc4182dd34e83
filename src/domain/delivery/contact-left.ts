import type { OperatorNotification } from '../model/notification.ts';
import type { Contact } from '../model/tenant.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import { beginOperatorMail } from '../notification/operator-mail.ts';

export type ContactLeftContext = Readonly<{
  now: Instant;
  newId: () => string;
  /** Null when no operator is configured: then no mail is written. */
  operatorEmail: string | null;
  /** What the mail server said, when it was one. */
  response?: string | null;
}>;

/**
 * What follows when `contact`, as it is from now on, gets no mail any more. The operator hears of every address that
 * does not exist, and once of a tenant of which nobody can be reached.
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
