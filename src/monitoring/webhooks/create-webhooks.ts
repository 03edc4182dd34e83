import type { EventType } from '../../domain/model/event.ts';
import { DAY_MS } from '../../domain/model/time.ts';
import {
  disableEndpoint,
  enableEndpoint,
  isDelivered,
  NO_WEBHOOK_FAILURES,
  TEST_TYPE,
  type WebhookAttempt,
  type WebhookEndpoint,
} from '../../domain/model/webhook.ts';
import type { NewWebhook, WebhookPatch, Webhooks } from '../application.ts';
import { mapPage } from '../pages.ts';
import type { Clock, NewId, Stores, WebhookEntry, WebhookSender } from '../ports.ts';
import { assertMayAdminister, assertMayChange, pageSeen, scopeOf, sees, type Viewer } from '../viewer.ts';
import type { WebhookAttemptView, WebhookView } from '../views.ts';
import { attemptOf } from './deliver-webhook.ts';

export type WebhooksPorts = Pick<Stores, 'webhooks' | 'webhookDeliveries' | 'records'> &
  Readonly<{ clock: Clock; newId: NewId; webhookSender: WebhookSender }>;

/** Endpoints of one tenant at most, or of all tenants: each event is stored, and sent, once for each endpoint. */
const MOST_ENDPOINTS = 20;
/** For so long the secret before a rotation signs as well. */
const FORMER_SECRET_MS = DAY_MS;

/**
 * Where events are sent to, by viewers that see the endpoint: a key of one tenant has that tenant's endpoints alone.
 */
export function createWebhooks(ports: WebhooksPorts): Webhooks {
  const { webhooks, webhookDeliveries, clock, webhookSender } = ports;
  const find = async (viewer: Viewer, id: string) => {
    const entry = await webhooks.find(id);
    return entry !== null && sees(viewer, entry.endpoint.tenantId) ? entry : null;
  };
  const change = async (viewer: Viewer, id: string, decide: (endpoint: WebhookEndpoint) => WebhookEndpoint) => {
    if ((await find(viewer, id)) === null) return null;
    await webhooks.change(id, clock.now(), decide);
    return await find(viewer, id);
  };
  return {
    add: async (viewer, webhook) => {
      assertMayAdminister(viewer);
      return await add(viewer, webhook, ports);
    },
    list: async (viewer, { tenantId, ...page }) =>
      mapPage(await pageSeen(viewer, tenantId, (scope) => webhooks.list({ ...page, ...scope })), webhookView),
    find: async (viewer, id) => {
      const entry = await find(viewer, id);
      return entry === null ? null : webhookView(entry);
    },
    update: async (viewer, id, patch) => {
      assertMayAdminister(viewer);
      const problem = patch.url === undefined ? null : webhookSender.problemOf(patch.url);
      if (problem !== null) return { outcome: 'bad_url', problem };
      const entry = await change(viewer, id, (endpoint) => patched(endpoint, patch));
      return entry === null ? { outcome: 'not_found' } : { outcome: 'updated', webhook: webhookView(entry) };
    },
    enable: async (viewer, id) => {
      assertMayChange(viewer);
      const entry = await change(viewer, id, (endpoint) => enableEndpoint(endpoint, clock.now()));
      return entry === null ? null : webhookView(entry);
    },
    disable: async (viewer, id) => {
      assertMayChange(viewer);
      const entry = await change(viewer, id, (endpoint) => disableEndpoint(endpoint, clock.now()));
      return entry === null ? null : webhookView(entry);
    },
    remove: async (viewer, id) => {
      assertMayAdminister(viewer);
      return (await find(viewer, id)) !== null && (await webhooks.remove(id));
    },
    rotate: async (viewer, id) => {
      assertMayAdminister(viewer);
      if ((await find(viewer, id)) === null) return null;
      const [secret, formerSecretUntil] = [webhookSender.newSecret(), clock.now() + FORMER_SECRET_MS];
      return (await webhooks.rotate(id, secret, formerSecretUntil)) ? { id, secret, formerSecretUntil } : null;
    },
    test: async (viewer, id) => {
      assertMayChange(viewer);
      const entry = await find(viewer, id);
      return entry === null ? null : await test(entry.endpoint, ports);
    },
    redeliver: async (viewer, id, redelivery) => {
      assertMayChange(viewer);
      if ((await find(viewer, id)) === null) return null;
      return { id, redelivered: await webhookDeliveries.redeliver(id, redelivery, clock.now()) };
    },
    attempts: async (viewer, id, query) => {
      if ((await find(viewer, id)) === null) return null;
      return mapPage(await webhooks.attempts({ ...query, endpointId: id }), attemptView);
    },
  };
}

