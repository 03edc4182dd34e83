import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEncryption } from '../../../src/store/encryption.ts';
import { type OpenStores, openStores } from '../../../src/store/open-stores.ts';
import { aGrant, aTenant } from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';

const [oldKey, newKey] = [1, 2].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer];

describe('a fingerprint', () => {
  const { fingerprints } = createEncryption([newKey, oldKey]);

  it('is the same for the same secret, by every key in turn, and shows nothing of it', () => {
    expect(fingerprints('secret')).toEqual(fingerprints('secret'));
    expect(fingerprints('secret')).toEqual([
      ...createEncryption([newKey]).fingerprints('secret'),
      ...createEncryption([oldKey]).fingerprints('secret'),
    ]);
    expect(fingerprints('secret').join()).not.toContain('secret');
  });

  it('differs for another secret, and by another key', () => {
    const all = [...fingerprints('secret'), ...fingerprints('secret '), ...fingerprints('')];
    expect(new Set(all).size).toBe(6);
  });
});

describe.each(['SQLite', 'PostgreSQL'] as const)('the refresh tokens on %s', (name) => {
  let database: TestDatabase;
  const opened: OpenStores[] = [];
  const storeWith = (...keys: Buffer[]): OpenStores => {
    const store = openStores({ databaseUrl: database.url, encryption: createEncryption(keys) });
    opened.push(store);
    return store;
  };
  beforeEach(async () => {
    database = await createTestDatabase(name);
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
    await database.drop();
  });
  const forget = () => database.raw.db.credential.updateMany({ data: { fingerprint: null, givenFingerprint: null } });
  const add = (store: OpenStores, id: string, refreshToken: string) =>
    store.tenants.add([{ tenant: aTenant({ id }), contacts: [], grant: aGrant({ refreshToken }) }]);

  it('are found after the key was changed, as long as the old one is still listed', async () => {
    await add(storeWith(oldKey), 'bakery', 'a');
    const rotated = storeWith(newKey, oldKey);
    expect(await rotated.tenants.tokenHolders(['a'])).toEqual(new Map([['a', 'bakery']]));
    await rotated.grants.replace('bakery', 1, aGrant({ refreshToken: 'a2' }));
    expect(await rotated.tenants.tokenHolders(['a', 'a2'])).toEqual(
      new Map([
        ['a', 'bakery'],
        ['a2', 'bakery'],
      ]),
    );
  });

  it('of an older version are found as well, from the first look on', async () => {
    const store = storeWith(newKey);
    await add(store, 'bakery', 'a');
    await add(store, 'florist', 'b');
    await forget();
    expect(await store.tenants.tokenHolders(['b'])).toEqual(new Map([['b', 'florist']]));
    expect(await database.raw.db.credential.count({ where: { fingerprint: null } })).toBe(0);
    await expect(add(store, 'garage', 'a')).rejects.toThrow();
  });

  it('of an older version that two tenants share stay as they are, and can be refreshed', async () => {
    const store = storeWith(newKey);
    await add(store, 'bakery', 'a');
    await add(store, 'florist', 'b');
    await store.grants.replace('florist', 1, aGrant({ refreshToken: 'a' }));
    await forget();
    const holders = await store.tenants.tokenHolders(['a']);
    expect(['bakery', 'florist']).toContain(holders.get('a'));
    expect(await store.tenants.tokenHolders(['a'])).toEqual(holders);
    expect(await store.grants.replace('bakery', 1, aGrant({ refreshToken: 'a' }))).toBe(true);
    expect(await store.grants.replace('florist', 2, aGrant({ refreshToken: 'c' }))).toBe(true);
    expect(await store.tenants.tokenHolders(['c'])).toEqual(new Map([['c', 'florist']]));
  });

  it('that no key opens any more are passed over', async () => {
    await add(storeWith(oldKey), 'bakery', 'a');
    await forget();
    const store = storeWith(newKey);
    expect(await store.tenants.tokenHolders(['a'])).toEqual(new Map());
    await add(store, 'florist', 'b');
    expect(await store.tenants.tokenHolders(['b'])).toEqual(new Map([['b', 'florist']]));
  });
});
