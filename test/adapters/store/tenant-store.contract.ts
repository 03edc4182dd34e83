import { describe, expect, it } from '@jest/globals';
import type { NeverWorkedReport } from '../../../src/domain/model/operator-report.ts';
import type { Tenant } from '../../../src/domain/model/tenant.ts';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import type { Stores } from '../../../src/monitoring/ports.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import {
  aChange,
  aConnection,
  aContact,
  aGrant,
  aHold,
  aNotification,
  anIncident,
  anOperatorNotification,
  anUpdate,
  aPoll,
  aSnapshot,
  aTenant,
  NOW,
} from '../../support/builders.ts';
import { NOTHING_PRUNED } from '../../support/nothing-pruned.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import {
  emptyPage,
  findTenant,
  firstPage,
  patchTenant,
  recordOf,
  removeTenant,
  save,
  setTenant,
  tenantsOver,
} from '../../support/store-records.ts';

export function tenantDirectoryContract(fresh: FreshStore): void {
  describe('adding tenants', () => {
    it('adds none when one of them is known already', async () => {
      const { tenants, records } = await storeWithTenant(fresh);
      const [known, other] = [aTenant(), aTenant({ id: 'tenant-2' })];
      const adding = tenants.add([other, known].map((tenant) => ({ tenant, contacts: [], grant: null })));
      await expect(adding).rejects.toThrow(/unique constraint/i);
      expect(await findTenant({ records }, 'tenant-2')).toBeNull();
    });

    it('adds a tenant with its contacts and its grant', async () => {
      const { tenants, records, grants } = await fresh();
      await tenants.add([{ tenant: aTenant(), contacts: [aContact()], grant: aGrant() }]);
      expect(await findTenant({ records }, 'tenant-1')).toEqual({ tenant: aTenant(), contacts: [aContact()] });
      expect(await grants.read('tenant-1')).toMatchObject(aGrant());
    });
  });

  describe('the tenants of an account', () => {
    const account = { accountId: 'A', name: "jane's BAKERY", contactEmail: 'Jane@Other.example' };

    it('are the one that is known to be it, which no second one can be', async () => {
      const store = await storeWithTenant(fresh);
      await setTenant(store, 'tenant-1', { accountId: 'A' });
      expect(await store.tenants.ofAccount(account)).toEqual({ known: 'tenant-1', similar: [] });
      const twin = { tenant: aTenant({ id: 'tenant-2', accountId: 'A' }), contacts: [], grant: null };
      await expect(store.tenants.add([twin])).rejects.toThrow(/unique constraint/i);
    });

    it('are those of its name or its address, of which nobody knows the account', async () => {
      const store = await fresh();
      const ids = ['by-name', 'by-address', 'known', 'another', 'removed'];
      const names: Record<string, string> = { 'by-address': 'Mill', another: 'Garage' };
      await store.tenants.add(
        ids.map((id) => ({
          tenant: aTenant({ id, name: names[id] ?? "Jane's Bakery", accountId: id === 'known' ? 'B' : null }),
          contacts: [aContact({ id, tenantId: id, email: id === 'by-address' ? 'jane@other.example' : 'a@b.example' })],
          grant: null,
        })),
      );
      await removeTenant(store, 'removed');
      expect(await store.tenants.ofAccount(account)).toEqual({ known: null, similar: ['by-address', 'by-name'] });
    });

    it('are none when nothing is known of the account, and once the tenant is removed', async () => {
      const store = await storeWithTenant(fresh);
      await setTenant(store, 'tenant-1', { accountId: 'A' });
      await removeTenant(store, 'tenant-1');
      const nobody = { known: null, similar: [] };
      expect(await store.tenants.ofAccount(account)).toEqual(nobody);
      expect(await store.tenants.ofAccount({ accountId: null, name: null, contactEmail: null })).toEqual(nobody);
      await store.tenants.add([{ tenant: aTenant({ id: 'anew', accountId: 'A' }), contacts: [], grant: null }]);
    });
  });

  describe('the tenants of which nobody knows the account', () => {
    it('are the active ones, the newest first, and no more than are asked for', async () => {
      const store = await fresh();
      const given: readonly (Partial<Tenant> & { id: string })[] = [
        { id: 'old', createdAt: NOW - 2 },
        { id: 'b-new', createdAt: NOW },
        { id: 'a-new', createdAt: NOW },
        { id: 'known', createdAt: NOW, accountId: 'B' },
        { id: 'paused', createdAt: NOW, state: 'paused' },
        { id: 'removed', createdAt: NOW },
      ];
      await store.tenants.add(given.map((one) => ({ tenant: aTenant(one), contacts: [], grant: null })));
      await removeTenant(store, 'removed');
      expect(await store.tenants.withoutAccount(10)).toEqual(['a-new', 'b-new', 'old']);
      expect(await store.tenants.withoutAccount(1)).toEqual(['a-new']);
    });
  });

  it('tells the names of tenants by id, and nothing of those that are gone', async () => {
    const store = await fresh();
    const tenants = ['a', 'b', 'removed'].map((id) => aTenant({ id, name: `Name of ${id}` }));
    await store.tenants.add(tenants.map((tenant) => ({ tenant, contacts: [], grant: null })));
    await removeTenant(store, 'removed');
    expect(await store.tenants.names(['b', 'removed', 'nowhere', 'a', 'a'])).toEqual(
      new Map([
        ['a', 'Name of a'],
        ['b', 'Name of b'],
      ]),
    );
    expect(await store.tenants.names([])).toEqual(new Map());
  });

  describe('external ids', () => {
    const withId = (id: string, externalId: string | null) => ({
      tenant: aTenant({ id, externalId, name: `Name of ${id}` }),
      contacts: [],
      grant: null,
    });

    it('lead to the tenant that has them', async () => {
      const { tenants } = await fresh();
      await tenants.add([withId('a', 'crm-1'), withId('b', 'crm-2'), withId('c', null), withId('d', null)]);
      expect(await tenants.externalIdHolders(['crm-2', 'crm-3'])).toEqual(
        new Map([['crm-2', { id: 'b', name: 'Name of b' }]]),
      );
      expect(await tenants.externalIdHolders([])).toEqual(new Map());
    });

    it('are never those of two tenants, and are free again when their tenant is removed', async () => {
      const store = await fresh();
      await store.tenants.add([withId('a', 'crm-1'), withId('b', null)]);
      await expect(store.tenants.add([withId('c', 'crm-1')])).rejects.toThrow(/unique constraint/i);
      await expect(setTenant(store, 'b', { externalId: 'crm-1' })).rejects.toThrow(/unique constraint/i);
      await removeTenant(store, 'a');
      expect(await store.tenants.externalIdHolders(['crm-1'])).toEqual(new Map());
      await store.tenants.add([withId('c', 'crm-1')]);
      expect((await findTenant(store, 'c'))?.tenant).toMatchObject({ externalId: 'crm-1' });
    });
  });

  describe('listing tenants', () => {
    it('shows contacts and connections with their latest period', async () => {
      const { tenants } = await storeWithTenant(fresh);
      const overview = { tenant: aTenant(), contacts: [aContact()], connections: [aConnection()] };
      expect(await tenants.list({ ...firstPage, now: NOW })).toEqual({ items: [overview], nextCursor: null });
    });
  });

  describe('updating a tenant', () => {
    it('changes what is given and nothing else', async () => {
      const store = await storeWithTenant(fresh);
      const change = { name: 'New name', schedule: '0 9 * * *', state: 'paused', nextPollAt: null } as const;
      await setTenant(store, 'tenant-1', change);
      expect(await findTenant(store, 'tenant-1')).toEqual({ tenant: aTenant(change), contacts: [aContact()] });
      await setTenant(store, 'tenant-1', { schedule: null, timezone: 'UTC', locale: 'es', nextPollAt: NOW });
      expect((await findTenant(store, 'tenant-1'))?.tenant).toEqual(
        aTenant({ ...change, schedule: null, timezone: 'UTC', locale: 'es', nextPollAt: NOW }),
      );
      expect((await store.grants.read('tenant-1'))?.revision).toBe(1);
    });

    it('is refused for a tenant that is unknown or removed', async () => {
      const store = await storeWithTenant(fresh);
      await removeTenant(store, 'tenant-1');
      expect(await patchTenant(store, 'tenant-1', { name: 'x' })).toBe(false);
      expect(await patchTenant(store, 'nobody', { name: 'x', grant: aGrant(), cc: [] })).toBe(false);
    });

    it('gives it a new grant under a refresh that is on its way', async () => {
      const store = await storeWithTenant(fresh);
      await patchTenant(store, 'tenant-1', { grant: aGrant({ refreshToken: 'new' }) });
      expect(await store.grants.replace('tenant-1', 1, aGrant({ refreshToken: 'stale' }))).toBe(false);
      expect((await store.grants.read('tenant-1'))?.refreshToken).toBe('new');
    });

    it('leaves it paused when a pause and a new grant come at the same moment', async () => {
      const store = await storeWithTenant(fresh);
      const tenants = tenantsOver(store);
      await Promise.all([
        tenants.update(operator, 'tenant-1', { grant: aGrant() }),
        tenants.pause(operator, 'tenant-1'),
      ]);
      expect((await findTenant(store, 'tenant-1'))?.tenant).toMatchObject({ state: 'paused', nextPollAt: null });
    });

    it('keeps the contact of an address that stays, with a new role when it has one', async () => {
      const store = await storeWithTenant(fresh);
      await unsubscribe(store);
      await patchTenant(store, 'tenant-1', { owner: 'new@bakery.example', cc: ['JANE@bakery.example'] });
      expect((await findTenant(store, 'tenant-1'))?.contacts).toEqual([
        aContact({ id: 'new-1', email: 'new@bakery.example' }),
        aContact({ role: 'cc', state: 'unsubscribed' }),
      ]);
    });

    it('takes a contact off the list, while the mail that was sent to it stays', async () => {
      const store = await storeWithTenant(fresh);
      await saveMail(store);
      await patchTenant(store, 'tenant-1', { owner: 'new@bakery.example' });
      expect((await findTenant(store, 'tenant-1'))?.contacts).toMatchObject([{ email: 'new@bakery.example' }]);
      expect(await store.mail.find('notification-1')).toMatchObject({ contactId: 'contact-1' });
      expect(await recordOf(store)).toMatchObject({
        contacts: [{ email: 'new@bakery.example' }],
        formerContacts: [{ ...aContact(), removedAt: NOW }],
      });
    });

    it('respects a wish to get no mail when the address is put back, and gives a bad address another chance', async () => {
      const store = await storeWithTenant(fresh);
      const contacts = [
        aContact({ state: 'unsubscribed' }),
        aContact({ id: 'contact-2', email: 'cc@bakery.example', role: 'cc', state: 'undeliverable', refusals: 2 }),
      ];
      await save(store, anUpdate({ contacts }));
      await patchTenant(store, 'tenant-1', { owner: 'new@bakery.example', cc: [] });
      await patchTenant(store, 'tenant-1', { owner: 'jane@bakery.example', cc: ['cc@bakery.example'] });
      expect((await findTenant(store, 'tenant-1'))?.contacts).toEqual([
        aContact({ state: 'unsubscribed' }),
        aContact({ id: 'contact-2', email: 'cc@bakery.example', role: 'cc' }),
      ]);
      expect((await recordOf(store)).formerContacts).toMatchObject([{ email: 'new@bakery.example' }]);
    });
  });

  describe('removing a tenant', () => {
    it('is refused for one that is unknown or removed already', async () => {
      const store = await storeWithTenant(fresh);
      expect(await removeTenant(store, 'nobody')).toBe(false);
      expect(await store.tenants.erase('nobody')).toBe(false);
      expect(await removeTenant(store, 'tenant-1')).toBe(true);
      expect(await removeTenant(store, 'tenant-1')).toBe(false);
    });

    it('hides it and erases its tokens, but keeps its rows until they are purged', async () => {
      const store = await storeWithTenant(fresh);
      await saveMail(store);
      await removeTenant(store, 'tenant-1');
      await expectHidden(store);
      expect(await store.mail.find('notification-1')).not.toBeNull();
      expect(await store.tenants.erase('tenant-1')).toBe(true);
      expect(await store.mail.find('notification-1')).toBeNull();
    });

    it('erases every row when it is purged, and of nobody else', async () => {
      const store = await storeWithTenant(fresh);
      await saveMail(store);
      const grant = aGrant({ refreshToken: 'refresh-2' });
      await store.tenants.add([{ tenant: aTenant({ id: 'tenant-2' }), contacts: [], grant }]);
      expect(await store.tenants.erase('tenant-1')).toBe(true);
      await expectHidden(store);
      expect(await store.mail.list(firstPage)).toEqual(emptyPage);
      const everything = { pollsBefore: NOW * 2, historyBefore: NOW * 2, writesBefore: NOW * 2 };
      expect(await store.retention.prune(everything)).toEqual(NOTHING_PRUNED);
      expect(await store.grants.read('tenant-2')).toMatchObject(grant);
    });

    it('takes what is purged out of the operator’s mail and out of the samples of holds', async () => {
      const store = await storeWithTenant(fresh);
      const lines = ['tenant-1', 'tenant-10'].map((tenantId) => ({
        tenantId,
        tenantName: `Name of ${tenantId}`,
        failure: 'forbidden',
      })) as NeverWorkedReport['tenants']['items'];
      const both = { about: 'never_worked', tenants: { items: lines, total: 7 } } as const;
      const operatorMail = [
        anOperatorNotification({ id: 'both', report: both, state: 'sent' }),
        anOperatorNotification({ id: 'one', report: { ...both, tenants: { items: lines.slice(0, 1), total: 1 } } }),
      ];
      await store.holds.begin(aHold({ sample: ['tenant-1', 'tenant-10'] }), operatorMail);
      await store.tenants.erase('tenant-1');
      expect(await store.mail.find('one')).toBeNull();
      const left = { about: 'never_worked', tenants: { items: lines.slice(1), total: 6 } };
      expect(await store.mail.find('both')).toMatchObject({ state: 'sent', report: left });
      expect(await store.holds.active()).toEqual([aHold({ sample: ['tenant-10'] })]);
    });
  });
}

