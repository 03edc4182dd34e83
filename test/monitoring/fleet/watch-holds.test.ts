import { describe, expect, it } from '@jest/globals';
import { attachToHold } from '../../../src/domain/holds/attach-to-hold.ts';
import { changeInBatches } from '../../../src/monitoring/fleet/change-in-batches.ts';
import { watchHolds } from '../../../src/monitoring/fleet/watch-holds.ts';
import { createPollClaims } from '../../../src/monitoring/polling/poll-claims.ts';
import { createPollPermits } from '../../../src/monitoring/polling/poll-permits.ts';
import { runRound } from '../../../src/monitoring/polling/run-round.ts';
import { createTokenTurns } from '../../../src/monitoring/polling/token-turns.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { anObservedConnection, NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { planSpreadHourly } from '../../support/schedules.ts';
import {
  aHealthyFleet,
  heldMail,
  holdsOf,
  liveTogether,
  mailOf,
  showAll,
  toOperator,
  toOwners,
} from '../../support/use-case-fleet.ts';
import { failingRecords } from '../../support/use-case-records.ts';
import { aWorld, manyTenants, type World } from '../../support/use-case-world.ts';

const fleet = manyTenants(40);
const invalid = { tokenIsValid: false };
const facebook = (status = {}) => anObservedConnection({ network: 'facebook', accountId: '1', ...status });
const instagram = (status = {}) => anObservedConnection({ network: 'instagram', accountId: '2', ...status });

