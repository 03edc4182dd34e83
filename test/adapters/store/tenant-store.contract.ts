import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import {
  aChange,
  aConnection,
  aContact,
  aGrant,
  aNotification,
  anIncident,
  anUpdate,
  aPoll,
  aSnapshot,
  aTenant,
  NOW,
} from '../../support/builders.ts';
import type { FreshStore, StorePorts } from '../../support/store-fixtures.ts';

export function tenantDirectoryContract(fresh: FreshStore): void {
  describe('adding tenants', () => {
    it('adds none when one of them is known already', async () => {
      const { tenants } = await storeWithTenant(fresh);
      const [known, other] = [aTenant(), aTenant({ id: 'tenant-2' })];
      const adding = tenants.add([other, known].map((tenant) => ({ tenant, contacts: [], grant: null })));
      await expect(adding).rejects.toThrow(/unique constraint/i);
      expect(await tenants.find('tenant-2')).toBeNull();
    });

    it('adds a tenant with its contacts and its grant', async () => {
      const { tenants, grants } = await fresh();
      await tenants.add([{ tenant: aTenant(), contacts: [aContact()], grant: aGrant() }]);
      expect(await tenants.find('tenant-1')).toEqual({ tenant: aTenant(), contacts: [aContact()] });
      expect(await grants.read('tenant-1')).toMatchObject(aGrant());
    });
  });

  describe('listing tenants', () => {
    it('gives pages by id, without removed ones, until nothing is left', async () => {
      const { tenants } = await fresh();
      const added = ['c', 'a', 'b', 'd'].map((id) => ({ tenant: aTenant({ id }), contacts: [], grant: null }));
      await tenants.add(added);
      await tenants.remove('b', false);
      const page = async (after: string | null) =>
        (await tenants.list({ after, limit: 2 })).map(({ tenant }) => tenant.id);
      expect(await page(null)).toEqual(['a', 'c']);
      expect(await page('c')).toEqual(['d']);
      expect(await page('d')).toEqual([]);
    });

    it('shows contacts and connections with their latest period', async () => {
      const { tenants, history } = await storeWithTenant(fresh);
      const overview = { tenant: aTenant(), contacts: [aContact()], connections: [aConnection()] };
      expect(await tenants.list({ after: null, limit: 10 })).toEqual([overview]);
      expect(await history.tenant('tenant-1')).toEqual(overview);
    });
  });

  describe('updating a tenant', () => {
    it('changes what is given and nothing else', async () => {
      const { tenants, grants } = await storeWithTenant(fresh);
      const change = { name: 'New name', schedule: '0 9 * * *', state: 'paused', nextPollAt: null } as const;
      expect(await tenants.update({ id: 'tenant-1', ...change })).toBe(true);
      expect(await tenants.find('tenant-1')).toEqual({ tenant: aTenant(change), contacts: [aContact()] });
      await tenants.update({ id: 'tenant-1', schedule: null, timezone: 'UTC', locale: 'es', nextPollAt: NOW });
      expect((await tenants.find('tenant-1'))?.tenant).toEqual(
        aTenant({ ...change, schedule: null, timezone: 'UTC', locale: 'es', nextPollAt: NOW }),
      );
      expect((await grants.read('tenant-1'))?.revision).toBe(1);
    });

    it('gives its mail what is its own, and takes it away again', async () => {
      const { tenants } = await storeWithTenant(fresh);
      const own = { senderName: 'Agency', replyTo: 'help@agency.example', reconnectUrl: 'https://agency.example' };
      await tenants.update({ id: 'tenant-1', ...own });
      expect((await tenants.find('tenant-1'))?.tenant).toEqual(aTenant(own));
      await tenants.update({ id: 'tenant-1', replyTo: null });
      expect((await tenants.find('tenant-1'))?.tenant).toEqual(aTenant({ ...own, replyTo: null }));
    });

    it('is refused for a tenant that is unknown or removed', async () => {
      const { tenants } = await storeWithTenant(fresh);
      await tenants.remove('tenant-1', false);
      expect(await tenants.update({ id: 'tenant-1', name: 'x' })).toBe(false);
      expect(await tenants.update({ id: 'nobody', name: 'x', grant: aGrant(), contacts: [] })).toBe(false);
    });

    it('gives it a new grant under a refresh that is on its way', async () => {
      const { tenants, grants } = await storeWithTenant(fresh);
      await tenants.update({ id: 'tenant-1', grant: aGrant({ refreshToken: 'new' }) });
      expect(await grants.replace('tenant-1', 1, aGrant({ refreshToken: 'stale' }))).toBe(false);
      expect((await grants.read('tenant-1'))?.refreshToken).toBe('new');
    });

    it('keeps the contact of an address that stays, with a new role when it has one', async () => {
      const store = await storeWithTenant(fresh);
      await unsubscribe(store);
      const wanted = [
        aContact({ id: 'same-person', email: 'JANE@bakery.example', role: 'cc' }),
        aContact({ id: 'new-person', email: 'new@bakery.example' }),
      ];
      await store.tenants.update({ id: 'tenant-1', contacts: wanted });
      expect((await store.tenants.find('tenant-1'))?.contacts).toEqual([
        wanted[1],
        aContact({ role: 'cc', state: 'unsubscribed' }),
      ]);
    });

    it('takes a contact off the list, while the mail that was sent to it stays', async () => {
      const store = await storeWithTenant(fresh);
      await saveMail(store);
      await store.tenants.update({ id: 'tenant-1', contacts: [] });
      expect((await store.tenants.find('tenant-1'))?.contacts).toEqual([]);
      expect((await store.mail.find('notification-1'))?.contactId).toBe('contact-1');
    });

    it.each([
      ['a contact who gets mail makes the tenant reachable again', aContact({ id: 'c2', email: 'x@y.example' }), null],
      ['one who unsubscribed does not', aContact({ id: 'c2' }), NOW],
    ] as const)('%s', async (_, wanted, unreachableSince) => {
      const store = await storeWithTenant(fresh);
      await unsubscribe(store);
      await store.tenants.update({ id: 'tenant-1', contacts: [wanted] });
      expect((await store.tenants.find('tenant-1'))?.tenant.unreachableSince).toBe(unreachableSince);
    });

    it('respects a wish to get no mail when the address is put back, and gives a bad address another chance', async () => {
      const store = await storeWithTenant(fresh);
      const contacts = [
        aContact({ state: 'unsubscribed' }),
        aContact({ id: 'contact-2', email: 'cc@bakery.example', state: 'undeliverable', refusals: 2 }),
      ];
      const updates = [anUpdate({ contacts })];
      await store.records.change(['tenant-1'], () => ({ updates, result: null }));
      await store.tenants.update({ id: 'tenant-1', contacts: [] });
      await store.tenants.update({
        id: 'tenant-1',
        contacts: contacts.map((c) => ({ ...c, id: `new-${c.id}` })),
      });
      expect((await store.tenants.find('tenant-1'))?.contacts).toEqual([
        aContact({ id: 'contact-2', email: 'cc@bakery.example' }),
        aContact({ state: 'unsubscribed' }),
      ]);
    });
  });

  describe('removing a tenant', () => {
    it('is refused for one that is unknown or removed already', async () => {
      const { tenants } = await storeWithTenant(fresh);
      expect(await tenants.remove('nobody', false)).toBe(false);
      expect(await tenants.remove('nobody', true)).toBe(false);
      expect(await tenants.remove('tenant-1', false)).toBe(true);
      expect(await tenants.remove('tenant-1', false)).toBe(false);
    });

    it('hides it and erases its tokens, but keeps its rows until they are purged', async () => {
      const store = await storeWithTenant(fresh);
      await saveMail(store);
      await store.tenants.remove('tenant-1', false);
      await expectHidden(store);
      expect(await store.mail.find('notification-1')).not.toBeNull();
      expect(await store.tenants.remove('tenant-1', true)).toBe(true);
      expect(await store.mail.find('notification-1')).toBeNull();
    });

    it('erases every row when it is purged, and of nobody else', async () => {
      const store = await storeWithTenant(fresh);
      await saveMail(store);
      await store.tenants.add([{ tenant: aTenant({ id: 'tenant-2' }), contacts: [], grant: aGrant() }]);
      expect(await store.tenants.remove('tenant-1', true)).toBe(true);
      await expectHidden(store);
      expect(await store.mail.list({ tenantId: null, state: null, after: null, limit: 10 })).toEqual([]);
      const everything = { pollsBefore: NOW * 2, historyBefore: NOW * 2 };
      const nothing = { polls: 0, snapshots: 0, changes: 0, incidents: 0, mail: 0 };
      expect(await store.retention.prune(everything)).toEqual(nothing);
      expect(await store.grants.read('tenant-2')).toMatchObject(aGrant());
    });
  });
}

