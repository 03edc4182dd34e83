import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS, SECOND_MS } from '../../../src/domain/model/time.ts';
import type { GrantStore } from '../../../src/monitoring/ports.ts';
import {
  createAccessWorld,
  endingSoon,
  expired,
  LATENCY_MS,
  NOW,
  REQUEST_TIMEOUT_MS,
  TENANT,
} from '../../support/use-case-access.ts';

const MINUTES = 4 * MINUTE_MS;

describe('an answer that comes later than REQUEST_TIMEOUT', () => {
  it('is stored and used all the same; its caller is told in time that there is none yet', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.answerAfter(MINUTES);
    const access = world.process();

    expect(await world.outcomeOf(access.accessToken(TENANT))).toBe('timeout');
    expect(world.clock.now() - NOW).toBe(REQUEST_TIMEOUT_MS);
    await world.clock.advance(MINUTES);

    expect(await world.grants.read(TENANT)).toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-1' });
    expect(await world.outcomeOf(access.accessToken(TENANT))).toBe('access-1');
    expect(world.endpoint.refreshes).toEqual(['refresh-0']);
  });

  it('keeps no further caller waiting, and the refresh token is not presented again', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.answerAfter(MINUTES);
    const access = world.process();
    await world.outcomeOf(access.accessToken(TENANT));

    const before = world.clock.now();
    expect(await world.outcomeOf(access.accessToken(TENANT))).toBe('timeout');
    expect(await world.outcomeOf(access.renewAfterUnauthorized(TENANT, 'access-0'))).toBe('timeout');
    expect(world.clock.now()).toBe(before);
    expect(world.endpoint.refreshes).toEqual(['refresh-0']);
  });

  it('leaves an access token in use that is still good', async () => {
    const world = createAccessWorld(endingSoon);
    world.endpoint.answerAfter(MINUTES);
    expect(await world.ask()).toBe('access-0');
  });

  it('keeps the lease as long, so that no other process presents the refresh token', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.answerAfter(10 * MINUTE_MS);
    await world.ask();
    for (let minute = 0; minute < 9; minute += 1) {
      expect(await world.ask()).toBe('timeout');
      await world.clock.advance(MINUTE_MS / 2);
    }
    await world.clock.advance(MINUTE_MS);
    expect(await world.ask()).toBe('access-1');
    expect(world.endpoint.refreshes).toEqual(['refresh-0']);
  });

  it('counts although the lease was lost meanwhile, and takes back what another process made of that', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.answerAfter(MINUTES);
    let calls = 0;
    const lockRefresh: GrantStore['lockRefresh'] = async (...given) => {
      calls += 1;
      if (calls > 2) throw new Error('this process cannot reach the database');
      return world.grants.lockRefresh(...given);
    };
    const cutOff = world.process({ lockRefresh });
    await world.outcomeOf(cutOff.accessToken(TENANT));
    await world.clock.advance(3 * MINUTE_MS);

    expect(await world.ask()).toBe('invalid_grant');
    world.tenantIs('reauthorize');
    await world.clock.advance(MINUTE_MS);
    expect(await world.grants.read(TENANT)).toMatchObject({ refreshToken: 'refresh-1' });
    expect(world.tenant()).toMatchObject({ state: 'active', nextPollAt: NOW + MINUTES });
    expect(await world.ask()).toBe('access-1');
  });

  it('and is a refusal changes nothing but that the next call asks again', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.answerAfter(MINUTES);
    world.endpoint.failNext('server');
    const access = world.process();
    await world.outcomeOf(access.accessToken(TENANT));
    await world.clock.advance(MINUTES);
    expect(await world.outcomeOf(access.accessToken(TENANT))).toBe('access-1');
  });

  it('is logged when it is late, and when it comes', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.answerAfter(MINUTES);
    await world.ask();
    await world.clock.advance(MINUTES);
    expect(world.log.entries.filter(({ level }) => level !== 'debug')).toMatchObject([
      { level: 'warn', message: 'a refresh has no answer yet; the answer is still waited for' },
      { level: 'info', message: 'the late answer to a refresh has come', fields: { tenantId: TENANT, ok: true } },
    ]);
  });
});

