import { afterEach, describe, expect } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { DAY_MS, MINUTE_MS } from '../../src/domain/model/time.ts';
import { breakConnection, tenantAt } from '../support/program-connections.ts';
import { leaksIn, storedRows } from '../support/program-secrets.ts';
import { story, storyOnBoth } from '../support/program-story.ts';
import { hasty, type World } from '../support/program-world.ts';
import { until } from '../support/until.ts';
import { type Receiver, type ReceiverAnswer, startReceiver } from '../support/webhook-receiver.ts';

const LEASE_MS = MINUTE_MS;
const settings = { ...hasty, WEBHOOK_ALLOW_PRIVATE: 'on' };

const receivers: Receiver[] = [];
afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
});

/** With an endpoint of Linkwatch that sends to it. */
async function aReceiver(world: World, answer: () => ReceiverAnswer) {
  const receiver = await startReceiver(answer);
  receivers.push(receiver);
  const made = await world.json<{ id: string; secret: string }>(['webhook', 'add', '--url', `${receiver.url}/hook`]);
  return { ...receiver, ...made };
}

const taken = { status: 204, body: '' } as const;

/** Every event that there is, in the order of the feed. */
async function feed({ database }: World) {
  return await database.raw.db.event.findMany({ orderBy: { position: 'asc' }, where: { position: { not: null } } });
}

function idsOf({ requests }: Receiver): readonly string[] {
  return requests.map(({ headers }) => headers['webhook-id'] ?? '');
}

async function everythingIsDelivered(world: World): Promise<boolean> {
  const left = await world.database.raw.db.webhookDelivery.count({ where: { state: 'pending' } });
  const unplaced = await world.database.raw.db.event.count({ where: { position: null } });
  return left + unplaced === 0;
}

/** What is due again later is due now. */
async function retrySoon({ database }: World): Promise<void> {
  const past = new Date(0);
  await database.raw.db.webhookDelivery.updateMany({ where: { state: 'pending' }, data: { dueAt: past } });
  await database.raw.db.webhookEndpoint.updateMany({ data: { restUntil: null } });
}

