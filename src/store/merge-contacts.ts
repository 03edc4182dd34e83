import type { Contact } from '../domain/model/tenant.ts';

export type KnownContact = Readonly<{ contact: Contact; isRemoved: boolean }>;

/**
 * The contacts of a tenant after `wanted` became its list. An address that is known keeps its contact and takes the new
 * role: whoever unsubscribed stays unsubscribed, even if taken off the list and put back. Putting back an address that
 * was undeliverable gives it another chance.
 */
export function mergeContacts(known: readonly KnownContact[], wanted: readonly Contact[]): readonly Contact[] {
  return wanted.map((contact) => {
    const match = known.find((candidate) => isSameAddress(candidate.contact, contact));
    if (match === undefined) return contact;
    const kept = { ...match.contact, role: contact.role };
    return match.isRemoved && kept.state === 'undeliverable' ? { ...kept, state: 'active', refusals: 0 } : kept;
  });
}

function isSameAddress(a: Contact, b: Contact): boolean {
  return a.email.toLowerCase() === b.email.toLowerCase();
}