describe('When a whole fleet shows the same', () => {
  it('for forty minutes, no owner hears of it, and the operator hears of its beginning and its end', async () => {
    const world = await aHealthyFleet(fleet);
    showAll(world, fleet, invalid);
    await world.live(ms('70m'));
    expect(toOperator(world)).toEqual(['hold_began']);
    expect(heldMail(world).length).toBeGreaterThan(0);

    showAll(world, fleet);
    await world.live(ms('9h'));

    expect(toOperator(world)).toEqual(['hold_began', 'hold_ended']);
    expect(toOwners(world)).toEqual([]);
    expect(world.store.memory.state.holds.size).toBe(1);
    expect(heldMail(world)).toEqual([]);
  });

  it.each([12, 20, 30])(
    'to polls that spread over the hour, it is held as soon as ten have shown it: %i',
    async (size) => {
      const tenants = manyTenants(size);
      const world = await aWorld({ tenants, planRegularPoll: planSpreadHourly });
      showAll(world, tenants);
      await world.live(ms('4h'));
      showAll(world, tenants, invalid);
      await world.live(ms('4h'));
      const told = toOwners(world);
      // Who is polled first is told before the pattern shows.
      expect(told.length).toBeLessThan(10);
      expect(toOperator(world)).toEqual(['hold_began']);
      showAll(world, tenants);
      await world.live(ms('9h'));
      expect(toOperator(world)).toEqual(['hold_began', 'hold_ended']);
      // Whoever was told is thanked, and nobody else hears anything.
      expect(toOwners(world)).toHaveLength(2 * told.length);
    },
  );

  it('on its pages, as far as anybody has looked, no owner hears of it', async () => {
    const whole = manyTenants(60);
    const [looked, notYet] = [whole.slice(0, 10), whole.slice(10)];
    const later = Object.fromEntries(notYet.map((id) => [id, { pagesAskedAt: NOW }]));
    const tenant = { baselinedAt: NOW - 1, pagesAskedAt: null };
    const world = await aWorld({ tenants: whole, tenant, except: later });
    for (const id of whole) {
      world.constantContact.shows(id, facebook());
      world.constantContact.showsPages(id, {
        network: 'facebook',
        accountIds: ['1'],
        name: 'Page',
        isAccessible: false,
      });
    }
    await world.live(ms('70m'));

    expect(toOperator(world)).toEqual(['hold_began']);
    expect(toOwners(world)).toEqual([]);
    expect(holdsOf(world)).toMatchObject([{ tenants: looked.length, cause: { condition: 'page_unreachable' } }]);
  });

  it('those really broken among them are told after another look, and they alone', async () => {
    const world = await aHealthyFleet(fleet);
    const reallyBroken = fleet.slice(0, 3);
    showAll(world, fleet, invalid);
    await world.live(ms('70m'));
    showAll(world, fleet.slice(3));
    await world.live(ms('9h'));

    expect(toOwners(world)).toEqual(reallyBroken.map((id) => `${id} alert: reconnect facebook`));
    const [hold] = holdsOf(world);
    expect(hold).toMatchObject({ endReason: 'mostly_good_again', tenants: expect.any(Number) });
    const endedAt = hold?.endedAt ?? 0;
    for (const { content } of world.mailer.attempts.filter(({ mail }) => mail.to.startsWith('owner'))) {
      const tenant = world.store.memory.state.tenants.get(content.recipient?.tenant.id ?? '')?.tenant;
      expect(tenant?.lastGoodPollAt).toBeGreaterThanOrEqual(endedAt);
    }
  });

  it('for longer than FLEET_HOLD, everybody it is still true for is told', async () => {
    const world = await aHealthyFleet(fleet);
    showAll(world, fleet, invalid);
    await world.live(ms('6h40m'));
    expect(toOwners(world)).toEqual([]);

    await world.live(ms('2h'));

    expect(holdsOf(world)).toMatchObject([{ endReason: 'held_long_enough' }]);
    expect(toOwners(world).toSorted()).toEqual(fleet.map((id) => `${id} alert: reconnect facebook`));
    expect(toOperator(world)).toEqual(['hold_began', 'hold_ended']);
  });

  it.each([
    ['fewer than FLEET_MIN tenants', 9, 9],
    ['less than FLEET_SHARE of those that were asked', 10, 41],
  ])('it is their own when it is %s', async (_, suspects, all) => {
    const tenants = manyTenants(all);
    const world = await aHealthyFleet(tenants);
    showAll(world, tenants.slice(0, suspects), invalid);
    await world.live(ms('3h'));
    expect(holdsOf(world)).toEqual([]);
    expect(toOwners(world)).toHaveLength(suspects);
    expect(toOperator(world)).toEqual([]);
  });

  it('the share is of the tenants with an account of that network', async () => {
    const tenants = manyTenants(60);
    const world = await aWorld({ tenants });
    for (const id of tenants.slice(40)) world.constantContact.shows(id, instagram());
    await world.live(ms('10m'));
    for (const id of tenants.slice(40, 50)) world.constantContact.shows(id, instagram(invalid));
    await world.live(ms('70m'));
    // Ten of sixty tenants, but half of those on Instagram.
    expect(holdsOf(world)).toMatchObject([{ cause: { network: 'instagram', condition: 'token_invalid' } }]);
  });

  it('only a sample of twenty is asked early', async () => {
    const world = await aHealthyFleet(fleet);
    showAll(world, fleet, invalid);
    // At 13:00 all are asked, and found broken.
    await world.live(ms('51m'));
    const [hold] = holdsOf(world);
    expect(hold?.sample).toHaveLength(20);
    const before = world.constantContact.asked().length;
    await world.live(ms('20m'));
    const early = world.constantContact.asked().slice(before);
    expect(new Set(early)).toEqual(new Set(hold?.sample));
  });

  it('what is only the tenant’s own is told all the same, without what is held', async () => {
    const world = await aHealthyFleet(fleet);
    for (const id of fleet) world.constantContact.shows(id, facebook(), instagram());
    await world.live(ms('2h'));
    for (const id of fleet) world.constantContact.shows(id, facebook(invalid), instagram());
    world.constantContact.shows('tenant-007', facebook(invalid), instagram({ hasToken: false }));
    await world.live(ms('3h'));
    expect(toOwners(world)).toEqual(['tenant-007 alert: reconnect instagram']);
    expect(heldMail(world).map(({ tenantId }) => tenantId)).toContain('tenant-007');
  });

  it('accounts that all vanish are held until they are back', async () => {
    const world = await aHealthyFleet(fleet);
    for (const id of fleet) world.constantContact.shows(id);
    await world.live(ms('3h'));
    expect(holdsOf(world)).toMatchObject([{ cause: { condition: 'removed' }, endedAt: null }]);
    expect(toOwners(world)).toEqual([]);

    showAll(world, fleet.slice(2));
    await world.live(ms('3h'));

    expect(holdsOf(world)).toMatchObject([{ endReason: 'mostly_good_again' }]);
    expect(toOwners(world)).toEqual(fleet.slice(0, 2).map((id) => `${id} removed: none facebook`));
    expect(toOperator(world)).toEqual(['hold_began', 'hold_ended']);
  });

  it('a release by command ends it, and begins no second hold of the same', async () => {
    const world = await aHealthyFleet(fleet);
    showAll(world, fleet, invalid);
    await world.live(ms('80m'));
    const held = heldMail(world);
    expect(held.length).toBeGreaterThan(0);

    const { changed } = await world.app.mail.release(operator, { kind: 'all' });
    expect(changed.toSorted()).toEqual(held.map(({ id }) => id).toSorted());
    await world.live(ms('3h'));

    expect(holdsOf(world)).toMatchObject([{ endReason: 'released' }]);
    expect(toOwners(world).toSorted()).toEqual(fleet.map((id) => `${id} alert: reconnect facebook`));
    expect(toOperator(world)).toEqual(['hold_began', 'hold_ended']);
  });

  it('it is held once, and told once, by two processes that watch at once', async () => {
    const world = await aHealthyFleet(fleet);
    const other = world.restarted();
    showAll(world, fleet, invalid);
    await liveTogether(world, other, ms('80m'));
    expect(holdsOf(world)).toHaveLength(1);

    showAll(world, fleet);
    await liveTogether(world, other, ms('2h'));
    await world.live(ms('2m'));

    expect(toOperator(world)).toEqual(['hold_began', 'hold_ended']);
    expect(toOwners(world)).toEqual([]);
  });

  it('it is the same story when the process is replaced all the time', async () => {
    const world = await aHealthyFleet(fleet);
    showAll(world, fleet, invalid);
    await liveRestarting(world, ms('70m'));
    showAll(world, fleet.slice(2));
    await liveRestarting(world, ms('9h'));
    expect(toOperator(world)).toEqual(['hold_began', 'hold_ended']);
    expect(toOwners(world)).toEqual(fleet.slice(0, 2).map((id) => `${id} alert: reconnect facebook`));
  });

  it('a crash between its beginning and the change of its tenants lets no mail out', async () => {
    const world = await aHealthyFleet(fleet);
    showAll(world, fleet, invalid);
    await world.clock.advance(ms('50m'));
    const shared = { withPermit: createPollPermits(1), tokenTurns: createTokenTurns() };
    await runRound({ ...world.ports, ...shared, claims: createPollClaims(world.ports) }, { scope: 'due' });
    const dying = { ...world.ports, records: failingRecords(world.store.records, () => true) };
    await expect(watchHolds(dying)).rejects.toThrow('the store cannot be reached');
    expect(holdsOf(world)).toHaveLength(1);

    await world.restarted().live(ms('3h'));

    expect(toOwners(world)).toEqual([]);
    expect(heldMail(world)).toHaveLength(fleet.length);
    expect(toOperator(world)).toEqual(['hold_began']);
  });

  it('whoever was told before it began hears nothing twice', async () => {
    const world = await aHealthyFleet(fleet);
    showAll(world, ['tenant-001'], invalid);
    await world.live(ms('2h'));
    showAll(world, fleet, invalid);
    await world.live(ms('9h'));
    expect(toOwners(world).filter((line) => line.startsWith('tenant-001 '))).toHaveLength(1);
  });

  it('is only logged when no operator is configured', async () => {
    const world = await aHealthyFleet(fleet);
    showAll(world, fleet, invalid);
    await world.clock.advance(ms('50m'));
    await world.poll({}, { operatorEmail: null });
    expect(mailOf(world).filter(({ tenantId }) => tenantId === null)).toEqual([]);
    expect(world.log.fieldsOf('hold began')).toMatchObject([{ tenants: 40, polled: 40, reason: 'fleet_wide' }]);
  });
});

describe('A change in batches', () => {
  it('comes to an end when nothing can be taken', async () => {
    const world = await aHealthyFleet(fleet);
    showAll(world, fleet, invalid);
    await world.clock.advance(ms('50m'));
    await world.poll();
    const [hold] = holdsOf(world);
    if (hold === undefined) throw new Error('there is a hold');
    const attached = changeInBatches(
      ['tenant-001', 'nobody'],
      (record, context) => attachToHold(record, { hold, others: [] }, context),
      world.ports,
    );
    await expect(attached).resolves.toBeUndefined();
  });
});

async function liveRestarting(world: World, lastsMs: number): Promise<void> {
  const end = world.clock.now() + lastsMs;
  while (world.clock.now() < end) await world.restarted().live(Math.min(ms('15m'), end - world.clock.now()));
}
