import { describe, expect, it } from '@jest/globals';
import { anObservedConnection } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { deliverEachSecond, mailTo, withAlertsDue, withOperatorMail } from '../../support/use-case-alerts.ts';
import { settled } from '../../support/use-case-clock.ts';
import { accepted, deferred } from '../../support/use-case-mailer.ts';
import { aWorld, manyTenants, OPERATOR, type World } from '../../support/use-case-world.ts';

describe('A delivery that is stopped', () => {
  it('opens no mailer while nothing is due, for that costs a second', async () => {
    const world = await aWorld();
    const openMailer = () => Promise.reject(new Error('there was nothing to open it for'));
    await expect(world.deliver(undefined, { openMailer })).resolves.toEqual({ sent: 0, failed: 0 });
  });

  it('begins no further mail and marks those on their way', async () => {
    const world = await withAlertsDue(manyTenants(20));
    const release = world.mailer.holds();
    const stop = new AbortController();

    const delivery = world.deliver(stop.signal);
    await settled();
    stop.abort();
    release(accepted);

    expect(await delivery).toEqual({ sent: 5, failed: 0 });
    expect(world.mailer.attempts).toHaveLength(5);
    expect(statesOf(world)).toEqual({ sent: 5, pending: 15 });
  });
});

describe('Delivery', () => {
  it('keeps five connections busy, and no more', async () => {
    const world = await withAlertsDue(manyTenants(60));
    const release = world.mailer.holds();

    const delivery = world.deliver();
    await settled();
    expect(world.mailer.attempts).toHaveLength(5);
    release(accepted);
    await delivery;

    expect(world.mailer.mostInFlight()).toBe(5);
    expect(world.mailer.attempts).toHaveLength(60);
  });

  it('sends nothing before it is due', async () => {
    const world = await withAlertsDue(['bakery'], { settings: { groupWaitMs: ms('10m') } });

    expect(await world.deliver()).toEqual({ sent: 0, failed: 0 });
    await world.clock.advance(ms('8m'));
    expect(await world.deliver()).toEqual({ sent: 1, failed: 0 });
  });

  it('waits longer after each attempt for the operator as well', async () => {
    const world = await aWorld();
    await withOperatorMail(world);
    const begin = world.clock.now();
    world.mailer.answers(deferred);

    await deliverEachSecond(world, 250);

    expect(world.mailer.attempts.map(({ at }) => at - begin)).toEqual([0, 30_000, 90_000, 210_000]);
    expect(mailTo(world, OPERATOR)).toMatchObject({ state: 'pending', attempts: 4, outcomeUnknown: false });
  });

  it('cancels what is no longer true, and says so', async () => {
    const world = await withAlertsDue(['bakery']);
    world.constantContact.shows('bakery', anObservedConnection());
    for (let poll = 0; poll < 2; poll += 1) {
      await world.clock.advance(ms('1h'));
      await world.poll();
    }

    expect(await world.deliver()).toEqual({ sent: 0, failed: 0 });

    expect(mailTo(world, 'owner@bakery.example')).toMatchObject({ state: 'cancelled', reason: 'no_longer_true' });
    expect(world.log.fieldsOf('mail decided')).toMatchObject([{ decision: 'cancel', reason: 'no_longer_true' }]);
  });

  it('logs each mail with the reason and the answer', async () => {
    const world = await withAlertsDue(['bakery']);

    await world.deliver();

    expect(world.log.fieldsOf('mail sent')).toMatchObject([
      { tenantId: 'bakery', kind: 'alert', reason: 'first_alert', attempts: 1, response: '250 2.0.0 queued' },
    ]);
  });
});

function statesOf({ store }: World): Record<string, number> {
  const states = Map.groupBy(store.memory.state.notifications.values(), ({ state }) => state);
  return Object.fromEntries([...states].map(([state, mail]) => [state, mail.length]));
}
