import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../src/domain/model/fault.ts';
import { createMailHolds } from '../../../src/monitoring/mailing/hold-mail.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { ms } from '../../support/domain-time.ts';
import { planSpreadHourly } from '../../support/schedules.ts';
import { aHealthyFleet, liveTogether, showAll, toOperator, toOwners } from '../../support/use-case-fleet.ts';
import { aWorld, manyTenants, type World } from '../../support/use-case-world.ts';

const fleet = manyTenants(40);

describe('When so many refuse us that it is our own fault', () => {
  it('by polls that spread over the hour, it ends when nearly all are let in, and the others are told', async () => {
    const tenants = manyTenants(60);
    const world = await aWorld({ tenants, planRegularPoll: planSpreadHourly });
    showAll(world, tenants);
    await world.live(ms('2h'));
    for (const id of tenants) world.constantContact.fails(id, 'unauthorized');
    await world.live(ms('2h'));
    expect(toOperator(world)).toEqual(['hold_began']);
    showAll(world, tenants.slice(2));
    await world.live(ms('6h'));
    expect(toOperator(world)).toEqual(['hold_began', 'hold_ended']);
    const stillRefused = tenants.slice(0, 2).map((id) => `${id} reauthorize: reauthorize account`);
    expect(toOwners(world).toSorted()).toEqual(stillRefused);
  });

  it.each(['unauthorized', 'forbidden'] as const)(
    'no owner hears of it, and no tenant’s state changes: %s',
    async (kind) => {
      const world = await aHealthyFleet(fleet);
      for (const id of fleet) world.constantContact.fails(id, kind);
      await world.live(ms('3h'));
      expect(toOperator(world)).toEqual(['hold_began']);
      for (const id of fleet) expect(stateOf(world, id)).toBe('active');

      showAll(world, fleet);
      await world.live(ms('3h'));

      expect(toOperator(world)).toEqual(['hold_began', 'hold_ended']);
      expect(toOwners(world)).toEqual([]);
      expect(faultsOf(world)).toMatchObject([{ cause: { kind: 'access', failure: kind, tenants: 40 } }]);
      expect(world.log.fieldsOf('fault ended')).toMatchObject([{ reason: 'mostly_good_again' }]);
      expect(await world.store.faults.open()).toEqual([]);
    },
  );

  it('not even when every grant seems dead', async () => {
    const world = await aHealthyFleet(fleet);
    for (const id of fleet) world.access.refuses(id, 'invalid_grant');
    await world.live(ms('3h'));
    for (const id of fleet) expect(stateOf(world, id)).toBe('active');
    for (const id of fleet) world.access.serves(id);
    await world.live(ms('3h'));
    expect(toOwners(world)).toEqual([]);
    expect(toOperator(world)).toEqual(['hold_began', 'hold_ended']);
  });

  it('nor when Constant Contact had not answered at all for hours before', async () => {
    const world = await aHealthyFleet(fleet);
    for (const id of fleet) world.constantContact.fails(id, 'server');
    await world.live(ms('3h'));
    for (const id of fleet) world.constantContact.fails(id, 'unauthorized');
    await world.live(ms('3h'));
    expect(toOwners(world)).toEqual([]);
    expect(faultsOf(world)).toMatchObject([{ cause: { kind: 'access', failure: 'unauthorized' } }]);
  });

  it('whose own access is lost as well is told when the rest works again', async () => {
    const world = await aHealthyFleet(fleet);
    for (const id of fleet) world.constantContact.fails(id, 'unauthorized');
    await world.live(ms('2h'));
    showAll(world, fleet.slice(1));
    await world.live(ms('3h'));
    expect(toOwners(world)).toEqual(['tenant-001 reauthorize: reauthorize account']);
    expect(stateOf(world, 'tenant-001')).toBe('access_denied');
  });

  it('a few tenants that lose access are told as ever', async () => {
    const world = await aHealthyFleet(fleet);
    for (const id of fleet.slice(0, 9)) world.constantContact.fails(id, 'forbidden');
    await world.live(ms('3h'));
    expect(toOwners(world)).toHaveLength(9);
    expect(toOperator(world)).toEqual([]);
  });

  it('is told once by two processes that watch at once, at its beginning and at its end', async () => {
    const world = await aHealthyFleet(fleet);
    const other = world.restarted();
    for (const id of fleet) world.constantContact.fails(id, 'forbidden');
    await liveTogether(world, other, ms('3h'));
    showAll(world, fleet);
    await liveTogether(world, other, ms('3h'));
    expect(toOperator(world)).toEqual(['hold_began', 'hold_ended']);
    expect(toOwners(world)).toEqual([]);
  });

  it('is not released by command: it ends when we are let in again', async () => {
    const world = await aHealthyFleet(fleet);
    for (const id of fleet) world.constantContact.fails(id, 'forbidden');
    await world.live(ms('2h'));
    await createMailHolds(world.ports).release(operator, { kind: 'all' });
    expect(await world.store.faults.open()).toHaveLength(1);
    expect(toOperator(world)).toEqual(['hold_began']);
  });
});

function stateOf({ store }: World, id: string) {
  return store.memory.state.tenants.get(id)?.tenant.state;
}

function faultsOf({ store }: World): readonly Fault[] {
  return [...store.memory.state.faults.values()].filter(({ cause }) => cause.kind === 'access');
}
