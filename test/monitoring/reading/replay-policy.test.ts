import { describe, expect, it } from '@jest/globals';
import { operator } from '../../../src/monitoring/viewer.ts';
import { aContact, aGrant, anObservedConnection } from '../../support/builders.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { ms, utc } from '../../support/domain-time.ts';
import { withAlertsDue } from '../../support/use-case-alerts.ts';
import { deferred } from '../../support/use-case-mailer.ts';
import { replayed, replayLines } from '../../support/use-case-replay.ts';
import { aWorld, type World } from '../../support/use-case-world.ts';

const facebook = { network: 'facebook', accountId: '1' };
const instagram = { network: 'instagram', accountId: '2' };
const broken = { tokenIsValid: false };

/** New York is five hours behind: the owner's reminders may come from 14:00 to 22:00 UTC. */
const begin = utc('2026-01-15 00:30');

type Scene = readonly [until: string, act: (world: World) => unknown];

const facebookShows = (status: Parameters<typeof anObservedConnection>[0]) => (world: World) =>
  world.constantContact.shows('bakery', anObservedConnection({ ...facebook, ...status }));
const facebookBreaks = facebookShows(broken);
const facebookWorks = facebookShows({});

const page = { network: 'facebook', accountIds: ['1'], name: 'Catering', isAccessible: false };
const facebookHas = (one: typeof page) => (world: World) => world.constantContact.showsPages('bakery', one);

const breakAndRepair: readonly Scene[] = [
  ['2026-01-15 01:10', facebookBreaks],
  ['2026-01-17 20:10', facebookWorks],
];

const alertAt = (minute: string) => [
  `= ${minute} owner@bakery.example alert: reconnect facebook`,
  `= ${minute} cc@bakery.example alert: reconnect facebook`,
];

