import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/model/time.ts';
import type { GrantStore } from '../../../src/monitoring/ports.ts';
import { createAccessWorld, expired, NOW, TENANT } from '../../support/use-case-access.ts';

const WAITS = 'a new grant waits to be stored, and is used from memory meanwhile';
const IS_STORED = 'the new grant that waited is stored';

/** A store that is away until `returns`: each call fails after `afterMs`, or is done but its answer is lost. */
function flakyStore(world: World, failure: 'refused' | 'answer lost' = 'refused') {
  let isAway = true;
  const unless = <Args extends unknown[], R>(call: (...args: Args) => Promise<R>) => {
    return async (...args: Args): Promise<R> => {
      if (!isAway) return call(...args);
      if (failure === 'answer lost') await call(...args);
      throw new Error('the database is away');
    };
  };
  const { replace, lockRefresh, unlockRefresh, read, noteFailure, idle } = world.grants;
  const whole: GrantStore = {
    noteFailure: unless(noteFailure),
    idle: unless(idle),
    replace: unless(replace),
    lockRefresh: unless(lockRefresh),
    unlockRefresh: unless(unlockRefresh),
    read: unless(read),
  };
  return {
    whole,
    /** Only writing a grant fails. */
    replace: whole.replace,
    returns: () => {
      isAway = false;
    },
    leaves: () => {
      isAway = true;
    },
  };
}

type World = ReturnType<typeof createAccessWorld>;

describe('a new grant that cannot be stored', () => {
  it('is used from memory, and the old refresh token is never presented meanwhile', async () => {
    const world = createAccessWorld(expired);
    const { replace } = flakyStore(world);
    const access = world.process({ replace });

    for (let minute = 0; minute < 30; minute += 1) {
      expect(await world.outcomeOf(access.accessToken(TENANT))).toBe('access-1');
      await world.clock.advance(MINUTE_MS);
    }
    expect(world.endpoint.refreshes).toEqual(['refresh-0']);
    expect(await world.grants.read(TENANT)).toMatchObject({ refreshToken: 'refresh-0' });
  });

  it('is used from memory while nothing of the store can be reached', async () => {
    const world = createAccessWorld(expired);
    const store = flakyStore(world);
    store.returns();
    const access = world.process(store.whole);
    const asked = access.accessToken(TENANT);
    await world.clock.advance(0);
    store.leaves();

    expect(await world.outcomeOf(asked)).toBe('access-1');
    expect(await world.outcomeOf(access.accessToken(TENANT))).toBe('access-1');
  });

  it.each([8, 25, 600])('is stored within 2 s when the store is back after %i s', async (seconds) => {
    const world = createAccessWorld(expired);
    const { replace, returns } = flakyStore(world);
    await world.outcomeOf(world.process({ replace }).accessToken(TENANT));
    await world.clock.advance(seconds * SECOND_MS);

    returns();
    await world.clock.advance(2 * SECOND_MS);

    expect(await world.grants.read(TENANT)).toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-1' });
  });

  it('is logged once when it begins to wait, and once when it is stored', async () => {
    const world = createAccessWorld(expired);
    const { replace, returns } = flakyStore(world);
    await world.outcomeOf(world.process({ replace }).accessToken(TENANT));
    await world.clock.advance(MINUTE_MS);
    returns();
    await world.clock.advance(MINUTE_MS);

    const said = world.log.entries.filter(({ level }) => level !== 'debug');
    expect(said).toMatchObject([
      { level: 'warn', message: WAITS, fields: { tenantId: TENANT, err: expect.any(Error) } },
      { level: 'info', message: IS_STORED, fields: { tenantId: TENANT } },
    ]);
    expect(JSON.stringify(world.log.entries)).not.toMatch(/(access|refresh)-\d/);
  });

  it('keeps its lease, so that no other process presents the spent refresh token, until it is stored', async () => {
    const world = createAccessWorld(expired);
    const { replace, returns } = flakyStore(world);
    await world.outcomeOf(world.process({ replace }).accessToken(TENANT));
    await world.clock.advance(10 * MINUTE_MS);

    const other = world.process();
    expect(await world.outcomeOf(other.accessToken(TENANT))).toBe('timeout');
    returns();
    expect(await world.outcomeOf(other.accessToken(TENANT))).toBe('access-1');
    await world.clock.advance(MINUTE_MS);
    expect(await world.grants.lockRefresh({ tenantId: TENANT, holder: 'third', leaseMs: 1 })).toBe(true);
    expect(world.endpoint.refreshes).toEqual(['refresh-0']);
  });

  it('keeps its lease for minutes when the store cannot be reached at all', async () => {
    const world = createAccessWorld(expired);
    const store = flakyStore(world);
    store.returns();
    const asked = world.process(store.whole).accessToken(TENANT);
    await world.clock.advance(0);
    store.leaves();
    await world.outcomeOf(asked);
    await world.clock.advance(2 * MINUTE_MS);

    expect(await world.outcomeOf(world.process().accessToken(TENANT))).toBe('timeout');
    expect(world.endpoint.refreshes).toEqual(['refresh-0']);
  });

  it('is not refreshed before it is stored: after a 401 that is an error of ours', async () => {
    const world = createAccessWorld(expired);
    const { replace, returns } = flakyStore(world);
    const access = world.process({ replace });
    await world.outcomeOf(access.accessToken(TENANT));

    const again = access.renewAfterUnauthorized(TENANT, 'access-1');
    await expect(world.clock.run(again)).rejects.toThrow('the newest grant of this tenant is not stored yet');
    returns();
    await world.clock.advance(2 * SECOND_MS);
    expect(await world.outcomeOf(access.renewAfterUnauthorized(TENANT, 'access-1'))).toBe('access-2');
  });

  it('is an error of ours as well when its access token has ended', async () => {
    const world = createAccessWorld(expired);
    const { replace } = flakyStore(world);
    const access = world.process({ replace });
    await world.outcomeOf(access.accessToken(TENANT));
    world.clock.jump(24 * HOUR_MS);

    await expect(world.clock.run(access.accessToken(TENANT))).rejects.toThrow('is not stored yet');
    expect(world.endpoint.refreshes).toEqual(['refresh-0']);
  });
});

