import { describe, expect, it } from '@jest/globals';
import type { Contact, FormerContact } from '../../../src/domain/model/tenant.ts';
import { changeContacts, type NamedContacts } from '../../../src/domain/tenants/contact-list.ts';
import { aContact, NOW } from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { countedIds } from '../../support/domain-settings.ts';

const jane = aContact({ id: 'jane', email: 'jane@x.example', refusals: 1 });
const carl = aContact({ id: 'carl', email: 'carl@x.example', role: 'cc', state: 'unsubscribed' });
const former = (given: Partial<Contact>): FormerContact => ({
  ...aContact({ id: 'olga', email: 'olga@x.example', role: 'cc', ...given }),
  removedAt: NOW - 1,
});
const added = (email: string, role: Contact['role']) => aContact({ id: 'new-1', email, role });

describe('The contact list of a tenant', () => {
  it.each<[string, NamedContacts, readonly Contact[], readonly string[]]>([
    ['keeps the contact of an address that is written differently', { owner: 'Jane@X.example' }, [jane, carl], []],
    ['keeps an unsubscribed contact unsubscribed when it is named again', { cc: ['CARL@x.example'] }, [jane, carl], []],
    ['has one contact for an address named as owner and copy', { owner: 'carl@x.example' }, [asOwner(carl)], ['jane']],
    [
      'makes an owner a copy, if that is named',
      { owner: 'new@x.example', cc: ['jane@x.example'] },
      [added('new@x.example', 'owner'), { ...jane, role: 'cc' }],
      ['carl'],
    ],
    [
      'keeps the copies when only the owner is named',
      { owner: 'new@x.example' },
      [added('new@x.example', 'owner'), carl],
      ['jane'],
    ],
    [
      'keeps the owner when only copies are named',
      { cc: ['new@x.example'] },
      [jane, added('new@x.example', 'cc')],
      ['carl'],
    ],
    ['may be the owner alone', { cc: [] }, [jane], ['carl']],
  ])('%s', (_, named, contacts, left) => {
    const changed = changeContacts(aRecord({ contacts: [jane, carl] }), named, { now: NOW, newId: countedIds() });
    expect(changed.contacts).toEqual(contacts);
    expect(changed.formerContacts.map(({ id, removedAt }) => [id, removedAt])).toEqual(left.map((id) => [id, NOW]));
  });

  it.each<[string, Partial<Contact>, Partial<Contact>]>([
    ['an address that was taken off, with its new role', {}, { role: 'owner' }],
    [
      'a contact who unsubscribed, still unsubscribed',
      { state: 'unsubscribed' },
      { role: 'owner', state: 'unsubscribed' },
    ],
    ['a contact who is not the owner, still so', { state: 'not_mine' }, { role: 'owner', state: 'not_mine' }],
    [
      'an undeliverable address, with another chance',
      { state: 'undeliverable', refusals: 2 },
      { role: 'owner', refusals: 0 },
    ],
  ])('takes back %s', (_, given, expected) => {
    const record = aRecord({ contacts: [jane], formerContacts: [former(given)] });
    const { contacts } = changeContacts(record, { owner: 'OLGA@x.example' }, { now: NOW, newId: countedIds() });
    expect(contacts).toEqual([aContact({ id: 'olga', email: 'olga@x.example', ...expected })]);
  });

  it('gives an undeliverable address that stays no other chance', () => {
    const bad = aContact({ ...jane, state: 'undeliverable', refusals: 2 });
    const record = aRecord({ contacts: [bad] });
    const changed = changeContacts(record, { owner: 'jane@x.example' }, { now: NOW, newId: countedIds() });
    expect(changed).toEqual({ contacts: [bad], formerContacts: [] });
  });
});

function asOwner(contact: Contact): Contact {
  return { ...contact, role: 'owner' };
}
