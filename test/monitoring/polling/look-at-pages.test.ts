import { describe, expect, it } from '@jest/globals';
import { failureOf } from '../../../src/domain/model/poll.ts';
import { requestsLeft } from '../../../src/domain/polling/requests-today.ts';
import { anObservedConnection } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { upstreamsBut } from '../../support/use-case-upstreams.ts';
import { aWorld, manyTenants, type World } from '../../support/use-case-world.ts';

const identity = { network: 'facebook', accountId: '1' };
const fine = anObservedConnection(identity);
const broken = anObservedConnection({ ...identity, tokenIsValid: false });
const lost = { network: 'facebook', accountIds: ['1'], name: 'Catering', isAccessible: false };

describe('the second witness', () => {
  it('is asked with the first poll and once a day then, as long as nothing is in doubt', async () => {
    const world = await aWorld({ tenant: { pagesAskedAt: null } });
    await world.live(ms('3d1h'));
    expect(world.constantContact.askedForPages).toHaveLength(4);
  });

  it('is asked once per suspicion, with the poll that could make it certain', async () => {
    const world = await aWorld();
    world.constantContact.shows('bakery', broken);
    await world.poll();
    expect(world.constantContact.askedForPages).toEqual([]);
    await world.live(ms('12h'));
    expect(world.constantContact.askedForPages).toHaveLength(1);
    expect(incident(world)).toMatchObject({ state: 'open', action: 'reconnect' });
  });

  it.each(['forbidden', 'client', 'unauthorized', 'timeout', 'invalid_response', 'quota_exceeded'] as const)(
    'changes nothing by a failure: %s',
    async (kind) => {
      const world = await aWorld({ tenant: { pagesAskedAt: null } });
      world.constantContact.shows('bakery', broken);
      world.constantContact.failsToShowPages('bakery', kind);
      expect(await world.poll()).toMatchObject({ polled: 1, failed: 0, errors: 0 });
      expect(incident(world)).toMatchObject({ state: 'suspected', conditions: ['token_invalid'] });
      expect(tenantOf(world)).toMatchObject({ state: 'active', failing: null, pagesAskedAt: world.clock.now() });
    },
  );

  it('costs no poll when the look itself breaks', async () => {
    const world = await aWorld({ tenant: { pagesAskedAt: null } });
    const forTurn = { askedPerDay: 24, stretch: 1 };
    const answers = [async () => forTurn, () => Promise.reject(new Error('the database is busy'))];
    const readDemand = () => answers.shift()?.() ?? Promise.resolve(forTurn);
    expect(await world.poll({}, { readDemand })).toMatchObject({ polled: 1, failed: 0, errors: 0 });
    expect(tenantOf(world)).toMatchObject({ pagesAskedAt: null });
  });

  it('is not asked by a process that ends, whose poll counts all the same', async () => {
    const world = await aWorld({ tenant: { pagesAskedAt: null } });
    const stop = new AbortController();
    const fetchProfiles = async () => {
      stop.abort();
      throw stop.signal.reason;
    };
    const upstreams = upstreamsBut(world.ports.upstreams, { fetchProfiles });
    expect(await world.poll({ signal: stop.signal }, { upstreams })).toMatchObject({ polled: 1, failed: 0 });
    expect(tenantOf(world)).toMatchObject({ lastPolledAt: world.clock.now(), pagesAskedAt: null });
  });

  it('leaves every poll of the day its request', async () => {
    const tenants = manyTenants(10);
    // At noon 240 polls a day leave 120 until midnight; ten of them are sent now.
    const quota = { perDay: 135, reserveShare: 0 };
    const world = await aWorld({ tenants, tenant: { pagesAskedAt: null }, quota, pollConcurrency: 1 });
    await world.poll();
    const asked = world.constantContact.askedForPages.length;
    expect(asked).toBeGreaterThan(0);
    expect(requestsLeft(await world.requests.today(world.clock.now()))).toBe(135 - 10 - asked);
    await world.live(ms('11h59m'));
    expect(world.constantContact.asked()).toHaveLength(10 * 12);
  });

  it('says so when Constant Contact has no request left for anybody', async () => {
    const world = await aWorld({ tenant: { pagesAskedAt: null }, quota: { perDay: 1000, reserveShare: 0.1 } });
    const failure = failureOf('quota_exceeded', 'Limit Exceeded');
    const fetchProfiles = async () => ({ ok: false, failure }) as const;
    await world.poll({}, { upstreams: upstreamsBut(world.ports.upstreams, { fetchProfiles }) });
    expect(requestsLeft(await world.requests.today(world.clock.now()))).toBe(0);
  });
});

describe('a lost page', () => {
  it('is believed after two looks RECHECK_AFTER apart, however often somebody polls between', async () => {
    const world = await aWorld({ tenant: { pagesAskedAt: null } });
    world.constantContact.shows('bakery', fine);
    world.constantContact.showsPages('bakery', lost);
    await world.poll();
    for (let polls = 0; polls < 3; polls += 1) {
      await world.clock.advance(ms('1m'));
      await world.poll({ scope: ['bakery'] });
    }
    expect(incident(world)).toMatchObject({ state: 'suspected', conditions: ['page_unreachable'] });
    await world.clock.advance(ms('12m'));
    await world.poll({ scope: ['bakery'] });
    expect(incident(world)).toMatchObject({ state: 'open', action: 'choose_profile' });
  });

  it('is no page that somebody took off the account, or of another account', async () => {
    const world = await aWorld({ tenant: { pagesAskedAt: null } });
    world.constantContact.shows('bakery', fine);
    world.constantContact.showsPages('bakery', { ...lost, accountIds: ['2'] }, { ...lost, network: 'instagram' });
    await world.poll();
    expect(incident(world)).toBeUndefined();
  });
});

function incident({ store }: World) {
  return [...store.memory.state.incidents.values()].at(0);
}

function tenantOf({ store }: World) {
  return store.memory.state.tenants.get('bakery')?.tenant;
}
