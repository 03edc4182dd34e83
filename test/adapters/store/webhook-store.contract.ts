import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import { disableEndpoint, enableEndpoint, type WebhookEndpoint } from '../../../src/domain/model/webhook.ts';
import { readAllPages } from '../../../src/monitoring/pages.ts';
import { aWebhook, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { firstPage, removeTenant } from '../../support/store-records.ts';
import { anAttempt, claim, failedUntil, SECRET, storeWithTenants, tell } from '../../support/store-webhooks.ts';

const full: Partial<WebhookEndpoint> = {
  tenantId: 'tenant-1',
  types: ['tenant.paused', 'connection.broken'],
  state: 'paused',
  reason: 'failing',
  since: NOW + 1,
  createdAt: NOW + 2,
  failures: 7,
  failingSince: NOW + 3,
  restUntil: NOW + 4,
  lastDeliveredAt: NOW + 5,
  missedBefore: NOW + 6,
};

export function webhookStoreContract(fresh: FreshStore): void {
  describe('the store of webhooks', () => {
    it('gives back an endpoint as it was stored, and what waits for it', async () => {
      const { webhooks } = await storeWithTenants(fresh);
      await webhooks.add(aWebhook(full), SECRET);
      await webhooks.add(aWebhook({ id: 'webhook-2' }), SECRET);
      const nothing = { pending: 0, failed: 0, oldestPendingAt: null };
      expect(await webhooks.find('webhook-1')).toEqual({ endpoint: aWebhook(full), ...nothing });
      expect(await webhooks.find('webhook-2')).toEqual({ endpoint: aWebhook({ id: 'webhook-2' }), ...nothing });
      expect(await webhooks.find('webhook-3')).toBeNull();
    });

    it('lists all of them, the newest first, page by page, or those of one tenant', async () => {
      const { webhooks } = await storeWithTenants(fresh);
      for (const [n, id] of ['a', 'b', 'c', 'd'].entries()) {
        const tenantId = n % 2 === 0 ? 'tenant-1' : null;
        await webhooks.add(aWebhook({ id, tenantId, createdAt: NOW + Math.floor(n / 2) }), SECRET);
      }
      const idsOf = async (tenantId: string | null) =>
        (await readAllPages((page) => webhooks.list({ ...page, tenantId, limit: 1 }))).map(
          ({ endpoint }) => endpoint.id,
        );
      expect(await idsOf(null)).toEqual(['d', 'c', 'b', 'a']);
      expect(await idsOf('tenant-1')).toEqual(['c', 'a']);
      expect(await idsOf('tenant-2')).toEqual([]);
      expect(await webhooks.countOf(null)).toBe(2);
      expect(await webhooks.countOf('tenant-1')).toBe(2);
      expect(await webhooks.countOf('tenant-2')).toBe(0);
    });

    it('stores what is made of an endpoint, and begins anew what waits for one that becomes active', async () => {
      const store = await storeWithTenants(fresh);
      const { webhooks, webhookDeliveries } = store;
      await webhooks.add(aWebhook(), SECRET);
      await tell(store, 'tenant-1', 'a');
      await webhookDeliveries.dispatch(NOW);
      await webhookDeliveries.record((await claim(store)).delivery, anAttempt(), failedUntil(NOW + DAY_MS));

      const paused = await webhooks.change('webhook-1', NOW + 1, (endpoint) => disableEndpoint(endpoint, NOW + 1));
      expect(paused).toEqual(aWebhook({ state: 'disabled', reason: 'by_command', since: NOW + 1 }));
      expect(await webhookDeliveries.due(NOW + DAY_MS)).toEqual([]);
      expect(await webhookDeliveries.claim('webhook-1', NOW + DAY_MS, 1)).toBeNull();

      await webhooks.change('webhook-1', NOW + HOUR_MS, (endpoint) => enableEndpoint(endpoint, NOW + HOUR_MS));
      expect((await claim(store, NOW + HOUR_MS)).delivery).toMatchObject({
        eventId: 'a',
        attempts: 0,
        firstAttemptAt: null,
        dueAt: NOW + HOUR_MS,
      });
      expect(await webhooks.change('webhook-2', NOW, (endpoint) => endpoint)).toBeNull();
    });

    it('signs with the former secret as well until its time is over', async () => {
      const { webhooks } = await storeWithTenants(fresh);
      await webhooks.add(aWebhook(), SECRET);
      expect(await webhooks.secrets('webhook-1', NOW)).toEqual([SECRET]);
      expect(await webhooks.rotate('webhook-1', 'whsec_c2Vjb25k', NOW + DAY_MS)).toBe(true);
      expect(await webhooks.secrets('webhook-1', NOW + DAY_MS - 1)).toEqual(['whsec_c2Vjb25k', SECRET]);
      expect(await webhooks.secrets('webhook-1', NOW + DAY_MS)).toEqual(['whsec_c2Vjb25k']);
      await webhooks.rotate('webhook-1', 'whsec_dGhpcmQ=', NOW + 2 * DAY_MS);
      expect(await webhooks.secrets('webhook-1', NOW)).toEqual(['whsec_dGhpcmQ=', 'whsec_c2Vjb25k']);
      expect(await webhooks.find('webhook-1')).toMatchObject({ endpoint: { formerSecretUntil: NOW + 2 * DAY_MS } });
      expect(await webhooks.rotate('webhook-2', 'whsec_c2Vjb25k', NOW)).toBe(false);
      expect(await webhooks.secrets('webhook-2', NOW)).toBeNull();
    });

    it('forgets an endpoint with what waits for it and what it answered', async () => {
      const store = await storeWithTenants(fresh);
      const { webhooks, webhookDeliveries } = store;
      await webhooks.add(aWebhook(), SECRET);
      await tell(store, 'tenant-1', 'a');
      await webhookDeliveries.dispatch(NOW);
      await webhooks.addAttempt(anAttempt());
      const claimed = await claim(store);
      expect(await webhooks.remove('webhook-1')).toBe(true);
      expect(await webhooks.remove('webhook-1')).toBe(false);
      expect(await webhooks.attempts({ ...firstPage, endpointId: 'webhook-1' })).toEqual({
        items: [],
        nextCursor: null,
      });
      // What was on its way meanwhile leaves nothing behind.
      expect(await webhookDeliveries.record(claimed.delivery, anAttempt({ id: 'late' }), failedUntil(NOW))).toBeNull();
      expect((await webhooks.attempts({ ...firstPage, endpointId: 'webhook-1' })).items).toEqual([]);
    });

    it('knows no endpoint of a tenant that was removed, and erases those of one that is purged', async () => {
      const store = await storeWithTenants(fresh);
      await store.webhooks.add(aWebhook({ tenantId: 'tenant-1' }), SECRET);
      await store.webhooks.add(aWebhook({ id: 'webhook-2' }), SECRET);
      await removeTenant(store, 'tenant-1');
      expect(await store.webhooks.find('webhook-1')).toBeNull();
      expect((await store.webhooks.list(firstPage)).items.map(({ endpoint }) => endpoint.id)).toEqual(['webhook-2']);
      await store.tenants.erase('tenant-1');
      expect(await store.webhooks.secrets('webhook-1', NOW)).toBeNull();
      expect(await store.webhooks.secrets('webhook-2', NOW)).not.toBeNull();
    });

    it('lists attempts, the newest first, of one event, and by what came of them', async () => {
      const { webhooks } = await storeWithTenants(fresh);
      for (const id of ['webhook-1', 'webhook-2']) await webhooks.add(aWebhook({ id }), SECRET);
      const all = [
        anAttempt({ id: 'taken' }),
        anAttempt({ id: 'refused', at: NOW + 1, status: 300, error: 'HTTP 300.', answer: null }),
        anAttempt({ id: 'silent', at: NOW + 2, status: null, error: 'No answer came.', eventId: 'b' }),
        anAttempt({ id: 'test', at: NOW + 3, status: 204, tenantId: null, type: 'webhook.test', eventId: 't' }),
      ];
      for (const attempt of [...all, anAttempt({ id: 'other', endpointId: 'webhook-2' })])
        await webhooks.addAttempt(attempt);
      const read = async (filter: object) =>
        await readAllPages((page) => webhooks.attempts({ endpointId: 'webhook-1', ...filter, ...page, limit: 2 }));
      expect(await read({})).toEqual(all.toReversed());
      expect((await read({ eventId: 'a' })).map(({ id }) => id)).toEqual(['refused', 'taken']);
      expect((await read({ isDelivered: true })).map(({ id }) => id)).toEqual(['test', 'taken']);
      expect((await read({ isDelivered: false })).map(({ id }) => id)).toEqual(['silent', 'refused']);
    });

    it('stores no endpoint of a tenant, and no attempt of an endpoint, that does not exist', async () => {
      const { webhooks } = await storeWithTenants(fresh);
      await expect(webhooks.add(aWebhook({ tenantId: 'nobody' }), SECRET)).rejects.toThrow(/foreign key/i);
      await expect(webhooks.addAttempt(anAttempt())).rejects.toThrow(/foreign key/i);
    });
  });
}
