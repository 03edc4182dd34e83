import { describe, expect, it } from '@jest/globals';
import type { PollFailureKind } from '../../../src/domain/model/poll.ts';
import { MINUTE_MS, SECOND_MS } from '../../../src/domain/model/time.ts';
import {
  aLastingGrant,
  createAccessWorld,
  endingSoon,
  expired,
  LATENCY_MS,
  NOW,
  TENANT,
} from '../../support/use-case-access.ts';

describe('when to refresh', () => {
  it.each([
    ['a token in the middle of its day is used', aLastingGrant(), 'access-0'],
    ['one that ends in more than 5 minutes is used', aLastingGrant({ expiresAt: NOW + 5 * MINUTE_MS + 1 }), 'access-0'],
    ['one that ends in 5 minutes is refreshed', aLastingGrant({ expiresAt: NOW + 5 * MINUTE_MS }), 'access-1'],
    ['one that has ended is refreshed', expired, 'access-1'],
    ['a missing one is refreshed', aLastingGrant({ accessToken: null, expiresAt: null, lifetimeMs: null }), 'access-1'],
    [
      'one whose end nobody knows is used until a 401',
      aLastingGrant({ expiresAt: null, lifetimeMs: null }),
      'access-0',
    ],
    [
      'of a short life the first half is used',
      aLastingGrant({ expiresAt: NOW + MINUTE_MS + 1, lifetimeMs: 2 * MINUTE_MS }),
      'access-0',
    ],
    [
      'of a short life the second half is not',
      aLastingGrant({ expiresAt: NOW + MINUTE_MS, lifetimeMs: 2 * MINUTE_MS }),
      'access-1',
    ],
    [
      'without a known life 5 minutes count',
      aLastingGrant({ expiresAt: NOW + 4 * MINUTE_MS, lifetimeMs: null }),
      'access-1',
    ],
  ])('%s', async (_, grant, expected) => {
    expect(await createAccessWorld(grant).ask()).toBe(expected);
  });

  it('a tenant without a grant has to authorise', async () => {
    expect(await createAccessWorld(null).ask()).toBe('invalid_grant');
    expect(await createAccessWorld(null).askAfter401()).toBe('invalid_grant');
  });

  it('what a refresh gives is stored before it is used', async () => {
    const world = createAccessWorld(expired);
    expect(await world.ask()).toBe('access-1');
    expect(await world.grants.read(TENANT)).toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-1' });
  });
});

describe('a grant that was read a moment ago', () => {
  const unread = { read: () => Promise.reject(new Error('the store is read once more')) };

  it('is used as it is', async () => {
    const world = createAccessWorld();
    expect(await world.outcomeOf(world.process(unread).accessToken(TENANT, aLastingGrant()))).toBe('access-0');
  });

  it('is read again before it is refreshed, as another process may have done so', async () => {
    const world = createAccessWorld(aLastingGrant({ accessToken: 'access-of-another-process' }));
    expect(await world.outcomeOf(world.process().accessToken(TENANT, expired))).toBe('access-of-another-process');
    expect(world.endpoint.refreshes).toEqual([]);
  });

  it('counts less than one that this process holds and could not store yet', async () => {
    const world = createAccessWorld(expired);
    const access = world.process({ replace: () => Promise.reject(new Error('the disk is full')) });
    expect(await world.outcomeOf(access.accessToken(TENANT))).toBe('access-1');
    expect(await world.outcomeOf(access.accessToken(TENANT, expired))).toBe('access-1');
    expect(world.endpoint.refreshes).toHaveLength(1);
  });
});

