import { describe, expect, it } from '@jest/globals';
import type { FeedEvent, TenantEventType } from '../../../src/domain/model/event.ts';
import { beginOperatorMail } from '../../../src/domain/model/notification.ts';
import type { WebhookStoppedReport } from '../../../src/domain/model/operator-report.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import type { Redelivery, Stores } from '../../../src/monitoring/ports.ts';
import { anEvent, aWebhook, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { firstPage } from '../../support/store-records.ts';
import {
  anAttempt,
  claim,
  delivered,
  failedUntil,
  givenUp,
  LEASE_MS,
  SECRET,
  sendAll,
  storeWithTenants,
  tell,
  tellAll,
} from '../../support/store-webhooks.ts';

export function webhookDeliveryContract(fresh: FreshStore): void {
  const withEndpoint = async (given: Parameters<typeof aWebhook>[0] = {}) => {
    const store = await storeWithTenants(fresh);
    await store.webhooks.add(aWebhook(given), SECRET);
    return store;
  };

  describe('the deliveries of webhooks', () => {
    it('are made of what happens after the endpoint was made, in the order of the feed', async () => {
      const store = await storeWithTenants(fresh);
      expect(await store.webhookDeliveries.isNeeded()).toBe(false);
      await tell(store, 'tenant-1', 'before');
      await store.webhooks.add(aWebhook(), SECRET);
      expect(await store.webhookDeliveries.isNeeded()).toBe(true);
      await tell(store, 'tenant-1', 'z', 'a');
      await tell(store, 'tenant-2', 'm');
      await store.webhookDeliveries.dispatch(NOW);
      await store.webhookDeliveries.dispatch(NOW);
      expect(await store.webhooks.find('webhook-1')).toMatchObject({ pending: 3, oldestPendingAt: NOW });
      expect(await store.webhookDeliveries.due(NOW)).toEqual([{ id: 'webhook-1', failures: 0 }]);
      expect(await sendAll(store)).toEqual(['z', 'a', 'm']);
      expect(await store.webhookDeliveries.due(NOW)).toEqual([]);
      expect(await store.webhooks.find('webhook-1')).toMatchObject({ pending: 0 });
    });

    it('are made of a long feed piece by piece', async () => {
      const store = await withEndpoint();
      const ids = Array.from({ length: 2300 }, (_, n) => `event-${(n * 7919) % 2300}`);
      await tell(store, 'tenant-1', ...ids);
      await store.webhookDeliveries.dispatch(NOW);
      expect(await store.webhooks.find('webhook-1')).toMatchObject({ pending: 2300 });
      expect((await claim(store)).delivery.eventId).toBe(ids[0]);
    });

    it('are those of the types and of the tenant that the endpoint is for', async () => {
      const store = await storeWithTenants(fresh);
      await store.webhooks.add(aWebhook({ tenantId: 'tenant-2' }), SECRET);
      await store.webhooks.add(
        aWebhook({ id: 'webhook-2', types: ['tenant.removed', 'tenant.access_denied'] }),
        SECRET,
      );
      await tell(store, 'tenant-1', 'a');
      await tell(store, 'tenant-2', 'b');
      await tellAll(store, 'tenant-1', [ofType('tenant.access_denied', 'c'), ofType('tenant.added', 'd')]);
      await store.webhookDeliveries.dispatch(NOW);
      expect(await sendAll(store)).toEqual(['b']);
      expect(await sendAll(store, NOW, 'webhook-2')).toEqual(['c']);
    });

    it('say all that is needed to send the event', async () => {
      const store = await withEndpoint();
      await tell(store, 'tenant-1', 'a');
      await store.webhooks.rotate('webhook-1', 'whsec_bmV3', NOW + 1);
      await store.webhookDeliveries.dispatch(NOW);
      expect(await claim(store)).toMatchObject({
        endpoint: aWebhook({ formerSecretUntil: NOW + 1 }),
        delivery: {
          endpointId: 'webhook-1',
          eventId: 'a',
          tenantId: 'tenant-1',
          type: 'tenant.paused',
          state: 'pending',
          reason: null,
          createdAt: NOW,
          dueAt: NOW,
          leaseUntil: NOW + LEASE_MS,
          attempts: 0,
          firstAttemptAt: null,
          lastAttemptAt: null,
        },
        secrets: ['whsec_bmV3', SECRET],
        event: { at: anEvent().at, data: anEvent().data },
      });
    });

    it('wait for an earlier one of the same tenant, and for no other', async () => {
      const store = await withEndpoint();
      await tell(store, 'tenant-1', 'a', 'b');
      await tell(store, 'tenant-2', 'c');
      await store.webhookDeliveries.dispatch(NOW);
      const first = await claim(store);
      expect(first.delivery.eventId).toBe('a');
      expect(await sendAll(store)).toEqual(['c']);
      await store.webhookDeliveries.record(first.delivery, anAttempt(), failedUntil(NOW + HOUR_MS));
      expect(await sendAll(store)).toEqual([]);
      expect(await sendAll(store, NOW + HOUR_MS)).toEqual(['a', 'b']);
    });

    it('are another process’s while it has leased them, and free again once the lease has ended', async () => {
      const store = await withEndpoint();
      await tell(store, 'tenant-1', 'a');
      await store.webhookDeliveries.dispatch(NOW);
      const lost = await claim(store);
      expect(await store.webhookDeliveries.claim('webhook-1', NOW, LEASE_MS)).toBeNull();
      expect(await store.webhookDeliveries.due(NOW)).toEqual([]);
      store.leaseTimeIs(NOW + LEASE_MS);
      expect(await store.webhookDeliveries.due(NOW)).toHaveLength(1);
      const other = await claim(store);
      // The late answer is kept to be looked at, and changes nothing of what the other process does.
      expect(await store.webhookDeliveries.record(lost.delivery, anAttempt({ id: 'late' }), givenUp)).toBeNull();
      expect(await store.webhookDeliveries.record(other.delivery, anAttempt(), delivered)).toMatchObject({
        delivery: { state: 'delivered' },
      });
      const attempts = await store.webhooks.attempts({ ...firstPage, endpointId: 'webhook-1' });
      expect(attempts.items.map(({ id }) => id).toSorted()).toEqual(['attempt-1', 'late']);
    });

    it('rest with their endpoint, and while it is stopped', async () => {
      const store = await withEndpoint({ restUntil: NOW + 1 });
      await store.webhooks.add(aWebhook({ id: 'webhook-2', state: 'paused', reason: 'failing' }), SECRET);
      await tell(store, 'tenant-1', 'a');
      await store.webhookDeliveries.dispatch(NOW);
      expect(await store.webhookDeliveries.due(NOW)).toEqual([]);
      expect(await sendAll(store)).toEqual([]);
      expect(await sendAll(store, NOW + 1)).toEqual(['a']);
      await store.webhooks.change('webhook-2', NOW, (endpoint) => ({ ...endpoint, state: 'active', reason: null }));
      await store.webhookDeliveries.dispatch(NOW);
      expect(await sendAll(store, NOW, 'webhook-2')).toEqual(['a']);
    });

    it('are recorded with what the operator is told, once however often that is asked', async () => {
      const store = await withEndpoint();
      await tell(store, 'tenant-1', 'a');
      await store.webhookDeliveries.dispatch(NOW);
      const { delivery } = await claim(store);
      const record = () =>
        store.webhookDeliveries.record(delivery, anAttempt({ status: 410 }), (endpoint, stored) => ({
          endpoint: { ...endpoint, state: 'disabled', reason: 'gone', since: NOW },
          delivery: { ...stored, state: 'failed', reason: 'gone', leaseUntil: null },
          operatorMail: beginOperatorMail(stopped, {
            now: NOW,
            newId: () => 'mail-1',
            operatorEmail: 'operator@linkwatch.example',
            conversationId: null,
          }),
        }));
      expect(await record()).not.toBeNull();
      expect(await record()).toBeNull();
      expect(await store.webhooks.find('webhook-1')).toMatchObject({ endpoint: { state: 'disabled' }, failed: 1 });
      expect((await store.mail.list(firstPage)).items).toMatchObject([{ id: 'mail-1', report: stopped }]);
      expect(await store.webhookDeliveries.isNeeded()).toBe(false);
      await store.tenants.erase('tenant-1');
      expect((await store.mail.list(firstPage)).items).toHaveLength(1);
    });

    it.each<readonly [string, Redelivery, readonly string[]]>([
      ['one', { kind: 'event', eventId: 'b' }, ['b']],
      ['one that was given up', { kind: 'event', eventId: 'a' }, ['a']],
      ['none that does not exist', { kind: 'event', eventId: 'x' }, []],
      ['none that is another tenant’s', { kind: 'event', eventId: 'other' }, []],
      ['all that were given up', { kind: 'failed' }, ['a']],
      ['all since a time, those before the endpoint included', { kind: 'since', since: NOW - HOUR_MS }, ['early', 'b']],
      ['all', { kind: 'since', since: 0 }, ['early', 'a', 'b']],
    ])('are made due again by hand: %s', async (_, redelivery, sent) => {
      const store = await storeWithTenants(fresh);
      await tellAll(store, 'tenant-1', [anEvent({ id: 'early', at: NOW })]);
      await store.webhooks.add(aWebhook({ tenantId: 'tenant-1', restUntil: NOW + DAY_MS }), SECRET);
      await tellAll(store, 'tenant-1', [anEvent({ id: 'a', at: NOW - DAY_MS }), anEvent({ id: 'b', at: NOW })]);
      await tellAll(store, 'tenant-2', [anEvent({ id: 'other', tenantId: 'tenant-2' })]);
      await store.webhookDeliveries.dispatch(NOW);
      const { delivery } = await claim(store, NOW + DAY_MS);
      await store.webhookDeliveries.record(delivery, anAttempt(), givenUp);
      await sendAll(store, NOW + DAY_MS);

      expect(await store.webhookDeliveries.redeliver('webhook-1', redelivery, NOW + 1)).toBe(sent.length);
      expect(await sendAll(store, NOW + 1)).toEqual(sent);
    });

    it('that are being sent are not made due again, nor anything of an unknown endpoint', async () => {
      const store = await withEndpoint();
      await tell(store, 'tenant-1', 'a');
      await store.webhookDeliveries.dispatch(NOW);
      const { delivery } = await claim(store);
      expect(await store.webhookDeliveries.redeliver('webhook-1', { kind: 'since', since: 0 }, NOW)).toBe(0);
      expect(await store.webhookDeliveries.record(delivery, anAttempt(), delivered)).not.toBeNull();
      expect(await store.webhookDeliveries.redeliver('webhook-2', { kind: 'since', since: 0 }, NOW)).toBe(0);
    });

    it('of a purged tenant are erased but for the last word of it', async () => {
      const store = await withEndpoint();
      await tell(store, 'tenant-1', 'a', 'b');
      await store.webhookDeliveries.dispatch(NOW);
      const { delivery } = await claim(store);
      await store.webhooks.addAttempt(anAttempt({ id: 'before' }));
      await store.tenants.erase('tenant-1', [anEvent({ id: 'last' })]);
      expect(await store.webhookDeliveries.record(delivery, anAttempt({ id: 'late' }), delivered)).toBeNull();
      expect((await store.webhooks.attempts({ ...firstPage, endpointId: 'webhook-1' })).items).toEqual([]);
      await store.webhookDeliveries.dispatch(NOW);
      expect(await sendAll(store)).toEqual(['last']);
    });

    it('are kept as long as polls, and an endpoint says when it has missed some', async () => {
      const store = await withEndpoint();
      await store.webhooks.add(aWebhook({ id: 'webhook-2' }), SECRET);
      const limits = { pollsBefore: NOW - 30 * DAY_MS, historyBefore: 0, writesBefore: 0 };
      await tell(store, 'tenant-1', 'a');
      await store.webhookDeliveries.dispatch(limits.pollsBefore - 1);
      await sendAll(store);
      await store.webhooks.addAttempt(anAttempt({ id: 'old', at: limits.pollsBefore - 1 }));
      await tell(store, 'tenant-1', 'b');
      await store.webhookDeliveries.dispatch(NOW);
      expect(await store.retention.prune(limits)).toMatchObject({ webhooks: 3 });
      expect((await store.webhooks.find('webhook-1'))?.endpoint.missedBefore).toBeNull();
      expect((await store.webhooks.find('webhook-2'))?.endpoint.missedBefore).toBe(limits.pollsBefore);
      expect(await sendAll(store)).toEqual(['b']);
    });

    it('of events that were erased before they were made are missed, and the endpoint says so', async () => {
      const store = await withEndpoint({ state: 'disabled', reason: 'by_command' });
      await tellAll(store, 'tenant-1', [
        anEvent({ id: 'old', at: NOW - 31 * DAY_MS }),
        anEvent({ id: 'young', at: NOW }),
      ]);
      await store.retention.prune({ pollsBefore: NOW - 30 * DAY_MS, historyBefore: 0, writesBefore: 0 });
      await store.webhooks.change('webhook-1', NOW, (endpoint) => ({ ...endpoint, state: 'active', reason: null }));
      await store.webhookDeliveries.dispatch(NOW + 5);
      expect((await store.webhooks.find('webhook-1'))?.endpoint.missedBefore).toBe(NOW + 5);
      expect(await sendAll(store, NOW + 5)).toEqual(['young']);
    });

    it('of an event that is no longer there say so', async () => {
      const store = await withEndpoint();
      await tellAll(store, 'tenant-1', [anEvent({ id: 'a', at: NOW - 31 * DAY_MS })]);
      await store.webhookDeliveries.dispatch(NOW);
      await store.retention.prune({ pollsBefore: NOW - 30 * DAY_MS, historyBefore: 0, writesBefore: 0 });
      const { delivery, event } = await claim(store);
      expect(event).toBeNull();
      await store.webhookDeliveries.record(delivery, null, givenUp);
      expect((await store.webhooks.attempts({ ...firstPage, endpointId: 'webhook-1' })).items).toEqual([]);
      expect(await store.webhooks.find('webhook-1')).toMatchObject({ pending: 0, failed: 1 });
    });

    it('are each made, and sent, by one of two processes that look at once', async () => {
      const store = await withEndpoint();
      await tell(store, 'tenant-1', ...Array.from({ length: 20 }, (_, n) => `a${n}`));
      await tell(store, 'tenant-2', ...Array.from({ length: 20 }, (_, n) => `b${n}`));
      await Promise.all([dispatch(store), dispatch(store)]);
      const sent = (await Promise.all([sendAll(store), sendAll(store)])).flat();
      const left = await sendAll(store);
      expect([...sent, ...left].toSorted()).toEqual([...new Set([...sent, ...left])].toSorted());
      expect([...sent, ...left]).toHaveLength(40);
    });
  });
}

const stopped: WebhookStoppedReport = {
  about: 'webhook_stopped',
  why: 'gone',
  endpointId: 'webhook-1',
  host: 'host.example',
  tenantId: null,
  since: NOW,
  response: 'HTTP 410',
};

function ofType(type: TenantEventType, id: string): FeedEvent {
  const event = anEvent({ id });
  if (event.type !== 'tenant.paused') throw new Error('the event of a test is another one');
  return { ...event, type };
}

async function dispatch({ webhookDeliveries }: Stores): Promise<void> {
  await webhookDeliveries.dispatch(NOW);
}
