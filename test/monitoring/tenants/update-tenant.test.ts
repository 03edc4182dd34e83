import { describe, expect, it } from '@jest/globals';
import type { Contact, Tenant } from '../../../src/domain/model/tenant.ts';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import type { TenantPatch } from '../../../src/monitoring/tenants/tenant-input.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { aContact, aGrant, aTenant, NOW } from '../../support/builders.ts';
import { createMemoryStores } from '../../support/memory-store.ts';
import { findTenant, removeTenant, tenantsOver } from '../../support/store-records.ts';

const later = NOW + 40 * 24 * HOUR_MS;

describe('A tenant that does not exist', () => {
  it('is neither updated, paused nor resumed', async () => {
    const { app } = await aStored();

    expect(await app.update(operator, 'nobody', { name: 'New' })).toEqual({ outcome: 'not_found' });
    expect(await app.pause(operator, 'nobody')).toBe(false);
    expect(await app.resume(operator, 'nobody')).toBe(false);
  });

  it('is no other one after its removal', async () => {
    const { app, store } = await aStored();
    await removeTenant(store, 'tenant-1');

    expect(await app.update(operator, 'tenant-1', { name: 'New' })).toEqual({ outcome: 'not_found' });
    expect(await app.resume(operator, 'tenant-1')).toBe(false);
  });
});

describe('A new grant', () => {
  const token = (refreshToken: string) => ({ grant: aGrant({ refreshToken }) });

  it('whose refresh token another tenant has is refused, and nothing else is changed', async () => {
    const { store, app, update, tenant } = await aStored();
    await store.tenants.add([{ tenant: aTenant({ id: 'tenant-2' }), contacts: [], ...token('refresh-2') }]);
    const patch = { ...token('refresh-2'), name: 'New' };

    expect(await update(patch)).toEqual({ outcome: 'token_taken', holder: 'tenant-2' });
    expect(await tenant()).toEqual(aTenant());
    expect(await store.grants.read('tenant-1')).toMatchObject(aGrant());
    const key = { kind: 'key', keyId: 'key', tenantId: 'tenant-1', role: 'operate' } as const;
    expect(await app.update(key, 'tenant-1', patch)).toEqual({ outcome: 'token_taken', holder: null });
  });

  it('whose refresh token this tenant has already is taken', async () => {
    const { update } = await aStored();
    expect(await update({ grant: aGrant({ accessToken: 'access-2' }) })).toMatchObject({ outcome: 'updated' });
  });

  it('may have the refresh token of a tenant that was removed', async () => {
    const { store, update } = await aStored();
    await store.tenants.add([{ tenant: aTenant({ id: 'tenant-2' }), contacts: [], ...token('refresh-2') }]);
    await removeTenant(store, 'tenant-2');
    expect(await update(token('refresh-2'))).toMatchObject({ outcome: 'updated' });
  });
});

describe('A new external id', () => {
  it('that another tenant has is refused, and nothing else is changed; a key for one tenant is not told whose it is', async () => {
    const { store, app, update, tenant } = await aStored();
    const other = aTenant({ id: 'tenant-2', externalId: 'crm-7', name: 'Mill' });
    await store.tenants.add([{ tenant: other, contacts: [], grant: null }]);
    const patch = { externalId: 'crm-7', name: 'New', grant: aGrant({ refreshToken: 'refresh-9' }) };
    const problem = { outcome: 'external_id_taken', externalId: 'crm-7' };

    expect(await update(patch)).toEqual({ ...problem, holder: { id: 'tenant-2', name: 'Mill' } });
    expect(await tenant()).toEqual(aTenant());
    const key = { kind: 'key', keyId: 'key', tenantId: 'tenant-1', role: 'operate' } as const;
    expect(await app.update(key, 'tenant-1', patch)).toEqual({ ...problem, holder: null });
  });

  it('is taken, may be given again, and is taken away again', async () => {
    const { update, tenant } = await aStored();
    await update({ externalId: 'crm-7' });
    expect(await update({ externalId: 'crm-7' })).toMatchObject({ outcome: 'updated' });
    expect(await tenant()).toMatchObject({ externalId: 'crm-7' });
    await update({ externalId: null });
    expect(await tenant()).toMatchObject({ externalId: null });
  });
});

describe('An update of the settings of many', () => {
  it('changes those that are there, and says of each what became of it', async () => {
    const { store, app } = await aStored();
    const others = ['tenant-2', 'tenant-3'].map((id) => aTenant({ id, externalId: `crm of ${id}`, name: id }));
    await store.tenants.add(others.map((tenant) => ({ tenant, contacts: [], grant: null })));
    const outcomes = await app.updateSettings(operator, [
      { id: 'tenant-1', patch: { owner: 'new@bakery.example', locale: 'de' } },
      { id: 'nobody', patch: { locale: 'de' } },
      { id: 'tenant-2', patch: { externalId: 'crm of tenant-3', locale: 'de' } },
      { id: 'tenant-3', patch: { externalId: 'crm of tenant-3', locale: 'fr' } },
    ]);
    expect(outcomes).toEqual([
      { outcome: 'updated', untried: null },
      { outcome: 'not_found' },
      { outcome: 'external_id_taken', externalId: 'crm of tenant-3', holder: { id: 'tenant-3', name: 'tenant-3' } },
      { outcome: 'updated', untried: null },
    ]);
    const stored = await store.records.read(['tenant-1', 'tenant-2', 'tenant-3']);
    expect(stored.map(({ tenant }) => tenant.locale)).toEqual(['de', 'en', 'fr']);
    expect(stored[0]?.contacts).toMatchObject([{ email: 'new@bakery.example', role: 'owner' }]);
  });
});

