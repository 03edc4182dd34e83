import { describe, expect, it } from '@jest/globals';
import type { PollFailureKind } from '../../../src/domain/model/poll.ts';
import { failureOf } from '../../../src/domain/model/poll.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import { refreshIdle } from '../../../src/monitoring/polling/refresh-idle.ts';
import { createAccessWorld, expired, TENANT } from '../../support/use-case-access.ts';
import { collectingLog } from '../../support/use-case-log.ts';

describe('a grant that no poll uses', () => {
  it('is refreshed before its refresh token dies of that, while its tenant is paused', async () => {
    const world = createAccessWorld();
    world.tenantIs('paused');
    const access = world.process();
    const run = () => world.clock.run(refreshIdle({ ...world, access }));
    await run();
    expect(world.endpoint.refreshes).toEqual(['refresh-0']);
    await world.clock.advance(89 * DAY_MS);
    await run();
    expect(world.endpoint.refreshes).toHaveLength(1);
    await world.clock.advance(DAY_MS);
    await run();
    await run();
    expect(world.endpoint.refreshes).toEqual(['refresh-0', 'refresh-1']);
    expect(world.tenant()?.state).toBe('paused');
  });

  it.each(['reauthorize', 'unconnected'] as const)('is left alone while its tenant is %s', async (state) => {
    const world = createAccessWorld(expired);
    world.tenantIs(state);
    await world.clock.run(refreshIdle({ ...world, access: world.process() }));
    expect(world.endpoint.refreshes).toEqual([]);
  });

  it('is not presented again once it was refused', async () => {
    const world = createAccessWorld();
    world.tenantIs('paused');
    world.endpoint.failNext('invalid_grant');
    for (let run = 0; run < 3; run += 1) {
      await world.clock.run(refreshIdle({ ...world, access: world.process() }));
    }
    expect(world.endpoint.refreshes).toHaveLength(1);
  });

  it.each([
    ['the token endpoint does not work', 'server', 3],
    ['the process stops', 'stopping', 1],
  ] as const)('is left for later when %s', async (_, failure, asked) => {
    const tried: string[] = [];
    const access = {
      keepAlive: async (tenantId: string) => {
        tried.push(tenantId);
        const why = failure === 'stopping' ? failure : failureOf(failure, 'no');
        return { ok: false, failure: why } as const;
      },
    };
    const grants = { idle: async () => ['a', 'b', 'c', 'd', 'e'] };
    await refreshIdle({ grants, access, clock: createAccessWorld().clock, log: collectingLog() });
    expect(tried).toHaveLength(asked);
  });
});

describe('refreshes that fail in a row', () => {
  async function failing(kind: PollFailureKind, pauses: readonly number[]) {
    const world = createAccessWorld(expired);
    const outcomes: string[] = [];
    for (const ms of [0, ...pauses]) {
      await world.clock.advance(ms);
      world.endpoint.failNext(kind);
      outcomes.push(await world.ask());
    }
    return { world, outcomes };
  }

  it.each<[string, readonly number[], PollFailureKind]>([
    ['five times within a day pass by themselves', Array(4).fill(5 * HOUR_MS), 'server'],
    ['four times in a week do so too', Array(3).fill(2 * DAY_MS), 'server'],
    ['five times over a day are told of the tenant', Array(4).fill(6 * HOUR_MS), 'refresh_failed'],
  ])('%s', async (_, pauses, last) => {
    const { outcomes } = await failing('server', pauses);
    expect(outcomes.slice(0, -1)).toEqual(Array(pauses.length).fill('server'));
    expect(outcomes.at(-1)).toBe(last);
  });

  it('are forgotten with the first that succeeds', async () => {
    const { world } = await failing('client', Array(4).fill(6 * HOUR_MS));
    expect(await world.ask()).toBe('access-1');
    await world.clock.advance(DAY_MS);
    world.endpoint.failNext('client');
    expect(await world.ask()).toBe('client');
  });

  it.each<PollFailureKind>(['invalid_grant', 'invalid_client'])('keep the name of their cause: %s', async (kind) => {
    const { outcomes } = await failing(kind, Array(5).fill(DAY_MS));
    expect(new Set(outcomes)).toEqual(new Set([kind]));
  });

  it('fail as they are where they cannot be counted', async () => {
    const world = createAccessWorld(expired);
    const noteFailure = () => Promise.reject(new Error('the database is away'));
    world.endpoint.failNext('server');
    expect(await world.outcomeOf(world.process({ noteFailure }).accessToken(TENANT))).toBe('server');
  });
});