describe('a grant that was given meanwhile', () => {
  const byOperator = { accessToken: null, refreshToken: 'refresh-operator', expiresAt: null, lifetimeMs: null };

  it('by an operator counts; the refreshed one is dropped, with a line in the log', async () => {
    const world = createAccessWorld(expired);
    const { replace, returns } = flakyStore(world);
    const access = world.process({ replace });
    await world.outcomeOf(access.accessToken(TENANT));
    world.storeNow(byOperator);
    world.endpoint.accept('refresh-operator');

    returns();
    await world.clock.advance(2 * SECOND_MS);

    expect(await world.grants.read(TENANT)).toMatchObject(byOperator);
    expect(world.log.fieldsOf('a refreshed grant was dropped for another one')).toEqual([
      { tenantId: TENANT, reason: 'superseded' },
    ]);
    expect(await world.outcomeOf(access.accessToken(TENANT))).toBe('access-2');
    expect(world.endpoint.refreshes).toEqual(['refresh-0', 'refresh-operator']);
  });

  it('by an operator while the answer was under way counts at once', async () => {
    const world = createAccessWorld(expired);
    const asked = world.process().accessToken(TENANT);
    await world.clock.advance(0);
    world.storeNow(byOperator);
    world.endpoint.accept('refresh-operator');

    expect(await world.outcomeOf(asked)).toBe('access-2');
    expect(world.endpoint.refreshes).toEqual(['refresh-0', 'refresh-operator']);
  });

  it('by an operator who gave the spent refresh token once more gives way to what it brought', async () => {
    const world = createAccessWorld(expired);
    const asked = world.process().accessToken(TENANT);
    await world.clock.advance(0);
    world.storeNow({ ...byOperator, refreshToken: 'refresh-0' });

    expect(await world.outcomeOf(asked)).toBe('access-1');
    expect(await world.grants.read(TENANT)).toMatchObject({ refreshToken: 'refresh-1' });
  });
});

