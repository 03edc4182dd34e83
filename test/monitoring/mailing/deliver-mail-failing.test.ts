import { describe, expect, it } from '@jest/globals';
import { createMailLimits, deliverMail } from '../../../src/monitoring/mailing/deliver-mail.ts';
import { createOutcomes } from '../../../src/monitoring/outcomes.ts';
import { aContact } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { deliverEachSecond, mailTo, pollEveryHour, withAlertsDue } from '../../support/use-case-alerts.ts';
import { accepted, deferred, refused, unknownAddress } from '../../support/use-case-mailer.ts';
import { failingRecords } from '../../support/use-case-records.ts';
import { manyTenants, type World } from '../../support/use-case-world.ts';

describe('One mail never touches another', () => {
  it('sends the others when one cannot be written', async () => {
    const world = await withAlertsDue(['bakery', 'florist', 'garage']);
    world.mailer.cannotWriteTo('owner@florist.example');

    expect(await world.deliver()).toEqual({ sent: 2, failed: 0 });
    expect(world.log.fieldsOf('a mail could not be delivered')).toMatchObject([{ tenantId: 'florist' }]);
  });

  it('sends the others when one cannot be claimed', async () => {
    const world = await withAlertsDue(['bakery', 'florist', 'garage']);
    const records = failingRecords(world.store.records, (ids) => ids.includes('florist'));

    expect(await world.deliver(undefined, { records })).toEqual({ sent: 2, failed: 0 });
    expect(mailTo(world, 'owner@florist.example')).toMatchObject({ state: 'pending', attempts: 0 });
  });

  it('ends although more mails than one page cannot be claimed', async () => {
    const world = await withAlertsDue(manyTenants(60));
    const records = failingRecords(world.store.records, () => true);

    expect(await world.deliver(undefined, { records })).toEqual({ sent: 0, failed: 0 });
  });

  it('sends what is due and reminds the others when the reminders of one cannot be planned', async () => {
    const world = await withAlertsDue(['bakery', 'florist', 'garage']);
    world.mailer.answersTo('owner@garage.example', deferred);
    await world.deliver();
    world.mailer.answersTo('owner@garage.example', accepted);
    await pollEveryHour(world, 49);
    const records = failingRecords(world.store.records, (ids) => ids.includes('bakery'));

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
    expect(mailTo(world, 'owner@bakery.example')).toMatchObject({ state: 'sent', attempts: 5 });
    expect(incidents(world)).toMatchObject([{ alerting: { lastAlert: { action: 'reconnect' }, alertsSent: 1 } }]);
  });

  it('stops after three in a row and leaves the rest for the next run', async () => {
    const world = await withAlertsDue(manyTenants(60));
    world.mailer.answers(deferred);
    let pages = 0;
    const outbox: World['store']['outbox'] = {
      ...world.store.outbox,
      dueMail: async (now, limit) => {
        pages += 1;
        return await world.store.outbox.dueMail(now, limit);
      },
    };

    const outcomes = createOutcomes('the outcome of a mail', world.ports);
    await deliverMail({ ...world.ports, outbox, outcomes, mailLimits: createMailLimits() }, {});

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
    expect(mailTo(world, 'owner@bakery.example')).toMatchObject({ state: 'failed', reason: 'gave_up' });
    expect(incidents(world)).toMatchObject([{ alerting: { lastAlert: null, decision: 'mail_gave_up' } }]);
  });
});

describe('A refused mail', () => {
  it('fails at once, is told as an error, and costs the others nothing', async () => {
    const world = await withAlertsDue(['bakery', 'florist']);
    world.mailer.answersTo('owner@bakery.example', refused);

    expect(await world.deliver()).toEqual({ sent: 1, failed: 1 });

    expect(mailTo(world, 'owner@bakery.example')).toMatchObject({ state: 'failed', response: '554 5.7.1 spam' });
    expect(world.log.messages('error')).toEqual(['mail failed']);
    await world.clock.advance(ms('2h'));
    expect(await world.deliver()).toEqual({ sent: 0, failed: 0 });
  });

  it('does not count as told while another contact was reached', async () => {
    const copy = aContact({ id: 'cc-1', tenantId: 'bakery', role: 'cc', email: 'cc@bakery.example' });
    const world = await withAlertsDue(['bakery'], { contacts: [copy] });
    world.mailer.answersTo('owner@bakery.example', unknownAddress);

    expect(await world.deliver()).toEqual({ sent: 1, failed: 1 });

    expect(incidents(world)).toMatchObject([{ alerting: { alertsSent: 1, lastAlert: { action: 'reconnect' } } }]);
    expect(world.store.memory.state.contacts.get('owner-of-bakery')).toMatchObject({
      contact: { refusals: 1, state: 'active' },
    });
  });
});

function incidents({ store }: World) {
  return [...store.memory.state.incidents.values()];
}
