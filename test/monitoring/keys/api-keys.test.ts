import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '../../../src/domain/model/audit.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/model/time.ts';
import type { NewApiKey } from '../../../src/monitoring/application.ts';
import { createCheckKey } from '../../../src/monitoring/keys/check-key.ts';
import { createSignIn } from '../../../src/monitoring/keys/sign-in.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { NOW } from '../../support/builders.ts';
import { aWorld, type World } from '../../support/use-case-world.ts';

const HERE = '192.0.2.1';
const firstPage = { cursor: null, limit: 100 };

async function made({ app }: World, given: NewApiKey = {}) {
  const made = await app.apiKeys.create(operator, given);
  if (made.outcome !== 'created') throw new Error(made.outcome);
  return made.key;
}

/** What was noted of keys in use, the oldest first. */
function notes({ store }: World) {
  const entries = [...store.memory.state.audit.values()];
  return entries.filter(({ action }) => action === 'api_key.use' || action === 'api_key.refused');
}

describe('A new key', () => {
  it('reads all tenants and never expires unless it is asked otherwise, and its secret is shown once', async () => {
    const world = await aWorld();
    const key = await made(world);
    expect(key).toEqual({
      id: key.id,
      name: null,
      prefix: 'secret',
      key: 'secret-1',
      role: 'read',
      purpose: 'program',
      tenantId: null,
      state: 'active',
      createdAt: NOW,
      expiresAt: null,
      revokedAt: null,
      lastUsedAt: null,
    });
    const { items } = await world.app.apiKeys.list(operator, firstPage);
    const { key: secret, ...listed } = key;
    expect(items).toEqual([listed]);
    expect(JSON.stringify([...world.store.memory.state.audit.values()])).not.toContain(secret);
  });

  it('is as it was asked for', async () => {
    const world = await aWorld();
    const given = { name: 'shop', role: 'operate', tenantId: 'bakery', expiresAt: NOW + DAY_MS } as const;
    const { id, key } = await made(world, given);
    expect((await world.app.apiKeys.list(operator, firstPage)).items).toMatchObject([{ id, ...given }]);
    const check = createCheckKey(world.ports);
    expect(await check(key, HERE)).toEqual({
      kind: 'key',
      keyId: id,
      role: 'operate',
      tenantId: 'bakery',
      from: HERE,
    });
  });

  it.each<[NewApiKey, string]>([
    [{ tenantId: 'nobody' }, 'unknown_tenant'],
    [{ tenantId: 'removed' }, 'unknown_tenant'],
    [{ expiresAt: NOW }, 'expires_in_the_past'],
    [{ expiresAt: NOW - DAY_MS }, 'expires_in_the_past'],
  ])('is not made for %j: %s', async (given, outcome) => {
    const world = await aWorld({ tenants: ['bakery', 'removed'] });
    await world.app.tenants.remove(operator, 'removed', { purge: false });
    expect(await world.app.apiKeys.create(operator, given)).toEqual({ outcome });
    expect((await world.app.apiKeys.list(operator, firstPage)).items).toEqual([]);
  });

  it.each(['operate', 'read'] as const)('cannot be made, seen or revoked by a key with the role "%s"', async (role) => {
    const { app } = await aWorld();
    const viewer = { kind: 'key', keyId: 'key', role, tenantId: null } as const;
    await expect(app.apiKeys.create(viewer, {})).rejects.toThrow('the role "admin"');
    await expect(app.apiKeys.list(viewer, firstPage)).rejects.toThrow('the role "admin"');
    await expect(app.apiKeys.revoke(viewer, 'key')).rejects.toThrow('the role "admin"');
  });

  it('cannot be made by a key of one tenant, which would open the others', async () => {
    const { app } = await aWorld();
    const viewer = { kind: 'key', keyId: 'key', role: 'admin', tenantId: 'bakery' } as const;
    for (const tenantId of ['bakery', undefined]) {
      await expect(app.apiKeys.create(viewer, { tenantId })).rejects.toThrow('a key of all tenants');
    }
  });
});

describe('A key opens', () => {
  it.each(['', 'secret', 'secret-2', 'SECRET-1', 'hash of secret-1'])('nothing by "%s"', async (secret) => {
    const world = await aWorld();
    await made(world);
    expect(await createCheckKey(world.ports)(secret, HERE)).toBeNull();
  });

  it('nothing from the moment at which it expires', async () => {
    const world = await aWorld();
    const { key } = await made(world, { expiresAt: NOW + HOUR_MS });
    const check = createCheckKey(world.ports);
    await world.clock.advance(HOUR_MS - 1);
    expect(await check(key, HERE)).not.toBeNull();
    await world.clock.advance(1);
    expect(await check(key, HERE)).toBeNull();
    expect((await world.app.apiKeys.list(operator, firstPage)).items).toMatchObject([{ state: 'expired' }]);
  });

  it('nothing from the moment at which it is revoked, in another process as well', async () => {
    const world = await aWorld();
    const { id, key } = await made(world);
    const [check, elsewhere] = [createCheckKey(world.ports), createCheckKey(world.restarted().ports)];
    expect([await check(key, HERE), await elsewhere(key, HERE)]).not.toContain(null);
    expect(await world.app.apiKeys.revoke(operator, id)).toBe(true);
    expect([await check(key, HERE), await elsewhere(key, HERE)]).toEqual([null, null]);
    expect(await world.app.apiKeys.revoke(operator, id)).toBe(true);
    expect(await world.app.apiKeys.revoke(operator, 'no key')).toBe(false);
  });

  it.each([false, true])('nothing once its tenant is removed (purged: %s)', async (purge) => {
    const world = await aWorld({ tenants: ['bakery', 'mill'] });
    const check = createCheckKey(world.ports);
    const [ofBakery, ofMill] = [await made(world, { tenantId: 'bakery' }), await made(world, { tenantId: 'mill' })];
    await world.app.tenants.remove(operator, 'bakery', { purge });
    expect(await check(ofBakery.key, HERE)).toBeNull();
    expect(await check(ofMill.key, HERE)).toMatchObject({ tenantId: 'mill' });
    expect((await world.app.apiKeys.list(operator, firstPage)).items).toMatchObject([{ id: ofMill.id }]);
  });
});

