import { describe, expect, it } from '@jest/globals';
import { createWork } from '../../../src/monitoring/work/create-work.ts';
import { ms } from '../../support/domain-time.ts';
import { planBy } from '../../support/schedules.ts';
import { settled } from '../../support/use-case-clock.ts';
import { collectingLog } from '../../support/use-case-log.ts';
import { failingRecords } from '../../support/use-case-records.ts';
import { aWorld, manyTenants, type World } from '../../support/use-case-world.ts';

describe('One tenant never touches another', () => {
  it('stores the others when the polls of one fail', async () => {
    const world = await aWorld({ tenants: ['bakery', 'florist', 'garage'] });
    world.constantContact.fails('florist', 'timeout');

    const { polled, failed } = await world.poll();

    expect({ polled, failed }).toEqual({ polled: 3, failed: 1 });
    expect(failing(world)).toEqual({ bakery: undefined, florist: 'timeout', garage: undefined });
  });

  it('asks the others when the access of one throws', async () => {
    const world = await aWorld({ tenants: ['bakery', 'florist', 'garage'], pollConcurrency: 1 });
    world.access.breaks('florist');

    expect(await world.poll()).toMatchObject({ polled: 2, failed: 0, errors: 1 });

    expect(world.constantContact.asked()).toEqual(['bakery', 'garage']);
    expect(world.log.fieldsOf('a tenant could not be polled')).toMatchObject([{ tenantId: 'florist' }]);
  });

  it('gives a tenant back whose poll threw at once, and later and later when it throws again', async () => {
    const world = await aWorld();
    world.access.breaks('bakery');
    const { round } = createWork(world.ports);
    const moments: number[] = [];
    for (const end = world.clock.now() + ms('20m'); world.clock.now() < end; await world.clock.advance(ms('1s'))) {
      const { errors } = await round('due');
      if (errors > 0) moments.push(world.clock.now());
    }
    const waits = moments.slice(1).map((at, index) => (at - (moments[index] ?? 0)) / 1000);
    expect(waits).toEqual([1, 10, 20, 40, 80, 160, 320]);

    expect((await world.restarted().poll()).polled).toBe(0);
    await world.clock.advance(ms('10m'));
    expect((await world.restarted().poll()).polled).toBe(1);
  });

  it.each([1, 8])('stores the others when the result of one cannot be stored, %i at once', async (pollConcurrency) => {
    const tenants = manyTenants(30);
    const world = await aWorld({ tenants, pollConcurrency });
    const records = failingRecords(world.store.records, (ids) => ids.includes('tenant-007'));

    expect(await world.poll({}, { records })).toMatchObject({ polled: 29, errors: 1 });

    expect(storedPolls(world)).toEqual(tenants.filter((id) => id !== 'tenant-007'));
    expect(world.log.fieldsOf('a poll could not be stored')).toMatchObject([{ tenantId: 'tenant-007' }]);
  });

  it.each(['0 0 30 2 *', 'hourly', ''])(
    'polls one whose schedule cannot be read (%j) as all others',
    async (schedule) => {
      const log = collectingLog();
      const except = { florist: { schedule } };
      const world = await aWorld({ tenants: ['bakery', 'florist'], except, planRegularPoll: planBy('0 * * * *', log) });

      expect(await world.poll()).toMatchObject({ polled: 2, errors: 0 });

      const { tenants } = world.store.memory.state;
      expect(tenants.get('florist')?.tenant.nextPollAt).toBe(tenants.get('bakery')?.tenant.nextPollAt);
      expect(log.entries).toMatchObject([{ level: 'warn', fields: { tenantId: 'florist', schedule } }]);
    },
  );

  it('ends at once when it is stopped while a tenant waits out a throttle, and stores that', async () => {
    const world = await aWorld();
    world.constantContact.fails('bakery', 'throttled', { retryAfterMs: 9_000 });
    const stop = new AbortController();
    const round = world.poll({ signal: stop.signal });
    await settled();
    expect(world.clock.sleepers()).toBe(1);

    stop.abort();

    expect(await round).toMatchObject({ polled: 1, failed: 1, errors: 0 });
    expect(failing(world)).toEqual({ bakery: 'throttled' });
    expect(world.constantContact.requests).toHaveLength(1);
  });

  it('counts nobody as an error who was removed while being asked', async () => {
    const world = await aWorld({ tenants: ['bakery', 'florist'] });
    const release = world.constantContact.holds('florist');
    const round = world.poll();
    await settled();

    await world.store.tenants.erase('florist');
    release();

    expect(await round).toMatchObject({ polled: 1, failed: 0, skipped: 0, errors: 0 });
    expect(world.log.messages('error')).toEqual([]);
  });

  it('stores the others when the round stumbles over its next claim', async () => {
    const world = await aWorld({ tenants: manyTenants(120), pollConcurrency: 4 });
    const release = world.constantContact.holds('tenant-050');
    let claims = 0;
    const round = world.poll(
      {},
      {
        polls: {
          ...world.store.polls,
          claimDueTenants: async (claim) => {
            claims += 1;
            // After a page, and those in doubt.
            if (claims > 2) throw new Error('the store cannot be reached');
            return await world.store.polls.claimDueTenants(claim);
          },
        },
      },
    );
    let isOver = false;
    const outcome = round.catch((error: Error) => error.message).finally(() => (isOver = true));
    await settled();
    expect(isOver).toBe(false);
    release();

    expect(await outcome).toBe('the store cannot be reached');
    expect(storedPolls(world)).toHaveLength(100);
  });

  it('loses no more than one tenant when a request could not be counted', async () => {
    const world = await aWorld({ tenants: manyTenants(10), pollConcurrency: 1 });
    let calls = 0;
    const quota = {
      ...world.store.quota,
      reserve: async () => {
        calls += 1;
        if (calls === 3) throw new Error('the store cannot be reached');
        return 1;
      },
    };

    const { polled } = await world.poll({}, { quota });

    expect(polled).toBe(9);
    expect(world.log.messages('error')).toEqual(['a tenant could not be polled']);
  });
});

