import { describe, expect, it } from '@jest/globals';
import { anApplication, aTenant } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { removeTenant } from '../../support/store-records.ts';

export function applicationStoreContract(fresh: FreshStore): void {
  describe('the store of applications', () => {
    it('lists them by name without their secrets, which it gives one by one', async () => {
      const { applications } = await fresh();
      const { clientSecret: _, ...listed } = anApplication();
      expect(await applications.add(anApplication())).toBe(true);
      const pkce = { id: 'agency', name: 'Agency', clientId: 'agency-key', clientSecret: null };
      expect(await applications.add(anApplication(pkce))).toBe(true);
      const { clientSecret: __, ...second } = anApplication(pkce);
      expect(await applications.list()).toEqual([
        { ...second, hasSecret: false, revision: 1 },
        { ...listed, hasSecret: true, revision: 1 },
      ]);
      expect(await applications.secretOf('brand')).toBe('brand secret');
      expect(await applications.secretOf('agency')).toBeNull();
      expect(await applications.secretOf('nobody')).toBeNull();
    });

    it('has no two of one name or one key', async () => {
      const { applications } = await fresh();
      await applications.add(anApplication());
      expect(await applications.add(anApplication({ id: 'b', clientId: 'other' }))).toBe(false);
      expect(await applications.add(anApplication({ id: 'b', name: 'Other' }))).toBe(false);
      await applications.add(anApplication({ id: 'c', name: 'Other', clientId: 'other' }));
      expect(await applications.update('c', { name: 'Brand' })).toBe('taken');
      expect(await applications.update('c', { clientId: 'brand-key' })).toBe('taken');
      expect((await applications.list()).map(({ name }) => name)).toEqual(['Brand', 'Other']);
    });

    it('changes what is given and nothing else, and says that it was changed', async () => {
      const { applications } = await fresh();
      await applications.add(anApplication());
      expect(await applications.update('brand', { requestsPerDay: 5, clientSecret: 'next' })).toBe('updated');
      expect(await applications.list()).toMatchObject([{ name: 'Brand', requestsPerDay: 5, revision: 2 }]);
      expect(await applications.secretOf('brand')).toBe('next');
      await applications.update('brand', { clientSecret: null });
      expect(await applications.list()).toMatchObject([{ hasSecret: false, revision: 3 }]);
      expect(await applications.update('nobody', { requestsPerDay: 5 })).toBe('unknown');
    });

    it('removes none that a tenant is assigned to, a removed tenant apart', async () => {
      const store = await fresh();
      const { applications } = store;
      await applications.add(anApplication());
      const tenants = ['a', 'b'].map((id) => aTenant({ id, applicationId: id === 'a' ? 'brand' : null }));
      await store.tenants.add(tenants.map((tenant) => ({ tenant, contacts: [], grant: null })));
      expect(await applications.tenants()).toEqual(
        new Map([
          ['brand', 1],
          [null, 1],
        ]),
      );
      expect(await applications.remove('brand')).toBe('in_use');
      await removeTenant(store, 'a');
      expect(await applications.remove('brand')).toBe('removed');
      expect(await applications.list()).toEqual([]);
      expect(await applications.remove('brand')).toBe('unknown');
    });

    it('says of a grant whose it is', async () => {
      const store = await fresh();
      await store.applications.add(anApplication());
      const grant = { accessToken: 'a', refreshToken: 'r', expiresAt: null, lifetimeMs: null };
      await store.tenants.add([
        { tenant: aTenant({ id: 'a', applicationId: 'brand' }), contacts: [], grant },
        { tenant: aTenant({ id: 'b' }), contacts: [], grant: { ...grant, refreshToken: 'other' } },
      ]);
      expect(await store.grants.read('a')).toMatchObject({ applicationId: 'brand' });
      expect(await store.grants.read('b')).toMatchObject({ applicationId: null });
    });
  });
}
