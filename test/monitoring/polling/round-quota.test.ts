import { describe, expect, it } from '@jest/globals';
import { requestsLeft } from '../../../src/domain/polling/requests-today.ts';
import { anObservedConnection } from '../../support/builders.ts';
import { ms, utc } from '../../support/domain-time.ts';
import { settled } from '../../support/use-case-clock.ts';
import { aWorld, manyTenants, type World } from '../../support/use-case-world.ts';

const broken = anObservedConnection({ tokenIsValid: false });

describe('The requests of a day', () => {
  it('are never exceeded, however many tenants are due and how often a request must be repeated', async () => {
    const world = await aWorld({
      tenants: manyTenants(150),
      quota: { perDay: 60, reserveShare: 0 },
      pollConcurrency: 16,
    });
    for (const id of manyTenants(150)) world.constantContact.failsOnce(id, 'unauthorized');

    await world.poll();

    expect(world.constantContact.requests).toHaveLength(60);
    expect(await left(world)).toBe(0);
  });

  it('are no reason to tell an owner that we lost access, when the second try has none left', async () => {
    const world = await aWorld({ quota: { perDay: 3, reserveShare: 0 } });
    world.constantContact.fails('bakery', 'unauthorized');

    await world.live(ms('2h'));
    expect(world.constantContact.requests).toHaveLength(3);

    const { incidents } = world.store.memory.state;
    expect([...incidents.values()].filter(({ state }) => state !== 'suspected')).toEqual([]);
  });

  it('end the round when they are used up, and the rest is asked the next day', async () => {
    const world = await aWorld({ tenants: manyTenants(10), quota: { perDay: 4, reserveShare: 0 } });

    expect(await world.poll()).toMatchObject({ polled: 4, skipped: 6 });
    await world.clock.advance(ms('30m'));
    expect(await world.poll()).toMatchObject({ polled: 0, skipped: 6 });

    await world.clock.advance(ms('12h'));
    expect((await world.poll()).polled).toBe(4);
  });

  it('are used up when Constant Contact says so, whatever our own count', async () => {
    const world = await aWorld({
      tenants: manyTenants(50),
      quota: { perDay: 1000, reserveShare: 0.1 },
      pollConcurrency: 1,
    });
    world.constantContact.fails('tenant-003', 'quota_exceeded');

    const { polled, failed, skipped } = await world.poll();

    expect({ polled, failed, skipped }).toEqual({ polled: 3, failed: 1, skipped: 47 });
    expect(await left(world)).toBe(0);
    expect((await world.restarted().poll()).polled).toBe(0);
  });

  it('claim nobody further once they are used up', async () => {
    const world = await aWorld({ tenants: manyTenants(150), quota: { perDay: 1000, reserveShare: 0 } });
    world.constantContact.fails('tenant-003', 'quota_exceeded');

    await world.poll();

    expect(dueNow(world)).toEqual(manyTenants(150).slice(100));
  });

  it('stay used up when more were being reserved at that moment', async () => {
    const world = await aWorld({
      tenants: manyTenants(60),
      quota: { perDay: 1000, reserveShare: 0 },
      pollConcurrency: 2,
    });
    world.constantContact.fails('tenant-001', 'quota_exceeded');
    const releaseFirst = world.constantContact.holds('tenant-001');
    const { promise: stalled, resolve: goOn } = Promise.withResolvers<void>();
    let reservations = 0;
    const quota: World['store']['quota'] = {
      ...world.store.quota,
      reserve: async (of, request) => {
        const granted = await world.store.quota.reserve(of, request);
        reservations += 1;
        if (reservations === 2) await stalled;
        return granted;
      },
    };

    const round = world.poll({}, { quota });
    await settled();
    const askedBefore = world.constantContact.requests.length;
    releaseFirst();
    await settled();
    goOn();
    await round;

    expect(world.constantContact.requests).toHaveLength(askedBefore);
  });

  it('are counted one by one: rounds of a few tenants waste none', async () => {
    const world = await aWorld({ tenants: manyTenants(3), quota: { perDay: 1000, reserveShare: 0 } });

    await world.poll();

    expect(await left(world)).toBe(997);
  });

  it('are reserved by the handful in a round of many', async () => {
    const world = await aWorld({ tenants: manyTenants(253), quota: { perDay: 1000, reserveShare: 0 } });
    let reservations = 0;
    const quota: World['store']['quota'] = {
      ...world.store.quota,
      reserve: async (of, request) => {
        reservations += 1;
        return await world.store.quota.reserve(of, request);
      },
    };

    await world.poll({}, { quota });

    expect(reservations).toBeLessThanOrEqual(253 / 25 + 3);
    expect(await left(world)).toBe(747);
  });
});

