import { describe, expect, it } from '@jest/globals';
import { LEASE_MS } from '../../src/domain/claim.ts';
import type { Notification } from '../../src/domain/notification.ts';
import type { TenantRecords } from '../../src/monitoring/ports.ts';
import { aContact, anObservedConnection, anOperatorNotification } from '../support/builders.ts';
import { ms } from '../support/domain-time.ts';
import { manualClock, settled } from '../support/use-case-clock.ts';
import { accepted, deferred, refused, unknownAddress } from '../support/use-case-mailer.ts';
import { aWorld, manyTenants, OPERATOR, type World, type WorldOptions } from '../support/use-case-world.ts';

describe('One mail never touches another', () => {
  it('sends the others when one cannot be written', async () => {
    const world = await withAlertsDue(['bakery', 'florist', 'garage']);
    world.mailer.cannotWriteTo('owner@florist.example');

    expect(await world.deliver()).toEqual({ sent: 2, failed: 0 });
    expect(world.log.fieldsOf('a mail could not be delivered')).toMatchObject([{ tenantId: 'florist' }]);
  });

  it('sends the others when one cannot be claimed', async () => {
    const world = await withAlertsDue(['bakery', 'florist', 'garage']);
    const records = failing(world.store.tenantRecords, (ids) => ids.includes('florist'));

    expect(await world.deliver(undefined, { records })).toEqual({ sent: 2, failed: 0 });
    expect(stateOf(world, 'owner@florist.example')).toMatchObject({ state: 'pending', attempts: 0 });
  });

  it('ends although more mails than one page cannot be claimed', async () => {
    const world = await withAlertsDue(manyTenants(60));
    const records = failing(world.store.tenantRecords, () => true);

    expect(await world.deliver(undefined, { records })).toEqual({ sent: 0, failed: 0 });
  });

  it('sends what is due and reminds the others when the reminders of one cannot be planned', async () => {
    const world = await withAlertsDue(['bakery', 'florist', 'garage']);
    world.mailer.answersTo('owner@garage.example', deferred);
    await world.deliver();
    world.mailer.answersTo('owner@garage.example', accepted);
    await pollEveryHour(world, 49);
    const records = failing(world.store.tenantRecords, (ids) => ids.includes('bakery'));

    await world.deliver(undefined, { records });

    expect(world.mailer.accepted().slice(2).toSorted()).toEqual([
      'owner@florist.example reminder: reconnect facebook',
      'owner@garage.example alert: reconnect facebook',
    ]);
  });
});

describe('While no mail server takes mail', () => {
  it('waits twice as long after each attempt, and the mail arrives when the server is back', async () => {
    const world = await withAlertsDue(['bakery']);
    const begin = world.clock.now();
    world.mailer.answers(deferred);
    await deliverEachSecond(world, 250);
    expect(world.mailer.attempts.map(({ at }) => at - begin)).toEqual([0, 30_000, 90_000, 210_000]);

    world.mailer.answers(accepted);
    await deliverEachSecond(world, 250);

    expect(world.mailer.accepted()).toEqual(['owner@bakery.example alert: reconnect facebook']);
    expect(stateOf(world, 'owner@bakery.example')).toMatchObject({ state: 'sent', attempts: 5 });
    expect(incidents(world)).toMatchObject([{ told: { action: 'reconnect' }, alertsTold: 1 }]);
  });

  it('stops after three in a row and leaves the rest for the next run', async () => {
    const world = await withAlertsDue(manyTenants(60));
    world.mailer.answers(deferred);
    let pages = 0;
    const mailQueue: World['store']['mailQueue'] = {
      ...world.store.mailQueue,
      dueMail: async (now, limit) => {
        pages += 1;
        return await world.store.mailQueue.dueMail(now, limit);
      },
    };

    await world.deliver(undefined, { mailQueue });

    expect(pages).toBe(1);
    // Some are on their way already when the third fails.
    expect(world.mailer.attempts.length).toBeGreaterThanOrEqual(3);
    expect(world.mailer.attempts.length).toBeLessThan(10);
    const untouched = [...world.store.memory.state.notifications.values()].filter(({ attempts }) => attempts === 0);
    expect(untouched).toHaveLength(60 - world.mailer.attempts.length);
    expect(untouched.every(({ state, dueAt }) => state === 'pending' && dueAt <= world.clock.now())).toBe(true);
  });

  it('loses nothing of what it stopped at', async () => {
    const tenants = manyTenants(60);
    const world = await withAlertsDue(tenants);
    world.mailer.answers(deferred);
    await world.deliver();

    world.mailer.answers(accepted);
    await deliverEachSecond(world.restarted(), 40);

    expect(world.mailer.accepted().toSorted()).toEqual(
      tenants.map((id) => `owner@${id}.example alert: reconnect facebook`),
    );
  });

  it('goes on when single mails are deferred among others', async () => {
    const world = await withAlertsDue(manyTenants(30));
    for (const id of manyTenants(30).filter((_, index) => index % 3 > 0)) {
      world.mailer.answersTo(`owner@${id}.example`, deferred);
    }

    expect(await world.deliver()).toEqual({ sent: 10, failed: 0 });
  });

  it('fails a mail after MAIL_RETRY_FOR, and says why', async () => {
    const world = await withAlertsDue(['bakery'], { settings: { mailRetryForMs: ms('1h') } });
    world.mailer.answers(deferred);

    const failed: number[] = [];
    for (let minute = 0; minute < 90; minute += 1) {
      failed.push((await world.deliver()).failed);
      await world.clock.advance(ms('1m'));
    }

    expect(failed.filter((count) => count > 0)).toEqual([1]);
    expect(world.log.fieldsOf('mail failed')).toMatchObject([{ reason: 'first_alert', failure: 'gave_up' }]);
    expect(stateOf(world, 'owner@bakery.example')).toMatchObject({ state: 'failed', reason: 'gave_up' });
    expect(incidents(world)).toMatchObject([{ told: null, decision: 'mail_gave_up' }]);
  });
});

