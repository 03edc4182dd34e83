import { describe, expect, it } from '@jest/globals';
import { aContact, anObservedConnection } from '../support/builders.ts';
import { utc } from '../support/domain-time.ts';
import { replayed, replayLines } from '../support/use-case-replay.ts';
import { aWorld, type World } from '../support/use-case-world.ts';

const facebook = { network: 'facebook', accountId: '1' };
const instagram = { network: 'instagram', accountId: '2' };
const broken = { tokenIsValid: false };

const begin = utc('2026-01-15 00:30');

describe('A replay with the settings of then', () => {
  it('sends what was sent: the alert, the reminder and the thanks, to owner and cc', async () => {
    const world = await aFleetOfTwo();
    await liveUntil(world, '2026-01-15 01:10');
    world.constantContact.shows('bakery', anObservedConnection({ ...facebook, ...broken }));
    await liveUntil(world, '2026-01-17 20:10');
    world.constantContact.shows('bakery', anObservedConnection(facebook));
    await liveUntil(world, '2026-01-18 12:00');

    expect(replayLines(await replayed(world))).toEqual([
      '= 2026-01-15 02:17 owner@bakery.example alert: reconnect facebook',
      '= 2026-01-15 02:17 cc@bakery.example alert: reconnect facebook',
      '= 2026-01-17 14:00 owner@bakery.example reminder: reconnect facebook',
      '= 2026-01-17 21:17 owner@bakery.example recovered: reconnect facebook',
      '= 2026-01-17 21:17 cc@bakery.example recovered: reconnect facebook',
    ]);
  });
});

async function aFleetOfTwo(): Promise<World> {
  const copy = aContact({ id: 'cc', tenantId: 'bakery', email: 'cc@bakery.example', role: 'cc' });
  const world = await aWorld({ tenants: ['bakery', 'florist'], contacts: [copy], startsAt: begin });
  world.constantContact.shows('bakery', anObservedConnection(facebook));
  world.constantContact.shows('florist', anObservedConnection(facebook), anObservedConnection(instagram));
  return world;
}

async function liveUntil(world: World, time: string): Promise<void> {
  await world.live(utc(time) - world.clock.now());
}
