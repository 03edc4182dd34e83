import { z } from 'zod';
import { apiKeyView, newApiKey } from '../../monitoring/views/api-keys.ts';
import { auditView } from '../../monitoring/views/audit.ts';
import { eventsPage } from '../../monitoring/views/events.ts';
import { monitorView } from '../../monitoring/views/operations.ts';
import { roundSummary } from '../../monitoring/views/rounds.ts';
import {
  connectionView,
  tenantConnection as tenantConnectionView,
  tenantDetail,
  tenantHistory,
  tenantSummary,
} from '../../monitoring/views/tenants.ts';
import * as webhooks from '../../monitoring/views/webhooks.ts';
import { workerView } from '../../monitoring/views/workers.ts';

import { problem } from './schemas.ts';

/** The answers of the API by their names in the OpenAPI document, each with an example. */

const status = {
  hasToken: true,
  isActiveUser: true,
  rateLimited: false,
  tokenHasScopes: true,
  tokenIsValid: false,
  error: null,
  networkStatus: 400,
};

const tenantExample = {
  id: '4ba1vqnyqq0hp7ur',
  externalId: 'customer-17',
  name: "Jane's Bakery",
  owner: 'jane@bakery.example',
  state: 'active',
  health: 'broken',
  connections: { total: 2, broken: 1, waiting: 0, unobserved: 0, healthy: 1, removed: 0 },
  lastPolledAt: '2026-11-28T09:00:12.000Z',
  nextPollAt: '2026-11-28T10:00:12.000Z',
  firstGoodPollAt: '2026-03-02T14:00:09.000Z',
  failing: null,
  timezone: 'America/New_York',
  schedule: null,
  application: null,
};

export const tenant = tenantSummary.meta({ id: 'Tenant', examples: [tenantExample] });

const detailExample = {
  ...tenantExample,
  locale: 'en-US',
  senderName: 'Agency Bright',
  replyTo: null,
  reconnectUrl: null,
  createdAt: '2026-03-02T13:58:41.000Z',
  intervalMs: 3_600_000,
  contacts: [{ email: 'jane@bakery.example', role: 'owner', state: 'active' }],
  invitation: null,
};

export const tenantWithSettings = tenantDetail.meta({ id: 'TenantDetail', examples: [detailExample] });

const connectionExample = {
  id: 'c-81f0',
  network: 'facebook',
  accountId: '17841400000000000',
  displayName: "Jane's Bakery",
  health: 'broken',
  conditions: ['token_invalid'],
  status,
  action: 'reconnect',
  since: '2026-11-28T08:00:12.000Z',
  observedAt: '2026-11-28T09:00:12.000Z',
  pages: null,
};

export const connection = connectionView.meta({ id: 'Connection', examples: [connectionExample] });
export const tenantConnection = tenantConnectionView.meta({
  id: 'TenantConnection',
  examples: [{ tenantId: tenantExample.id, ...connectionExample }],
});

const historyExample = {
  tenant: { id: '4ba1vqnyqq0hp7ur', name: "Jane's Bakery" },
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-11-28T00:00:00.000Z',
  connections: [
    {
      id: 'c-81f0',
      network: 'facebook',
      accountId: '17841400000000000',
      displayName: "Jane's Bakery",
      uptime: 0.98,
      coverage: 1,
      periods: [
        {
          from: '2026-11-28T08:00:12.000Z',
          to: '2026-11-28T09:30:12.000Z',
          health: 'broken',
          conditions: ['token_invalid'],
          status,
          polls: 2,
        },
      ],
    },
  ],
};

export const history = tenantHistory.meta({ id: 'History', examples: [historyExample] });

export const round = roundSummary.meta({
  id: 'Round',
  examples: [
    {
      polled: 1,
      failed: 0,
      skipped: 0,
      errors: 0,
      clockCorrected: 0,
      changes: [],
      failures: [],
      incidents: { opened: 0, closed: 0 },
      requests: null,
      mail: { sent: 0, pending: 0, held: 0, failed: 0 },
    },
  ],
});

const quotaExample = {
  used: 4211,
  limit: 10_000,
  forPolls: 9_375,
  isExhausted: false,
  askedPerDay: 2_400,
  stretch: 1,
};

export const monitor = monitorView.meta({
  id: 'Monitor',
  examples: [
    {
      ok: true,
      problems: [],
      database: 'PostgreSQL linkwatch at db.example:5432',
      lastRoundAt: '2026-11-28T09:00:14.000Z',
      mail: { pending: 0, held: 0, oldestPendingAt: null, lastResponse: '250 2.0.0 Ok: queued' },
      holds: [],
      outage: null,
      canary: null,
      quota: quotaExample,
      applications: [{ id: null, name: 'default', quota: quotaExample }],
    },
  ],
});

export const worker = workerView.meta({
  id: 'Worker',
  examples: [
    {
      id: '2b7xq1m0c9e4r5tz',
      host: 'worker-1',
      pid: 7,
      version: '0.1.0',
      roles: ['poll', 'mail', 'webhooks'],
      startedAt: '2026-11-28T06:00:00.000Z',
      lastSeenAt: '2026-11-28T09:00:10.000Z',
      isAlive: true,
      clockAheadMs: -34,
      done: { polls: 38, mails: 1, webhooks: 0 },
    },
  ],
});