describe('a store that took the grant, whose answer was lost', () => {
  it('is believed when it is asked again', async () => {
    const world = createAccessWorld(expired);
    const { replace, returns } = flakyStore(world, 'answer lost');
    const access = world.process({ replace });
    await world.outcomeOf(access.accessToken(TENANT));
    returns();
    await world.clock.advance(2 * SECOND_MS);

    expect(world.log.messages('info')).toEqual([IS_STORED]);
    expect(world.log.messages('warn')).toEqual([WAITS]);
    expect(await world.outcomeOf(access.renewAfterUnauthorized(TENANT, 'access-1'))).toBe('access-2');
    expect(world.endpoint.refreshes).toEqual(['refresh-0', 'refresh-1']);
  });

  it('neither makes a loop nor an invalid_grant when every answer is lost', async () => {
    const world = createAccessWorld(expired);
    const store = flakyStore(world, 'answer lost');
    const access = world.process({ ...store.whole, read: world.grants.read, lockRefresh: world.grants.lockRefresh });

    expect(await world.outcomeOf(access.accessToken(TENANT))).toBe('access-1');
    await world.clock.advance(MINUTE_MS);
    expect(await world.outcomeOf(access.accessToken(TENANT))).toBe('access-1');
    expect(world.endpoint.refreshes).toEqual(['refresh-0']);
    expect(await world.grants.read(TENANT)).toMatchObject({ refreshToken: 'refresh-1', revision: 2 });
  });

  it('or whose connection hangs, is asked again on another one', async () => {
    const world = createAccessWorld(expired);
    let isFirst = true;
    const replace: GrantStore['replace'] = (...given) => {
      if (!isFirst) return world.grants.replace(...given);
      isFirst = false;
      return new Promise(() => {});
    };
    expect(await world.outcomeOf(world.process({ replace }).accessToken(TENANT))).toBe('access-1');
    expect(world.clock.now() - NOW).toBeLessThan(11 * SECOND_MS);
    await world.clock.advance(2 * SECOND_MS);
    expect(await world.grants.read(TENANT)).toMatchObject({ refreshToken: 'refresh-1' });
  });
});

describe('several grants that wait', () => {
  it('are stored one after the other, and one that can never be stored holds up no other', async () => {
    const world = createAccessWorld(expired);
    const tenants = Array.from({ length: 20 }, (_, n) => `account-${n + 1}`);
    for (const tenantId of tenants) world.storeNow({ ...expired, refreshToken: `first-${tenantId}` }, tenantId);
    world.endpoint.acceptAny();
    const { replace, returns } = flakyStore(world);
    const poisoned: GrantStore['replace'] = async (tenantId, ...rest) => {
      if (tenantId === 'account-1') throw new Error('never');
      return replace(tenantId, ...rest);
    };
    const access = world.process({ replace: poisoned });
    await world.clock.run(Promise.all(tenants.map((tenantId) => access.accessToken(tenantId))));

    returns();
    await world.clock.advance(5 * SECOND_MS);

    const stored = await Promise.all(tenants.map((tenantId) => world.grants.read(tenantId)));
    expect(stored.map((grant) => grant?.revision)).toEqual(tenants.map((id) => (id === 'account-1' ? 1 : 2)));
  });
});

it('a grant that is slow to be stored while another one waits is stored once', async () => {
  const world = createAccessWorld(expired);
  world.storeNow({ ...expired, refreshToken: 'first-slow' }, 'slow');
  world.endpoint.acceptAny();
  const stored: string[] = [];
  const replace: GrantStore['replace'] = async (tenantId, ...rest) => {
    if (tenantId !== 'slow') throw new Error('never');
    stored.push(tenantId);
    await world.clock.sleep(5 * SECOND_MS);
    return world.grants.replace(tenantId, ...rest);
  };
  const access = world.process({ replace });
  await world.outcomeOf(access.accessToken(TENANT));
  await world.outcomeOf(access.accessToken('slow'));
  await world.clock.advance(MINUTE_MS);
  expect(stored).toEqual(['slow']);
  expect(world.log.messages('info')).toEqual([]);
});

describe('the end of the process', () => {
  it('waits for the store', async () => {
    const world = createAccessWorld(expired);
    const { replace, returns } = flakyStore(world);
    const access = world.process({ replace });
    await world.outcomeOf(access.accessToken(TENANT));
    access.stop();
    let isSettled = false;
    const settled = access.settled().then(() => {
      isSettled = true;
    });

    await world.clock.advance(17 * SECOND_MS);
    expect(isSettled).toBe(false);
    returns();
    await world.clock.advance(2 * SECOND_MS);
    await settled;
    access.reportLost();
    expect(world.log.messages('error')).toEqual([]);
  });

  it('names the tenants whose new grant is not stored, as an error', async () => {
    const world = createAccessWorld(expired);
    const { replace } = flakyStore(world);
    const access = world.process({ replace });
    await world.outcomeOf(access.accessToken(TENANT));
    access.stop();
    access.reportLost();

    expect(world.log.entries.filter(({ level }) => level === 'error')).toMatchObject([
      {
        fields: { notStored: [TENANT], unanswered: [] },
        message: expect.stringContaining('may have to authorise again'),
      },
    ]);
  });
});