describe('a token endpoint that hangs', () => {
  it('is asked for at most 16 tenants: eight in time, and eight that are late', async () => {
    const world = createAccessWorld(expired);
    const tenants = Array.from({ length: 40 }, (_, n) => `account-${n}`);
    for (const tenantId of tenants) world.storeNow({ ...expired, refreshToken: `first-${tenantId}` }, tenantId);
    world.endpoint.answerAfter(...tenants.map(() => MINUTES));
    world.endpoint.acceptAny();
    const access = world.process();

    const asked = await world.clock.run(Promise.all(tenants.map((tenantId) => access.accessToken(tenantId))));
    expect(asked.map((result) => !result.ok && result.failure !== 'stopping' && result.failure.kind)).toEqual(
      tenants.map(() => 'timeout'),
    );
    expect(world.endpoint.refreshes.length).toBeLessThanOrEqual(16);

    await world.clock.advance(MINUTES);
    const again = await world.clock.run(Promise.all(tenants.map((tenantId) => access.accessToken(tenantId))));
    expect(again.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(8);
  });
});

describe('a process that is told to stop', () => {
  it('begins no refresh any more, and uses an access token that is still good', async () => {
    const spent = createAccessWorld(expired);
    const access = spent.process();
    access.stop();
    expect(await spent.outcomeOf(access.accessToken(TENANT))).toBe('stopping');
    expect(await spent.outcomeOf(access.renewAfterUnauthorized(TENANT, 'access-0'))).toBe('stopping');
    const soon = createAccessWorld(endingSoon);
    const stopped = soon.process();
    stopped.stop();
    expect(await soon.outcomeOf(stopped.accessToken(TENANT))).toBe('access-0');
    expect([...spent.endpoint.refreshes, ...soon.endpoint.refreshes]).toEqual([]);
  });

  it('presents no refresh token that waits for its slot, and keeps no caller waiting for that', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.slotAfter(8 * SECOND_MS);
    const access = world.process();
    const asked = access.accessToken(TENANT);
    await world.clock.advance(SECOND_MS);
    access.stop();

    expect(await asked).toEqual({ ok: false, failure: 'stopping' });
    await world.clock.run(access.settled());
    expect(world.clock.now() - NOW).toBe(SECOND_MS);
    expect(world.endpoint.refreshes).toEqual([]);
    expect(await world.ask()).toBe('access-1');
  });

  it('waits for no other process', async () => {
    const world = createAccessWorld(expired);
    await world.grants.lockRefresh({ tenantId: TENANT, holder: 'other', leaseMs: MINUTE_MS });
    const access = world.process();
    const asked = access.accessToken(TENANT);
    await world.clock.advance(SECOND_MS);
    access.stop();
    expect(await asked).toEqual({ ok: false, failure: 'stopping' });
    await world.clock.run(access.settled());
    expect(world.clock.now() - NOW).toBeLessThan(2 * SECOND_MS);
  });

  it('does not try a throttled refresh again', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.failNext('throttled');
    const access = world.process();
    const asked = access.accessToken(TENANT);
    await world.clock.advance(LATENCY_MS + 1);
    access.stop();
    expect(await asked).toEqual({ ok: false, failure: 'stopping' });
    await world.clock.run(access.settled());
    expect(world.endpoint.refreshes).toEqual(['refresh-0']);
  });

  it('uses and stores the answer to what it has sent', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.answerAfter(10 * SECOND_MS);
    const access = world.process();
    const asked = access.accessToken(TENANT);
    await world.clock.advance(SECOND_MS);
    access.stop();
    expect(await world.outcomeOf(asked)).toBe('access-1');
    await world.clock.run(access.settled());
    expect(await world.grants.read(TENANT)).toMatchObject({ refreshToken: 'refresh-1' });
  });

  it('waits for a late answer too, and stores it', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.answerAfter(17 * SECOND_MS);
    const access = world.process();
    expect(await world.outcomeOf(access.accessToken(TENANT))).toBe('timeout');
    access.stop();
    await world.clock.run(access.settled());
    expect(await world.grants.read(TENANT)).toMatchObject({ refreshToken: 'refresh-1' });
    access.reportLost();
    expect(world.log.messages('error')).toEqual([]);
  });

  it('names the tenants whose answer has not come, as an error', async () => {
    const world = createAccessWorld(expired);
    world.endpoint.answerAfter(MINUTES);
    const access = world.process();
    await world.outcomeOf(access.accessToken(TENANT));
    access.stop();
    access.reportLost();
    expect(world.log.entries.filter(({ level }) => level === 'error')).toMatchObject([
      { fields: { unanswered: [TENANT], notStored: [] } },
    ]);
  });
});

it('a refresh that waits for its slot, longer than any lease, is left to no other process', async () => {
  const world = createAccessWorld(expired);
  world.endpoint.slotAfter(40 * SECOND_MS);
  const slow = world.process().accessToken(TENANT);
  await world.clock.advance(35 * SECOND_MS);
  const both = await world.clock.run(Promise.all([slow, world.process().accessToken(TENANT)]));
  expect(both).toEqual([expect.objectContaining({ accessToken: 'access-1' }), both[0]]);
  expect(world.endpoint.refreshes).toEqual(['refresh-0']);
});
