import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/model/time.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { createWork } from '../../../src/monitoring/work/create-work.ts';
import { aWebhook, NOW } from '../../support/builders.ts';
import { firstPage } from '../../support/store-records.ts';
import { SECRET } from '../../support/store-webhooks.ts';
import { until } from '../../support/until.ts';
import { answerOf, taken } from '../../support/use-case-receivers.ts';
import { aWorld, manyTenants, OPERATOR, type World } from '../../support/use-case-world.ts';

const host = 'https://host.example/hook';
const shop = 'https://shop.example/hook';

/** The endpoints at these addresses, for all tenants and all types. */
async function withEndpoints(tenants: readonly string[], ...urls: readonly string[]): Promise<World> {
  const world = await aWorld({ tenants });
  for (const url of urls) await world.store.webhooks.add(aWebhook({ id: url, url }), SECRET);
  return world;
}

/** One event of each of the tenants. */
async function pause({ app }: World, ...tenantIds: readonly string[]): Promise<void> {
  for (const id of tenantIds) await app.tenants.pause(operator, id);
}

const resume = ({ app }: World, id: string) => app.tenants.resume(operator, id);

/** As the feed gives them: by id, with type, timestamp and data as they are written out. */
async function feed({ app, store }: World) {
  const { events } = await store.events.read({ after: 0, limit: 500, types: null, tenantId: null });
  const page = await app.events.read(operator, { after: null, limit: 500, types: null, tenantId: null, waitMs: 0 });
  return { ids: events.map(({ id }) => id), page };
}

async function endpoint({ app }: World, id = host) {
  const found = await app.webhooks.find(operator, id);
  if (found === null) throw new Error(`there is no endpoint ${id}`);
  return found;
}

describe('What changes', () => {
  it('is sent to every endpoint, in order, with the id of the event and the body of the feed', async () => {
    const world = await withEndpoints(['bakery', 'mill'], host, shop);
    await pause(world, 'bakery', 'mill');
    await resume(world, 'bakery');
    expect(await world.send()).toEqual({ delivered: 6, failed: 0 });
    const { ids, page } = await feed(world);
    for (const url of [host, shop]) expect(world.webhookSender.taken(url).toSorted()).toEqual(ids.toSorted());
    const [item] = page.outcome === 'events' ? page.items : [];
    const request = world.webhookSender.requests.find(({ id }) => id === item?.id);
    expect(JSON.parse(request?.body ?? '')).toEqual({
      type: 'tenant.paused',
      timestamp: new Date(NOW).toISOString(),
      data: { ...item?.data, since: new Date(item?.data.since ?? 0).toISOString() },
    });
    expect(request).toMatchObject({ url: host, at: world.clock.now(), secrets: [SECRET] });
    expect(await world.send()).toEqual({ delivered: 0, failed: 0 });
  });

  it('is not even looked at while there is no endpoint', async () => {
    const world = await aWorld();
    await pause(world, 'bakery');
    const dispatch = () => Promise.reject(new Error('nothing is to be sent'));
    const webhookDeliveries = { ...world.ports.webhookDeliveries, dispatch };
    expect(await world.send(undefined, { webhookDeliveries })).toEqual({ delivered: 0, failed: 0 });
  });

  it('is sent as the daemon lives', async () => {
    const world = await withEndpoints(['bakery'], host);
    await world.live(MINUTE_MS);
    await pause(world, 'bakery');
    await world.live(MINUTE_MS);
    expect(world.webhookSender.taken(host)).toEqual((await feed(world)).ids);
  });
});

