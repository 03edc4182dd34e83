import { describe, expect, it } from '@jest/globals';
import { revalidate } from '../../../src/domain/delivery/revalidate.ts';
import type { PendingNotification } from '../../../src/domain/model/notification.ts';
import type { Contact, Tenant } from '../../../src/domain/model/tenant.ts';
import { decideInvitation } from '../../../src/domain/tenants/invite.ts';
import { aContact, aTenant, NOW } from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { alertSettings, countedIds } from '../../support/domain-settings.ts';

const email = 'Jane@Bakery.example';

function invite(contact: Partial<Contact> = {}, notifications: readonly PendingNotification[] = []) {
  const record = aRecord({ contacts: [aContact(contact)], notifications });
  return decideInvitation(record, email, { now: NOW, newId: countedIds() });
}

function invited(): PendingNotification {
  const [mail] = invite().update.notifications;
  if (mail?.state !== 'pending') throw new Error('no mail was written');
  return mail;
}

describe('An invitation', () => {
  it('is a mail like any other, due at once, about no incident', () => {
    expect(invite().result).toMatchObject({ outcome: 'invited' });
    expect(invited()).toMatchObject({
      kind: 'invitation',
      reason: 'invited',
      dueAt: NOW,
      topics: [],
      to: aContact().email,
    });
  });

  it('is not written twice while the first one waits', () => {
    const again = invite({}, [invited()]);
    expect(again.result).toEqual({ outcome: 'waits', mailId: invited().id });
    expect(again.update.notifications).toEqual([]);
  });

  it.each<[string, Partial<PendingNotification>]>([
    ['an alert waits', { kind: 'alert' }],
    ['an invitation of a colleague waits', { contactId: 'contact-2' }],
    ['an earlier one was sent', { state: 'sent' } as object],
    ['an earlier one is held', { state: 'held' } as object],
  ])('is written although %s', (_, other) => {
    expect(invite({}, [{ ...invited(), ...other }]).result).toMatchObject({ outcome: 'invited' });
  });

  it.each([
    ['a stranger', { email: 'somebody@else.example' }, { outcome: 'no_contact' }],
    ['a contact who wants no mail', { state: 'unsubscribed' }, { outcome: 'no_mail_wanted', state: 'unsubscribed' }],
    [
      'an address that does not exist',
      { state: 'undeliverable' },
      { outcome: 'no_mail_wanted', state: 'undeliverable' },
    ],
  ] as const)('is not written to %s', (_, contact, result) => {
    expect(invite(contact)).toMatchObject({ result, update: { notifications: [] } });
  });

  it.each<[string, Partial<Tenant>, object]>([
    ['is sent while the account waits', { state: 'unconnected' }, { kind: 'send', reason: 'invited' }],
    ['is sent to renew a permission', { state: 'active', linksSpentAt: NOW - 1 }, { kind: 'send' }],
    ['is not sent once the account is connected', { linksSpentAt: NOW }, { kind: 'cancel', reason: 'no_longer_true' }],
    ['waits while the tenant is paused', { state: 'paused' }, { kind: 'postpone', reason: 'tenant_paused' }],
  ])('%s', (_, tenant, decision) => {
    const record = aRecord({ tenant: aTenant(tenant), notifications: [invited()] });
    const context = { now: NOW, settings: alertSettings(), holds: [], isBraked: false };
    expect(revalidate(invited(), record, context)).toMatchObject(decision);
  });

  it('is held back by the operator and by the brake, as other mail', () => {
    const context = { now: NOW, settings: alertSettings(), holds: [], isBraked: true };
    const record = aRecord({ notifications: [invited()] });
    expect(revalidate(invited(), record, context)).toMatchObject({ kind: 'hold', reason: 'held_brake' });
  });
});
