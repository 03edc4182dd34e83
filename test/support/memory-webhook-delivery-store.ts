import type { FeedEvent } from '../../src/domain/model/event.ts';
import { isHeldUntil } from '../../src/domain/model/lease.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import type { WebhookDelivery, WebhookEndpoint } from '../../src/domain/model/webhook.ts';
import type { Redelivery, WebhookDeliveryStore } from '../../src/monitoring/ports.ts';
import { ascending, type Memory, type MemoryState, transact } from './memory-state.ts';
import { putEndpoint, secretsOf } from './memory-webhook-store.ts';

export function memoryWebhookDeliveryStore(memory: Memory, leaseNow: () => Instant): WebhookDeliveryStore {
  const isDue = ({ state, dueAt, leaseUntil }: WebhookDelivery, now: Instant) =>
    state === 'pending' && dueAt <= now && !isHeldUntil(leaseUntil, leaseNow());
  return {
    isNeeded: async () => [...memory.state.webhooks.values()].some(({ endpoint }) => endpoint.state === 'active'),
    dispatch: async (now) => transact(memory, (state) => dispatchAll(state, now)),
    due: async (now) =>
      [...memory.state.webhooks.values()].flatMap(({ endpoint }) => {
        const { id, failures } = endpoint;
        const isNext = isAtWork(endpoint, now) && deliveriesOf(memory.state, id).some((one) => isDue(one, now));
        return isNext ? [{ id, failures }] : [];
      }),
    claim: async (endpointId, now, leaseMs) =>
      transact(memory, (state) => {
        const stored = state.webhooks.get(endpointId);
        if (stored === undefined || !isAtWork(stored.endpoint, now)) return null;
        const [next] = inTurn(state, endpointId).filter((one) => isDue(one, now));
        if (next === undefined) return null;
        const delivery = { ...next, leaseUntil: leaseNow() + leaseMs };
        putDelivery(state, delivery);
        const event = [...state.events.values()].find(({ id }) => id === delivery.eventId) ?? null;
        return { endpoint: stored.endpoint, delivery, secrets: secretsOf(stored, now), event };
      }),
    record: async (claimed, attempt, decide) =>
      transact(memory, (state) => {
        const endpoint = state.webhooks.get(claimed.endpointId)?.endpoint;
        const delivery = state.webhookDeliveries.get(keyOf(claimed))?.delivery;
        if (endpoint === undefined || delivery === undefined) return null;
        if (attempt !== null) state.webhookAttempts.set(attempt.id, attempt);
        if (delivery.state !== 'pending' || delivery.leaseUntil !== claimed.leaseUntil) return null;
        const after = decide(endpoint, delivery);
        putEndpoint(state, after.endpoint);
        putDelivery(state, after.delivery);
        for (const mail of after.operatorMail) state.notifications.set(mail.id, mail);
        return { endpoint: after.endpoint, delivery: after.delivery };
      }),
    redeliver: async (endpointId, redelivery, now) =>
      transact(memory, (state) => {
        const stored = state.webhooks.get(endpointId);
        if (stored === undefined) return 0;
        putEndpoint(state, { ...stored.endpoint, restUntil: null });
        const events = [...state.events].filter(
          ([position, event]) => position <= stored.position && isFor(stored.endpoint, event),
        );
        const meant = events.filter(([, event]) => isMeant(state, stored.endpoint, event, redelivery));
        const free = meant.filter(([, { id }]) => {
          const { leaseUntil = null } = state.webhookDeliveries.get(keyOf({ endpointId, eventId: id }))?.delivery ?? {};
          return !isHeldUntil(leaseUntil, leaseNow());
        });
        for (const [position, event] of free) begin(state, endpointId, { position, event, now });
        return free.length;
      }),
  };
}

type Key = Readonly<{ endpointId: string; eventId: string }>;

function keyOf({ endpointId, eventId }: Key): string {
  return `${endpointId} ${eventId}`;
}

function putDelivery({ webhookDeliveries }: MemoryState, delivery: WebhookDelivery): void {
  const stored = webhookDeliveries.get(keyOf(delivery));
  if (stored !== undefined) webhookDeliveries.set(keyOf(delivery), { ...stored, delivery });
}

function dispatchAll(state: MemoryState, now: Instant): void {
  const last = state.feed.get('lastPosition') ?? 0;
  for (const [id, stored] of state.webhooks) {
    if (stored.endpoint.state !== 'active' || stored.position >= last) continue;
    for (const [position, event] of state.events) {
      if (position > stored.position && isFor(stored.endpoint, event)) begin(state, id, { position, event, now });
    }
    const hasMissed = stored.position < (state.feed.get('prunedTo') ?? 0);
    const endpoint = { ...stored.endpoint, ...(hasMissed && { missedBefore: now }) };
    state.webhooks.set(id, { ...stored, endpoint, position: last });
  }
}

function begin(
  { webhookDeliveries }: MemoryState,
  endpointId: string,
  { position, event, now }: Readonly<{ position: number; event: FeedEvent; now: Instant }>,
): void {
  const key = { endpointId, eventId: event.id };
  const { createdAt = now, lastAttemptAt = null } = webhookDeliveries.get(keyOf(key))?.delivery ?? {};
  const anew = { state: 'pending', reason: null, leaseUntil: null, attempts: 0, firstAttemptAt: null } as const;
  const { tenantId, type } = event;
  const delivery = { ...key, tenantId, type, ...anew, createdAt, lastAttemptAt, dueAt: now };
  webhookDeliveries.set(keyOf(key), { delivery, position });
}

function isAtWork({ state, restUntil }: WebhookEndpoint, now: Instant): boolean {
  return state === 'active' && (restUntil === null || restUntil <= now);
}

function isFor({ tenantId, types }: WebhookEndpoint, event: FeedEvent): boolean {
  return (tenantId === null || tenantId === event.tenantId) && (types === null || types.includes(event.type));
}

function isMeant(state: MemoryState, { id }: WebhookEndpoint, event: FeedEvent, redelivery: Redelivery): boolean {
  switch (redelivery.kind) {
    case 'event':
      return event.id === redelivery.eventId;
    case 'since':
      return event.at >= redelivery.since;
    case 'failed':
      return state.webhookDeliveries.get(keyOf({ endpointId: id, eventId: event.id }))?.delivery.state === 'failed';
  }
}

function deliveriesOf({ webhookDeliveries }: MemoryState, endpointId: string): readonly WebhookDelivery[] {
  return [...webhookDeliveries.values()].flatMap(({ delivery }) =>
    delivery.endpointId === endpointId ? [delivery] : [],
  );
}

/** Of each tenant the earliest alone, by when they are due. */
function inTurn({ webhookDeliveries }: MemoryState, endpointId: string): readonly WebhookDelivery[] {
  const pending = [...webhookDeliveries.values()]
    .filter(({ delivery }) => delivery.endpointId === endpointId && delivery.state === 'pending')
    .toSorted((a, b) => ascending(a.position, b.position));
  const first = pending.filter(
    (one, index) => pending.findIndex(({ delivery }) => delivery.tenantId === one.delivery.tenantId) === index,
  );
  return first
    .toSorted((a, b) => ascending(a.delivery.dueAt, b.delivery.dueAt) || ascending(a.position, b.position))
    .map(({ delivery }) => delivery);
}