describe('Polls in flight', () => {
  it('are never more than allowed', async () => {
    const world = await aWorld({ tenants: manyTenants(60), pollConcurrency: 7 });
    const release = world.constantContact.holds();

    const round = world.poll();
    await settled();
    expect(world.constantContact.inFlight()).toBe(7);
    release();

    expect((await round).polled).toBe(60);
    expect(world.constantContact.mostInFlight()).toBe(7);
  });

  it('go on while one tenant hangs, far beyond its own batch', async () => {
    const world = await aWorld({ tenants: manyTenants(250), pollConcurrency: 3 });
    const release = world.constantContact.holds('tenant-001');

    const round = world.poll();
    await settled();
    expect(world.constantContact.asked()).toHaveLength(250);
    expect(storedPolls(world)).toHaveLength(249);

    release();
    expect((await round).polled).toBe(250);
  });

  it('fill every place while some of them hang', async () => {
    const world = await aWorld({ tenants: manyTenants(20), pollConcurrency: 5 });
    const releases = ['tenant-002', 'tenant-004', 'tenant-006'].map((id) => world.constantContact.holds(id));

    const round = world.poll();
    await settled();
    expect(world.constantContact.inFlight()).toBe(3);
    expect(storedPolls(world)).toHaveLength(17);

    for (const release of releases) release();
    expect((await round).polled).toBe(20);
  });
});

describe('A round that is stopped', () => {
  it('begins nothing new and stores what is in flight', async () => {
    const world = await aWorld({ tenants: manyTenants(20), pollConcurrency: 2 });
    const releases = ['tenant-005', 'tenant-006'].map((id) => world.constantContact.holds(id));
    const stop = new AbortController();

    const round = world.poll({ signal: stop.signal });
    await settled();
    expect(world.constantContact.inFlight()).toBe(2);
    stop.abort();
    for (const release of releases) release();

    expect((await round).polled).toBe(6);
    expect(storedPolls(world)).toEqual(manyTenants(6));
    expect(world.constantContact.asked()).toHaveLength(6);
  });

  it('asks nobody when it was stopped before it began', async () => {
    const world = await aWorld({ tenants: manyTenants(5) });

    const { polled } = await world.poll({ signal: AbortSignal.abort() });

    expect(polled).toBe(0);
    expect(world.constantContact.asked()).toEqual([]);
  });

  it('gives the tenants that it had claimed to whoever asks next, and its requests', async () => {
    const world = await aWorld({ tenants: manyTenants(5), pollConcurrency: 2 });
    const releases = ['tenant-001', 'tenant-002'].map((id) => world.constantContact.holds(id));
    const stop = new AbortController();
    const round = world.poll({ signal: stop.signal });
    await settled();
    stop.abort();
    for (const release of releases) release();
    await round;

    expect((await world.restarted().poll()).polled).toBe(3);
    expect((await world.requests.today(world.clock.now())).used).toBe(5);
  });
});

function storedPolls({ store }: World): readonly string[] {
  return [...store.memory.state.polls.values()].map(({ tenantId }) => tenantId).toSorted();
}

function failing({ store }: World): Record<string, string | undefined> {
  const tenants = [...store.memory.state.tenants.values()].map(({ tenant }) => tenant);
  return Object.fromEntries(tenants.map(({ id, failing }) => [id, failing?.kind]));
}
