import { describe, expect, it } from '@jest/globals';
import { anObservedConnection } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { aWorld, type World } from '../../support/use-case-world.ts';

const scopes = ['offline_access', 'account_read', 'campaign_data'];

/** A tenant that worked, and is refused from now on. */
async function aRefusedWorld(): Promise<World> {
  const world = await aWorld();
  world.constantContact.shows('bakery', anObservedConnection());
  await world.poll();
  world.access.hasScopes('bakery', ...scopes);
  world.constantContact.fails('bakery', 'forbidden');
  await world.clock.advance(ms('1h'));
  return world;
}

describe('a 403', () => {
  it('makes Linkwatch ask once which privileges the user has, and once a day while it lasts', async () => {
    const world = await aRefusedWorld();
    world.constantContact.hasPrivileges('bakery', 'campaign:create');
    await world.live(ms('20h'));
    expect(world.constantContact.askedForPrivileges).toHaveLength(1);
    expect(tenantOf(world)).toMatchObject({ state: 'access_denied', failing: { kind: 'missing_privilege' } });
    await world.live(ms('10h'));
    expect(world.constantContact.askedForPrivileges).toHaveLength(2);
  });

  it('is asked about anew when it begins again', async () => {
    const world = await aRefusedWorld();
    world.constantContact.hasPrivileges('bakery');
    await world.live(ms('2h'));
    world.constantContact.shows('bakery', anObservedConnection());
    await world.live(ms('2h'));
    world.constantContact.fails('bakery', 'forbidden');
    await world.live(ms('2h'));
    expect(world.constantContact.askedForPrivileges).toHaveLength(2);
  });

  it('needs no question where the permission lacks the scope, and ends the polls once that is certain', async () => {
    const world = await aRefusedWorld();
    world.access.hasScopes('bakery', 'offline_access', 'account_read');
    await world.live(ms('2h'));
    expect(world.constantContact.askedForPrivileges).toEqual([]);
    const tenant = tenantOf(world);
    expect(tenant).toMatchObject({ state: 'reauthorize', nextPollAt: null, failing: { kind: 'missing_scope' } });
  });

  it('of which nothing is missing is no owner’s matter, and is not asked about more often than the schedule says', async () => {
    const world = await aRefusedWorld();
    world.constantContact.hasPrivileges('bakery', 'campaign:read');
    const before = world.constantContact.requests.length;
    await world.live(ms('3h'));
    expect(tenantOf(world)).toMatchObject({ state: 'active', failing: { kind: 'application_deactivated' } });
    expect(world.constantContact.requests.length - before).toBe(4);
    expect(world.mailer.taken.map(({ mail }) => mail.to)).toEqual([world.ports.operatorEmail]);
  });

  it('stays unexplained where the answer says nothing, and is told in the words for that', async () => {
    const world = await aRefusedWorld();
    await world.live(ms('3h'));
    expect(world.constantContact.askedForPrivileges).toHaveLength(1);
    expect(tenantOf(world)).toMatchObject({ state: 'access_denied', failing: { kind: 'forbidden' } });
  });

  it('is not asked about with a request that a poll needs', async () => {
    const world = await aRefusedWorld();
    const quota = {
      ...world.store.quota,
      today: async () => ({ used: 90, limit: 100, forPolls: 90, isExhausted: true }),
    };
    expect(await world.poll({ scope: ['bakery'] }, { quota })).toMatchObject({ polled: 1, failed: 1, errors: 0 });
    expect(world.constantContact.askedForPrivileges).toEqual([]);
    expect(tenantOf(world)).toMatchObject({ failing: { kind: 'forbidden' }, privilegesAskedAt: null });
  });

  it('costs no poll when the question itself breaks', async () => {
    const world = await aRefusedWorld();
    const polls = { ...world.store.polls, refusal: () => Promise.reject(new Error('the database is busy')) };
    expect(await world.poll({ scope: ['bakery'] }, { polls })).toMatchObject({ polled: 1, failed: 1, errors: 0 });
    expect(tenantOf(world)).toMatchObject({ failing: { kind: 'forbidden' } });
  });
});

function tenantOf({ store }: World) {
  return store.memory.state.tenants.get('bakery')?.tenant;
}