/** Sent at once, whatever the state of the endpoint: the answer changes nothing but the list of attempts. */
async function test(
  { id, url, tenantId }: WebhookEndpoint,
  { webhooks, clock, newId, webhookSender }: WebhooksPorts,
): Promise<WebhookAttemptView | null> {
  const [at, eventId] = [clock.now(), newId()];
  const secrets = await webhooks.secrets(id, at);
  if (secrets === null) return null;
  const data = { webhookId: id, tenantId };
  const body = JSON.stringify({ type: TEST_TYPE, timestamp: new Date(at).toISOString(), data });
  const answer = await webhookSender.send({ url, id: eventId, at, body, secrets });
  const attempt = attemptOf({ id: newId(), endpointId: id, eventId, at, tenantId: null, type: TEST_TYPE }, answer);
  await webhooks.addAttempt(attempt);
  return attemptView(attempt);
}

async function add(
  viewer: Viewer,
  { url, tenantId, types }: NewWebhook,
  { webhooks, records, clock, newId, webhookSender }: WebhooksPorts,
): ReturnType<Webhooks['add']> {
  const scope = scopeOf(viewer, tenantId ?? null);
  const isUnknown = scope === null || (scope.tenantId !== null && (await records.read([scope.tenantId])).length === 0);
  if (isUnknown) return { outcome: 'unknown_tenant' };
  const problem = webhookSender.problemOf(url);
  if (problem !== null) return { outcome: 'bad_url', problem };
  if ((await webhooks.countOf(scope.tenantId)) >= MOST_ENDPOINTS) return { outcome: 'too_many', most: MOST_ENDPOINTS };
  const now = clock.now();
  const endpoint: WebhookEndpoint = {
    id: newId(),
    url,
    tenantId: scope.tenantId,
    types: chosen(types ?? null),
    state: 'active',
    reason: null,
    since: now,
    createdAt: now,
    formerSecretUntil: null,
    failures: 0,
    failingSince: null,
    restUntil: null,
    lastDeliveredAt: null,
    missedBefore: null,
  };
  const secret = webhookSender.newSecret();
  await webhooks.add(endpoint, secret);
  const entry = { endpoint, pending: 0, failed: 0, oldestPendingAt: null };
  return { outcome: 'added', webhook: { ...webhookView(entry), secret } };
}

/** An endpoint with a new address begins without failures: the earlier ones were the old address's. */
function patched(endpoint: WebhookEndpoint, { url = endpoint.url, types = endpoint.types }: WebhookPatch) {
  const afresh = url === endpoint.url ? {} : NO_WEBHOOK_FAILURES;
  return { ...endpoint, ...afresh, url, types: chosen(types) };
}

/** Each type once. */
function chosen(types: readonly EventType[] | null): readonly EventType[] | null {
  return types === null ? null : [...new Set(types)];
}

function webhookView({ endpoint: { restUntil: _, ...endpoint }, ...counts }: WebhookEntry): WebhookView {
  return { ...endpoint, ...counts };
}

function attemptView({ endpointId: _, ...attempt }: WebhookAttempt): WebhookAttemptView {
  return { ...attempt, isDelivered: isDelivered(attempt) };
}
