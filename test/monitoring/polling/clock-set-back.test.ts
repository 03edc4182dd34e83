import { describe, expect, it } from '@jest/globals';
import { anObservedConnection, NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { aWorld, manyTenants, OPERATOR, type World } from '../../support/use-case-world.ts';

const broken = anObservedConnection({ tokenIsValid: false });
const ALERT = 'owner@bakery.example alert: reconnect facebook';

describe('A clock that ran five hours ahead and is set right', () => {
  it('leaves nobody unwatched: the tenants are asked at once, and then as usual', async () => {
    const world = await aWorld({ tenants: manyTenants(3), startsAt: NOW + ms('5h') });
    await world.live(ms('90m'));
    await world.clock.advance(-ms('5h'));

    expect(await world.poll()).toMatchObject({ polled: 3, clockCorrected: 3 });
    expect(await world.poll()).toMatchObject({ polled: 0 });
    await world.clock.advance(ms('1h'));
    expect(await world.poll()).toMatchObject({ polled: 3, clockCorrected: 0 });
  });

  it('is warned of once a round, with the number of tenants', async () => {
    const world = await aWorld({ tenants: manyTenants(3), startsAt: NOW + ms('5h') });
    await world.poll();
    await world.clock.advance(-ms('5h'));

    await world.poll();
    await world.poll();

    const warning = 'the clock was ahead when these tenants were last polled; corrected';
    expect(world.log.messages('warn')).toEqual([warning]);
    expect(world.log.fieldsOf(warning)).toEqual([{ tenants: 3 }]);
  });

  it('neither delays nor repeats what an owner hears of a break', async () => {
    const world = await aWorld({ startsAt: NOW + ms('5h') });
    await world.live(ms('90m'));
    world.constantContact.shows('bakery', broken);
    await world.live(ms('30m'));
    expect(world.mailer.accepted()).toEqual([]);

    await setBack(world);
    await world.live(ms('30m'));
    expect(world.mailer.accepted()).toEqual([ALERT]);

    await setBack(world);
    await world.live(ms('30h'));
    expect(world.mailer.accepted()).toEqual([ALERT]);
    await world.live(ms('2d'));
    expect(world.mailer.accepted()).toEqual([ALERT, 'owner@bakery.example reminder: reconnect facebook']);
  });

  it('does not keep an outage from being told', async () => {
    const tenants = manyTenants(3);
    const world = await aWorld({ tenants, startsAt: NOW + ms('5h') });
    for (const id of tenants) world.constantContact.fails(id, 'server');
    await world.poll();
    await setBack(world);

    await world.live(ms('45m'));
    expect(world.mailer.accepted()).toEqual([`${OPERATOR} operator: outage_began`]);
  });
});

/** With the daemon's next tick. */
async function setBack(world: World): Promise<void> {
  await world.clock.advance(-ms('5h'));
  await world.poll();
}
