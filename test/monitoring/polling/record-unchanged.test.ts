import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import type { PollStore } from '../../../src/monitoring/ports.ts';
import { StoreUnavailable } from '../../../src/monitoring/store-unavailable.ts';
import { anObservedConnection, anUpdate } from '../../support/builders.ts';
import { rowsOf } from '../../support/memory-rows.ts';
import { save } from '../../support/store-records.ts';
import { failingRecords } from '../../support/use-case-records.ts';
import { aWorld, manyTenants, type World } from '../../support/use-case-world.ts';

const broken = anObservedConnection({ tokenIsValid: false });

describe('A round that finds nothing new', () => {
  it('looks at no record, and counts, claims and tells all the same', async () => {
    const world = await atRest(manyTenants(120));
    const heard: string[] = [];
    const observer = {
      ...world.ports.observer,
      polled: ({ tenantId }: { tenantId: string }) => void heard.push(tenantId),
    };
    const progress: number[] = [];
    const records = failingRecords(world.ports.records, () => true);
    const tally = await world.poll({ onPoll: ({ polled }) => void progress.push(polled) }, { records, observer });
    expect(tally).toMatchObject({ polled: 120, failed: 0, errors: 0, skipped: 0, changes: [] });
    expect(heard.toSorted()).toEqual(manyTenants(120));
    expect(progress.at(-1)).toBe(120);
    expect(lastPolledAt(world)).toEqual([world.clock.now()]);
    expect(await world.poll()).toMatchObject({ polled: 0 });
  });

  it('assesses the answers that are new, and those alone', async () => {
    const world = await atRest(manyTenants(20));
    world.constantContact.shows('tenant-007', broken);
    const assessed: (readonly string[])[] = [];
    const records = failingRecords(world.ports.records, (ids) => assessed.push(ids) < 0);
    expect(await world.poll({}, { records })).toMatchObject({ polled: 20, incidents: { opened: 1 } });
    expect(assessed).toEqual([['tenant-007']]);
  });

  it('assesses a tenant of which something else was written since it was read', async () => {
    const world = await atRest(['bakery', 'mill']);
    const polls: PollStore = {
      ...world.ports.polls,
      storeUnchanged: async (unchanged) => {
        await save(world.store, anUpdate({ tenantId: 'mill' }));
        return await world.ports.polls.storeUnchanged(unchanged);
      },
    };
    expect(await world.poll({}, { polls })).toMatchObject({ polled: 2, errors: 0 });
    expect(lastPolledAt(world)).toEqual([world.clock.now()]);
    expect(await world.store.polls.toPoll(['bakery', 'mill'])).toMatchObject([
      { known: { rest: { repeats: 1 } } },
      { known: { rest: { repeats: 0, since: world.clock.now() } } },
    ]);
  });

  it('assesses all when they cannot be stored at once, for whatever reason', async () => {
    const world = await atRest(['bakery', 'mill']);
    const polls = { ...world.ports.polls, storeUnchanged: () => Promise.reject(new Error('a statement is wrong')) };
    expect(await world.poll({}, { polls })).toMatchObject({ polled: 2, errors: 0 });
    expect(lastPolledAt(world)).toEqual([world.clock.now()]);
    expect(world.log.messages('warn')).toEqual(['unchanged polls could not be stored at once, assessing each']);
  });

  it('leaves its tenants due while the store is down', async () => {
    const world = await atRest(['bakery', 'mill']);
    const before = rowsOf(world.store);
    const down = new StoreUnavailable('away', 'the database cannot be reached', {
      hint: '',
      cause: null,
      mayBeDone: false,
    });
    const polls = { ...world.ports.polls, storeUnchanged: () => Promise.reject(down) };
    expect(await world.poll({}, { polls })).toMatchObject({ polled: 0, errors: 2 });
    const but = { pollLeases: null, days: null };
    expect({ ...rowsOf(world.store), ...but }).toEqual({ ...before, ...but });
    expect(await world.poll()).toMatchObject({ polled: 2, errors: 0 });
  });

  it('asks the second witness when that is due, and assesses what it says', async () => {
    const world = await atRest(['bakery']);
    for (let hour = 0; hour < 24; hour += 1) {
      await world.poll();
      await world.clock.advance(HOUR_MS);
    }
    expect(world.constantContact.askedForPages).toEqual(['bakery']);
    const [bakery] = await world.store.polls.toPoll(['bakery']);
    expect(bakery?.known).toMatchObject({ pagesAskedAt: world.clock.now() - HOUR_MS, rest: { repeats: 0 } });
  });
});

/** After a first round, when the next one is due. */
async function atRest(tenants: readonly string[]): Promise<World> {
  const world = await aWorld({ tenants });
  await world.poll();
  await world.clock.advance(HOUR_MS);
  return world;
}

/** The different ones. */
function lastPolledAt({ store }: World): readonly (number | null)[] {
  return [...new Set([...store.memory.state.tenants.values()].map(({ tenant }) => tenant.lastPolledAt))];
}
