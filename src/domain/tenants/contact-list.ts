import type { Contact, ContactRole, FormerContact } from '../model/tenant.ts';
import type { TenantRecord, TenantUpdate } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';

/** The addresses that are to be a tenant's contacts; a role that is missing stays as it is. */
export type NamedContacts = Readonly<{ owner?: string; cc?: readonly string[] }>;

export type ContactListContext = Readonly<{ now: Instant; newId: () => string }>;

/**
 * The tenant's contacts after the named addresses became its list. A known address keeps its contact and takes the new
 * role: a person who unsubscribed stays unsubscribed, even when taken off the list and put back.
 */
export function changeContacts(
  record: TenantRecord,
  named: NamedContacts,
  { now, newId }: ContactListContext,
): Pick<TenantUpdate, 'contacts' | 'formerContacts'> {
  const contacts = wanted(record.contacts, named).map(
    (one) => knownContact(one, record) ?? newContact(one, record.tenant.id, newId),
  );
  const left = record.contacts.filter(({ id }) => !contacts.some((contact) => contact.id === id));
  return { contacts, formerContacts: left.map((contact) => ({ ...contact, removedAt: now })) };
}

export type NewContact = Pick<Contact, 'email' | 'role'>;

export function newContact({ email, role }: NewContact, tenantId: string, newId: () => string): Contact {
  return {
    id: newId(),
    tenantId,
    email,
    role,
    state: 'active',
    refusals: 0,
    locale: null,
    wantsReminders: true,
    snoozes: [],
  };
}

/** An address that is to be owner and copy is the owner's. */
function wanted(before: readonly Contact[], { owner, cc }: NamedContacts): readonly NewContact[] {
  const emailsOf = (role: ContactRole) => before.filter((contact) => contact.role === role).map(({ email }) => email);
  const owners = owner === undefined ? emailsOf('owner') : [owner];
  const copies = (cc ?? emailsOf('cc')).filter((email) => !owners.some((other) => isSameAddress(other, email)));
  return [
    ...owners.map((email) => ({ email, role: 'owner' }) as const),
    ...copies.map((email) => ({ email, role: 'cc' }) as const),
  ];
}

function knownContact({ email, role }: NewContact, { contacts, formerContacts }: TenantRecord): Contact | null {
  const present = contacts.find((contact) => isSameAddress(contact.email, email));
  if (present !== undefined) return { ...present, role };
  const former = formerContacts.find((contact) => isSameAddress(contact.email, email));
  return former === undefined ? null : { ...putBack(former), role };
}

/** Whoever puts an undeliverable address back expects it to work again. */
function putBack({ removedAt: _, ...contact }: FormerContact): Contact {
  return contact.state === 'undeliverable' ? { ...contact, state: 'active', refusals: 0 } : contact;
}

/** Servers could tell capital letters apart before the @; none does. */
export function isSameAddress(a: string, b: string | null): boolean {
  return a.toLowerCase() === b?.toLowerCase();
}
