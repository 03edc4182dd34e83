import { describe, expect, it } from '@jest/globals';
import type { Instant } from '../../../src/domain/model/time.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { anObservedConnection } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { removeTenant } from '../../support/store-records.ts';
import { aWorld, type World } from '../../support/use-case-world.ts';

const alert = 'owner@bakery.example alert: reconnect facebook';
const reminder = 'owner@bakery.example reminder: reconnect facebook';
const recovered = 'owner@bakery.example recovered: reconnect facebook';

describe('An incident that cannot be changed', () => {
  it('is one that nobody knows', async () => {
    const world = await withTold();

    expect(await change(world, { kind: 'close' }, 'nothing')).toBe('not_found');
  });

  it('is one that is closed, and stays so', async () => {
    const world = await withTold();
    await change(world, { kind: 'close' });
    const closed = incidentOf(world);
    await world.clock.advance(ms('1h'));

    expect(await change(world, { kind: 'close' })).toBe('already_closed');
    expect(await change(world, { kind: 'acknowledge' })).toBe('already_closed');
    expect(await change(world, { kind: 'snooze', until: world.clock.now() })).toBe('already_closed');
    expect(incidentOf(world)).toEqual(closed);
  });

  it('is one that has recovered: its thanks, still waiting, are sent all the same', async () => {
    const world = await withTold();
    world.constantContact.shows('bakery', anObservedConnection());
    await world.live(ms('45m'));
    expect(incidentOf(world)).toMatchObject({ state: 'closed', closeReason: 'recovered' });
    expect(mailOf(world, 'recovered')).toMatchObject([{ state: 'pending' }]);

    expect(await change(world, { kind: 'close' })).toBe('already_closed');
    await world.live(ms('5m'));

    expect(world.mailer.accepted()).toEqual([alert, recovered]);
  });

  it('is one of a tenant that was removed', async () => {
    const world = await withTold();
    await removeTenant(world.store, 'bakery');

    expect(await change(world, { kind: 'close' })).toBe('not_found');
  });
});

describe('Closing by command', () => {
  it('sends no thanks, and the next bad poll begins a new incident, confirmed and told anew', async () => {
    const world = await withTold();

    expect(await change(world, { kind: 'close' })).toBe('done');
    expect(incidentOf(world)).toMatchObject({
      state: 'closed',
      closeReason: 'by_command',
      alerting: { decision: 'by_command' },
    });
    await world.live(ms('3h'));

    expect(world.mailer.accepted()).toEqual([alert, alert]);
    expect(world.store.memory.state.incidents.size).toBe(2);
  });

  it('keeps back an alert that was still waiting', async () => {
    const world = await withSuspect();
    await world.clock.advance(ms('15m'));
    await world.poll();
    world.constantContact.shows('bakery', anObservedConnection());

    await change(world, { kind: 'close' });
    await world.live(ms('3h'));

    expect(world.mailer.accepted()).toEqual([]);
    expect([...world.store.memory.state.notifications.values()]).toMatchObject([
      { state: 'cancelled', reason: 'no_longer_true' },
    ]);
  });
});

describe('A snooze', () => {
  it('silences the reminders until it ends', async () => {
    const world = await withTold();
    const until = world.clock.now() + ms('4d');

    expect(await change(world, { kind: 'snooze', until })).toBe('done');
    expect(incidentOf(world)).toMatchObject({ reminders: { snoozedUntil: until }, alerting: { decision: 'snoozed' } });
    await world.live(ms('4d') - ms('1m'));
    expect(world.mailer.accepted()).toEqual([alert]);

    await world.live(ms('1d'));
    expect(world.mailer.accepted()).toEqual([alert, reminder]);
  });

  it('never silences the recovery', async () => {
    const world = await withTold();
    await change(world, { kind: 'snooze', until: world.clock.now() + ms('30d') });

    world.constantContact.shows('bakery', anObservedConnection());
    await world.live(ms('3h'));

    expect(world.mailer.accepted()).toEqual([alert, recovered]);
  });

  it('catches a reminder that waits for its delivery already', async () => {
    const world = await withTold();
    world.mailer.answers({ outcome: 'deferred', response: 'connection refused', isOurFault: false });
    await world.live(ms('2d1h'));
    expect(mailOf(world, 'reminder')).toMatchObject([{ state: 'pending' }]);

    await change(world, { kind: 'snooze', until: world.clock.now() + ms('1d') });
    world.mailer.answers({ outcome: 'accepted', response: '250 ok' });
    await world.live(ms('2h'));

    expect(mailOf(world, 'reminder')).toMatchObject([{ state: 'cancelled', reason: 'snoozed' }]);
  });
});

describe('An acknowledgement', () => {
  it('is dated once, and changes nothing about the mail', async () => {
    const world = await withTold();
    const at = world.clock.now();

    expect(await change(world, { kind: 'acknowledge' })).toBe('done');
    await world.clock.advance(ms('1h'));
    expect(await change(world, { kind: 'acknowledge' })).toBe('done');

    expect(incidentOf(world)).toMatchObject({ acknowledgedAt: at, state: 'open' });
    await world.live(ms('2d1h'));
    expect(world.mailer.accepted()).toEqual([alert, reminder]);
  });
});

async function withSuspect(): Promise<World> {
  const world = await aWorld();
  await world.live(ms('1m'));
  world.constantContact.shows('bakery', anObservedConnection({ tokenIsValid: false }));
  await world.clock.advance(ms('1h'));
  await world.poll();
  return world;
}

/** Broken, confirmed, and its owner told: 13:19 UTC, which is 08:19 in New York. */
async function withTold(): Promise<World> {
  const world = await withSuspect();
  await world.live(ms('30m'));
  return world;
}

type Change = Readonly<{ kind: 'acknowledge' | 'close' }> | Readonly<{ kind: 'snooze'; until: Instant }>;

async function change({ app, store }: World, changed: Change, given?: string): Promise<string> {
  const [first = ''] = store.memory.state.incidents.keys();
  const id = given ?? first;
  const { outcome } =
    changed.kind === 'snooze'
      ? await app.incidents.snooze(operator, id, changed.until)
      : await app.incidents[changed.kind](operator, id);
  return outcome;
}

function incidentOf({ store }: World) {
  return [...store.memory.state.incidents.values()][0];
}

function mailOf({ store }: World, kind: string) {
  return [...store.memory.state.notifications.values()].filter((mail) => mail.kind === kind);
}
