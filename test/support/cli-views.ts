import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/model/time.ts';
import { workerRoles } from '../../src/domain/model/worker.ts';
import type { Page } from '../../src/monitoring/ports.ts';
import type {
  ConnectionView,
  Explanation,
  ExportedTenant,
  IncidentDetail,
  IncidentView,
  MailDetail,
  MailView,
  MonitorView,
  RoundSummary,
  StoryMail,
  TenantDetail,
  TenantHistory,
  TenantSummary,
  WorkerView,
} from '../../src/monitoring/views.ts';
import { aStatus, NOW } from './builders.ts';

/** A list that fits on one page. */
export function onePage<Item>(...items: readonly Item[]): Page<Item> {
  return { items, nextCursor: null };
}

export const NO_CONNECTIONS = { total: 0, broken: 0, waiting: 0, unobserved: 0, healthy: 0, removed: 0 };

export function aMonitor(given: Partial<MonitorView> = {}): MonitorView {
  return {
    ok: true,
    problems: [],
    database: 'SQLite /srv/linkwatch.db',
    lastRoundAt: NOW - 12_000,
    mail: { pending: 0, held: 0, oldestPendingAt: null, lastResponse: null },
    holds: [],
    outage: null,
    canary: null,
    quota: aKeyQuota(),
    applications: [{ id: null, name: 'default', quota: given.quota ?? aKeyQuota() }],
    ...given,
  };
}

function aKeyQuota(): NonNullable<MonitorView['quota']> {
  return { used: 412, limit: 10_000, forPolls: 9000, isExhausted: false, askedPerDay: 7200, stretch: 1 };
}

export function aWorkerView(given: Partial<WorkerView> = {}): WorkerView {
  return {
    id: 'worker-1',
    host: 'host-1',
    pid: 4711,
    version: '1.2.3',
    roles: workerRoles,
    startedAt: NOW - HOUR_MS,
    lastSeenAt: NOW - 4_000,
    isAlive: true,
    clockAheadMs: -34,
    done: { polls: 38, mails: 1, webhooks: 0 },
    ...given,
  };
}

export function aSummary(given: Partial<TenantSummary> = {}): TenantSummary {
  return {
    id: 'tenant-1',
    externalId: null,
    name: "Jane's Bakery",
    state: 'active',
    health: 'healthy',
    connections: { ...NO_CONNECTIONS, total: 2, healthy: 2 },
    lastPolledAt: NOW - 10 * MINUTE_MS,
    nextPollAt: NOW + 50 * MINUTE_MS,
    firstGoodPollAt: NOW - 7 * DAY_MS,
    failing: null,
    owner: 'jane@bakery.example',
    timezone: 'America/New_York',
    schedule: null,
    application: null,
    ...given,
  };
}

export function aDetail(given: Partial<TenantDetail> = {}): TenantDetail {
  return {
    ...aSummary(),
    locale: 'en-US',
    senderName: null,
    replyTo: null,
    reconnectUrl: null,
    createdAt: NOW - DAY_MS,
    intervalMs: HOUR_MS,
    contacts: [
      { email: 'jane@bakery.example', role: 'owner', state: 'active' },
      { email: 'office@bakery.example', role: 'cc', state: 'unsubscribed' },
    ],
    invitation: null,
    ...given,
  };
}

export function anExport(given: Partial<ExportedTenant> = {}): ExportedTenant {
  return {
    id: 'tenant-1',
    external_id: null,
    name: "Jane's Bakery",
    state: 'active',
    owner: 'jane@bakery.example',
    cc: ['office@bakery.example', 'boss@bakery.example'],
    timezone: 'America/New_York',
    locale: 'en-US',
    schedule: '*/30 * * * *',
    application: null,
    sender_name: null,
    reply_to: null,
    reconnect_url: null,
    ...given,
  };
}

export function aConnectionView(given: Partial<ConnectionView> = {}): ConnectionView {
  return {
    id: 'connection-1',
    network: 'facebook',
    accountId: '17841400000000001',
    displayName: "Jane's page",
    health: 'broken',
    conditions: ['token_invalid'],
    action: 'reconnect',
    since: NOW - 2 * HOUR_MS,
    observedAt: NOW - 10 * MINUTE_MS,
    pages: null,
    status: aStatus({ tokenIsValid: false }),
    ...given,
  };
}

export function aRound(given: Partial<RoundSummary> = {}): RoundSummary {
  return {
    polled: 3,
    failed: 1,
    skipped: 0,
    errors: 0,
    clockCorrected: 0,
    changes: [
      {
        tenantId: 'tenant-1',
        tenantName: "Jane's Bakery",
        connectionId: 'connection-1',
        network: 'facebook',
        accountId: '17841400000000001',
        displayName: "Jane's page",
        at: NOW,
        from: 'healthy',
        to: 'broken',
        conditions: ['token_invalid'],
        reason: 'broke',
      },
    ],
    failures: [{ tenantId: 'tenant-2', tenantName: "Bob's Garage", kind: 'timeout', detail: 'no answer in 15 s' }],
    incidents: { opened: 1, closed: 0 },
    requests: { used: 412, limit: 10_000, forPolls: 9000, isExhausted: false },
    mail: { sent: 1, pending: 2, held: 0, failed: 0 },
    ...given,
  };
}