describe('A receiver that fails', () => {
  it('gets the same event again, and each tenant’s events in their order', async () => {
    const world = await withEndpoints(['bakery', 'mill'], host);
    let refused = 0;
    // Every fifth request fails, as the first one does.
    world.webhookSender.answers(host, () => (refused++ % 5 === 0 ? answerOf(500) : taken));
    for (let n = 0; n < 10; n += 1) {
      await pause(world, 'bakery', 'mill');
      for (const id of ['bakery', 'mill']) await resume(world, id);
      await world.send();
      await world.clock.advance(6 * SECOND_MS);
    }
    while ((await endpoint(world)).pending > 0) {
      await world.clock.advance(6 * SECOND_MS);
      await world.send();
    }
    const { ids } = await feed(world);
    expect(ids).toHaveLength(40);
    const { events } = world.store.memory.state;
    const ofTenant = (tenantId: string) => [...events.values()].filter((event) => event.tenantId === tenantId);
    for (const tenantId of ['bakery', 'mill']) {
      const own = ofTenant(tenantId).map(({ id }) => id);
      expect(world.webhookSender.taken(host).filter((id) => own.includes(id))).toEqual(own);
    }
    expect(await endpoint(world)).toMatchObject({ state: 'active', pending: 0, failed: 0, failures: 0 });
  });

  it('is given rests when it fails for every tenant, and gets all of it once it works again', async () => {
    const tenants = manyTenants(50);
    const world = await withEndpoints(tenants, host);
    world.webhookSender.answers(host, () => answerOf(503));
    await pause(world, ...tenants);
    for (let minute = 0; minute < 60; minute += 1) {
      await world.send();
      await world.clock.advance(MINUTE_MS);
    }
    // Fifty tenants, and the requests of an hour: not fifty a minute.
    expect(world.webhookSender.requests.length).toBeLessThan(30);
    expect(await endpoint(world)).toMatchObject({ state: 'active', pending: 50, failingSince: NOW });
    world.webhookSender.answers(host, () => taken);
    await world.clock.advance(6 * HOUR_MS);
    await world.send();
    expect(world.webhookSender.taken(host).toSorted()).toEqual((await feed(world)).ids.toSorted());
  });

  it('for three days is paused, and the operator is told once', async () => {
    const world = await withEndpoints(['bakery'], host);
    world.webhookSender.answers(host, () => answerOf(503));
    await pause(world, 'bakery');
    for (let hour = 0; hour < 100; hour += 1) {
      await world.send();
      await world.deliver();
      await world.clock.advance(HOUR_MS);
    }
    expect(await endpoint(world)).toMatchObject({ state: 'paused', reason: 'failing', pending: 1, failed: 0 });
    const mails = world.mailer.taken.filter(({ content }) => content.report?.about === 'webhook_stopped');
    expect(mails).toMatchObject([
      { content: { report: { why: 'failing', host: 'host.example', response: 'HTTP 503' } } },
    ]);
    expect(mails[0]?.mail.to).toBe(OPERATOR);
    const tried = world.webhookSender.requests.length;
    await world.clock.advance(DAY_MS);
    await world.send();
    expect(world.webhookSender.requests).toHaveLength(tried);

    world.webhookSender.answers(host, () => taken);
    await resume(world, 'bakery');
    await world.app.webhooks.enable(operator, host);
    await world.send();
    expect(world.webhookSender.taken(host)).toEqual((await feed(world)).ids);
    expect(await endpoint(world)).toMatchObject({ state: 'active', failures: 0, failingSince: null });
  });

  it('for one event alone has that one given up after three days, and gets the later ones of the tenant', async () => {
    const world = await withEndpoints(['bakery', 'mill'], host);
    await pause(world, 'bakery');
    const [bad] = (await feed(world)).ids;
    world.webhookSender.answers(host, ({ id }) => (id === bad ? answerOf(500) : taken));
    await resume(world, 'bakery');
    for (let hour = 0; hour < 80; hour += 1) {
      await world.send();
      await (hour % 2 === 0 ? pause(world, 'mill') : resume(world, 'mill'));
      await world.clock.advance(HOUR_MS);
    }
    await world.send();
    const { ids } = await feed(world);
    expect(world.webhookSender.taken(host).toSorted()).toEqual(ids.filter((id) => id !== bad).toSorted());
    expect(await endpoint(world)).toMatchObject({ state: 'active', pending: 0, failed: 1 });

    world.webhookSender.answers(host, () => taken);
    await world.app.webhooks.redeliver(operator, host, { kind: 'failed' });
    await world.send();
    expect(world.webhookSender.taken(host).at(-1)).toBe(bad);
    expect(await endpoint(world)).toMatchObject({ pending: 0, failed: 0 });
  });

  it('that answers with 410 gets nothing more, and the operator is told', async () => {
    const world = await withEndpoints(['bakery', 'mill'], host);
    world.webhookSender.answers(host, () => answerOf(410));
    await pause(world, 'bakery');
    await world.send();
    await pause(world, 'mill');
    await world.send();
    expect(world.webhookSender.requests).toHaveLength(1);
    expect(await endpoint(world)).toMatchObject({ state: 'disabled', reason: 'gone' });
    await world.deliver();
    expect(world.mailer.taken.map(({ content }) => content.report)).toMatchObject([{ why: 'gone' }]);
  });
});

