import { beginNotification } from '../model/notification.ts';
import type { Contact, ContactState } from '../model/tenant.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import { isSameAddress } from './contact-list.ts';

export type Invitation =
  | Readonly<{ outcome: 'invited'; mailId: string }>
  /** An invitation to the same address waits to be sent. */
  | Readonly<{ outcome: 'waits'; mailId: string }>
  | Readonly<{ outcome: 'no_contact' }>
  | Readonly<{ outcome: 'no_mail_wanted'; state: ContactState }>;

type InviteContext = Readonly<{ now: Instant; newId: () => string }>;

/** A mail with a link to connect the account, to one of the tenant's contacts. */
export function decideInvitation(
  record: TenantRecord,
  email: string,
  { now, newId }: InviteContext,
): Readonly<{ update: TenantUpdate; result: Invitation }> {
  const { tenant, contacts, notifications } = record;
  const nothing = noUpdate(tenant.id);
  const contact = contacts.find((one) => isSameAddress(one.email, email));
  if (contact === undefined) return { update: nothing, result: { outcome: 'no_contact' } };
  if (contact.state !== 'active') {
    return { update: nothing, result: { outcome: 'no_mail_wanted', state: contact.state } };
  }
  const waiting = notifications.find(
    ({ kind, contactId, state }) => kind === 'invitation' && contactId === contact.id && state === 'pending',
  );
  if (waiting !== undefined) return { update: nothing, result: { outcome: 'waits', mailId: waiting.id } };
  const mail = beginNotification({ ...mailTo(contact), id: newId(), createdAt: now });
  return { update: { ...nothing, notifications: [mail] }, result: { outcome: 'invited', mailId: mail.id } };
}

function mailTo({ id, tenantId, email }: Contact) {
  return {
    tenantId,
    contactId: id,
    to: email,
    kind: 'invitation',
    reason: 'invited',
    topics: [],
    conversationId: null,
  } as const;
}
