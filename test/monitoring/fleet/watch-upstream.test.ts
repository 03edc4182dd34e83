import { describe, expect, it } from '@jest/globals';
import type { PollFailureKind } from '../../../src/domain/model/poll.ts';
import { anObservedConnection } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { liveTogether } from '../../support/use-case-fleet.ts';
import { aWorld, manyTenants, OPERATOR, type World } from '../../support/use-case-world.ts';

const fleet = manyTenants(6);
const began = `${OPERATOR} operator: outage_began`;
const ended = `${OPERATOR} operator: outage_ended`;

describe('An outage of Constant Contact', () => {
  it.each(['timeout', 'dns', 'server', 'invalid_response', 'throttled'] as const)(
    'is told the operator once when it begins and once when it ends, and no owner: %s',
    async (kind) => {
      const world = await aHealthyFleet();

      failAll(world, kind);
      await world.live(ms('3h'));
      expect(world.mailer.accepted()).toEqual([began]);

      recoverAll(world);
      await world.live(ms('3h'));
      expect(world.mailer.accepted()).toEqual([began, ended]);
      expect(world.store.memory.state.incidents.size).toBe(0);
    },
  );

  it('says how many failed, and for how long it has lasted', async () => {
    const world = await aHealthyFleet();

    failAll(world, 'server', fleet.slice(0, 4));
    const brokeAt = world.clock.now();
    await world.live(ms('3h'));

    const [mail] = world.mailer.attempts;
    expect(mail?.content.report).toMatchObject({ about: 'outage_began', failing: 4, polled: 6, kind: 'server' });
    const report = mail?.content.report;
    const since = report?.about === 'outage_began' ? report.since : 0;
    // The first look that showed it: the first polls after it broke.
    expect(since).toBeGreaterThan(brokeAt);
    expect(since).toBeLessThanOrEqual(brokeAt + ms('1h'));
    expect(mail?.at).toBeGreaterThanOrEqual(since + ms('15m'));
  });

  it('is told once by two processes that watch at once, at its beginning and at its end', async () => {
    const world = await aHealthyFleet();
    const other = world.restarted();

    failAll(world, 'connection');
    await liveTogether(world, other, ms('2h'));
    expect(operatorMail(world)).toEqual(['outage_began']);
    const errors = [...world.log.messages('error'), ...other.log.messages('error')];
    expect(errors).toEqual(['fault began']);

    recoverAll(world);
    await liveTogether(world, other, ms('2h'));
    expect(operatorMail(world)).toEqual(['outage_began', 'outage_ended']);
  });

  it('is not told again after a restart', async () => {
    const world = await aHealthyFleet();
    failAll(world, 'timeout');
    await world.live(ms('2h'));

    await world.restarted().live(ms('2h'));

    expect(world.mailer.accepted()).toEqual([began]);
  });

  it('that comes back is told again', async () => {
    const world = await aHealthyFleet();

    for (let outage = 0; outage < 2; outage += 1) {
      failAll(world, 'timeout');
      await world.live(ms('2h'));
      recoverAll(world);
      await world.live(ms('2h'));
    }

    expect(world.mailer.accepted()).toEqual([began, ended, began, ended]);
  });

  it('still reaches the operator when mail is down for the whole of it', async () => {
    const world = await aHealthyFleet();
    failAll(world, 'timeout');
    world.mailer.answers({ outcome: 'deferred', response: 'connection refused', isOurFault: false });
    await world.live(ms('2h'));
    recoverAll(world);
    await world.live(ms('2h'));
    expect(world.mailer.accepted()).toEqual([]);

    world.mailer.answers({ outcome: 'accepted', response: '250 ok' });
    await world.live(ms('2h'));

    expect(world.mailer.accepted()).toEqual([began, ended]);
  });

  it('is only logged when no operator is configured', async () => {
    const world = await aHealthyFleet();
    failAll(world, 'server');

    for (let minute = 0; minute < 120; minute += 1) {
      await world.clock.advance(ms('1m'));
      await world.poll({}, { operatorEmail: null });
    }

    expect(world.store.memory.state.notifications.size).toBe(0);
    expect(world.log.messages('error')).toEqual(['fault began']);
  });

  it('does not hide a connection that breaks while most of the fleet fails', async () => {
    const world = await aHealthyFleet();
    failAll(world, 'timeout', fleet.slice(0, 4));
    world.constantContact.shows('tenant-006', anObservedConnection({ tokenIsValid: false }));

    await world.live(ms('3h'));

    expect(world.mailer.accepted().toSorted()).toEqual([began, 'owner@tenant-006.example alert: reconnect facebook']);
  });
});

describe('No outage', () => {
  it('is a hiccup that has passed before OUTAGE_AFTER', async () => {
    const world = await aHealthyFleet();
    failAll(world, 'timeout');
    await world.live(ms('1h'));
    expect(world.mailer.accepted()).toEqual([]);

    recoverAll(world);
    await world.live(ms('2h'));

    expect(world.mailer.accepted()).toEqual([]);
    expect(world.log.fieldsOf('fault suspected')).toMatchObject([{ reason: 'no_answer' }]);
    expect(world.log.fieldsOf('suspected fault dropped')).toMatchObject([{ reason: 'passed_before_it_was_told' }]);
  });

  it('is a failure of less than half of the fleet', async () => {
    const world = await aHealthyFleet();
    failAll(world, 'timeout', fleet.slice(0, 2));

    // They are asked every 15 minutes, the others once an hour; for most of it nobody else was asked of late.
    await liveTogether(world, world.restarted(), ms('3h'));

    expect(operatorMail(world)).toEqual([]);
  });

  it('is the loss of our access to many tenants', async () => {
    const world = await aHealthyFleet();
    failAll(world, 'forbidden');

    await world.live(ms('3h'));

    expect(operatorMail(world)).toEqual([]);
  });
});

async function aHealthyFleet(): Promise<World> {
  const world = await aWorld({ tenants: fleet });
  await world.live(ms('1m'));
  return world;
}

function failAll({ constantContact }: World, kind: PollFailureKind, tenants: readonly string[] = fleet): void {
  // Longer than a poll would wait for, so that no clock has to move within it.
  for (const id of tenants) constantContact.fails(id, kind, { retryAfterMs: kind === 'throttled' ? ms('1m') : null });
}

function recoverAll({ constantContact }: World): void {
  for (const id of fleet) constantContact.shows(id, anObservedConnection());
}

function operatorMail({ store }: World): readonly string[] {
  return [...store.memory.state.notifications.values()]
    .filter(({ kind }) => kind === 'operator')
    .map(({ reason }) => reason);
}
