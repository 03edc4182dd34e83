import { describe, expect, it } from '@jest/globals';
import { keyRoles } from '../../../src/domain/model/api-key.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { readAllPages } from '../../../src/monitoring/pages.ts';
import { anApiKey, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { removeTenant, storeWithTenant } from '../../support/store-records.ts';

const firstPage = { cursor: null, limit: 100 };

export function apiKeyStoreContract(fresh: FreshStore): void {
  describe('the store of API keys', () => {
    it.each(keyRoles)('finds a key with the role "%s" by the hash of its secret, as it was stored', async (role) => {
      const { apiKeys } = await storeWithTenant(fresh);
      const full = { expiresAt: NOW + 1, revokedAt: NOW + 2, lastUsedAt: NOW + 3 };
      const ofTenant = anApiKey({ role, name: 'Jane “&” Co', tenantId: 'tenant-1', ...full });
      const ofAll = anApiKey({ id: 'key-2', role, name: null });
      await apiKeys.add(ofTenant, 'hash-1');
      await apiKeys.add(ofAll, 'hash-2');
      expect(await apiKeys.findByHash('hash-1')).toEqual(ofTenant);
      expect(await apiKeys.findByHash('hash-2')).toEqual(ofAll);
    });

    it.each(['', 'HASH-1', 'hash', 'hash-1 ', '%', 'lw_5f0c1a2b', 'key-1'])('finds none by "%s"', async (hash) => {
      const { apiKeys } = await fresh();
      await apiKeys.add(anApiKey(), 'hash-1');
      expect(await apiKeys.findByHash(hash)).toBeNull();
    });

    it('lists all of them, the newest first, page by page', async () => {
      const { apiKeys } = await fresh();
      const keys = ['a', 'b', 'c', 'd'].map((id, n) => anApiKey({ id, createdAt: NOW + Math.floor(n / 2) }));
      for (const key of keys) await apiKeys.add(key, `hash of ${key.id}`);
      const first = await apiKeys.list({ cursor: null, limit: 3 });
      expect(first.items.map(({ id }) => id)).toEqual(['d', 'c', 'b']);
      await apiKeys.add(anApiKey({ id: 'later', createdAt: NOW + HOUR_MS }), 'hash of later');
      expect(await apiKeys.list({ cursor: first.nextCursor, limit: 3 })).toEqual({
        items: [anApiKey({ id: 'a' })],
        nextCursor: null,
      });
      const all = await readAllPages((page) => apiKeys.list({ ...page, limit: 2 }));
      expect(all.map(({ id }) => id)).toEqual(['later', 'd', 'c', 'b', 'a']);
    });

    it('revokes a key in every process at once, and keeps when that was', async () => {
      const { apiKeys } = await fresh();
      await apiKeys.add(anApiKey(), 'hash-1');
      await apiKeys.add(anApiKey({ id: 'key-2' }), 'hash-2');
      expect(await apiKeys.revoke('key-1', NOW + 1)).toBe('revoked');
      expect(await apiKeys.revoke('key-1', NOW + 2)).toBe('was_revoked');
      expect(await apiKeys.findByHash('hash-1')).toEqual(anApiKey({ revokedAt: NOW + 1 }));
      expect(await apiKeys.findByHash('hash-2')).toMatchObject({ revokedAt: null });
      expect(await apiKeys.revoke('no-key', NOW)).toBe('unknown');
    });

    it('keeps the last use to come, whatever order the uses are told in', async () => {
      const { apiKeys } = await fresh();
      await apiKeys.add(anApiKey(), 'hash-1');
      await apiKeys.add(anApiKey({ id: 'key-2' }), 'hash-2');
      for (const at of [NOW + MINUTE_MS, NOW + HOUR_MS, NOW]) await apiKeys.touch('key-1', at);
      await apiKeys.touch('no-key', NOW);
      expect(await apiKeys.findByHash('hash-1')).toMatchObject({ lastUsedAt: NOW + HOUR_MS });
      expect(await apiKeys.findByHash('hash-2')).toMatchObject({ lastUsedAt: null });
    });

    it('knows no key of a tenant that was removed, and keeps those of the others', async () => {
      const store = await storeWithTenant(fresh);
      await store.apiKeys.add(anApiKey({ id: 'of-tenant', tenantId: 'tenant-1' }), 'hash-1');
      await store.apiKeys.add(anApiKey({ id: 'of-all' }), 'hash-2');
      await removeTenant(store, 'tenant-1');
      expect(await store.apiKeys.findByHash('hash-1')).toBeNull();
      expect((await store.apiKeys.list(firstPage)).items.map(({ id }) => id)).toEqual(['of-all']);
    });

    it('erases the keys of a tenant that is purged', async () => {
      const store = await storeWithTenant(fresh);
      await store.apiKeys.add(anApiKey({ id: 'of-tenant', tenantId: 'tenant-1' }), 'hash-1');
      await store.apiKeys.add(anApiKey({ id: 'of-all' }), 'hash-2');
      await store.tenants.erase('tenant-1');
      expect(await store.apiKeys.findByHash('hash-1')).toBeNull();
      expect(await store.apiKeys.revoke('of-tenant', NOW)).toBe('unknown');
      expect(await store.apiKeys.findByHash('hash-2')).not.toBeNull();
    });

    it('stores no key of a tenant that does not exist, nor a second one with the same secret', async () => {
      const { apiKeys } = await fresh();
      await expect(apiKeys.add(anApiKey({ tenantId: 'nobody' }), 'hash-1')).rejects.toThrow(/foreign key constraint/i);
      await apiKeys.add(anApiKey(), 'hash-1');
      await expect(apiKeys.add(anApiKey({ id: 'key-2' }), 'hash-1')).rejects.toThrow(/unique constraint/i);
      expect((await apiKeys.list(firstPage)).items).toEqual([anApiKey()]);
    });
  });
}
