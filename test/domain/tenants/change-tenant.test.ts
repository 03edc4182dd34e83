import { describe, expect, it } from '@jest/globals';
import type { TenantNotification } from '../../../src/domain/model/notification.ts';
import type { Contact, Tenant } from '../../../src/domain/model/tenant.ts';
import { noUpdate } from '../../../src/domain/model/tenant-record.ts';
import {
  decideGrantFound,
  decidePause,
  decidePollSoon,
  decideRemoval,
  decideResume,
  decideUpdate,
  type TenantPatch,
} from '../../../src/domain/tenants/change-tenant.ts';
import { aContact, aGrant, aNotification, aTenant, aTopic, NOW } from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { countedIds } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const nextPollAt = NOW + ms('40d');
const grant = aGrant();

describe('An update of a tenant', () => {
  const gone = aNotification({ kind: 'removed', topics: [aTopic({ step: 'removed' })] });
  it.each<[string, TenantNotification, string | null]>([
    ['to the new owner while it waits', gone, 'joan@bakery.example'],
    ['to the new owner while it is held', { ...gone, state: 'held', reason: 'held_brake' }, 'joan@bakery.example'],
    ['to nobody else once it was sent', { ...gone, state: 'sent', reason: 'removed' }, null],
    ['to nobody else while it is being sent', { ...gone, leaseUntil: NOW + 1 }, null],
    ['to nobody else when it may have been read', { ...gone, outcomeUnknown: true }, null],
    ['as it is when it was for somebody who stays', { ...gone, contactId: 'cc' }, null],
    ['as it is when polls write it anew', { ...gone, kind: 'alert' }, null],
  ])('gives what says that an account is gone %s', (_, mail, to) => {
    const cc = aContact({ id: 'cc', email: 'carl@bakery.example', role: 'cc' });
    const record = aRecord({ contacts: [aContact(), cc], notifications: [mail] });
    const { contacts, notifications } = decideUpdate(
      record,
      { owner: 'joan@bakery.example' },
      { now: NOW, newId: countedIds() },
    );
    const joan = contacts.find(({ role }) => role === 'owner');
    expect(notifications).toEqual(to === null ? [] : [{ ...mail, contactId: joan?.id, to }]);
  });

  it.each<[string, Partial<Tenant>, TenantPatch, Partial<Tenant>]>([
    ['keeps a paused tenant paused, whatever its grant', { state: 'paused', nextPollAt: null }, { grant }, {}],
    [
      'polls no paused tenant by its new schedule',
      { state: 'paused', nextPollAt: null },
      { schedule: '0 6 * * *' },
      { schedule: '0 6 * * *' },
    ],
    [
      'polls by a new schedule only what may be polled',
      { state: 'reauthorize', nextPollAt: null },
      { schedule: null },
      {},
    ],
    [
      'tries a new grant at once',
      { state: 'reauthorize', nextPollAt: null },
      { grant },
      { state: 'active', nextPollAt: NOW },
    ],
    [
      'tries a new schedule at once',
      { schedule: '0 0 1 * *', nextPollAt },
      { schedule: null },
      { schedule: null, nextPollAt: NOW },
    ],
    ['takes an own sender away', { senderName: 'Agency', nextPollAt }, { senderName: null }, { senderName: null }],
    ['changes nothing else', { nextPollAt }, { name: 'New', locale: 'fr' }, { name: 'New', locale: 'fr' }],
  ])('%s', (_, given, patch, expected) => {
    const tenant = aTenant(given);
    const update = decideUpdate(aRecord({ tenant }), patch, { now: NOW, newId: countedIds() });
    expect(update).toEqual({
      ...noUpdate('tenant-1'),
      tenant: { ...tenant, ...expected },
      grant: patch.grant ?? null,
    });
  });

  it.each<[string, TenantPatch, Partial<Contact>, number | null]>([
    ['makes a tenant reachable by a new contact', { owner: 'new@x.example' }, { state: 'unsubscribed' }, null],
    ['does not by one who unsubscribed', { owner: 'jane@bakery.example' }, { state: 'unsubscribed' }, NOW],
    ['does not when no contact is named', { name: 'New' }, { state: 'unsubscribed' }, NOW],
  ])('%s', (_, patch, contact, unreachableSince) => {
    const record = aRecord({ tenant: aTenant({ unreachableSince: NOW }), contacts: [aContact(contact)] });
    const { tenant } = decideUpdate(record, patch, { now: NOW, newId: countedIds() });
    expect(tenant).toMatchObject({ unreachableSince });
  });
});