describe('A replay with the settings of then', () => {
  it.each<[string, readonly Scene[], readonly string[]]>([
    [
      'a break, its reminder and its repair',
      breakAndRepair,
      [
        ...alertAt('2026-01-15 02:17'),
        '= 2026-01-17 14:00 owner@bakery.example reminder: reconnect facebook',
        '= 2026-01-17 21:17 owner@bakery.example recovered: reconnect facebook',
        '= 2026-01-17 21:17 cc@bakery.example recovered: reconnect facebook',
      ],
    ],
    [
      'a single bad poll',
      [
        ['2026-01-15 01:10', facebookBreaks],
        ['2026-01-15 02:05', facebookWorks],
      ],
      [],
    ],
    [
      'a limit that lasts',
      [
        ['2026-01-15 01:10', facebookShows({ rateLimited: true })],
        ['2026-01-15 09:10', facebookWorks],
      ],
      [
        '= 2026-01-15 04:02 owner@bakery.example alert: wait facebook',
        '= 2026-01-15 04:02 cc@bakery.example alert: wait facebook',
        '= 2026-01-15 10:17 owner@bakery.example recovered: wait facebook',
        '= 2026-01-15 10:17 cc@bakery.example recovered: wait facebook',
      ],
    ],
    [
      'a check that nobody answers, believed after a day',
      [['2026-01-15 01:10', facebookShows({ ...broken, networkStatus: 503 })]],
      [...alertAt('2026-01-16 02:17'), '= 2026-01-18 14:00 owner@bakery.example reminder: reconnect facebook'],
    ],
    [
      'a grant that is withdrawn and given anew',
      [
        ['2026-01-15 01:10', ({ access }) => access.refuses('bakery', 'invalid_grant')],
        ['2026-01-17 20:10', authoriseAgain],
      ],
      [
        '= 2026-01-15 02:02 owner@bakery.example reauthorize: reauthorize account',
        '= 2026-01-17 14:00 owner@bakery.example reminder: reauthorize account',
        '= 2026-01-17 20:28 owner@bakery.example recovered: reauthorize account',
      ],
    ],
    [
      'a broken connection that is removed',
      [
        ['2026-01-15 01:10', facebookBreaks],
        ['2026-01-15 08:10', ({ constantContact }) => constantContact.shows('bakery')],
      ],
      [...alertAt('2026-01-15 02:17'), '= 2026-01-15 09:32 owner@bakery.example removed: none facebook'],
    ],
    [
      'an outage while it is broken, and a reminder that waits for a poll',
      [
        ['2026-01-15 01:10', facebookBreaks],
        ['2026-01-16 20:10', ({ constantContact }) => constantContact.fails('bakery', 'server')],
        ['2026-01-17 16:10', facebookBreaks],
      ],
      [...alertAt('2026-01-15 02:17'), '= 2026-01-17 16:15 owner@bakery.example reminder: reconnect facebook'],
    ],
    [
      'a stop of ours while it is broken, and a reminder that waits for a poll',
      [
        ['2026-01-15 01:10', facebookBreaks],
        ['2026-01-17 08:10', ({ clock }) => clock.advance(ms('9h'))],
      ],
      [...alertAt('2026-01-15 02:17'), '= 2026-01-17 17:15 owner@bakery.example reminder: reconnect facebook'],
    ],
    [
      'polls that show now this, now that',
      [
        ['2026-01-15 01:10', facebookBreaks],
        ['2026-01-15 02:05', facebookWorks],
        ['2026-01-15 03:05', facebookBreaks],
        ['2026-01-15 05:05', facebookWorks],
        ['2026-01-15 06:05', facebookBreaks],
        ['2026-01-15 08:05', facebookShows({ hasToken: null })],
        ['2026-01-15 12:05', facebookWorks],
      ],
      [
        ...alertAt('2026-01-15 04:17'),
        '= 2026-01-15 13:17 owner@bakery.example recovered: reconnect facebook',
        '= 2026-01-15 13:17 cc@bakery.example recovered: reconnect facebook',
      ],
    ],
    [
      'a token that the pages defend, and that is dead all the same',
      [
        ['2026-01-15 01:00', facebookHas({ ...page, isAccessible: true })],
        ['2026-01-15 01:10', facebookBreaks],
      ],
      [...alertAt('2026-01-15 02:32'), '= 2026-01-17 14:00 owner@bakery.example reminder: reconnect facebook'],
    ],
    [
      'a page that is lost, and found again',
      [
        ['2026-01-15 01:10', facebookHas(page)],
        ['2026-01-16 05:10', facebookHas({ ...page, isAccessible: true })],
      ],
      [
        '= 2026-01-16 00:17 owner@bakery.example alert: choose_profile facebook',
        '= 2026-01-16 00:17 cc@bakery.example alert: choose_profile facebook',
        '= 2026-01-16 06:17 owner@bakery.example recovered: choose_profile facebook',
        '= 2026-01-16 06:17 cc@bakery.example recovered: choose_profile facebook',
      ],
    ],
    [
      'trouble that somebody closed by hand, and that goes on',
      [
        ['2026-01-15 01:10', facebookBreaks],
        ['2026-01-15 08:10', closeAll],
      ],
      [
        ...alertAt('2026-01-15 02:17'),
        ...alertAt('2026-01-15 09:17'),
        '= 2026-01-17 14:00 owner@bakery.example reminder: reconnect facebook',
      ],
    ],
  ])('sends what was sent about %s', async (_name, scenes, mail) => {
    const world = await aFleetOfTwo();
    await play(world, scenes, '2026-01-18 20:00');
    expect(replayLines(await replayed(world))).toEqual(mail);
  });

  it('is the same when the process was replaced in between', async () => {
    const world = await aFleetOfTwo();
    const again = world.restarted();
    await play(world, breakAndRepair.slice(0, 1), '2026-01-15 02:10');
    await play(again, breakAndRepair.slice(1), '2026-01-18 20:00');
    expect(await differences(world)).toEqual([]);
  });

  it('takes it from where the trouble stood at its beginning', async () => {
    const world = await aFleetOfTwo();
    await play(world, breakAndRepair, '2026-01-18 20:00');
    expect(replayLines(await replayed(world, { from: utc('2026-01-16 10:00') }))).toEqual([
      '= 2026-01-17 14:00 owner@bakery.example reminder: reconnect facebook',
      '= 2026-01-17 21:17 owner@bakery.example recovered: reconnect facebook',
      '= 2026-01-17 21:17 cc@bakery.example recovered: reconnect facebook',
    ]);
  });

  it('takes lost access from where it stood at its beginning', async () => {
    const world = await aFleetOfTwo();
    const scenes: readonly Scene[] = [
      ['2026-01-15 01:10', ({ access }) => access.refuses('bakery', 'invalid_grant')],
      ['2026-01-17 20:10', authoriseAgain],
    ];
    await play(world, scenes, '2026-01-18 20:00');
    expect(await differences(world, utc('2026-01-16 10:00'))).toEqual([]);
  });

  it('begins with the oldest poll that is kept', async () => {
    const world = await aFleetOfTwo();
    await play(world, [], '2026-01-18 20:00');
    expect((await replayed(world, { from: utc('2025-12-01 00:00') })).from).toBe(begin + ms('1m'));
  });

  it('shows mail that a mail server took late as sent earlier', async () => {
    const world = await aFleetOfTwo();
    const scenes: readonly Scene[] = [
      ['2026-01-15 01:10', facebookBreaks],
      ['2026-01-15 02:10', ({ mailer }) => mailer.answers(deferred)],
      ['2026-01-15 08:10', ({ mailer }) => mailer.answers({ outcome: 'accepted', response: '250 ok' })],
    ];
    await play(world, scenes, '2026-01-15 12:00');
    expect(replayLines(await replayed(world))).toEqual([
      '< 2026-01-15 02:17 owner@bakery.example alert: reconnect facebook',
      '< 2026-01-15 02:17 cc@bakery.example alert: reconnect facebook',
    ]);
  });
});

