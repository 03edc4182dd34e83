import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import { addTenants } from '../../../src/monitoring/tenants/add-tenants.ts';
import type { NewTenant } from '../../../src/monitoring/tenants/tenant-input.ts';
import { aGrant, NOW } from '../../support/builders.ts';
import { countedIds } from '../../support/domain-settings.ts';
import { createMemoryStores } from '../../support/memory-store.ts';
import { findTenant } from '../../support/store-records.ts';
import { manualClock } from '../../support/use-case-clock.ts';

describe('New tenants', () => {
  it('are stored all or not at all', async () => {
    const { store, add } = aDirectory(() => 'always-the-same');

    await expect(add(aNewTenant(), aNewTenant())).rejects.toThrow();

    expect(store.memory.state.tenants.size).toBe(0);
    expect(store.memory.state.grants.size).toBe(0);
  });

  it('are due for their first poll at once, and known by nothing yet', async () => {
    const { store, add } = aDirectory();

    const [id = ''] = await add(aNewTenant({ name: "Jane's Bakery", schedule: '0 6 * * *' }));

    expect((await findTenant(store, id))?.tenant).toEqual({
      id,
      name: "Jane's Bakery",
      state: 'active',
      timezone: 'America/New_York',
      locale: 'en',
      schedule: '0 6 * * *',
      createdAt: NOW,
      baselinedAt: null,
      lastPolledAt: null,
      lastGoodPollAt: null,
      nextPollAt: NOW,
      intervalMs: 24 * HOUR_MS,
      failing: null,
      senderName: null,
      replyTo: null,
      reconnectUrl: null,
      unreachableSince: null,
    });
  });

  it('bring their contacts and their grant', async () => {
    const { store, add } = aDirectory();
    const cc = { email: 'cc@bakery.example', role: 'cc' } as const;

    const [id = ''] = await add(aNewTenant({ contacts: [{ email: 'jane@bakery.example', role: 'owner' }, cc] }));

    expect((await findTenant(store, id))?.contacts).toMatchObject([
      { tenantId: id, email: 'jane@bakery.example', role: 'owner', state: 'active', refusals: 0 },
      { tenantId: id, email: 'cc@bakery.example', role: 'cc', state: 'active', refusals: 0 },
    ]);
    expect(await store.grants.read(id)).toMatchObject(aGrant());
  });

  it('are named in the order in which they were given', async () => {
    const { store, add } = aDirectory();

    const ids = await add(
      aNewTenant({ name: 'Zoo' }),
      aNewTenant({ name: 'Aquarium', grant: aGrant({ refreshToken: 'refresh-2' }) }),
    );

    const names = await Promise.all(ids.map(async (id) => (await findTenant(store, id))?.tenant.name));
    expect(names).toEqual(['Zoo', 'Aquarium']);
  });
});

function aDirectory(newId = countedIds()) {
  const store = createMemoryStores();
  const add = (...tenants: readonly NewTenant[]) =>
    addTenants(tenants, {
      clock: manualClock(NOW),
      newId,
      tenants: store.tenants,
      intervalOf: ({ schedule }) => (schedule === null ? HOUR_MS : 24 * HOUR_MS),
    });
  return { store, add };
}

function aNewTenant(given: Partial<NewTenant> = {}): NewTenant {
  return {
    name: "Jane's Bakery",
    timezone: 'America/New_York',
    locale: 'en',
    schedule: null,
    contacts: [{ email: 'jane@bakery.example', role: 'owner' }],
    grant: aGrant(),
    ...given,
  };
}
