import { describe, expect, it } from '@jest/globals';
import { type CheckNowPorts, createChecks } from '../../../src/monitoring/owner/check-now.ts';
import { EMPTY_TALLY } from '../../../src/monitoring/polling/record-polls.ts';
import { anObservedConnection } from '../../support/builders.ts';
import { ms, utc } from '../../support/domain-time.ts';
import { settled } from '../../support/use-case-clock.ts';
import { aWorld, type World, type WorldOptions } from '../../support/use-case-world.ts';

const alert = 'owner@bakery.example alert: reconnect facebook';
const recovered = 'owner@bakery.example recovered: reconnect facebook';
const holder = { tenantId: 'bakery', contactId: 'owner-of-bakery' };

describe('Looking at once for a contact', () => {
  it('asks nothing for somebody who is no contact of the tenant', async () => {
    const { world, checks } = await checking({ tenants: ['bakery', 'mill'] });
    expect(await checks.checkNow({ ...holder, contactId: 'owner-of-mill' })).toBeNull();
    expect(await checks.checkNow({ ...holder, tenantId: 'nobody' })).toBeNull();
    expect(world.constantContact.requests).toEqual([]);
  });

  it.each(['paused', 'reauthorize'] as const)('asks nothing of a tenant that is %s', async (state) => {
    const { world, checks } = await checking({ tenant: { state, nextPollAt: null } });
    expect(await checks.checkNow(holder)).toBe(state === 'paused' ? 'paused' : 'access_lost');
    expect(world.constantContact.requests).toEqual([]);
  });

  it('says that Constant Contact did not answer, and is asked again soon', async () => {
    const { world, checks } = await checking();
    world.constantContact.fails('bakery', 'timeout');
    expect(await checks.checkNow(holder)).toBe('no_answer');
    expect(nextPollOf(world)).toBe(world.clock.now() + ms('15m'));
  });

  it('says the same when the answer could not be stored, and logs why', async () => {
    const { world, checks } = await checking({}, { pollTenant: () => Promise.reject(new Error('disk full')) });
    expect(await checks.checkNow(holder)).toBe('no_answer');
    expect(world.log.messages('error')).toEqual(['a check for a contact failed']);
  });

  it('says that the day’s requests are used up', async () => {
    const { world, checks } = await checking({ quota: { perDay: 1, reserveShare: 0 } });
    await world.requests.exhaust(world.clock.now());
    expect(await checks.checkNow(holder)).toBe('used_up');
    expect(world.constantContact.requests).toEqual([]);
  });

  it('takes from what is kept back when the rest of the day is used up', async () => {
    const { world, checks } = await checking({
      quota: { perDay: 10, reserveShare: 0.5 },
      startsAt: utc('2026-01-15 00:00'),
    });
    await world.requests.reserve({ count: 5, purpose: 'regular', now: world.clock.now() });
    expect(await checks.checkNow(holder)).toBe('works');
  });

  it('keeps nobody waiting for an answer that does not come, and stores it when it does', async () => {
    const { world, checks } = await checking();
    const release = world.constantContact.holds();
    const askedAt = world.clock.now();
    const asked = checks.checkNow(holder);
    await settled();
    await world.clock.advance(ms('20s'));
    expect(await asked).toBe('still_asking');

    release();
    await checks.settled();
    expect(nextPollOf(world)).toBe(askedAt + ms('15m'));
  });

  it('keeps nobody waiting when the daemon stops', async () => {
    const stopping = new AbortController();
    const { world, checks } = await checking();
    const release = world.constantContact.holds();
    const asked = checks.checkNow(holder, stopping.signal);
    await settled();
    stopping.abort();
    expect(await asked).toBe('still_asking');
    release();
    await checks.settled();
  });

  it('asks once for all who ask at once, and at most once a minute', async () => {
    const { world, checks } = await checking();
    const answers = await Promise.all([1, 2, 3].map(() => checks.checkNow(holder)));
    expect(answers).toEqual(['works', 'works', 'works']);
    await world.clock.advance(ms('59s'));
    expect(await checks.checkNow(holder)).toBe('asked_just_now');
    expect(world.constantContact.requests).toHaveLength(1);
    await world.clock.advance(ms('1s'));
    expect(await checks.checkNow(holder)).toBe('works');
  });

  it('finds a repair, looks once more, and thanks', async () => {
    const { world, checks } = await checking();
    world.constantContact.shows('bakery', anObservedConnection({ tokenIsValid: false }));
    await world.live(ms('1h30m'));
    expect(world.mailer.accepted()).toEqual([alert]);
    expect(await checks.checkNow(holder)).toBe('needs_you');

    await world.clock.advance(ms('1m'));
    world.constantContact.shows('bakery', anObservedConnection());
    expect(await checks.checkNow(holder)).toBe('works_so_far');
    expect(nextPollOf(world)).toBe(world.clock.now() + ms('15m'));
    await world.live(ms('40m'));

    expect(world.mailer.accepted()).toEqual([alert, recovered]);
  });

  it('says that there was no answer when the tenant was not asked, and that the day is used up only where it is', async () => {
    const tally = { ...EMPTY_TALLY, polled: 0 };
    const paused = await checking({}, { pollTenant: async () => tally });
    expect(await paused.checks.checkNow(holder)).toBe('no_answer');
    const usedUp = await checking({}, { pollTenant: async () => ({ ...tally, skipped: 1 }) });
    expect(await usedUp.checks.checkNow(holder)).toBe('used_up');
  });

  it('never puts the next poll off', async () => {
    const { world, checks } = await checking({ settings: { recheckAfterMs: ms('3d') } });
    await checks.checkNow(holder);
    expect(nextPollOf(world)).toBeLessThanOrEqual(world.clock.now() + ms('1h'));
  });
});

async function checking(options: WorldOptions = {}, given: Partial<CheckNowPorts> = {}) {
  const world = await aWorld(options);
  const pollTenant = (tenantId: string) => world.poll({ scope: [tenantId] });
  const checks = createChecks({ ...world.ports, pollTenant, ...given });
  return { world, checks };
}

function nextPollOf({ store }: World) {
  return store.memory.state.tenants.get('bakery')?.tenant.nextPollAt;
}