describe('A replay with other settings', () => {
  it('tells later what must be seen more often', async () => {
    const world = await aFleetOfTwo();
    await play(world, breakAndRepair.slice(0, 1), '2026-01-15 12:00');
    const report = await replayed(world, { settings: { confirmPolls: 3 } });
    expect(replayLines(report)).toEqual([
      '> 2026-01-15 03:02 owner@bakery.example alert: reconnect facebook',
      '> 2026-01-15 03:02 cc@bakery.example alert: reconnect facebook',
    ]);
    expect(Object.fromEntries(report.totals)).toEqual({ alert: { would: 2, was: 2, onlyWould: 0, onlyWas: 0 } });
  });

  it('does not tell what was not seen often enough', async () => {
    const world = await aFleetOfTwo();
    const scenes: readonly Scene[] = [
      ['2026-01-15 01:10', facebookBreaks],
      ['2026-01-15 02:40', facebookWorks],
    ];
    await play(world, scenes, '2026-01-15 12:00');
    const report = await replayed(world, { settings: { confirmPolls: 3 } });
    expect(replayLines(report).map((line) => line.slice(0, 18))).toEqual([
      '- 2026-01-15 02:17',
      '- 2026-01-15 02:17',
      '- 2026-01-15 03:17',
      '- 2026-01-15 03:17',
    ]);
    expect(Object.fromEntries(report.totals)).toEqual({
      alert: { would: 0, was: 2, onlyWould: 0, onlyWas: 2 },
      recovered: { would: 0, was: 2, onlyWould: 0, onlyWas: 2 },
    });
  });

  it('tells what a single bad poll shows when one is enough', async () => {
    const world = await aFleetOfTwo();
    const scenes: readonly Scene[] = [
      ['2026-01-15 01:10', facebookBreaks],
      ['2026-01-15 02:10', facebookWorks],
    ];
    await play(world, scenes, '2026-01-15 12:00');
    const report = await replayed(world, { settings: { confirmPolls: 1 } });
    expect(replayLines(report).slice(0, 2)).toEqual([
      '+ 2026-01-15 02:02 owner@bakery.example alert: reconnect facebook',
      '+ 2026-01-15 02:02 cc@bakery.example alert: reconnect facebook',
    ]);
  });

  it('reminds at other times', async () => {
    const world = await aFleetOfTwo();
    await play(world, breakAndRepair.slice(0, 1), '2026-01-18 12:00');
    const report = await replayed(world, { settings: { remindAfterMs: [ms('1d'), ms('3d')] } });
    expect(replayLines(report).slice(2)).toEqual([
      '+ 2026-01-16 14:00 owner@bakery.example reminder: reconnect facebook',
      '- 2026-01-17 14:00 owner@bakery.example reminder: reconnect facebook',
    ]);
  });
});

