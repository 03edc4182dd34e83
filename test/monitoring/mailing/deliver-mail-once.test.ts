import { describe, expect, it } from '@jest/globals';
import { MAIL_LEASE_MS } from '../../../src/domain/delivery/claim-mail.ts';
import { ms } from '../../support/domain-time.ts';
import { mailTo, pollEveryHour, withAlertsDue, withOperatorMail } from '../../support/use-case-alerts.ts';
import { manualClock, settled } from '../../support/use-case-clock.ts';
import { accepted, deferred } from '../../support/use-case-mailer.ts';
import { failingRecords } from '../../support/use-case-records.ts';
import { aWorld, manyTenants, OPERATOR, type World } from '../../support/use-case-world.ts';

describe('A crash', () => {
  it('between the answer and its mark repeats that mail alone, with the same Message-ID', async () => {
    const world = await withAlertsDue(['bakery', 'florist']);
    const isFlorist = () => world.mailer.attempts.some(({ mail }) => mail.to === 'owner@florist.example');
    const records = failingRecords(world.store.records, (ids) => ids.includes('florist') && isFlorist());
    await world.deliver(undefined, { records });

    const restarted = world.restarted();
    await restarted.deliver();
    expect(world.mailer.attempts).toHaveLength(2);
    await world.clock.advance(MAIL_LEASE_MS);
    await restarted.deliver();

    expect(sentTo(world, 'owner@bakery.example')).toHaveLength(1);
    const [first, second] = sentTo(world, 'owner@florist.example');
    expect(second).toEqual(first);
    expect(mailTo(world, 'owner@florist.example')).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('while the server is being asked leaves the mail to whoever starts next, after its lease', async () => {
    const world = await withAlertsDue(['bakery']);
    const release = world.mailer.holds();
    const deadClock = manualClock(world.clock.now());
    void world.deliver(undefined, { clock: deadClock, log: world.restarted().log });
    await settled();

    expect(mailTo(world, 'owner@bakery.example')).toMatchObject({
      attempts: 1,
      outcomeUnknown: true,
      lastAttemptAt: world.clock.now(),
      messageId: world.mailer.attempts[0]?.mail.messageId,
    });

    const restarted = world.restarted();
    await world.clock.advance(MAIL_LEASE_MS - 1);
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
  it('gets the mail once, because the lease is renewed while the mail is in flight', async () => {
    const world = await withAlertsDue(['bakery']);
    await withOperatorMail(world);
    const release = world.mailer.holds();
    const delivery = world.deliver();
    for (let thirds = 0; thirds < 30; thirds += 1) {
      await world.clock.advance(MAIL_LEASE_MS / 3);
      await settled();
    }
    expect(await world.restarted().deliver()).toEqual({ sent: 0, failed: 0 });

    release(accepted);
    expect(await delivery).toEqual({ sent: 2, failed: 0 });
    expect(world.mailer.attempts).toHaveLength(2);
    expect(mailTo(world, 'owner@bakery.example')).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('that never answers has its mail repeated an hour later, with the same Message-ID', async () => {
    const world = await withAlertsDue(['bakery']);
    world.mailer.answers({ outcome: 'unknown', response: 'The server took too long' });
    await world.deliver();
    await world.clock.advance(ms('59m'));
    expect(await world.deliver()).toEqual({ sent: 0, failed: 0 });
    expect(world.mailer.attempts).toHaveLength(1);

    world.mailer.answers(accepted);
    await world.clock.advance(ms('15m'));
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
    await world.clock.advance(MAIL_LEASE_MS);
    expect(await world.restarted().deliver()).toEqual({ sent: 1, failed: 0 });
    const sent = mailTo(world, 'owner@bakery.example');

    answerLate(deferred);
    await stalled;

    expect(mailTo(world, 'owner@bakery.example')).toEqual(sent);
    await world.clock.advance(ms('1h'));
    expect(await world.deliver()).toEqual({ sent: 0, failed: 0 });
  });
});

function sentTo({ mailer }: World, address: string): readonly string[] {
  return mailer.attempts.filter(({ mail }) => mail.to === address).map(({ mail }) => mail.messageId);
}