async function expectHidden(store: StorePorts): Promise<void> {
  expect(await store.tenants.find('tenant-1')).toBeNull();
  expect(await store.history.tenant('tenant-1')).toBeNull();
  const range = { tenantId: 'tenant-1', from: 0, to: NOW * 2 };
  expect(await store.history.periods(range)).toEqual([]);
  expect(await store.history.changes(range)).toEqual([]);
  expect(await store.incidents.list({ tenantId: null, state: 'all', after: null, limit: 10 })).toEqual([]);
  expect(await store.incidents.find('incident-1')).toBeNull();
  expect(await store.grants.read('tenant-1')).toBeNull();
}

async function storeWithTenant(fresh: FreshStore): Promise<StorePorts> {
  const store = await fresh();
  await store.tenants.add([{ tenant: aTenant(), contacts: [aContact()], grant: aGrant() }]);
  const { period } = aConnection();
  const updates = [anUpdate({ connections: [aConnection()], newSnapshots: period === null ? [] : [period] })];
  await store.records.change(['tenant-1'], () => ({ updates, result: null }));
  return store;
}

/** One row of everything that belongs to a tenant. */
async function saveMail(store: StorePorts): Promise<void> {
  const update = anUpdate({
    poll: aPoll(),
    newSnapshots: [aSnapshot({ id: 'next', from: NOW + HOUR_MS, to: NOW + HOUR_MS })],
    changes: [aChange()],
    incidents: [anIncident()],
    notifications: [aNotification({ state: 'sent' })],
  });
  await store.records.change(['tenant-1'], () => ({ updates: [update], result: null }));
}

async function unsubscribe({ records }: StorePorts): Promise<void> {
  const contacts = [aContact({ state: 'unsubscribed' })];
  const updates = [anUpdate({ contacts, tenant: aTenant({ unreachableSince: NOW }) })];
  await records.change(['tenant-1'], () => ({ updates, result: null }));
}
