import { describe, expect, it } from '@jest/globals';
import { workerRoles } from '../../../src/domain/model/worker.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { createWork } from '../../../src/monitoring/work/create-work.ts';
import { batchHandlers } from '../../../src/monitoring/work/jobs.ts';
import { aWebhook } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { SECRET } from '../../support/store-webhooks.ts';
import { withAlertsDue } from '../../support/use-case-alerts.ts';
import { toOwners } from '../../support/use-case-fleet.ts';
import { deferred } from '../../support/use-case-mailer.ts';
import { scriptedQueue } from '../../support/use-case-queue.ts';
import { aWorld, manyTenants } from '../../support/use-case-world.ts';

const never = new AbortController().signal;

describe('A worker that finds more tenants due than a batch', () => {
  const tenants = manyTenants(250);

  it('asks the first hundred, and offers the others batch by batch, longest overdue first', async () => {
    const world = await aWorld({ tenants });
    const queue = scriptedQueue();
    expect(await world.poll({}, { queue })).toMatchObject({ polled: 100, skipped: 0 });
    expect(queue.offers).toEqual([{ kind: 'poll', batches: [tenants.slice(100, 200), tenants.slice(200)] }]);
    expect(world.constantContact.asked().toSorted()).toEqual(tenants.slice(0, 100));
  });

  it('asks all of them itself when the queue does not take them, or where there is none', async () => {
    for (const queue of [scriptedQueue(false), null]) {
      const world = await aWorld({ tenants });
      expect(await world.poll({}, { queue })).toMatchObject({ polled: 250 });
    }
  });

  it('offers nothing when there is no more than a batch', async () => {
    const world = await aWorld({ tenants: manyTenants(100) });
    const queue = scriptedQueue();
    expect(await world.poll({}, { queue })).toMatchObject({ polled: 100 });
    expect(queue.offers).toEqual([]);
  });
});

describe('A batch of tenants', () => {
  it('is asked as far as it is still due and nobody else has it, and nobody besides', async () => {
    const world = await aWorld({ tenants: manyTenants(5) });
    const [first = '', second = '', third = ''] = manyTenants(5);
    const due = { now: world.clock.now(), applicationId: null, which: 'due' } as const;
    const lease = { ...due, holder: 'another worker', leaseMs: ms('1m'), limit: 1 };
    expect(await world.store.polls.claimDueTenants(lease)).toEqual([first]);
    const tallies: number[] = [];
    const { poll } = batchHandlers(
      createWork(world.ports),
      { onRound: ({ polled }) => tallies.push(polled) },
      workerRoles,
    );
    for (let time = 0; time < 2; time += 1) await poll?.([first, second, third, 'nobody'], never);
    expect(world.constantContact.asked().toSorted()).toEqual([second, third]);
    expect(tallies).toEqual([2, 0]);
  });

  it('shares the limit of requests in flight with the other rounds of its process', async () => {
    const tenants = manyTenants(20);
    const world = await aWorld({ tenants, pollConcurrency: 3 });
    const work = createWork(world.ports);
    await Promise.all([work.round({ dueAmong: tenants.slice(0, 10) }), work.round({ dueAmong: tenants.slice(10) })]);
    expect(world.constantContact.asked()).toHaveLength(20);
    expect(world.constantContact.mostInFlight()).toBe(3);
  });

  it('is left to others when its claim is about to end', async () => {
    const tenants = manyTenants(20);
    const world = await aWorld({ tenants, pollConcurrency: 2 });
    const release = world.constantContact.holds();
    const round = world.poll({ scope: { dueAmong: tenants } });
    await world.clock.advance(ms('9m'));
    release();
    expect(await round).toMatchObject({ polled: 2, errors: 0 });
    const { clock, store } = world;
    expect(await store.polls.dueTenants({ now: clock.now(), applicationId: null, limit: 100 })).toHaveLength(18);
  });
});

describe('A worker that finds more mail due than a batch', () => {
  const tenants = manyTenants(120);

  it('sends the first fifty, and offers the others; a batch is sent as far as it is still due', async () => {
    const world = await withAlertsDue(tenants);
    const queue = scriptedQueue();
    const due = (await world.store.outbox.dueMail(world.clock.now(), 500)).map(({ id }) => id);
    expect(await world.deliver(undefined, { queue })).toMatchObject({ sent: 50 });
    expect(queue.offers).toEqual([{ kind: 'mail', batches: [due.slice(50, 100), due.slice(100)] }]);

    const { mail } = batchHandlers(createWork(world.ports), {}, workerRoles);
    await mail?.(due.slice(40, 60), never);
    expect(toOwners(world)).toHaveLength(60);
    await mail?.(due.slice(40, 60), never);
    expect(toOwners(world)).toHaveLength(60);
  });

  it('sends all of it itself when the queue does not take it', async () => {
    const world = await withAlertsDue(tenants);
    expect(await world.deliver(undefined, { queue: scriptedQueue(false) })).toMatchObject({ sent: 120 });
  });

  it('offers nothing while the mail server takes nothing', async () => {
    const world = await withAlertsDue(tenants);
    world.mailer.answers(deferred);
    const queue = scriptedQueue();
    await world.deliver(undefined, { queue });
    expect(queue.offers).toEqual([]);
  });
});

describe('A worker that finds more receivers than a batch with something due', () => {
  it('serves the first ones, and offers the others; a batch is served alone', async () => {
    const world = await aWorld({ tenants: ['bakery'] });
    const urls = Array.from({ length: 40 }, (_, index) => `https://${String(index).padStart(2, '0')}.example/hook`);
    for (const url of urls) await world.store.webhooks.add(aWebhook({ id: url, url }), SECRET);
    await world.app.tenants.pause(operator, 'bakery');
    const queue = scriptedQueue();
    expect(await world.send(undefined, { queue })).toEqual({ delivered: 40, failed: 0 });
    expect(queue.offers[0]).toMatchObject({ kind: 'webhooks', batches: [{ length: 8 }] });

    await world.app.tenants.resume(operator, 'bakery');
    await world.store.webhookDeliveries.dispatch(world.clock.now());
    const { webhooks } = batchHandlers(createWork(world.ports), {}, workerRoles);
    await webhooks?.(urls.slice(0, 3), never);
    expect(world.webhookSender.requests).toHaveLength(43);
  });
});
