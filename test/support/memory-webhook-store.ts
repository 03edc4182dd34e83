import { isDelivered, type WebhookEndpoint } from '../../src/domain/model/webhook.ts';
import type { WebhookEntry, WebhookStore } from '../../src/monitoring/ports.ts';
import { memoryPage, newestFirst } from './memory-page.ts';
import { type Memory, type MemoryState, type MemoryWebhook, transact } from './memory-state.ts';

export function memoryWebhookStore(memory: Memory): WebhookStore {
  return {
    add: async (endpoint, secret) =>
      transact(memory, ({ webhooks, feed }) => {
        const position = feed.get('lastPosition') ?? 0;
        webhooks.set(endpoint.id, { endpoint, secret, formerSecret: null, position });
      }),
    list: async ({ tenantId, ...page }) => {
      const entries = visible(memory.state)
        .filter(({ endpoint }) => tenantId === null || endpoint.tenantId === tenantId)
        .map((stored) => entryOf(memory.state, stored));
      const positionOf = ({ endpoint }: WebhookEntry) => ({ at: endpoint.createdAt, id: endpoint.id });
      return memoryPage(entries, page, { positionOf, order: newestFirst });
    },
    find: async (id) => {
      const stored = visible(memory.state).find(({ endpoint }) => endpoint.id === id);
      return stored === undefined ? null : entryOf(memory.state, stored);
    },
    countOf: async (tenantId) =>
      [...memory.state.webhooks.values()].filter(({ endpoint }) => endpoint.tenantId === tenantId).length,
    change: async (id, now, decide) =>
      transact(memory, (state) => {
        const before = state.webhooks.get(id)?.endpoint;
        if (before === undefined) return null;
        const after = decide(before);
        putEndpoint(state, after);
        if (after.state === 'active' && before.state !== 'active') beginAnew(state, id, now);
        return after;
      }),
    rotate: async (id, secret, formerUntil) =>
      transact(memory, ({ webhooks }) => {
        const stored = webhooks.get(id);
        if (stored === undefined) return false;
        const endpoint = { ...stored.endpoint, formerSecretUntil: formerUntil };
        webhooks.set(id, { ...stored, endpoint, secret, formerSecret: stored.secret });
        return true;
      }),
    remove: async (id) => transact(memory, (state) => eraseEndpoints(state, (endpoint) => endpoint.id === id) > 0),
    secrets: async (id, now) => {
      const stored = memory.state.webhooks.get(id);
      return stored === undefined ? null : secretsOf(stored, now);
    },
    attempts: async ({ endpointId, eventId, isDelivered: wanted, ...page }) => {
      const attempts = [...memory.state.webhookAttempts.values()]
        .filter((attempt) => attempt.endpointId === endpointId)
        .filter((attempt) => eventId === undefined || attempt.eventId === eventId)
        .filter((attempt) => wanted === undefined || isDelivered(attempt) === wanted);
      return memoryPage(attempts, page, { positionOf: ({ at, id }) => ({ at, id }), order: newestFirst });
    },
    addAttempt: async (attempt) =>
      transact(memory, ({ webhooks, webhookAttempts }) => {
        if (!webhooks.has(attempt.endpointId)) throw new Error('Foreign key constraint failed');
        webhookAttempts.set(attempt.id, attempt);
      }),
  };
}

export function secretsOf(
  { endpoint, secret, formerSecret }: MemoryWebhook,
  now: number,
): readonly [string, ...string[]] {
  const { formerSecretUntil } = endpoint;
  const isFormerValid = formerSecret !== null && formerSecretUntil !== null && formerSecretUntil > now;
  return isFormerValid ? [secret, formerSecret] : [secret];
}

export function putEndpoint({ webhooks }: MemoryState, endpoint: WebhookEndpoint): void {
  const stored = webhooks.get(endpoint.id);
  if (stored !== undefined) webhooks.set(endpoint.id, { ...stored, endpoint });
}

/** As the foreign keys of a database do. */
export function eraseEndpoints(state: MemoryState, isMeant: (endpoint: WebhookEndpoint) => boolean): number {
  const ids = [...state.webhooks.values()]
    .filter(({ endpoint }) => isMeant(endpoint))
    .map(({ endpoint }) => endpoint.id);
  for (const id of ids) state.webhooks.delete(id);
  eraseDeliveries(state, ({ endpointId }) => ids.includes(endpointId));
  return ids.length;
}

export function eraseDeliveries(
  { webhookDeliveries, webhookAttempts }: MemoryState,
  isMeant: (row: Readonly<{ endpointId: string; tenantId: string | null }>) => boolean,
): void {
  for (const [key, { delivery }] of webhookDeliveries) if (isMeant(delivery)) webhookDeliveries.delete(key);
  for (const [key, attempt] of webhookAttempts) if (isMeant(attempt)) webhookAttempts.delete(key);
}

function beginAnew({ webhookDeliveries }: MemoryState, endpointId: string, now: number): void {
  for (const [key, { delivery, position }] of webhookDeliveries) {
    if (delivery.endpointId !== endpointId || delivery.state !== 'pending') continue;
    const anew = { ...delivery, dueAt: now, attempts: 0, firstAttemptAt: null };
    webhookDeliveries.set(key, { delivery: anew, position });
  }
}

function visible({ webhooks, tenants }: MemoryState): readonly MemoryWebhook[] {
  return [...webhooks.values()].filter(
    ({ endpoint: { tenantId } }) => tenantId === null || tenants.get(tenantId)?.removedAt === null,
  );
}

function entryOf({ webhookDeliveries }: MemoryState, { endpoint }: MemoryWebhook): WebhookEntry {
  const own = [...webhookDeliveries.values()].flatMap(({ delivery }) =>
    delivery.endpointId === endpoint.id ? [delivery] : [],
  );
  const pending = own.filter(({ state }) => state === 'pending');
  return {
    endpoint,
    pending: pending.length,
    failed: own.filter(({ state }) => state === 'failed').length,
    oldestPendingAt: pending.length === 0 ? null : Math.min(...pending.map(({ createdAt }) => createdAt)),
  };
}
