import { describe, expect, it } from '@jest/globals';
import { afterContactLeft } from '../../../src/domain/delivery/contact-left.ts';
import type { Contact, ContactState, Tenant } from '../../../src/domain/model/tenant.ts';
import { aTenant, NOW } from '../../support/builders.ts';
import { cc, owner, partner } from '../../support/domain-contacts.ts';
import { aRecord } from '../../support/domain-record.ts';
import { countedIds } from '../../support/domain-settings.ts';

const operatorEmail = 'operator@linkwatch.example';
type Given = Readonly<{ operatorEmail?: string | null; tenant?: Tenant; response?: string }>;

function left(contacts: readonly Contact[], state: ContactState, { tenant = aTenant(), ...context }: Given = {}) {
  const record = aRecord({ tenant, contacts });
  return afterContactLeft(record, { ...owner, state }, { now: NOW, newId: countedIds(), operatorEmail, ...context });
}

const gone = { ...partner, state: 'unsubscribed' } as const;

describe('when a contact gets mail no more', () => {
  it.each<[string, readonly Contact[], ContactState, readonly object[]]>([
    ['nobody is told while others are left', [owner, cc], 'unsubscribed', []],
    ['the same for "not mine"', [owner, partner], 'not_mine', []],
    ['the operator is told of an address that does not exist', [owner, cc], 'undeliverable', [{ left: 1 }]],
    ['the operator is told when it was the last', [owner], 'unsubscribed', [{ left: 0, why: 'unsubscribed' }]],
    ['the operator is told when the others had left', [owner, gone], 'not_mine', [{ left: 0, why: 'not_mine' }]],
    ['and once, though the last address is a bad one', [owner], 'undeliverable', [{ left: 0, why: 'undeliverable' }]],
    ['and never of one who had left', [{ ...owner, state: 'unsubscribed' }], 'not_mine', []],
    ['and never of one who is no contact', [partner], 'not_mine', []],
  ])('%s', (_, contacts, state, reports) => {
    expect(left(contacts, state).operatorMail.map(({ report }) => report)).toMatchObject(reports);
  });

  it.each<[string, readonly Contact[], Tenant, number | null | undefined]>([
    ['is unreachable from now on', [owner, gone], aTenant(), NOW],
    ['is unreachable since it was', [owner], aTenant({ unreachableSince: NOW - 5 }), NOW - 5],
    ['is reachable while somebody is left', [owner, cc], aTenant(), undefined],
  ])('the tenant %s', (_, contacts, tenant, expected) => {
    expect(left(contacts, 'not_mine', { tenant }).tenant?.unreachableSince).toBe(expected);
  });

  it('the mail names the tenant, the address, and what the mail server said', () => {
    expect(left([owner], 'undeliverable', { response: '550 5.1.1 who?' }).operatorMail).toMatchObject([
      {
        id: 'new-1',
        tenantId: null,
        to: operatorEmail,
        kind: 'operator',
        state: 'pending',
        reason: 'recipient_gone',
        conversationId: null,
        report: {
          about: 'recipient_gone',
          tenantId: 'tenant-1',
          tenantName: "Jane's Bakery",
          email: owner.email,
          role: 'owner',
          why: 'undeliverable',
          response: '550 5.1.1 who?',
          left: 0,
        },
      },
    ]);
  });

  it('no mail is written where there is no operator', () => {
    const update = left([owner], 'not_mine', { operatorEmail: null });
    expect(update).toMatchObject({ notifications: [], tenant: { unreachableSince: NOW } });
  });
});