it('an update may name the colleagues alone', () => {
  const { contacts, formerContacts } = decideUpdate(
    aRecord(),
    { cc: ['bob@bakery.example'] },
    { now: NOW, newId: countedIds() },
  );
  expect(contacts.map(({ email, role }) => [email, role])).toEqual([
    ['jane@bakery.example', 'owner'],
    ['bob@bakery.example', 'cc'],
  ]);
  expect(formerContacts).toEqual([]);
});

describe('A poll that somebody wants soon', () => {
  it.each<[string, Partial<Tenant>, number | null]>([
    ['is due at once', { nextPollAt }, NOW],
    ['is due at once where none was planned', { nextPollAt: null }, NOW],
    ['stays where it is due already', { nextPollAt: NOW }, null],
    ['stays where it is overdue', { nextPollAt: NOW - 1 }, null],
    ['is none of a tenant that is paused', { state: 'paused', nextPollAt: null }, null],
    ['is none of a tenant that nobody has connected', { state: 'unconnected', nextPollAt: null }, null],
  ])('%s', (_, given, dueAt) => {
    const tenant = aTenant(given);
    const update = decidePollSoon(aRecord({ tenant }), NOW);
    expect(update).toEqual(
      dueAt === null ? noUpdate('tenant-1') : { ...update, tenant: { ...tenant, nextPollAt: NOW } },
    );
  });
});

describe('A pause of a tenant', () => {
  it.each(['unconnected', 'paused'] as const)('changes nothing of one that is %s', (state) => {
    const record = aRecord({ tenant: aTenant({ state, nextPollAt: null }) });
    expect(decidePause(record)).toEqual(noUpdate('tenant-1'));
  });

  it('ends its polls', () => {
    expect(decidePause(aRecord()).tenant).toMatchObject({ state: 'paused', nextPollAt: null });
  });

  it.each(['active', 'reauthorize', 'access_denied'] as const)('that never began is not resumed: %s', (state) => {
    expect(decideResume(aRecord({ tenant: aTenant({ state, nextPollAt }) }), NOW)).toEqual(noUpdate('tenant-1'));
  });

  it('ends with a poll at once', () => {
    const paused = aRecord({ tenant: aTenant({ state: 'paused', nextPollAt: null }) });
    expect(decideResume(paused, NOW).tenant).toMatchObject({ state: 'active', nextPollAt: NOW });
  });
});

describe('A grant that a refresh brought when the one before it had been refused elsewhere', () => {
  it('is tried at once, and nobody need authorise again', () => {
    const lost = aRecord({ tenant: aTenant({ state: 'reauthorize', nextPollAt: null }) });
    expect(decideGrantFound(lost, NOW).tenant).toMatchObject({ state: 'active', nextPollAt: NOW });
  });

  it.each(['active', 'access_denied', 'paused'] as const)('changes nothing of a tenant that is %s', (state) => {
    const record = aRecord({ tenant: aTenant({ state, nextPollAt }) });
    expect(decideGrantFound(record, NOW)).toEqual(noUpdate('tenant-1'));
  });
});

describe('The removal of a tenant', () => {
  it('cancels the mail that waits, and leaves sent mail as it is', () => {
    const mail = (['pending', 'held', 'sent', 'failed'] as const).map((state) => aNotification({ id: state, state }));
    const update = decideRemoval(aRecord({ notifications: mail }), NOW);
    expect(update).toMatchObject({ removedAt: NOW, tenant: { nextPollAt: null } });
    expect(update.notifications.map(({ id, state, reason }) => [id, state, reason])).toEqual([
      ['pending', 'cancelled', 'tenant_removed'],
      ['held', 'cancelled', 'tenant_removed'],
    ]);
  });
});
