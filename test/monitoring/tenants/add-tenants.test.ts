import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import { addTenants } from '../../../src/monitoring/tenants/add-tenants.ts';
import type { NewTenant } from '../../../src/monitoring/tenants/tenant-input.ts';
import { aGrant, NOW } from '../../support/builders.ts';
import { countedIds } from '../../support/domain-settings.ts';
import { createMemoryStores } from '../../support/memory-store.ts';
import { aNewTenant, findTenant, removeTenant } from '../../support/store-records.ts';
import { manualClock } from '../../support/use-case-clock.ts';
import { upstreamsOver } from '../../support/use-case-upstreams.ts';

describe('New tenants', () => {
  it('are stored all or not at all', async () => {
    const { store, add } = aDirectory(() => 'always-the-same');

    const other = aNewTenant({ grant: aGrant({ refreshToken: 'refresh-2' }) });
    await expect(add(aNewTenant(), other)).rejects.toThrow('tenant always-the-same');

    expect(store.memory.state.tenants.size).toBe(0);
    expect(store.memory.state.grants.size).toBe(0);
  });

  it('are due for their first poll at once, and known by nothing yet', async () => {
    const { store, idsOf } = aDirectory();

    const [id = ''] = await idsOf(aNewTenant({ name: "Jane's Bakery", schedule: '0 6 * * *' }));

    expect((await findTenant(store, id))?.tenant).toEqual({
      id,
      externalId: null,
      name: "Jane's Bakery",
      state: 'active',
      accountId: null,
      applicationId: null,
      timezone: 'America/New_York',
      locale: 'en',
      schedule: '0 6 * * *',
      createdAt: NOW,
      baselinedAt: null,
      lastPolledAt: null,
      lastGoodPollAt: null,
      nextPollAt: NOW,
      intervalMs: 24 * HOUR_MS,
      pagesAskedAt: null,
      pagesWanted: false,
      recheckWanted: false,
      privilegesAskedAt: null,
      failing: null,
      senderName: null,
      replyTo: null,
      reconnectUrl: null,
      linksSpentAt: null,
      unreachableSince: null,
    });
  });

  it('bring their contacts and their grant', async () => {
    const { store, idsOf } = aDirectory();
    const cc = { email: 'cc@bakery.example', role: 'cc' } as const;

    const [id = ''] = await idsOf(aNewTenant({ contacts: [{ email: 'jane@bakery.example', role: 'owner' }, cc] }));

    expect((await findTenant(store, id))?.contacts).toMatchObject([
      { tenantId: id, email: 'jane@bakery.example', role: 'owner', state: 'active', refusals: 0 },
      { tenantId: id, email: 'cc@bakery.example', role: 'cc', state: 'active', refusals: 0 },
    ]);
    expect(await store.grants.read(id)).toMatchObject(aGrant());
  });

  it('are named in the order in which they were given', async () => {
    const { store, idsOf } = aDirectory();

    const ids = await idsOf(
      aNewTenant({ name: 'Zoo' }),
      aNewTenant({ name: 'Aquarium', grant: aGrant({ refreshToken: 'refresh-2' }) }),
    );

    const names = await Promise.all(ids.map(async (id) => (await findTenant(store, id))?.tenant.name));
    expect(names).toEqual(['Zoo', 'Aquarium']);
  });
});

describe('New tenants whose refresh token another one has', () => {
  const florist = () => aNewTenant({ name: 'Florist', grant: aGrant({ refreshToken: 'refresh-2' }) });

  it('are not stored, and none of those with them', async () => {
    const { store, add, idsOf } = aDirectory();
    const [bakery] = await idsOf(aNewTenant());

    expect(await add(florist(), aNewTenant({ name: 'Twin' }))).toEqual({
      ok: false,
      taken: [{ index: 1, holder: bakery }],
      takenExternalIds: [],
      unknownApplications: [],
    });
    expect(store.memory.state.tenants.size).toBe(1);
  });

  it('are not stored either when they have it among themselves', async () => {
    const { store, add } = aDirectory();
    expect(await add(florist(), florist())).toMatchObject({ ok: false, taken: [{ index: 1, holder: null }] });
    expect(store.memory.state.tenants.size).toBe(0);
  });

  it('are not stored when that one has refreshed the token since: it would be presented once more', async () => {
    const { store, add, idsOf } = aDirectory();
    const [bakery = ''] = await idsOf(aNewTenant());
    await store.grants.replace(bakery, 1, aGrant({ refreshToken: 'refresh-9' }));
    expect(await add(aNewTenant({ name: 'Twin' }))).toMatchObject({ ok: false });
  });
});

describe('New tenants whose external id another one has', () => {
  const florist = () =>
    aNewTenant({ name: 'Florist', externalId: 'crm-7', grant: aGrant({ refreshToken: 'refresh-2' }) });

  it('are not stored, and none of those with them', async () => {
    const { store, add, idsOf } = aDirectory();
    const [id = ''] = await idsOf(aNewTenant({ externalId: 'crm-7' }));

    const holder = { id, name: "Jane's Bakery" };
    expect(await add(florist())).toEqual({
      ok: false,
      taken: [],
      takenExternalIds: [{ index: 0, externalId: 'crm-7', holder }],
      unknownApplications: [],
    });
    expect(store.memory.state.tenants.size).toBe(1);
  });

  it('are stored once that one was removed', async () => {
    const { store, add, idsOf } = aDirectory();
    const [id = ''] = await idsOf(aNewTenant({ externalId: 'crm-7' }));
    await removeTenant(store, id);
    expect(await add(florist())).toMatchObject({ ok: true });
  });
});

function aDirectory(newId = countedIds()) {
  const store = createMemoryStores();
  const add = (...tenants: readonly NewTenant[]) =>
    addTenants(tenants, {
      clock: manualClock(NOW),
      newId,
      tenants: store.tenants,
      upstreams: upstreamsOver({}, store),
      intervalOf: ({ schedule }) => (schedule === null ? HOUR_MS : 24 * HOUR_MS),
    });
  const idsOf = async (...tenants: readonly NewTenant[]) => {
    const added = await add(...tenants);
    return added.ok ? added.ids : [];
  };
  return { store, add, idsOf };
}