async function expectHidden(store: Stores): Promise<void> {
  expect(await findTenant(store, 'tenant-1')).toBeNull();
  expect(await store.records.read(['tenant-1'])).toEqual([]);
  const range = { tenantId: 'tenant-1', from: 0, to: NOW * 2 };
  expect(await store.history.periods(range)).toEqual([]);
  expect(await store.history.changes(range)).toEqual([]);
  expect(await store.incidents.list(firstPage)).toEqual(emptyPage);
  expect(await store.tenants.list({ ...firstPage, now: NOW, tenantId: 'tenant-1' })).toEqual(emptyPage);
  expect(await store.incidents.find('incident-1')).toBeNull();
  expect(await store.grants.read('tenant-1')).toBeNull();
}

async function storeWithTenant(fresh: FreshStore): Promise<Stores> {
  const store = await fresh();
  await store.tenants.add([{ tenant: aTenant(), contacts: [aContact()], grant: aGrant() }]);
  const { period } = aConnection();
  const updates = [anUpdate({ connections: [aConnection()], newSnapshots: period === null ? [] : [period] })];
  await store.records.change(['tenant-1'], () => ({ updates, result: null }));
  return store;
}

/** One row of everything that belongs to a tenant. */
async function saveMail(store: Stores): Promise<void> {
  const update = anUpdate({
    poll: aPoll(),
    newSnapshots: [aSnapshot({ id: 'next', from: NOW + HOUR_MS, to: NOW + HOUR_MS })],
    changes: [aChange()],
    incidents: [anIncident()],
    notifications: [aNotification({ state: 'sent' })],
  });
  await store.records.change(['tenant-1'], () => ({ updates: [update], result: null }));
}

async function unsubscribe({ records }: Stores): Promise<void> {
  const contacts = [aContact({ state: 'unsubscribed' })];
  const updates = [anUpdate({ contacts, tenant: aTenant({ unreachableSince: NOW }) })];
  await records.change(['tenant-1'], () => ({ updates, result: null }));
}