describe('webhooks', () => {
  storyOnBoth(
    'reach every receiver, also one that fails one time in five, while others hang, redirect and answer without end',
    { tenants: 4, settings },
    async (world) => {
      let nth = 0;
      const flaky = await aReceiver(world, () => (nth++ % 5 === 0 ? { status: 500, body: 'oh no' } : taken));
      const well = await aReceiver(world, () => taken);
      const elsewhere = await startReceiver(() => taken);
      receivers.push(elsewhere);
      const redirecting = await aReceiver(world, () => ({
        status: 307,
        headers: { location: elsewhere.url },
        body: '',
      }));
      const endless = await aReceiver(world, () => ({ status: 200, endless: 'a'.repeat(16_384) }));
      const hanging = await aReceiver(world, () => ({ hangs: true }));

      await world.importTenants();
      await world.daemon();
      await until('every tenant has been polled', async () => (await world.database.raw.db.connection.count()) === 12);
      breakConnection(world.control, tenantAt(world.control, 0));
      // The mail goes out, and the other receivers hear of it, though one receiver has not answered anything yet.
      await until('the alert arrives', () => world.mails().length > 0);
      const isMailSent = () => well.requests.some(({ body }) => JSON.parse(body).type === 'mail.sent');
      await until('the mail is told of', isMailSent);
      expect(hanging.requests.length).toBeGreaterThan(0);
      expect(await world.json(['webhook', 'show', hanging.id])).toMatchObject({ webhook: { lastDeliveredAt: null } });

      const events = await feed(world);
      const eventId = { in: events.map(({ id }) => id) };
      const isAllTaken = async ({ id: endpointId }: Readonly<{ id: string }>) => {
        const where = { endpointId, eventId, state: 'delivered' };
        return (await world.database.raw.db.webhookDelivery.count({ where })) === events.length;
      };
      await until('every receiver that answers has all of it', async () => {
        await retrySoon(world);
        return (await isAllTaken(flaky)) && (await isAllTaken(well)) && (await isAllTaken(endless));
      });
      for (const receiver of [flaky, well, endless]) {
        expect(idsOf(receiver)).toEqual(expect.arrayContaining(events.map(({ id }) => id)));
      }
      // With the same id and body each time, and verified by the published library.
      for (const { secret, requests } of [well, flaky]) {
        for (const { headers, body } of requests) {
          const verified = new Webhook(secret).verify(body, headers);
          const event = events.find(({ id }) => id === headers['webhook-id']);
          if (event === undefined) continue;
          expect(verified).toMatchObject({ type: event.type, data: { tenant: { id: event.tenantId } } });
        }
      }
      // Each tenant's events come in their order, as the receivers take them.
      for (const tenantId of new Set(events.map((event) => event.tenantId))) {
        const own = events.filter((event) => event.tenantId === tenantId).map(({ id }) => id);
        expect(idsOf(well).filter((id) => own.includes(id))).toEqual(own);
      }
      expect(elsewhere.requests).toEqual([]);
      const { attempts } = await world.json<{ attempts: readonly object[] }>(['webhook', 'show', redirecting.id]);
      expect(attempts[0]).toMatchObject({ status: 307, isDelivered: false });
    },
  );

  storyOnBoth(
    'are sent at least once, with the same webhook-id, across `kill -9` in the middle of a delivery and a rotated secret',
    { tenants: 2, settings },
    async (world) => {
      let isHanging = true;
      const receiver = await aReceiver(world, () => (isHanging ? { hangs: true } : taken));
      await world.importTenants();
      const first = await world.daemon();
      await until('requests are on their way', () => receiver.requests.length >= 2);
      first.kill('SIGKILL');
      await first.ended;
      const inFlight = idsOf(receiver);

      const rotated = await world.json<{ secret: string }>(['webhook', 'rotate', receiver.id]);
      expect(rotated.secret).not.toBe(receiver.secret);
      isHanging = false;
      await world.letTimePass(LEASE_MS);
      const second = await world.daemon();
      await until('everything is delivered', async () => {
        await retrySoon(world);
        return await everythingIsDelivered(world);
      });
      const again = receiver.requests.slice(inFlight.length);
      const events = await feed(world);
      expect(new Set(again.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(events.map(({ id }) => id)));
      for (const id of inFlight) expect(idsOf(receiver).filter((one) => one === id).length).toBeGreaterThan(1);
      // But for its time, which `letTimePass` has moved.
      const bodiesOf = (id: string) =>
        receiver.requests
          .filter(({ headers }) => headers['webhook-id'] === id)
          .map(({ body }) => JSON.stringify({ ...JSON.parse(body), timestamp: null }));
      for (const id of inFlight) expect(new Set(bodiesOf(id)).size).toBe(1);
      // The receiver has not heard of the new secret yet, and verifies with either.
      for (const { headers, body } of again) {
        for (const secret of [receiver.secret, rotated.secret]) new Webhook(secret).verify(body, headers);
      }

      const stored = await storedRows(world.database.raw);
      const secrets = [receiver.secret, rotated.secret];
      expect(leaksIn([...stored, { where: 'the log', text: first.stderr() + second.stderr() }], secrets)).toEqual([]);

      // A day later the former one is over.
      await world.letTimePass(DAY_MS);
      const before = receiver.requests.length;
      const tested = await world.json(['webhook', 'test', receiver.id]);
      expect(tested).toMatchObject({ type: 'webhook.test', status: 204, isDelivered: true });
      const test = receiver.requests.slice(before).find(({ body }) => JSON.parse(body).type === 'webhook.test');
      expect(test?.headers['webhook-signature']?.split(' ')).toHaveLength(1);
    },
  );
});

describe('a webhook to a private address', () => {
  story(
    'is refused unless that is allowed, also when it was made before',
    { database: 'SQLite', migrated: false, settings: hasty },
    async (world) => {
      const receiver = await startReceiver(() => taken);
      receivers.push(receiver);
      const refused = await world.run(['webhook', 'add', '--url', `${receiver.url}/hook`]);
      expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no database') });
      await world.run(['db', 'migrate']);
      const url = `https://127.0.0.1:${new URL(receiver.url).port}/hook`;
      expect(await world.run(['webhook', 'add', '--url', url])).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('WEBHOOK_ALLOW_PRIVATE=on'),
      });
      const { id } = await world.json<{ id: string }>(['webhook', 'add', '--url', `${receiver.url}/hook`], {
        env: { WEBHOOK_ALLOW_PRIVATE: 'on' },
      });
      expect(await world.run(['webhook', 'test', id])).toMatchObject({
        exitCode: 1,
        stdout: expect.stringContaining('The address is refused'),
      });
      expect(receiver.connections()).toBe(0);
    },
  );
});