describe('A refused mail', () => {
  it('fails at once, is told as an error, and costs the others nothing', async () => {
    const world = await withAlertsDue(['bakery', 'florist']);
    world.mailer.answersTo('owner@bakery.example', refused);

    expect(await world.deliver()).toEqual({ sent: 1, failed: 1 });

    expect(stateOf(world, 'owner@bakery.example')).toMatchObject({ state: 'failed', response: '554 5.7.1 spam' });
    expect(world.log.messages('error')).toEqual(['mail failed']);
    await world.clock.advance(ms('2h'));
    expect(await world.deliver()).toEqual({ sent: 0, failed: 0 });
  });

  it('does not count as told while another contact was reached', async () => {
    const copy = aContact({ id: 'cc-1', tenantId: 'bakery', role: 'cc', email: 'cc@bakery.example' });
    const world = await withAlertsDue(['bakery'], { contacts: [copy] });
    world.mailer.answersTo('owner@bakery.example', unknownAddress);

    expect(await world.deliver()).toEqual({ sent: 1, failed: 1 });

    expect(incidents(world)).toMatchObject([{ alertsTold: 1, told: { action: 'reconnect' } }]);
    expect(world.store.memory.state.contacts.get('owner-of-bakery')).toMatchObject({
      contact: { refusals: 1, state: 'active' },
    });
  });
});