describe('a refresh that fails', () => {
  const transient: PollFailureKind[] = ['timeout', 'dns', 'tls', 'connection', 'server', 'invalid_response'];

  it.each(transient)('with %s leaves an access token that is still good in use', async (kind) => {
    const world = createAccessWorld(endingSoon);
    world.endpoint.failNext(kind);
    expect(await world.ask()).toBe('access-0');
  });

  it.each(transient)('with %s is a failure once the access token has ended', async (kind) => {
    const world = createAccessWorld(expired);
    world.endpoint.failNext(kind);
    expect(await world.ask()).toBe(kind);
  });

  it('with throttled is tried again: it has not used up the refresh token', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.failNext('throttled', 'throttled');
    expect(await world.ask()).toBe('access-1');
    expect(world.clock.now() - NOW).toBe(3 * LATENCY_MS + 3 * SECOND_MS);
  });

  it('with throttled again and again is a failure', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.failNext('throttled', 'throttled', 'throttled');
    expect(await world.ask()).toBe('throttled');
  });

  it('is not tried again by itself otherwise, and the next call tries again', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.failNext('server');
    expect(await world.ask()).toBe('server');
    expect(world.endpoint.refreshes).toHaveLength(1);
    expect(await world.ask()).toBe('access-1');
  });

  it.each<PollFailureKind>(['invalid_grant', 'invalid_client'])(
    'with %s counts, however good the token still is',
    async (kind) => {
      const world = createAccessWorld(endingSoon);
      world.endpoint.failNext(kind);
      expect(await world.ask()).toBe(kind);
    },
  );

  it('gives its lease back, so that the next one need not wait', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.failNext('server');
    await world.ask();
    const before = world.clock.now();
    await world.ask();
    expect(world.clock.now() - before).toBe(LATENCY_MS);
  });
});

describe('after a 401', () => {
  it('a token that is in its prime is refreshed all the same', async () => {
    expect(await createAccessWorld().askAfter401()).toBe('access-1');
  });

  it('a token that another process has stored since is used instead', async () => {
    const world = createAccessWorld(aLastingGrant({ accessToken: 'access-7' }));
    expect(await world.askAfter401('access-6')).toBe('access-7');
    expect(world.endpoint.refreshes).toEqual([]);
  });

  it('unless that one has ended too', async () => {
    const world = createAccessWorld(aLastingGrant({ accessToken: 'access-7', expiresAt: NOW }));
    expect(await world.askAfter401('access-6')).toBe('access-1');
  });

  it('a refresh that fails is the failure: the rejected token is no way back', async () => {
    const world = createAccessWorld();
    world.endpoint.failNext('server');
    expect(await world.askAfter401()).toBe('server');
  });

  it('an early refresh that is under way is shared', async () => {
    const world = createAccessWorld(endingSoon);
    const access = world.process();
    const both = [access.accessToken(TENANT), access.renewAfterUnauthorized(TENANT, 'access-0')];
    const tokens = await world.clock.run(Promise.all(both));
    expect(tokens).toEqual([expect.objectContaining({ accessToken: 'access-1' }), tokens[0]]);
    expect(world.endpoint.refreshes).toHaveLength(1);
  });
});

describe('invalid_grant', () => {
  it('is the tenant’s turn when the stored refresh token is the one that was refused', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.accept('nothing of ours');
    expect(await world.ask()).toBe('invalid_grant');
    expect(world.endpoint.refreshes).toEqual(['refresh-0']);
  });

  it('is not when another process has stored another grant meanwhile: that one is used', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.accept('nothing of ours');
    const asked = world.process().accessToken(TENANT);
    await world.clock.advance(LATENCY_MS);
    world.storeNow(aLastingGrant({ accessToken: 'access-9', refreshToken: 'refresh-9' }));
    expect(await world.outcomeOf(asked)).toBe('access-9');
    expect(world.endpoint.refreshes).toEqual(['refresh-0']);
  });

  it('nor when the person authorised again meanwhile: the new refresh token is tried, once', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.accept('refresh-new');
    const asked = world.process().accessToken(TENANT);
    await world.clock.advance(0);
    world.storeNow({ accessToken: null, refreshToken: 'refresh-new', expiresAt: null, lifetimeMs: null });
    expect(await world.outcomeOf(asked)).toBe('access-1');
    expect(world.endpoint.refreshes).toEqual(['refresh-0', 'refresh-new']);
  });

  it('is, when that one is refused as well', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.accept('nothing of ours');
    const asked = world.process().accessToken(TENANT);
    await world.clock.advance(0);
    world.storeNow({ accessToken: null, refreshToken: 'refresh-new', expiresAt: null, lifetimeMs: null });
    expect(await world.outcomeOf(asked)).toBe('invalid_grant');
    expect(world.endpoint.refreshes).toEqual(['refresh-0', 'refresh-new']);
  });
});