describe('A replay', () => {
  it('changes nothing, and counts what it looked at', async () => {
    const world = await aFleetOfTwo();
    await play(world, breakAndRepair, '2026-01-18 20:00');
    const before = world.store.memory.state;
    const { tenantsReplayed, pollsReplayed } = await replayed(world, { settings: { confirmPolls: 1 } });
    const polls = [...before.polls.values()].filter(({ tenantId }) => tenantId === 'bakery');
    expect([tenantsReplayed, pollsReplayed]).toEqual([2, polls.length]);
    expect(world.store.memory.state).toBe(before);
    expect(world.mailer.attempts).toHaveLength(5);
  });

  it('looks at the tenants it is asked for alone', async () => {
    const world = await aFleetOfTwo();
    await play(world, breakAndRepair, '2026-01-18 20:00');
    expect(await replayed(world, { tenants: ['florist'] })).toMatchObject({ tenantsReplayed: 1, tenants: [] });
  });
});

describe('A replay for somebody who waits', () => {
  const asked = { tenantIds: null, from: null };

  it('goes back as far as polls are kept, lists as many tenants as are asked for, and counts all', async () => {
    const { app, clock } = await withAlertsDue(['bakery', 'cafe', 'mill']);
    const request = { ...asked, to: clock.now() };
    const whole = await app.replays.run(operator, request);
    const listed = await app.replays.run(operator, { ...request, listed: 1 });
    expect(whole).toMatchObject({ tenants: [{}, {}, {}], moreTenants: 0 });
    expect(listed).toEqual({ ...whole, tenants: whole.tenants.slice(0, 1), moreTenants: 2 });
  });

  it('lets others have their turn in between, and ends when it is told to', async () => {
    const world = await aFleetOfTwo();
    await play(world, breakAndRepair, '2026-01-25 20:00');
    const { app, clock } = world;
    let [turns, isOver] = [0, false];
    const other = () => {
      turns += 1;
      if (!isOver) setImmediate(other);
    };
    setImmediate(other);
    await app.replays.run(operator, { ...asked, to: clock.now() });
    isOver = true;
    // Some 250 polls of the one in trouble.
    expect(turns).toBeGreaterThan(4);
    const request = { ...asked, to: clock.now(), signal: AbortSignal.abort(new Error('too long')) };
    await expect(app.replays.run(operator, request)).rejects.toThrow('too long');
  });

  it('applies the rules that it is given, in place of those that are configured', async () => {
    const { app, clock } = await withAlertsDue(['bakery']);
    const request = { ...asked, to: clock.now(), settings: alertSettings({ confirmPolls: 5 }) };
    expect((await app.replays.run(operator, request)).tenants).toEqual([]);
  });
});

async function aFleetOfTwo(): Promise<World> {
  const copy = aContact({ id: 'cc', tenantId: 'bakery', email: 'cc@bakery.example', role: 'cc' });
  const world = await aWorld({ tenants: ['bakery', 'florist'], contacts: [copy], startsAt: begin });
  world.constantContact.shows('bakery', anObservedConnection(facebook));
  world.constantContact.shows('florist', anObservedConnection(facebook), anObservedConnection(instagram));
  return world;
}

async function play(world: World, scenes: readonly Scene[], end: string): Promise<void> {
  for (const [until, act] of scenes) {
    await world.live(utc(until) - world.clock.now());
    await act(world);
  }
  await world.live(utc(end) - world.clock.now());
}

async function differences(world: World, from?: number): Promise<readonly string[]> {
  const lines = replayLines(await replayed(world, from === undefined ? {} : { from }));
  if (lines.length === 0) throw new Error('Nothing was replayed.');
  return lines.filter((line) => !line.startsWith('='));
}

async function authoriseAgain({ access, app }: World): Promise<void> {
  access.serves('bakery');
  await app.tenants.update(operator, 'bakery', { grant: aGrant() });
}

async function closeAll({ app, store }: World): Promise<void> {
  for (const id of store.memory.state.incidents.keys()) await app.incidents.close(operator, id);
}