describe('What is remembered of the use of a key', () => {
  it('is its last minute, and nothing of a use that was refused', async () => {
    const world = await aWorld();
    const { id, key } = await made(world);
    const check = createCheckKey(world.ports);
    const lastUsed = async () => (await world.app.apiKeys.list(operator, firstPage)).items[0]?.lastUsedAt;
    expect(await lastUsed()).toBeNull();
    await check(key, HERE);
    expect(await lastUsed()).toBe(NOW);
    await world.clock.advance(MINUTE_MS - SECOND_MS);
    await check(key, HERE);
    expect(await lastUsed()).toBe(NOW);
    await world.clock.advance(SECOND_MS);
    await check(key, HERE);
    expect(await lastUsed()).toBe(NOW + MINUTE_MS);
    await world.clock.advance(HOUR_MS);
    await world.app.apiKeys.revoke(operator, id);
    await check(key, HERE);
    expect(await lastUsed()).toBe(NOW + MINUTE_MS);
  });

  it('is kept of a signed-in browser as well', async () => {
    const world = await aWorld();
    const { exchange, viewerOf } = createSignIn(world.ports);
    const keyId = await exchange(await world.app.apiKeys.signInLink(operator));
    await world.clock.advance(HOUR_MS);
    expect(await viewerOf(keyId ?? '', HERE)).not.toBeNull();
    const { items } = await world.app.apiKeys.list(operator, firstPage);
    expect(items.find(({ id }) => id === keyId)).toMatchObject({ lastUsedAt: NOW + HOUR_MS });
  });

  it('is noted in the audit once an hour for each address that it comes from', async () => {
    const world = await aWorld();
    const { id, key } = await made(world, { tenantId: 'bakery' });
    const check = createCheckKey(world.ports);
    const used = (from: string, at: number) => ({ action: 'api_key.use', from, at });
    for (const from of [HERE, HERE, '192.0.2.2', HERE]) await check(key, from);
    expect(notes(world)).toMatchObject([used(HERE, NOW), used('192.0.2.2', NOW)]);
    await world.clock.advance(HOUR_MS - 1);
    await check(key, HERE);
    expect(notes(world)).toHaveLength(2);
    await world.clock.advance(1);
    for (const _ of [1, 2]) await check(key, HERE);
    expect(notes(world).slice(2)).toMatchObject([used(HERE, NOW + HOUR_MS)]);
    for (const note of notes(world)) {
      expect(note).toMatchObject({ actor: { kind: 'key', id }, tenantId: 'bakery', subjects: [], count: 1 });
    }
  });

  it('is noted apart for each key, and for what was refused', async () => {
    const world = await aWorld();
    const [one, other] = [await made(world), await made(world)];
    await world.app.apiKeys.revoke(operator, other.id);
    const check = createCheckKey(world.ports);
    for (const _ of [1, 2])
      for (const secret of [one.key, other.key, 'guessed', 'guessed again']) await check(secret, HERE);
    await check('guessed', '192.0.2.2');
    expect(notes(world).map(({ action, actor, from }) => [action, actor, from])).toEqual([
      ['api_key.use', { kind: 'key', id: one.id }, HERE],
      ['api_key.refused', { kind: 'key', id: other.id }, HERE],
      ['api_key.refused', { kind: 'nobody', id: null }, HERE],
      ['api_key.refused', { kind: 'nobody', id: null }, '192.0.2.2'],
    ]);
    expect(JSON.stringify([...world.store.memory.state.audit.values()])).not.toMatch(/secret-|guessed/);
  });

  it('takes no more memory however many addresses there are: the oldest is noted again', async () => {
    const world = await aWorld();
    const noted: AuditEntry[] = [];
    const add = async (entry: AuditEntry) => void noted.push(entry);
    const check = createCheckKey({ ...world.ports, audit: { ...world.ports.audit, add } });
    for (let n = 0; n <= 10_000; n += 1) await check('guessed', `address-${n}`);
    await check('guessed', 'address-10000');
    expect(noted).toHaveLength(10_001);
    await check('guessed', 'address-0');
    expect(noted).toHaveLength(10_002);
  });

  it('does not refuse a key when the note of it cannot be stored', async () => {
    const world = await aWorld();
    const { key } = await made(world);
    const add = async () => Promise.reject(new Error('disk full'));
    const check = createCheckKey({ ...world.ports, audit: { ...world.ports.audit, add } });
    expect(await check(key, HERE)).not.toBeNull();
    expect(world.log.messages('error')).toEqual(['an entry of the audit could not be stored']);
  });
});