describe('several processes', () => {
  it('three that need a token at once refresh once, and nobody sees invalid_grant', async () => {
    const world = createAccessWorld(expired);
    const asked = [1, 2, 3].map(() => world.process().accessToken(TENANT));
    const results = await world.clock.run(Promise.all(asked));
    expect(results).toEqual(Array(3).fill({ ok: true, accessToken: 'access-1' }));
    expect(world.endpoint.refreshes).toEqual(['refresh-0']);
  });

  it('three with a 401 at once refresh once', async () => {
    const world = createAccessWorld();
    const asked = [1, 2, 3].map(() => world.process().renewAfterUnauthorized(TENANT, 'access-0'));
    const results = await world.clock.run(Promise.all(asked));
    expect(results).toEqual(Array(3).fill({ ok: true, accessToken: 'access-1' }));
    expect(world.endpoint.refreshes).toEqual(['refresh-0']);
  });

  it('ten calls in each of three refresh once', async () => {
    const world = createAccessWorld(expired);
    const processes = [1, 2, 3].map(() => world.process());
    const asked = processes.flatMap((access) => Array.from({ length: 10 }, () => access.accessToken(TENANT)));
    const results = await world.clock.run(Promise.all(asked));
    expect(new Set(results.map((result) => result.ok && result.accessToken))).toEqual(new Set(['access-1']));
    expect(world.endpoint.refreshes).toEqual(['refresh-0']);
  });

  it('a process that waits takes over when the other one’s refresh failed', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.failNext('server');
    const asked = [1, 2].map(() => world.process().accessToken(TENANT));
    const results = await world.clock.run(Promise.all(asked));
    expect(results).toEqual([
      { ok: false, failure: expect.objectContaining({ kind: 'server' }) },
      { ok: true, accessToken: 'access-1' },
    ]);
  });

  it('a process that died with the lease holds the others up until the lease ends, no longer', async () => {
    const world = createAccessWorld(expired);
    await world.grants.lockRefresh({ tenantId: TENANT, holder: 'dead', leaseMs: 30 * SECOND_MS });
    expect(await world.ask()).toBe('access-1');
    expect(world.clock.now() - NOW).toBeGreaterThanOrEqual(30 * SECOND_MS);
    expect(world.clock.now() - NOW).toBeLessThan(31 * SECOND_MS);
  });

  it('a lease that never ends is a failure, not a hang; a token that is still good is used', async () => {
    const lockRefresh = async () => false;
    const gone = createAccessWorld(expired);
    expect(await gone.outcomeOf(gone.process({ lockRefresh }).accessToken(TENANT))).toBe('timeout');
    const soon = createAccessWorld(endingSoon);
    expect(await soon.outcomeOf(soon.process({ lockRefresh }).accessToken(TENANT))).toBe('access-0');
  });

  it('even without any lock the loser of the race uses the winner’s grant', async () => {
    const world = createAccessWorld(expired);
    const lockRefresh = async () => true;
    const asked = [1, 2, 3].map(() => world.process({ lockRefresh }).accessToken(TENANT));
    const results = await world.clock.run(Promise.all(asked));
    expect(results).toEqual(Array(3).fill({ ok: true, accessToken: 'access-1' }));
  });

  it('a lease that ran out is not taken from whoever has it now', async () => {
    const world = createAccessWorld(expired);
    const unlocked: number[] = [];
    const slow = world.process({
      unlockRefresh: async () => void unlocked.push(world.clock.now()),
      replace: async (...given) => {
        await world.clock.sleep(40 * SECOND_MS);
        return world.grants.replace(...given);
      },
    });
    expect(await world.outcomeOf(slow.accessToken(TENANT))).toBe('access-1');
    expect(unlocked).toEqual([]);
  });

  it('tenants do not wait for each other', async () => {
    const world = createAccessWorld(expired);
    await world.grants.lockRefresh({ tenantId: TENANT, holder: 'dead', leaseMs: 30 * SECOND_MS });
    const access = world.process();
    const waiting = access.accessToken(TENANT);
    expect(await world.outcomeOf(access.accessToken('tenant-without-a-grant'))).toBe('invalid_grant');
    expect(world.clock.now()).toBe(NOW);
    await world.clock.run(waiting);
  });
});
