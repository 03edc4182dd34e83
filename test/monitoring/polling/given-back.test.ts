import { describe, expect, it } from '@jest/globals';
import type { ApplicationPorts } from '../../../src/monitoring/create-application.ts';
import { OutdatedProgram } from '../../../src/monitoring/outdated-program.ts';
import { StoreUnavailable } from '../../../src/monitoring/store-unavailable.ts';
import { ms } from '../../support/domain-time.ts';
import { settled } from '../../support/use-case-clock.ts';
import { aWorld, manyTenants, type World } from '../../support/use-case-world.ts';

const tenants = manyTenants(30);
const quota = { perDay: 1_000, reserveShare: 0 };

describe('A store that goes away in the midst of a round and comes back', () => {
  it.each([
    ['before the tenants are claimed', ['polls'], 'at the start'],
    ['when the answer to the claim is lost', ['answer'], 'at the start'],
    ['before a request of the day is taken', ['quota'], 'at the start'],
    ['before the holds are read', ['holds'], 'midway'],
    ['before the polls are stored', ['records'], 'midway'],
    ['before the polls are stored, the claims given back, and the requests', ['records', 'polls', 'quota'], 'midway'],
  ])('%s: every tenant is asked as soon as it is back, and no request is lost', async (_, broken, moment) => {
    const world = await aWorld({ tenants, quota, pollConcurrency: 4 });
    const store = aFailingStore(world, broken);
    const releases = ['tenant-011', 'tenant-012', 'tenant-013', 'tenant-014'].map((id) =>
      world.constantContact.holds(id),
    );

    if (moment === 'at the start') store.fails();
    const round = store.round();
    await settled();
    store.fails();
    for (const release of releases) release();
    await round.catch((error: unknown) => expect(error).toBeInstanceOf(StoreUnavailable));
    expect(polled(world).size).toBe(moment === 'midway' ? 10 : 0);
    await world.clock.advance(ms('30s'));
    store.works();
    await world.clock.advance(ms('1s'));

    await world.restarted().poll();
    expect(polled(world).size).toBe(tenants.length);
    const { used } = await world.requests.today(world.clock.now());
    expect(used).toBe(world.constantContact.requests.length);
  });

  it.each([
    ['is away', away],
    ['has become a newer program’s', () => new OutdatedProgram('it needs another one')],
  ])('ends the round when it %s, and is told once', async (_, down) => {
    const world = await aWorld({ tenants, quota, pollConcurrency: 1 });
    const store = aFailingStore(world, ['records'], down);
    const release = world.constantContact.holds('tenant-010');
    store.fails();
    const round = store.round();
    await settled();
    release();

    expect(await round).toMatchObject({ errors: 30, polled: 0, skipped: 0 });
    expect(world.constantContact.requests).toHaveLength(10);
    expect(world.log.messages('error')).toHaveLength(1);
  });
});

/** Whose polls are stored. */
function polled({ store }: World): ReadonlySet<string> {
  return new Set([...store.memory.state.polls.values()].map(({ tenantId }) => tenantId));
}

function away(mayBeDone: boolean): Error {
  return new StoreUnavailable('away', 'away', { hint: '', cause: null, mayBeDone });
}

/** The named ports answer with an error while the store fails. */
function aFailingStore(world: World, broken: readonly string[], down = away) {
  let isDown = false;
  const failing = <Port extends object>(port: Port, isLostAfter = false): Port =>
    new Proxy(port, {
      get(target, name, receiver) {
        const method: unknown = Reflect.get(target, name, receiver);
        if (typeof method !== 'function') return method;
        return async (...args: readonly unknown[]) => {
          if (isDown && !isLostAfter) throw down(false);
          const answer: unknown = await method.apply(target, args);
          if (isDown) throw down(true);
          return answer;
        };
      },
    });
  const { polls, quota: days, records, holds } = world.store;
  const ports: Partial<ApplicationPorts> = {
    ...(broken.includes('polls') && { polls: failing(polls) }),
    ...(broken.includes('answer') && { polls: failing(polls, true) }),
    ...(broken.includes('quota') && { quota: failing(days) }),
    ...(broken.includes('records') && { records: failing(records) }),
    ...(broken.includes('holds') && { holds: failing(holds) }),
  };
  return {
    round: () => world.poll({}, ports),
    fails: () => {
      isDown = true;
    },
    works: () => {
      isDown = false;
    },
  };
}
