import { describe, expect, it } from '@jest/globals';
import { anObservedConnection } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { setTenant } from '../../support/store-records.ts';
import { settled } from '../../support/use-case-clock.ts';
import { aWorld, manyTenants } from '../../support/use-case-world.ts';

const broken = anObservedConnection({ tokenIsValid: false });

describe('Who is asked', () => {
  it('asks each tenant once, though it comes due again during the round', async () => {
    const world = await aWorld({ tenants: manyTenants(130), pollConcurrency: 1 });
    for (const id of manyTenants(130)) world.constantContact.fails(id, 'forbidden');
    const release = world.constantContact.holds('tenant-099');

    const round = world.poll();
    await world.clock.advance(ms('20m'));
    release();
    await round;

    // The claim of the last one of the first page has run out meanwhile: it is left to the next round.
    expect(world.constantContact.asked()).toEqual(manyTenants(130).filter((id) => id !== 'tenant-100'));
    await world.poll();
    expect(world.constantContact.asked()).toContain('tenant-100');
  });

  it('asks a tenant that comes due during the round in the next one', async () => {
    const world = await aWorld({ tenants: ['bakery', 'florist'], pollConcurrency: 2 });
    await setTenant(world.store, 'florist', { nextPollAt: world.clock.now() + ms('1m') });
    const release = world.constantContact.holds('bakery');

    const round = world.poll();
    await world.clock.advance(ms('2m'));
    release();

    expect((await round).polled).toBe(1);
    expect((await world.poll()).polled).toBe(1);
    expect(world.constantContact.asked()).toEqual(['bakery', 'florist']);
  });

  it('asks those longest overdue first', async () => {
    const world = await aWorld({ tenants: ['bakery', 'florist', 'garage'], pollConcurrency: 1 });
    await setTenant(world.store, 'garage', { nextPollAt: world.clock.now() - ms('1h') });

    await world.poll();

    expect(world.constantContact.asked()).toEqual(['garage', 'bakery', 'florist']);
  });

  it('claims a tenant for ten minutes from the claim on, however long the round has lasted by then', async () => {
    const world = await aWorld({ tenants: manyTenants(101), pollConcurrency: 1 });
    const releaseFirst = world.constantContact.holds('tenant-001');
    const releaseLast = world.constantContact.holds('tenant-101');

    const round = world.poll();
    await world.clock.advance(ms('15m'));
    releaseFirst();
    await world.clock.advance(ms('9m'));
    const other = await world.restarted().poll();

    expect(other.polled).toBe(99);
    releaseLast();
    expect((await round).polled).toBe(2);
    expect(world.constantContact.asked().toSorted()).toEqual(manyTenants(101));
  });

  it('asks each of two processes at once for their own tenants', async () => {
    const world = await aWorld({ tenants: manyTenants(150) });

    const [first, second] = await Promise.all([world.poll(), world.restarted().poll()]);

    expect(first.polled + second.polled).toBe(150);
    expect(world.constantContact.asked().toSorted()).toEqual(manyTenants(150));
  });

  it('asks all that may be polled, due or not, when none is named', async () => {
    const world = await aWorld({ tenants: ['bakery', 'florist', 'garage'] });
    await world.poll();
    await setTenant(world.store, 'florist', { state: 'paused', nextPollAt: null });
    await world.clock.advance(ms('1m'));

    await world.poll({ scope: 'all' });

    expect(world.constantContact.asked().slice(3)).toEqual(['bakery', 'garage']);
  });

  it('asks a tenant once that is named twice, and nobody for a name that is unknown', async () => {
    const world = await aWorld({ tenants: ['bakery', 'florist'] });

    const { polled } = await world.poll({ scope: ['florist', 'nobody', 'florist'] });

    expect(polled).toBe(1);
    expect(world.constantContact.asked()).toEqual(['florist']);
  });
});

describe('The summary of a round', () => {
  it('counts the polls, names what changed and what failed', async () => {
    const world = await aWorld({ tenants: ['bakery', 'florist', 'garage'], pollConcurrency: 1 });
    await world.poll();
    await world.clock.advance(ms('1h'));
    world.constantContact.shows('bakery', broken);
    world.constantContact.fails('florist', 'dns');

    expect(await world.poll()).toMatchObject({
      polled: 3,
      failed: 1,
      changes: [{ tenantId: 'bakery', tenantName: 'bakery', from: 'healthy', to: 'broken', reason: 'broke' }],
      failures: [{ tenantId: 'florist', tenantName: 'florist', kind: 'dns', detail: 'dns while asking' }],
      incidents: { opened: 1, closed: 0 },
    });
  });

  it('tells how far it is, and how many there are when that is known', async () => {
    const world = await aWorld({ tenants: ['bakery', 'florist'] });
    const release = world.constantContact.holds('florist');
    const progress: unknown[] = [];

    const round = world.poll({ scope: 'all', onPoll: (step) => progress.push(step) });
    await settled();
    expect(progress).toEqual([{ polled: 1, total: 2 }]);

    release();
    await round;
    expect(progress).toEqual([
      { polled: 1, total: 2 },
      { polled: 2, total: 2 },
    ]);
  });

  it('is one line in the log, and none at the usual level when nobody was due', async () => {
    const world = await aWorld();

    await world.poll();
    await world.poll();

    expect(world.log.fieldsOf('round finished')).toMatchObject([{ polled: 1, failed: 0 }, { polled: 0 }]);
    expect(world.log.messages('info')).toEqual(['round finished']);
  });
});