describe('An update', () => {
  it('changes what is given and nothing else', async () => {
    const { update, tenant } = await aStored({ nextPollAt: later });
    const before = await tenant();

    await update({ name: "Jane's Cakes", timezone: 'Europe/Paris', locale: 'fr' });

    expect(await tenant()).toEqual({ ...before, name: "Jane's Cakes", timezone: 'Europe/Paris', locale: 'fr' });
  });

  it('has a new schedule followed from now on, not from the next slot of the old one', async () => {
    const { update, tenant } = await aStored({ schedule: '0 0 1 * *', nextPollAt: later });

    await update({ schedule: null });

    expect(await tenant()).toMatchObject({ schedule: null, nextPollAt: NOW });
  });

  it.each(['paused', 'reauthorize'] as const)('of the schedule polls no tenant that is %s', async (state) => {
    const { update, tenant } = await aStored({ state, nextPollAt: null });

    await update({ schedule: '0 6 * * *' });

    expect(await tenant()).toMatchObject({ state, schedule: '0 6 * * *', nextPollAt: null });
  });
});

describe('A new grant', () => {
  it.each(['active', 'reauthorize', 'access_denied'] as const)('is tried at once: %s', async (state) => {
    const { update, tenant, store } = await aStored({ state, nextPollAt: null });

    await update({ grant: aGrant({ refreshToken: 'refresh-2' }) });

    expect(await tenant()).toMatchObject({ state: 'active', nextPollAt: NOW });
    expect(await store.grants.read('tenant-1')).toMatchObject({ refreshToken: 'refresh-2' });
  });

  it('of a paused tenant waits for its resumption', async () => {
    const { update, tenant, app } = await aStored({ state: 'paused', nextPollAt: null });

    await update({ grant: aGrant({ refreshToken: 'refresh-2' }) });
    expect(await tenant()).toMatchObject({ state: 'paused', nextPollAt: null });

    await app.resume(operator, 'tenant-1');
    expect(await tenant()).toMatchObject({ state: 'active', nextPollAt: NOW });
  });
});

describe('A pause', () => {
  it('at the same moment as a new grant is not undone by the grant', async () => {
    const { update, app, tenant } = await aStored({ state: 'reauthorize', nextPollAt: null });

    await Promise.all([update({ grant: aGrant() }), app.pause(operator, 'tenant-1')]);

    expect(await tenant()).toMatchObject({ state: 'paused', nextPollAt: null });
  });

  it('ends all polls until it is resumed', async () => {
    const { app, tenant } = await aStored({ nextPollAt: later });

    expect(await app.pause(operator, 'tenant-1')).toBe(true);
    expect(await tenant()).toMatchObject({ state: 'paused', nextPollAt: null });

    expect(await app.resume(operator, 'tenant-1')).toBe(true);
    expect(await tenant()).toMatchObject({ state: 'active', nextPollAt: NOW });
  });

  it.each(['active', 'reauthorize', 'access_denied'] as const)(
    'that is not one is not resumed: %s stays as it is',
    async (state) => {
      const { app, tenant } = await aStored({ state, nextPollAt: later });
      const before = await tenant();

      expect(await app.resume(operator, 'tenant-1')).toBe(true);

      expect(await tenant()).toEqual(before);
    },
  );
});

describe('New contacts', () => {
  const jane = aContact({ id: 'jane', email: 'jane@bakery.example', role: 'owner', refusals: 1 });
  const carl = aContact({ id: 'carl', email: 'carl@bakery.example', role: 'cc', state: 'unsubscribed' });

  it('replace the owner and leave the copies as they are', async () => {
    const { update, contacts } = await aStored({}, [jane, carl]);

    await update({ owner: 'olga@bakery.example' });

    expect(await contacts()).toMatchObject([
      { email: 'olga@bakery.example', role: 'owner', state: 'active', refusals: 0 },
      { id: 'carl', role: 'cc', state: 'unsubscribed' },
    ]);
  });

  it('replace the copies and leave the owner as it is', async () => {
    const { update, contacts } = await aStored({}, [jane, carl]);

    await update({ cc: ['dora@bakery.example'] });

    expect(await contacts()).toMatchObject([
      { id: 'jane', role: 'owner', refusals: 1 },
      { email: 'dora@bakery.example', role: 'cc' },
    ]);
  });

  it('may be none but the owner', async () => {
    const { update, contacts } = await aStored({}, [jane, carl]);

    await update({ cc: [] });

    expect(await contacts()).toMatchObject([{ id: 'jane' }]);
  });

  it('who stay keep their contact, however their address is written', async () => {
    const { update, contacts } = await aStored({}, [jane, carl]);

    await update({ owner: 'Jane@Bakery.example', cc: ['CARL@bakery.example'] });

    expect(await contacts()).toMatchObject([
      { id: 'jane', refusals: 1 },
      { id: 'carl', state: 'unsubscribed' },
    ]);
  });

  it('are told once: a copy that becomes the owner is no copy any more', async () => {
    const { update, contacts } = await aStored({}, [jane, carl]);

    await update({ owner: 'carl@bakery.example' });

    expect(await contacts()).toMatchObject([{ id: 'carl', role: 'owner' }]);
  });
});

async function aStored(given: Partial<Tenant> = {}, contacts: readonly Contact[] = [aContact()]) {
  const store = createMemoryStores();
  const tenants = store.tenants;
  await tenants.add([{ tenant: aTenant(given), contacts, grant: aGrant() }]);
  const app = tenantsOver(store);
  const found = () => findTenant(store, 'tenant-1');
  return {
    store,
    app,
    update: (patch: TenantPatch) => app.update(operator, 'tenant-1', patch),
    tenant: async () => (await found())?.tenant,
    contacts: async () => (await found())?.contacts,
  };
}
