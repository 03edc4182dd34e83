import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { aGrant, aTenant, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { patchTenant, removeTenant } from '../../support/store-records.ts';

export function grantStoreContract(fresh: FreshStore): void {
  describe('the store of grants', () => {
    it('has none for a tenant that is unknown, never had one, or was removed', async () => {
      const store = await storeWithGrant(fresh);
      const { grants, tenants } = store;
      await tenants.add([{ tenant: aTenant({ id: 'bare' }), contacts: [], grant: null }]);
      await removeTenant(store, 'tenant-1');
      for (const id of ['nobody', 'bare', 'tenant-1']) {
        expect(await grants.read(id)).toBeNull();
        expect(await grants.replace(id, 1, aGrant())).toBe(false);
        expect(await grants.lockRefresh({ ...aLease('first'), tenantId: id })).toBe(false);
      }
    });

    it('gives back a grant as it was stored', async () => {
      const store = await storeWithGrant(fresh);
      const { grants } = store;
      expect(await grants.read('tenant-1')).toEqual({ ...aGrant(), revision: 1, applicationId: null });
      const scoped = aGrant({ scopes: ['offline_access', 'campaign_data'] });
      await patchTenant(store, 'tenant-1', { grant: scoped });
      expect(await grants.read('tenant-1')).toEqual({ ...scoped, revision: 2, applicationId: null });
      const bare = aGrant({ accessToken: null, expiresAt: null, lifetimeMs: null });
      await patchTenant(store, 'tenant-1', { grant: bare });
      expect(await grants.read('tenant-1')).toEqual({ ...bare, revision: 3, applicationId: null });
    });

    it('replaces only the grant that a refresh started from', async () => {
      const { grants } = await storeWithGrant(fresh);
      const [first, second] = ['refresh-2', 'refresh-3'].map((refreshToken) => aGrant({ refreshToken }));
      if (!first || !second) throw new Error('two grants');
      expect(await grants.replace('tenant-1', 1, first)).toBe(true);
      expect(await grants.replace('tenant-1', 1, second)).toBe(false);
      expect(await grants.read('tenant-1')).toEqual({ ...first, revision: 2, applicationId: null });
    });

    it('counts the refreshes of a grant that fail in a row', async () => {
      const { grants } = await storeWithGrant(fresh);
      const failed = { tenantId: 'tenant-1', revision: 1, kind: 'server' as const };
      expect(await grants.noteFailure({ ...failed, now: NOW })).toEqual({ kind: 'server', failures: 1, since: NOW });
      const later = { ...failed, kind: 'timeout' as const, now: NOW + 5 };
      expect(await grants.noteFailure(later)).toEqual({ kind: 'timeout', failures: 2, since: NOW });
      expect(await grants.noteFailure({ ...failed, revision: 7, now: NOW })).toBeNull();
      await grants.replace('tenant-1', 1, aGrant());
      expect(await grants.noteFailure({ ...failed, now: NOW })).toBeNull();
      const anew = { ...failed, revision: 2, now: NOW + 9 };
      expect(await grants.noteFailure(anew)).toEqual({ kind: 'server', failures: 1, since: NOW + 9 });
    });

    it('finds grants that were not used for 90 days, those whose refreshes fail last', async () => {
      const store = await fresh();
      const { grants, leaseTimeIs } = store;
      leaseTimeIs(NOW);
      const states = { dead: 'paused', idle: 'paused', removed: 'paused', troubled: 'paused' } as const;
      const all = { ...states, active: 'active', ended: 'active', reauthorize: 'reauthorize' } as const;
      const expiresAt = { active: NOW + 1, ended: NOW - 3 * DAY_MS };
      const withGrants = Object.entries(all).map(([id, state]) => ({
        tenant: aTenant({ id, state }),
        contacts: [],
        grant: aGrant({ refreshToken: id, expiresAt: expiresAt[id as keyof typeof expiresAt] ?? null }),
      }));
      await store.tenants.add([...withGrants, { tenant: aTenant({ id: 'bare' }), contacts: [], grant: null }]);
      await removeTenant(store, 'removed');
      await grants.noteFailure({ tenantId: 'troubled', revision: 1, kind: 'server', now: NOW });
      await grants.noteFailure({ tenantId: 'dead', revision: 1, kind: 'invalid_grant', now: NOW });
      expect(await grants.idle({ now: NOW, limit: 9 })).toEqual(['ended', 'idle', 'troubled']);
      expect(await grants.idle({ now: NOW, limit: 2 })).toEqual(['ended', 'idle']);
      for (const id of ['idle', 'active', 'ended']) await grants.replace(id, 1, aGrant({ refreshToken: `next ${id}` }));
      expect(await grants.idle({ now: NOW + 90 * DAY_MS - 1, limit: 9 })).toEqual(['troubled']);
      expect(await grants.idle({ now: NOW + 90 * DAY_MS, limit: 9 })).toEqual(['active', 'ended', 'idle', 'troubled']);
    });

    it('lets one process refresh until that one is done', async () => {
      const { grants } = await storeWithGrant(fresh);
      expect(await grants.lockRefresh(aLease('first'))).toBe(true);
      expect(await grants.lockRefresh(aLease('second'))).toBe(false);
      await grants.unlockRefresh(aLease('first'));
      expect(await grants.lockRefresh(aLease('second'))).toBe(true);
    });

    it('lets another process refresh when the lease of one that died has ended', async () => {
      const { grants, leaseTimeIs } = await storeWithGrant(fresh);
      await grants.lockRefresh(aLease('dead'));
      leaseTimeIs(NOW + MINUTE_MS - 1);
      expect(await grants.lockRefresh(aLease('second'))).toBe(false);
      leaseTimeIs(NOW + MINUTE_MS);
      expect(await grants.lockRefresh(aLease('second'))).toBe(true);
    });

    it('lets another process refresh when the clock was far ahead and has been set back', async () => {
      const { grants, leaseTimeIs } = await storeWithGrant(fresh);
      leaseTimeIs(NOW + 6 * HOUR_MS);
      await grants.lockRefresh(aLease('ahead'));
      leaseTimeIs(NOW);
      expect(await grants.lockRefresh(aLease('second'))).toBe(true);
    });

    it('renews the lease of the process that has it, and of no other', async () => {
      const { grants, leaseTimeIs } = await storeWithGrant(fresh);
      await grants.lockRefresh(aLease('first'));
      leaseTimeIs(NOW + 1);
      expect(await grants.lockRefresh(aLease('first', 3 * MINUTE_MS))).toBe(true);
      leaseTimeIs(NOW + 2 * MINUTE_MS);
      expect(await grants.lockRefresh(aLease('second'))).toBe(false);
    });

    it('takes a lease that was lost neither back nor away', async () => {
      const { grants, leaseTimeIs } = await storeWithGrant(fresh);
      await grants.lockRefresh(aLease('first'));
      leaseTimeIs(NOW + 2 * MINUTE_MS);
      await grants.lockRefresh(aLease('second', 3 * MINUTE_MS));
      leaseTimeIs(NOW + 3 * MINUTE_MS);
      expect(await grants.lockRefresh(aLease('first'))).toBe(false);
      await grants.unlockRefresh(aLease('first'));
      expect(await grants.lockRefresh(aLease('third'))).toBe(false);
    });

    it('keeps the lease while the grant is replaced', async () => {
      const { grants } = await storeWithGrant(fresh);
      await grants.lockRefresh(aLease('first'));
      await grants.replace('tenant-1', 1, aGrant());
      expect(await grants.lockRefresh(aLease('second'))).toBe(false);
    });
  });
}

async function storeWithGrant(fresh: FreshStore) {
  const store = await fresh();
  await store.tenants.add([{ tenant: aTenant(), contacts: [], grant: aGrant() }]);
  return store;
}

function aLease(holder: string, leaseMs = MINUTE_MS) {
  return { tenantId: 'tenant-1', holder, leaseMs };
}