const keyExample = {
  id: 'k-19cd',
  name: 'host product',
  prefix: 'lw_5f0c1a2b',
  role: 'operate',
  purpose: 'program',
  tenantId: null,
  state: 'active',
  createdAt: '2026-11-01T10:00:00.000Z',
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
};

export const apiKey = apiKeyView.meta({ id: 'ApiKey', examples: [keyExample] });
export const createdApiKey = newApiKey.meta({
  id: 'NewApiKey',
  examples: [{ ...keyExample, key: 'lw_5f0c1a2b_the-secret-is-shown-here-alone' }],
});

export const auditEntry = auditView.meta({
  id: 'AuditEntry',
  examples: [
    {
      id: 'a-0042',
      at: '2026-11-28T09:12:00.000Z',
      actor: { kind: 'key', id: 'k-19cd' },
      action: 'tenant.pause',
      tenantId: '4ba1vqnyqq0hp7ur',
      subjects: [],
      count: 1,
      from: '203.0.113.7',
    },
  ],
});

export const actedTenants = z
  .object({
    items: z
      .array(
        z.object({
          id: z.string(),
          outcome: z.enum(['done', 'unchanged', 'not_found']),
          changed: z.array(z.string()).readonly().meta({ description: 'Ids of the incidents or mails that changed.' }),
        }),
      )
      .readonly()
      .meta({ description: 'In the order of the ids that were given; of a filter, by id.' }),
  })
  .meta({ id: 'ActedTenants', examples: [{ items: [{ id: '4ba1vqnyqq0hp7ur', outcome: 'done', changed: [] }] }] });

export const eventList = eventsPage.meta({
  id: 'Events',
  examples: [
    {
      items: [
        {
          id: 'e-0c11',
          type: 'connection.broken',
          timestamp: '2026-11-28T08:00:12.000Z',
          data: {
            tenant: { id: '4ba1vqnyqq0hp7ur', externalId: 'customer-17', name: "Jane's Bakery", state: 'active' },
            connection: {
              id: 'c-81f0',
              network: 'facebook',
              accountId: '17841400000000000',
              displayName: "Jane's Bakery",
              health: 'broken',
            },
            incident: null,
            reason: 'broke',
            conditions: ['token_invalid'],
            action: 'reconnect',
            since: '2026-11-28T08:00:12.000Z',
          },
        },
      ],
      nextCursor: 'ZXZlbnRzIDQyIGUtMGMxMQ',
    },
  ],
});

/** A cursor that is too old, and the one to begin again with. */
export const goneProblem = problem.extend({ nextCursor: z.string() }).meta({
  id: 'Gone',
  examples: [
    {
      type: 'about:blank',
      title: 'Gone',
      status: 410,
      detail: 'The events behind this cursor are kept no more.',
      requestId: '6f1c2b7e-4f39-4b5a-9b58-0d7f0c1f7f53',
      nextCursor: 'ZXZlbnRzIDQyIGUtMGMxMQ',
    },
  ],
});

const webhookExample = {
  id: '7c0q2m8k5x1t9s4d',
  url: 'https://shop.example/hooks/linkwatch',
  tenantId: null,
  types: ['connection.broken', 'connection.repaired'],
  state: 'active',
  reason: null,
  since: '2026-11-01T10:00:00.000Z',
  createdAt: '2026-11-01T10:00:00.000Z',
  formerSecretUntil: null,
  pending: 0,
  oldestPendingAt: null,
  failed: 0,
  failures: 0,
  failingSince: null,
  lastDeliveredAt: '2026-11-28T08:15:13.000Z',
  missedBefore: null,
};

export const webhook = webhooks.webhookView.meta({ id: 'Webhook', examples: [webhookExample] });

const secretExample = 'whsec_dGhlIHNlY3JldCBpcyBzaG93biBoZXJlIGFsb25l';

export const createdWebhook = webhooks.newWebhook.meta({
  id: 'NewWebhook',
  examples: [{ ...webhookExample, secret: secretExample }],
});

export const rotatedWebhook = webhooks.rotatedWebhook.meta({
  id: 'RotatedWebhook',
  examples: [{ id: webhookExample.id, secret: secretExample, formerSecretUntil: '2026-11-29T08:00:00.000Z' }],
});

export const redelivered = webhooks.redelivered.meta({
  id: 'Redelivered',
  examples: [{ id: webhookExample.id, redelivered: 12 }],
});

export const webhookAttempt = webhooks.webhookAttemptView.meta({
  id: 'WebhookAttempt',
  examples: [
    {
      id: 'w-5512',
      eventId: 'e-90ab',
      type: 'connection.broken',
      tenantId: '4ba1vqnyqq0hp7ur',
      at: '2026-11-28T08:15:13.000Z',
      isDelivered: false,
      status: 503,
      ms: 41,
      answer: 'Back in a minute.',
      error: 'HTTP 503.',
    },
  ],
});