describe('A crash', () => {
  it('between the answer and its mark repeats that mail alone, with the same Message-ID', async () => {
    const world = await withAlertsDue(['bakery', 'florist']);
    const isFlorist = () => world.mailer.attempts.some(({ mail }) => mail.to === 'owner@florist.example');
    const records = failing(world.store.tenantRecords, (ids) => ids.includes('florist') && isFlorist());
    await world.deliver(undefined, { records });

    const restarted = world.restarted();
    await restarted.deliver();
    expect(world.mailer.attempts).toHaveLength(2);
    await world.clock.advance(LEASE_MS);
    await restarted.deliver();

    expect(sentTo(world, 'owner@bakery.example')).toHaveLength(1);
    const [first, second] = sentTo(world, 'owner@florist.example');
    expect(second).toEqual(first);
    expect(stateOf(world, 'owner@florist.example')).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('while the server is being asked leaves the mail to whoever starts next, after its lease', async () => {
    const world = await withAlertsDue(['bakery']);
    const release = world.mailer.holds();
    const deadClock = manualClock(world.clock.now());
    void world.deliver(undefined, { clock: deadClock, log: world.restarted().log });
    await settled();

    const restarted = world.restarted();
    await world.clock.advance(LEASE_MS - 1);
    expect(await restarted.deliver()).toEqual({ sent: 0, failed: 0 });
    await world.clock.advance(1);
    const second = restarted.deliver();
    await settled();
    release(accepted);

    expect(await second).toEqual({ sent: 1, failed: 0 });
    const [first, repeated] = sentTo(world, 'owner@bakery.example');
    expect(repeated).toEqual(first);
  });

  it('before anything was sent loses nothing', async () => {
    const world = await withAlertsDue(['bakery']);

    const restarted = world.restarted();
    await restarted.deliver();
    await world.clock.advance(ms('1h'));
    await restarted.restarted().deliver();

    expect(world.mailer.accepted()).toEqual(['owner@bakery.example alert: reconnect facebook']);
  });
});

describe('Two processes that deliver at once', () => {
  it('send each mail once', async () => {
    const tenants = manyTenants(70);
    const world = await withAlertsDue(tenants);

    const [first, second] = await Promise.all([world.deliver(), world.restarted().deliver()]);

    expect(first.sent + second.sent).toBe(70);
    expect(world.mailer.accepted().toSorted()).toEqual(
      tenants.map((id) => `owner@${id}.example alert: reconnect facebook`),
    );
  });

  it('send the operator one mail', async () => {
    const world = await aWorld();
    await withOperatorMail(world);

    const [first, second] = await Promise.all([world.deliver(), world.restarted().deliver()]);

    expect(first.sent + second.sent).toBe(1);
    expect(world.mailer.accepted()).toEqual([`${OPERATOR} operator: outage_began`]);
  });

  it('plan a reminder once', async () => {
    const world = await withAlertsDue(['bakery']);
    await world.deliver();
    await pollEveryHour(world, 49);

    await Promise.all([world.deliver(), world.restarted().deliver()]);

    expect(world.mailer.accepted()).toEqual([
      'owner@bakery.example alert: reconnect facebook',
      'owner@bakery.example reminder: reconnect facebook',
    ]);
  });
});

describe('A mail server slower than the lease', () => {
  it('counts as not having answered, and the mail is tried again with the same Message-ID', async () => {
    const world = await withAlertsDue(['bakery']);
    const release = world.mailer.holds();
    const delivery = world.deliver();
    await world.clock.advance(LEASE_MS - 1);

    expect(await delivery).toEqual({ sent: 0, failed: 0 });
    expect(stateOf(world, 'owner@bakery.example')).toMatchObject({
      state: 'pending',
      response: 'no answer from the mail server in time',
    });

    release(accepted);
    await world.clock.advance(ms('1m'));
    expect(await world.deliver()).toEqual({ sent: 1, failed: 0 });
    const [first, second] = sentTo(world, 'owner@bakery.example');
    expect(second).toEqual(first);
  });

  it('leaves no timer behind when it answers in time', async () => {
    const world = await withAlertsDue(manyTenants(10));

    await world.deliver();

    expect(world.clock.sleepers()).toBe(0);
  });

  it('changes nothing any more when another process has sent the mail since', async () => {
    const world = await withAlertsDue(['bakery']);
    const answerLate = world.mailer.holdsNext();
    const stalled = world.deliver(undefined, { clock: manualClock(world.clock.now()) });
    await settled();
    await world.clock.advance(LEASE_MS);
    expect(await world.restarted().deliver()).toEqual({ sent: 1, failed: 0 });
    const sent = stateOf(world, 'owner@bakery.example');

    answerLate(deferred);
    await stalled;

    expect(stateOf(world, 'owner@bakery.example')).toEqual(sent);
    await world.clock.advance(ms('1h'));
    expect(await world.deliver()).toEqual({ sent: 0, failed: 0 });
  });
});

describe('A delivery that is stopped', () => {
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
    expect(stateOf(world, OPERATOR)).toMatchObject({ state: 'pending', attempts: 4, outcomeUnknown: false });
  });

  it('cancels what is no longer true, and says so', async () => {
    const world = await withAlertsDue(['bakery']);
    world.constantContact.shows('bakery', anObservedConnection());
    for (let poll = 0; poll < 2; poll += 1) {
      await world.clock.advance(ms('1h'));
      await world.poll();
    }

    expect(await world.deliver()).toEqual({ sent: 0, failed: 0 });

    expect(stateOf(world, 'owner@bakery.example')).toMatchObject({ state: 'cancelled', reason: 'no_longer_true' });
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

/** Each of the tenants has a broken connection, certain by now, and its alert is due. */
async function withAlertsDue(tenants: readonly string[], options: WorldOptions = {}): Promise<World> {
  const world = await aWorld({ tenants, ...options });
  await world.poll();
  for (const id of tenants) world.constantContact.shows(id, anObservedConnection({ tokenIsValid: false }));
  await world.clock.advance(ms('1h'));
  await world.poll();
  await world.clock.advance(ms('15m'));
  await world.poll();
  await world.clock.advance(ms('2m'));
  return world;
}

async function withOperatorMail({ store, clock }: World): Promise<void> {
  const notification = anOperatorNotification({ to: OPERATOR, createdAt: clock.now(), dueAt: clock.now() });
  await store.fleetWatch.saveOutage(null, null, [notification]);
}

async function pollEveryHour(world: World, hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour += 1) {
    await world.clock.advance(ms('1h'));
    await world.poll();
  }
}

async function deliverEachSecond(world: World, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await world.deliver();
    await world.clock.advance(ms('1s'));
  }
}

function failing(records: TenantRecords, fails: (ids: readonly string[]) => boolean): TenantRecords {
  return {
    change: async (ids, decide) => {
      if (fails(ids)) throw new Error('the store cannot be reached');
      return await records.change(ids, decide);
    },
  };
}

function stateOf({ store }: World, address: string): Notification | undefined {
  return [...store.memory.state.notifications.values()].find(({ to }) => to === address);
}

function statesOf({ store }: World): Record<string, number> {
  const states = Map.groupBy(store.memory.state.notifications.values(), ({ state }) => state);
  return Object.fromEntries([...states].map(([state, mail]) => [state, mail.length]));
}

function sentTo({ mailer }: World, address: string): readonly string[] {
  return mailer.attempts.filter(({ mail }) => mail.to === address).map(({ mail }) => mail.messageId);
}

function incidents({ store }: World) {
  return [...store.memory.state.incidents.values()];
}
