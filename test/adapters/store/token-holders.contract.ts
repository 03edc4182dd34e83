import { describe, expect, it } from '@jest/globals';
import type { NewGrant } from '../../../src/domain/model/grant.ts';
import { noUpdate } from '../../../src/domain/model/tenant-record.ts';
import type { Stores } from '../../../src/monitoring/ports.ts';
import { aGrant, aTenant } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';

export function tokenHoldersContract(fresh: FreshStore): void {
  describe('the holder of a refresh token', () => {
    it('is nobody for an unknown token, and for none', async () => {
      const { tenants } = await storeWith(fresh, { bakery: 'a' });
      expect(await tenants.tokenHolders(['b', 'A', ''])).toEqual(new Map());
      expect(await tenants.tokenHolders([])).toEqual(new Map());
    });

    it('is the tenant that was added with it', async () => {
      const { tenants } = await storeWith(fresh, { bakery: 'a', florist: 'b' });
      expect(await tenants.tokenHolders(['b', 'c', 'a', 'a'])).toEqual(
        new Map([
          ['a', 'bakery'],
          ['b', 'florist'],
        ]),
      );
    });

    it('is still the tenant that was given it after a refresh, and that tenant for the new one too', async () => {
      const { tenants, grants } = await storeWith(fresh, { bakery: 'a' });
      await grants.replace('bakery', 1, withToken('a2'));
      await grants.replace('bakery', 2, withToken('a3'));
      expect(await tenants.tokenHolders(['a', 'a2', 'a3'])).toEqual(
        new Map([
          ['a', 'bakery'],
          ['a3', 'bakery'],
        ]),
      );
    });

    it('is the tenant that was given it, where a refresh has spent it before it was stored', async () => {
      const store = await storeWith(fresh, { florist: 'b' });
      await store.tenants.add([{ ...newTenant('bakery', 'a2'), grant: { ...withToken('a2'), given: 'a' } }]);
      const grant = { ...withToken('b3'), given: 'b2' };
      await store.records.change(['florist'], () => ({
        updates: [{ ...noUpdate('florist'), grant }],
        result: null,
      }));
      expect(await store.tenants.tokenHolders(['a', 'a2', 'b', 'b2', 'b3'])).toEqual(
        new Map([
          ['a', 'bakery'],
          ['a2', 'bakery'],
          ['b2', 'florist'],
          ['b3', 'florist'],
        ]),
      );
      expect(await store.grants.read('bakery')).toEqual({ ...withToken('a2'), revision: 1, applicationId: null });
    });

    it('is free of the tenant when an operator has given that another grant', async () => {
      const store = await storeWith(fresh, { bakery: 'a' });
      await giveGrant(store, 'bakery', 'b');
      expect(await store.tenants.tokenHolders(['a', 'b'])).toEqual(new Map([['b', 'bakery']]));
    });

    it('is nobody when the tenant was removed, or erased', async () => {
      const store = await storeWith(fresh, { bakery: 'a', florist: 'b' });
      await store.records.change(['bakery'], () => ({
        updates: [{ ...noUpdate('bakery'), removedAt: 1 }],
        result: null,
      }));
      await store.tenants.erase('florist');
      expect(await store.tenants.tokenHolders(['a', 'b'])).toEqual(new Map());
    });

    it('is one tenant alone, whoever would store it for another one', async () => {
      const store = await storeWith(fresh, { bakery: 'a', florist: 'b' });
      await expect(store.tenants.add([newTenant('garage', 'a')])).rejects.toThrow();
      await expect(giveGrant(store, 'florist', 'a')).rejects.toThrow();
      expect(await store.tenants.tokenHolders(['a'])).toEqual(new Map([['a', 'bakery']]));
      expect(await store.grants.read('florist')).toMatchObject({ refreshToken: 'b', revision: 1 });
    });

    it('does not stand in the way of what a refresh brought, whatever upstream gives', async () => {
      const { tenants, grants } = await storeWith(fresh, { bakery: 'a', florist: 'b' });
      expect(await grants.replace('florist', 1, withToken('a'))).toBe(true);
      expect(await grants.read('florist')).toMatchObject({ refreshToken: 'a', revision: 2 });
      expect(await tenants.tokenHolders(['a', 'b'])).toEqual(
        new Map([
          ['a', 'bakery'],
          ['b', 'florist'],
        ]),
      );
    });
  });
}

function withToken(refreshToken: string): NewGrant {
  return aGrant({ refreshToken });
}

function newTenant(id: string, refreshToken: string) {
  return { tenant: aTenant({ id }), contacts: [], grant: withToken(refreshToken) };
}

async function storeWith(fresh: FreshStore, tokens: Readonly<Record<string, string>>): Promise<Stores> {
  const store = await fresh();
  await store.tenants.add(Object.entries(tokens).map(([id, token]) => newTenant(id, token)));
  return store;
}

async function giveGrant({ records }: Stores, id: string, refreshToken: string): Promise<void> {
  const grant = withToken(refreshToken);
  await records.change([id], () => ({ updates: [{ ...noUpdate(id), grant }], result: null }));
}
