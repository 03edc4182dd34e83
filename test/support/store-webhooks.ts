import type { FeedEvent } from '../../src/domain/model/event.ts';
import type { WebhookAttempt } from '../../src/domain/model/webhook.ts';
import type { ClaimedDelivery, DecideAttempt, Stores } from '../../src/monitoring/ports.ts';
import { anEvent, anUpdate, aTenant, NOW } from './builders.ts';
import { save } from './store-records.ts';

export const SECRET = 'whsec_c2VjcmV0LW9mLXRoZS1maXJzdA==';
export const LEASE_MS = 60_000;

/** Two of them, so that one can be told from the other. */
export async function storeWithTenants<Store extends Stores>(fresh: () => Promise<Store>): Promise<Store> {
  const store = await fresh();
  await store.tenants.add(
    ['tenant-1', 'tenant-2'].map((id) => ({ tenant: aTenant({ id }), contacts: [], grant: null })),
  );
  return store;
}

/** In one change of the tenant; the ids are those of the events. */
export async function tell(store: Stores, tenantId: string, ...ids: readonly string[]): Promise<void> {
  await tellAll(
    store,
    tenantId,
    ids.map((id) => anEvent({ id, tenantId })),
  );
}

export async function tellAll(store: Stores, tenantId: string, events: readonly FeedEvent[]): Promise<void> {
  await save(store, anUpdate({ tenantId, events }));
}

export async function claim(store: Stores, now = NOW, endpointId = 'webhook-1'): Promise<ClaimedDelivery> {
  const claimed = await store.webhookDeliveries.claim(endpointId, now, LEASE_MS);
  if (claimed === null) throw new Error('nothing to be sent');
  return claimed;
}

export function anAttempt(given: Partial<WebhookAttempt> = {}): WebhookAttempt {
  return {
    id: 'attempt-1',
    endpointId: 'webhook-1',
    eventId: 'a',
    tenantId: 'tenant-1',
    type: 'tenant.paused',
    at: NOW,
    status: 200,
    ms: 12,
    answer: 'ok',
    error: null,
    ...given,
  };
}

export const delivered: DecideAttempt = (endpoint, delivery) => ({
  endpoint: { ...endpoint, lastDeliveredAt: NOW },
  delivery: { ...delivery, state: 'delivered', attempts: delivery.attempts + 1, leaseUntil: null },
  operatorMail: [],
});

export const failedUntil =
  (dueAt: number): DecideAttempt =>
  (endpoint, delivery) => ({
    endpoint,
    delivery: { ...delivery, dueAt, attempts: delivery.attempts + 1, firstAttemptAt: NOW, leaseUntil: null },
    operatorMail: [],
  });

export const givenUp: DecideAttempt = (endpoint, delivery) => ({
  endpoint,
  delivery: { ...delivery, state: 'failed', reason: 'gave_up', leaseUntil: null },
  operatorMail: [],
});

/** Sends everything that is due, each at its first attempt; the ids of the events, in order. */
export async function sendAll(store: Stores, now = NOW, endpointId = 'webhook-1'): Promise<readonly string[]> {
  const sent: string[] = [];
  for (;;) {
    const claimed = await store.webhookDeliveries.claim(endpointId, now, LEASE_MS);
    if (claimed === null) return sent;
    const { eventId } = claimed.delivery;
    const attempt = anAttempt({ id: `${endpointId} ${eventId} ${sent.length}`, endpointId, eventId });
    await store.webhookDeliveries.record(claimed.delivery, attempt, delivered);
    sent.push(eventId);
  }
}