describe('The reserve for re-checks', () => {
  it('is not touched by regular polls', async () => {
    const world = await aWorld({
      tenants: manyTenants(20),
      quota: { perDay: 10, reserveShare: 0.3 },
      startsAt: utc('2026-01-15 00:00'),
    });

    expect((await world.poll()).polled).toBe(7);
    expect(await left(world)).toBe(3);
  });

  it('is there for the tenants somebody names', async () => {
    const world = await aWorld({
      tenants: manyTenants(20),
      quota: { perDay: 10, reserveShare: 0.3 },
      startsAt: utc('2026-01-15 00:00'),
    });
    await world.poll();

    const named = await world.poll({ scope: manyTenants(5) });

    expect(named).toMatchObject({ polled: 3, skipped: 2 });
    expect(await left(world)).toBe(0);
  });

  it('is not there for all of them at once', async () => {
    const world = await aWorld({
      tenants: manyTenants(20),
      quota: { perDay: 10, reserveShare: 0.3 },
      startsAt: utc('2026-01-15 00:00'),
    });
    await world.poll();

    expect((await world.poll({ scope: 'all' })).polled).toBe(0);
  });

  it('makes a suspect certain when regular polls have used up their share', async () => {
    const tenants = manyTenants(8);
    const quota = { perDay: 10, reserveShare: 0.2 };
    const world = await aWorld({ tenants, quota, pollConcurrency: 1, startsAt: utc('2026-01-15 00:00') });
    world.constantContact.shows('tenant-008', broken);
    await world.poll();
    expect(await left(world)).toBe(2);

    await world.clock.advance(ms('1h'));
    const { polled } = await world.poll();

    expect(polled).toBe(1);
    expect(world.constantContact.asked().at(-1)).toBe('tenant-008');
    expect(await left(world)).toBe(1);
    expect([...world.store.memory.state.incidents.values()]).toMatchObject([{ state: 'open' }]);
  });

  it('is not spent on what is certain already', async () => {
    const world = await aWorld({ quota: { perDay: 10, reserveShare: 0.8 }, startsAt: utc('2026-01-15 00:00') });
    world.constantContact.shows('bakery', broken);
    await world.live(ms('20m'));
    expect([...world.store.memory.state.incidents.values()]).toMatchObject([{ state: 'open' }]);
    expect(await left(world)).toBe(7);

    await world.live(ms('2h'));

    expect(await left(world)).toBe(7);
  });

  it('claims nobody further once it is used up as well', async () => {
    const world = await aWorld({ tenants: manyTenants(150), quota: { perDay: 150, reserveShare: 0 } });
    world.constantContact.shows('tenant-001', broken);
    await world.poll();

    await world.clock.advance(ms('1h'));
    await world.poll();

    expect(dueNow(world)).toEqual(manyTenants(150).slice(100));
  });

  it('ends the round when it is used up as well', async () => {
    const tenants = manyTenants(9);
    const world = await aWorld({ tenants, quota: { perDay: 10, reserveShare: 0.1 }, pollConcurrency: 1 });
    for (const id of tenants) world.constantContact.shows(id, broken);
    await world.poll();

    await world.clock.advance(ms('1h'));

    expect((await world.poll()).polled).toBe(1);
    expect(await left(world)).toBe(0);
  });
});

/** Due, and claimed by nobody. */
function dueNow({ store, clock }: World): readonly string[] {
  const tenants = [...store.memory.state.tenants.values()].map(({ tenant }) => tenant);
  const isFree = (id: string) => (store.memory.state.pollLeases.get(id)?.until ?? clock.now()) <= clock.now();
  return tenants
    .filter(({ id, nextPollAt }) => nextPollAt !== null && nextPollAt <= clock.now() && isFree(id))
    .map(({ id }) => id);
}

async function left({ requests, clock }: World): Promise<number> {
  return requestsLeft(await requests.today(clock.now()));
}
