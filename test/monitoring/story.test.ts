import { describe, expect, it } from '@jest/globals';
import { operator } from '../../src/monitoring/viewer.ts';
import { aContact, aGrant, anObservedConnection } from '../support/builders.ts';
import { ms, utc } from '../support/domain-time.ts';
import { deferred } from '../support/use-case-mailer.ts';
import { aWorld, OPERATOR, type World } from '../support/use-case-world.ts';

const facebook = { network: 'facebook', accountId: '1' };
const instagram = { network: 'instagram', accountId: '2' };
const broken = { tokenIsValid: false };

/** New York is five hours behind: the owner's reminders may come from 14:00 to 22:00 UTC. */
const begin = utc('2026-01-15 00:30');

describe('From a break to its repair', () => {
  it('tells the right people once, soon, with a reminder within their hours, and nobody else', async () => {
    const world = await aFleetOfTwo();

    await liveUntil(world, '2026-01-15 01:10');
    world.constantContact.shows('bakery', anObservedConnection({ ...facebook, ...broken }));
    await liveUntil(world, '2026-01-17 20:10');
    world.constantContact.shows('bakery', anObservedConnection(facebook));
    await liveUntil(world, '2026-01-18 12:00');

    expect(world.mailer.diary()).toEqual([
      // Seen at 02:00, certain at 02:15, and two minutes for whatever else breaks.
      '2026-01-15 02:17 owner@bakery.example alert: reconnect facebook',
      '2026-01-15 02:17 cc@bakery.example alert: reconnect facebook',
      // Two days later it is 21:17 in New York, so it waits for the morning.
      '2026-01-17 14:00 owner@bakery.example reminder: reconnect facebook',
      // Seen to work at 21:00 and again at 21:15.
      '2026-01-17 21:17 owner@bakery.example recovered: reconnect facebook',
      '2026-01-17 21:17 cc@bakery.example recovered: reconnect facebook',
    ]);
  });

  it('is the same story when the process is replaced all the time', async () => {
    const world = await aFleetOfTwo();

    await liveUntil(world, '2026-01-15 01:10', 'restarting');
    world.constantContact.shows('bakery', anObservedConnection({ ...facebook, ...broken }));
    await liveUntil(world, '2026-01-17 20:10', 'restarting');
    world.constantContact.shows('bakery', anObservedConnection(facebook));
    await liveUntil(world, '2026-01-18 12:00', 'restarting');

    expect(world.mailer.diary().map((line) => line.slice(11))).toEqual([
      '02:17 owner@bakery.example alert: reconnect facebook',
      '02:17 cc@bakery.example alert: reconnect facebook',
      '14:00 owner@bakery.example reminder: reconnect facebook',
      '21:17 owner@bakery.example recovered: reconnect facebook',
      '21:17 cc@bakery.example recovered: reconnect facebook',
    ]);
  });

  it('is told late, but told, when no mail server took mail for hours', async () => {
    const world = await aFleetOfTwo();
    await liveUntil(world, '2026-01-15 01:10');
    world.constantContact.shows(
      'florist',
      anObservedConnection({ ...facebook, ...broken }),
      anObservedConnection(instagram),
    );
    world.mailer.answers(deferred);
    await liveUntil(world, '2026-01-15 09:00');
    expect(world.mailer.diary()).toEqual([]);

    world.mailer.answers({ outcome: 'accepted', response: '250 ok' });
    await liveUntil(world, '2026-01-15 12:00');

    expect(world.mailer.diary().map((line) => line.slice(17))).toEqual([
      'owner@florist.example alert: reconnect facebook',
    ]);
    expect(new Set(world.mailer.attempts.map(({ mail }) => mail.messageId)).size).toBe(1);
  });

  it('is one mail however many of a tenant’s connections break, and one for their recovery', async () => {
    const world = await aFleetOfTwo();
    await liveUntil(world, '2026-01-15 01:10');
    world.constantContact.shows(
      'florist',
      anObservedConnection({ ...facebook, ...broken }),
      anObservedConnection({ ...instagram, tokenHasScopes: false }),
    );
    await liveUntil(world, '2026-01-15 05:10');
    world.constantContact.shows('florist', anObservedConnection(facebook), anObservedConnection(instagram));
    await liveUntil(world, '2026-01-15 09:00');

    expect(world.mailer.diary()).toEqual([
      '2026-01-15 02:17 owner@florist.example alert: reconnect facebook, reconnect instagram',
      '2026-01-15 06:17 owner@florist.example recovered: reconnect facebook, reconnect instagram',
    ]);
  });

  it('is not told of one bad poll among good ones', async () => {
    const world = await aFleetOfTwo();
    await liveUntil(world, '2026-01-15 01:10');
    world.constantContact.shows('bakery', anObservedConnection({ ...facebook, ...broken }));
    await liveUntil(world, '2026-01-15 02:05');
    world.constantContact.shows('bakery', anObservedConnection(facebook));
    await liveUntil(world, '2026-01-16 02:00');

    expect(world.mailer.diary()).toEqual([]);
  });

  it('is told the owner alone when we lose access, and told as repaired after a new grant', async () => {
    const world = await aFleetOfTwo();
    await liveUntil(world, '2026-01-15 01:10');
    world.access.refuses('bakery', 'invalid_grant');
    await liveUntil(world, '2026-01-15 08:10');
    expect(world.constantContact.asked().filter((id) => id === 'bakery')).toHaveLength(2);

    world.access.serves('bakery');
    await world.app.tenants.update(operator, 'bakery', { grant: aGrant() });
    await liveUntil(world, '2026-01-15 12:00');

    expect(world.mailer.diary()).toEqual([
      '2026-01-15 02:02 owner@bakery.example reauthorize: reauthorize account',
      '2026-01-15 08:28 owner@bakery.example recovered: reauthorize account',
    ]);
  });

  it('is told the operator alone when Constant Contact fails, and the break that hid behind it afterwards', async () => {
    const world = await aFleetOfTwo();
    await liveUntil(world, '2026-01-15 01:10');
    for (const id of ['bakery', 'florist']) world.constantContact.fails(id, 'server');
    await liveUntil(world, '2026-01-15 04:10');
    world.constantContact.shows('bakery', anObservedConnection(facebook));
    world.constantContact.shows(
      'florist',
      anObservedConnection({ ...facebook, ...broken }),
      anObservedConnection(instagram),
    );
    await liveUntil(world, '2026-01-15 09:00');

    expect(world.mailer.diary()).toEqual([
      `2026-01-15 02:15 ${OPERATOR} operator: outage_began`,
      `2026-01-15 04:15 ${OPERATOR} operator: outage_ended`,
      '2026-01-15 04:32 owner@florist.example alert: reconnect facebook',
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

/** `restarting`: a new process every quarter of an hour. */
async function liveUntil(world: World, time: string, processes: 'one' | 'restarting' = 'one'): Promise<void> {
  const end = utc(time);
  if (processes === 'one') return await world.live(end - world.clock.now());
  while (world.clock.now() < end) await world.restarted().live(Math.min(ms('15m'), end - world.clock.now()));
}
