import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rotateKeys } from '../../../src/monitoring/operations/keys.ts';
import { createEncryption } from '../../../src/store/encryption.ts';
import { type OpenStores, openStores } from '../../../src/store/open-stores.ts';
import { aGrant, anApplication, aTenant, aWebhook, NOW } from '../../support/builders.ts';
import { storedRows } from '../../support/program-secrets.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';

const [oldKey, newKey, foreignKey] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer, Buffer];
const [oldId = '', newId = '', foreignId = ''] = createEncryption([oldKey, newKey, foreignKey]).keyIds;
const silent = () => undefined;

describe.each(['SQLite', 'PostgreSQL'] as const)('the stored secrets on %s', (name) => {
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
  const idOf = (n: number) => `tenant-${String(n).padStart(4, '0')}`;
  const addMany = (store: OpenStores, from: number, to: number) =>
    store.tenants.add(
      Array.from({ length: to - from }, (_, n) => ({
        tenant: aTenant({ id: idOf(from + n) }),
        contacts: [],
        // Every third has no access token, so that the columns are of different lengths.
        grant: aGrant({
          refreshToken: `r${from + n}`,
          accessToken: n % 3 === 0 ? null : `a${from + n}`,
        }),
      })),
    );
  /** Answers to writes, each with a secret in it, and one write that is still under way. */
  const answerMany = async ({ apiWrites }: OpenStores, count: number, name = 'write') => {
    await apiWrites.begin({ id: `${name} under way`, request: 'sha' }, NOW);
    for (let n = 0; n < count; n += 1) {
      const id = `${name} ${String(n).padStart(4, '0')}`;
      await apiWrites.begin({ id, request: 'sha' }, NOW);
      await apiWrites.finish(id, { status: 201, contentType: 'application/json', body: `secret of ${id}` });
    }
  };

  it('keep nobody else from being polled when no key opens them', async () => {
    await addMany(storeWith(foreignKey), 0, 2);
    const store = storeWith(newKey);
    await addMany(store, 2, 4);
    const tenants = await store.polls.toPoll([idOf(1), idOf(3)]);
    expect(tenants).toMatchObject([{ grant: null }, { grant: { accessToken: 'a3' } }]);
    await expect(store.grants.read(idOf(1))).rejects.toThrow('No encryption key opens');
  });

  it('are all sealed with the first key, on any number of pages, and open with it alone', async () => {
    await addMany(storeWith(oldKey), 0, 1201);
    const seen: number[] = [];
    const rotated = await rotateKeys(storeWith(newKey, oldKey), (done) => void seen.push(done));
    expect(rotated).toMatchObject({
      resealed: 2001,
      unreadable: 0,
      keys: [{ keyId: newId, values: 2001, isKnown: true, isFirst: true }],
    });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.at(-1)).toBe(2001);

    const alone = storeWith(newKey);
    for (const n of [0, 1, 500, 501, 1200]) {
      expect(await alone.grants.read(idOf(n))).toMatchObject({ refreshToken: `r${n}`, revision: 1 });
    }
    expect(await alone.tenants.tokenHolders(['r7'])).toEqual(new Map([['r7', idOf(7)]]));
    expect(await rotateKeys(alone, silent)).toMatchObject({ resealed: 0 });
  });

  it('are those of applications as well, those with a secret', async () => {
    const old = storeWith(oldKey);
    await old.applications.add(anApplication());
    await old.applications.add(anApplication({ id: 'pkce', name: 'PKCE', clientId: 'pkce-key', clientSecret: null }));
    await storeWith(foreignKey).applications.add(anApplication({ id: 'lost', name: 'Lost', clientId: 'lost-key' }));
    expect(await rotateKeys(storeWith(newKey, oldKey), silent)).toMatchObject({ resealed: 1, unreadable: 1 });
    const alone = storeWith(newKey);
    expect(await alone.applications.secretOf('brand')).toBe('brand secret');
    expect(await alone.applications.secretOf('pkce')).toBeNull();
    expect(await rotateKeys(alone, silent)).toMatchObject({ resealed: 0, unreadable: 1 });
  });

  it('are those of answers as well, which open with the new key alone', async () => {
    await addMany(storeWith(oldKey), 0, 2);
    await answerMany(storeWith(oldKey), 1100);
    await answerMany(storeWith(foreignKey), 2, 'foreign');
    const seen: number[] = [];
    const rotated = await rotateKeys(storeWith(newKey, oldKey), (done, total) => void seen.push(done, total));
    expect(rotated).toMatchObject({
      resealed: 1103,
      unreadable: 2,
      keys: expect.arrayContaining([{ keyId: newId, values: 1103, isKnown: true, isFirst: true }]),
    });
    expect(seen.slice(-2)).toEqual([1105, 1105]);
    const { apiWrites } = storeWith(newKey);
    expect(await apiWrites.begin({ id: 'write 0007', request: 'sha' }, NOW)).toMatchObject({
      answer: { status: 201, contentType: 'application/json', body: 'secret of write 0007' },
    });
    expect(await rotateKeys(storeWith(newKey, oldKey), silent)).toMatchObject({ resealed: 0, unreadable: 2 });
  });

  it('leave nothing behind that the old key sealed, in any column of any table', async () => {
    await addMany(storeWith(oldKey), 0, 5);
    await answerMany(storeWith(oldKey), 3);
    await rotateKeys(storeWith(newKey, oldKey), silent);
    // The fingerprint of a token that a refresh has replaced cannot be made anew; it is no secret.
    await database.raw.db.credential.updateMany({ data: { givenFingerprint: null } });
    const rows = (await storedRows(database.raw)).map(({ text }) => text).join('\n');
    expect(rows).toContain(`${newId}.`);
    expect(rows).not.toContain(`${oldId}.`);
  });

  it('of webhooks are sealed anew as well, the former ones included, on any number of pages', async () => {
    const before = storeWith(oldKey);
    const ids = Array.from({ length: 501 }, (_, n) => `webhook-${String(n).padStart(3, '0')}`);
    for (const id of ids) await before.webhooks.add(aWebhook({ id }), `whsec_${id}`);
    await before.webhooks.rotate('webhook-000', 'whsec_new', NOW + 1);
    await storeWith(foreignKey).webhooks.add(aWebhook({ id: 'webhook-foreign' }), 'whsec_foreign');
    await addMany(before, 0, 1);

    const rotated = await rotateKeys(storeWith(newKey, oldKey), silent);
    expect(rotated).toMatchObject({ resealed: 503, unreadable: 1 });
    expect(await rotateKeys(storeWith(newKey, oldKey), silent)).toMatchObject({ resealed: 0, unreadable: 1 });
    const { webhooks, webhookDeliveries } = storeWith(newKey);
    expect(await webhooks.secrets('webhook-000', NOW)).toEqual(['whsec_new', 'whsec_webhook-000']);
    expect(await webhooks.secrets('webhook-500', NOW)).toEqual(['whsec_webhook-500']);
    expect(await webhookDeliveries.isNeeded()).toBe(true);
  });

  it('that a rotation of a webhook stores meanwhile are left as it sealed them', async () => {
    const before = storeWith(oldKey);
    await before.webhooks.add(aWebhook(), 'whsec_old');
    const rotating = storeWith(newKey, oldKey);
    await Promise.all([rotateKeys(rotating, silent), before.webhooks.rotate('webhook-1', 'whsec_new', NOW + 1)]);
    await rotateKeys(rotating, silent);
    expect(await storeWith(newKey).webhooks.secrets('webhook-1', NOW)).toEqual(['whsec_new', 'whsec_old']);
  });

  it('that a refresh stores meanwhile are left as the refresh sealed them', async () => {
    const before = storeWith(oldKey);
    await addMany(before, 0, 2);
    const rotating = storeWith(newKey, oldKey);
    const page = rotating.secrets.reseal({ after: '', limit: 10 });
    const refreshed = before.grants.replace(idOf(0), 1, aGrant({ refreshToken: 'newer' }));
    await Promise.all([page, refreshed]);
    await rotateKeys(rotating, silent);
    expect(await storeWith(newKey).grants.read(idOf(0))).toMatchObject({ refreshToken: 'newer', revision: 2 });
  });

  it('are known by the token that was given, also after the rotation and the next refresh', async () => {
    await addMany(storeWith(oldKey), 0, 2);
    const totals: number[] = [];
    await rotateKeys(storeWith(newKey, oldKey), silent);
    const alone = storeWith(newKey);
    await alone.grants.replace(idOf(1), 1, aGrant({ refreshToken: 'refreshed' }));
    expect(await alone.tenants.tokenHolders(['r1', 'refreshed'])).toEqual(
      new Map([
        ['r1', idOf(1)],
        ['refreshed', idOf(1)],
      ]),
    );
    await rotateKeys(alone, (_, total) => void totals.push(total));
    expect(new Set(totals)).toEqual(new Set([0]));
  });

  it('that no key opens stay as they are, are counted, and keep no other from being sealed', async () => {
    await addMany(storeWith(foreignKey), 0, 2);
    await addMany(storeWith(oldKey), 2, 4);
    expect(await rotateKeys(storeWith(newKey, oldKey), silent)).toMatchObject({
      resealed: 3,
      unreadable: 3,
      keys: expect.arrayContaining([
        { keyId: foreignId, values: 3, isKnown: false, isFirst: false },
        { keyId: newId, values: 3, isKnown: true, isFirst: true },
      ]),
    });
    expect(await storeWith(foreignKey).grants.read(idOf(1))).toMatchObject({ refreshToken: 'r1' });
  });

  it('can be sealed by two at once', async () => {
    await addMany(storeWith(oldKey), 0, 700);
    const both = await Promise.all(
      [storeWith(newKey, oldKey), storeWith(newKey, oldKey)].map((s) => rotateKeys(s, silent)),
    );
    expect(both.every(({ unreadable }) => unreadable === 0)).toBe(true);
    expect(await storeWith(newKey).secrets.keysInUse()).toEqual([
      { keyId: newId, values: 1166, isKnown: true, isFirst: true },
    ]);
  });
});