export function aHistory(given: Partial<TenantHistory> = {}): TenantHistory {
  return {
    tenant: { id: 'tenant-1', name: "Jane's Bakery" },
    from: NOW - DAY_MS,
    to: NOW,
    connections: [
      {
        id: 'connection-1',
        network: 'facebook',
        accountId: '17841400000000001',
        displayName: "Jane's page",
        uptime: 0.75,
        coverage: 1,
        periods: [
          {
            from: NOW - DAY_MS,
            to: NOW - 6 * HOUR_MS,
            health: 'healthy',
            conditions: [],
            status: aStatus(),
            polls: 18,
          },
          {
            from: NOW - 6 * HOUR_MS,
            to: NOW,
            health: 'broken',
            conditions: ['token_invalid'],
            status: aStatus({ tokenIsValid: false, error: 'invalid_token', networkStatus: null, isActiveUser: null }),
            polls: 6,
          },
        ],
      },
    ],
    ...given,
  };
}

export function anIncidentView(given: Partial<IncidentView> = {}): IncidentView {
  return {
    id: 'incident-1',
    tenantId: 'tenant-1',
    tenantName: "Jane's Bakery",
    connectionId: 'connection-1',
    network: 'facebook',
    accountId: '17841400000000001',
    displayName: "Jane's page",
    action: 'reconnect',
    conditions: ['token_invalid'],
    state: 'open',
    openedAt: NOW - 2 * HOUR_MS,
    confirmedAt: NOW - HOUR_MS,
    closedAt: null,
    closeReason: null,
    acknowledgedAt: null,
    snoozedUntil: null,
    toldAt: null,
    decision: 'already_told',
    notifications: ['mail-1'],
    ...given,
  };
}

/** Confirmed, told and still broken. */
export function anIncidentDetail(given: Partial<IncidentDetail> = {}): IncidentDetail {
  const [from, to] = [NOW - 2 * HOUR_MS, NOW - 10 * MINUTE_MS];
  return {
    ...anIncidentView(),
    timezone: 'America/New_York',
    mail: [aStoryMail()],
    polls: [{ from, to, health: 'broken', conditions: ['token_invalid'], polls: 3 }],
    acts: [],
    ...given,
  };
}

export function aStoryMail(given: Partial<StoryMail> = {}): StoryMail {
  return { ...aMailView(), reader: 'owner', ...given };
}

export function aMailView(given: Partial<MailView> = {}): MailView {
  return {
    id: 'mail-1',
    tenantId: 'tenant-1',
    kind: 'alert',
    to: ['jane@bakery.example'],
    subject: "Reconnect Facebook (Jane's page) to keep posting",
    state: 'sent',
    reason: 'first_alert',
    attempts: 1,
    firstAttemptAt: NOW - HOUR_MS,
    lastAttemptAt: NOW - HOUR_MS + MINUTE_MS,
    outcomeUnknown: false,
    response: '250 2.0.0 Ok: queued as 4F1',
    messageId: '<mail-1@example.com>',
    createdAt: NOW - HOUR_MS,
    dueAt: NOW - HOUR_MS,
    sentAt: NOW - HOUR_MS + MINUTE_MS,
    ...given,
  };
}

export function aMailDetail(given: Partial<MailDetail> = {}): MailDetail {
  return {
    ...aMailView(),
    incidents: ['incident-1'],
    text: 'Please reconnect.\n',
    html: '<p>Please reconnect.</p>',
    ...given,
  };
}

/** Of a tenant whose owner was told of its broken connection, and is reminded tomorrow. */
export function anExplanation(given: Partial<Explanation> = {}): Explanation {
  return {
    tenant: { id: 'tenant-1', name: "Jane's Bakery", state: 'active' },
    from: NOW - 30 * DAY_MS,
    at: NOW,
    contacts: [aContactView(), aContactView({ email: 'office@bakery.example', role: 'cc' })],
    incidents: [anIncidentView()],
    mail: [{ ...aStoryMail(), incidents: ['incident-1'] }],
    holds: [],
    next: [
      aNextStep({ kind: 'poll', at: NOW + HOUR_MS, unless: ['pause'] }),
      aNextStep({
        kind: 'reminder',
        at: NOW + DAY_MS,
        incidentId: 'incident-1',
        to: ['jane@bakery.example'],
        reason: 'reminder_due',
        unless: ['good_poll', 'snooze'],
      }),
    ],
    ...given,
  };
}

export function aContactView(given: Partial<Explanation['contacts'][number]> = {}): Explanation['contacts'][number] {
  return { email: 'jane@bakery.example', role: 'owner', state: 'active', wantsReminders: true, snoozes: [], ...given };
}

export function aNextStep(given: Partial<Explanation['next'][number]> = {}): Explanation['next'][number] {
  return { kind: 'poll', at: null, incidentId: null, mailId: null, to: [], reason: null, unless: [], ...given };
}