describe('A receiver that hangs', () => {
  it('keeps no other receiver waiting, not even for what happens later, and no mail', async () => {
    const tenants = manyTenants(12);
    const world = await withEndpoints(tenants, host, shop);
    const answer = world.webhookSender.holds(host);
    await pause(world, ...tenants.slice(0, 10));
    const sending = world.send();
    await until('the other receiver has all of it', () => world.webhookSender.taken(shop).length === 10);
    expect(world.webhookSender.taken(host)).toEqual([]);

    await pause(world, ...tenants.slice(10));
    await until('the other receiver has what happened later', async () => {
      await world.clock.advance(SECOND_MS);
      return world.webhookSender.taken(shop).length === 12;
    });
    await world.app.connecting.invite(operator, { email: 'jane@new.example', tenantId: null });
    expect(await world.deliver()).toMatchObject({ sent: 1 });
    expect(world.webhookSender.taken(host)).toEqual([]);
    expect(world.webhookSender.mostInFlight(host)).toBe(4);

    answer(taken);
    await sending;
    expect(world.webhookSender.taken(host).toSorted()).toEqual((await feed(world)).ids.toSorted());
  });

  it('gets no more at once from two runs of one process', async () => {
    const world = await withEndpoints(manyTenants(12), host);
    const answer = world.webhookSender.holds(host);
    await pause(world, ...manyTenants(12));
    const work = createWork(world.ports);
    const runs = [work.webhooks(), work.webhooks({ batch: [host] })];
    await until('requests are on their way', () => world.webhookSender.requests.length === 4);
    await world.clock.advance(10 * SECOND_MS);
    expect(world.webhookSender.mostInFlight(host)).toBe(4);
    answer(taken);
    await Promise.all(runs);
    expect(world.webhookSender.mostInFlight(host)).toBe(4);
    expect(world.webhookSender.taken(host).toSorted()).toEqual((await feed(world)).ids.toSorted());
  });

  it('is not waited for when the process ends, but for what is on its way', async () => {
    const tenants = manyTenants(12);
    const world = await withEndpoints(tenants, host);
    const answer = world.webhookSender.holds(host);
    await pause(world, ...tenants);
    const stopping = new AbortController();
    const sending = world.send(stopping.signal);
    await until('requests are on their way', () => world.webhookSender.requests.length === 4);
    stopping.abort();
    answer(taken);
    expect(await sending).toEqual({ delivered: 4, failed: 0 });
    await world.send();
    expect(world.webhookSender.taken(host).toSorted()).toEqual((await feed(world)).ids.toSorted());
  });
});

describe('What the receiver answered', () => {
  it.each([
    ['a moment', 0],
    ['longer than its lease', 70 * SECOND_MS],
    ['a quarter of an hour', 15 * MINUTE_MS],
  ])('is kept until the store takes it, and the event is not sent anew meanwhile: %s', async (_, awayMs) => {
    const world = await withEndpoints(['bakery'], host);
    await pause(world, 'bakery');
    let isAway = true;
    const record: typeof world.ports.webhookDeliveries.record = async (...given) => {
      if (isAway) throw new Error('the database is away');
      return await world.ports.webhookDeliveries.record(...given);
    };
    const work = createWork({ ...world.ports, webhookDeliveries: { ...world.ports.webhookDeliveries, record } });
    await work.webhooks();
    for (let ms = 0; ms < awayMs; ms += SECOND_MS) {
      await world.clock.advance(SECOND_MS);
      await work.webhooks();
    }
    isAway = false;
    await work.webhooks();
    await world.clock.advance(2 * SECOND_MS);
    await world.ports.retriedWrites.settled();
    await world.clock.advance(DAY_MS);
    await world.send();
    expect(world.webhookSender.requests).toHaveLength(1);
    expect(await world.app.webhooks.attempts(operator, host, firstPage)).toMatchObject({
      items: [{ isDelivered: true }],
    });
  });

  it('is lost with the process that sent: the event is sent again when its lease has ended', async () => {
    const world = await withEndpoints(['bakery'], host);
    await pause(world, 'bakery');
    const claimed = await world.store.webhookDeliveries
      .dispatch(NOW)
      .then(() => world.store.webhookDeliveries.claim(host, NOW, MINUTE_MS));
    const other = world.restarted();
    expect(await other.send()).toEqual({ delivered: 0, failed: 0 });
    await world.clock.advance(MINUTE_MS);
    expect(await other.send()).toEqual({ delivered: 1, failed: 0 });
    expect(world.webhookSender.taken(host)).toEqual([claimed?.delivery.eventId]);
  });
});

describe('An event that is no longer there', () => {
  it('is not sent, and keeps no later one waiting', async () => {
    const world = await withEndpoints(['bakery'], host);
    await pause(world, 'bakery');
    await resume(world, 'bakery');
    const [erased, later] = (await feed(world)).ids;
    const { webhookDeliveries } = world.ports;
    const claim: typeof webhookDeliveries.claim = async (...asked) => {
      const claimed = await webhookDeliveries.claim(...asked);
      return claimed !== null && claimed.delivery.eventId === erased ? { ...claimed, event: null } : claimed;
    };
    await world.send(undefined, { webhookDeliveries: { ...webhookDeliveries, claim } });
    expect(world.webhookSender.taken(host)).toEqual([later]);
    expect(await endpoint(world)).toMatchObject({ pending: 0, failed: 1, failures: 0 });
    expect(await world.app.webhooks.attempts(operator, host, firstPage)).toMatchObject({ items: [{ eventId: later }] });
  });
});

describe('A round by command', () => {
  it('sends what is due as well, for whoever has no daemon; a program is answered without waiting for receivers', async () => {
    const world = await withEndpoints(['bakery'], host);
    await pause(world, 'bakery');
    const run = { tenants: [] };
    await world.app.rounds.run({ kind: 'key', keyId: 'key', role: 'operate', tenantId: null }, run);
    expect(world.webhookSender.requests).toHaveLength(0);
    await world.app.rounds.run(operator, run);
    expect(world.webhookSender.taken(host)).toEqual((await feed(world)).ids);
  });
});
