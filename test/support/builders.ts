import type { ApiKey } from '../../src/domain/model/api-key.ts';
import type { AuditEntry } from '../../src/domain/model/audit.ts';
import type { Change } from '../../src/domain/model/change.ts';
import type { Connection, ObservedConnection, Snapshot } from '../../src/domain/model/connection.ts';
import type { ConnectionStatus } from '../../src/domain/model/connection-status.ts';
import type { FeedEvent } from '../../src/domain/model/event.ts';
import type { Fault } from '../../src/domain/model/fault.ts';
import type { NewGrant } from '../../src/domain/model/grant.ts';
import type { Hold } from '../../src/domain/model/hold.ts';
import type { Incident } from '../../src/domain/model/incident.ts';
import type {
  NotificationState,
  OperatorNotification,
  PendingNotification,
  TenantNotification,
} from '../../src/domain/model/notification.ts';
import type { Poll, PollFailureKind } from '../../src/domain/model/poll.ts';
import type { Contact, Tenant } from '../../src/domain/model/tenant.ts';
import { noUpdate, type TenantUpdate } from '../../src/domain/model/tenant-record.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/model/time.ts';
import { stepFromText, type Topic } from '../../src/domain/model/topic.ts';
import type { WebhookDelivery, WebhookEndpoint } from '../../src/domain/model/webhook.ts';
import type { NewApplication } from '../../src/monitoring/ports.ts';
import type { Brand } from '../../src/words/brand.ts';

/** A Thursday noon; builders count from here. */
export const NOW = Date.UTC(2026, 0, 15, 12);

const HEALTHY_STATUS: ConnectionStatus = {
  hasToken: true,
  isActiveUser: true,
  rateLimited: false,
  tokenHasScopes: true,
  tokenIsValid: true,
  error: null,
  networkStatus: 200,
};

export function aStatus(given: Partial<ConnectionStatus> = {}): ConnectionStatus {
  return { ...HEALTHY_STATUS, ...given };
}

export function aTenant(given: Partial<Tenant> = {}): Tenant {
  return {
    id: 'tenant-1',
    externalId: null,
    name: "Jane's Bakery",
    state: 'active',
    accountId: null,
    timezone: 'America/New_York',
    locale: 'en',
    schedule: null,
    createdAt: NOW - DAY_MS,
    baselinedAt: null,
    lastPolledAt: null,
    lastGoodPollAt: null,
    nextPollAt: NOW,
    intervalMs: HOUR_MS,
    recheckWanted: false,
    applicationId: null,
    pagesAskedAt: NOW,
    pagesWanted: false,
    privilegesAskedAt: null,
    failing: null,
    senderName: null,
    replyTo: null,
    reconnectUrl: null,
    linksSpentAt: null,
    unreachableSince: null,
    ...given,
  };
}

export function anApplication(given: Partial<NewApplication> = {}): NewApplication {
  return {
    id: 'brand',
    name: 'Brand',
    clientId: 'brand-key',
    clientSecret: 'brand secret',
    createdAt: NOW,
    requestsPerSecond: 4,
    requestsPerDay: 10_000,
    tokenRequestsPerSecond: 1,
    reserveShare: 0.1,
    ...given,
  };
}

export function aContact(given: Partial<Contact> = {}): Contact {
  return {
    id: 'contact-1',
    tenantId: 'tenant-1',
    email: 'jane@bakery.example',
    role: 'owner',
    state: 'active',
    refusals: 0,
    locale: null,
    wantsReminders: true,
    snoozes: [],
    ...given,
  };
}

export function aSnapshot(given: Partial<Snapshot> = {}): Snapshot {
  return {
    id: 'snapshot-1',
    connectionId: 'connection-1',
    from: NOW - HOUR_MS,
    to: NOW,
    speaksForMs: 2 * HOUR_MS,
    health: 'healthy',
    conditions: [],
    status: HEALTHY_STATUS,
    polls: 2,
    ...given,
  };
}

/** Healthy and seen before; `period: null` for one whose first observation is not stored yet. */
export function aConnection(given: Partial<Connection> = {}): Connection {
  const id = given.id ?? 'connection-1';
  return {
    id,
    tenantId: 'tenant-1',
    network: 'facebook',
    accountId: '10223344556677889',
    displayName: "Jane's Bakery",
    username: 'janesbakery',
    firstSeenAt: NOW - DAY_MS,
    foundAtBaseline: true,
    absentPolls: 0,
    removedAt: null,
    rateLimitedSince: null,
    checkFailedInvalidSince: null,
    checkFailedSince: null,
    unreachablePages: null,
    transitions: [],
    period: aSnapshot({ id: `snapshot-of-${id}`, connectionId: id }),
    ...given,
  };
}

type ObservedIdentity = Pick<ObservedConnection, 'network' | 'accountId' | 'displayName' | 'username'>;

/** One entry of a poll's answer; the status fields are given beside the others: `{ tokenIsValid: false }`. */
export function anObservedConnection(
  given: Partial<ObservedIdentity> & Partial<ConnectionStatus> = {},
): ObservedConnection {
  const { network, accountId, displayName, username, ...status } = given;
  return {
    network: network ?? 'facebook',
    accountId: accountId ?? '10223344556677889',
    displayName: displayName === undefined ? "Jane's Bakery" : displayName,
    username: username === undefined ? 'janesbakery' : username,
    status: aStatus(status),
  };
}

type IncidentParts = Pick<Incident, 'confirmation' | 'alerting' | 'reminders'>;

/** An incident's parts may be given in part. */
export type GivenIncident = Partial<Omit<Incident, keyof IncidentParts>> & {
  readonly [Part in keyof IncidentParts]?: Partial<IncidentParts[Part]>;
};

/** Suspected by one bad poll; `aConfirmedIncident` for one that is open. */
export function anIncident({ confirmation, alerting, reminders, ...given }: GivenIncident = {}): Incident {
  const count = { polls: 1, lastCountedAt: NOW };
  return {
    id: 'incident-1',
    tenantId: 'tenant-1',
    connectionId: 'connection-1',
    state: 'suspected',
    action: 'reconnect',
    conditions: ['token_invalid'],
    openedAt: NOW,
    confirmedAt: null,
    closedAt: null,
    closeReason: null,
    foundAtBaseline: false,
    acknowledgedAt: null,
    confirmation: { bad: count, sameAction: count, good: null, certainAction: null, ...confirmation },
    alerting: { lastAlert: null, alertsSent: 0, decision: 'awaiting_confirmation', heldBy: null, ...alerting },
    reminders: { used: 0, nextAt: null, snoozedUntil: null, ...reminders },
    flapping: null,
    ...given,
  };
}

export function aConfirmedIncident({ confirmation, alerting, ...given }: GivenIncident = {}): Incident {
  return anIncident({
    state: 'open',
    confirmedAt: NOW,
    confirmation: { certainAction: 'reconnect', bad: { polls: 2, lastCountedAt: NOW }, ...confirmation },
    alerting: { decision: 'first_alert', ...alerting },
    ...given,
  });
}

/** The step is given as its text: `alert:1`, `reminder:1.3`. */
export function aTopic({ step = 'alert:1', ...given }: Partial<Omit<Topic, 'step'>> & { step?: string } = {}): Topic {
  return { incidentId: 'incident-1', step: stepFromText(step), action: 'reconnect', ...given };
}

export type GivenNotification = Partial<Omit<TenantNotification, 'state' | 'reason'>> &
  Readonly<{ state?: NotificationState; reason?: TenantNotification['reason'] }>;

const usualReason = {
  pending: 'first_alert',
  sent: 'first_alert',
  held: 'held_fleet',
  failed: 'refused',
  cancelled: 'no_longer_true',
} as const;

const UNSENT = {
  createdAt: NOW,
  dueAt: NOW,
  leaseUntil: null,
  attempts: 0,
  outcomeUnknown: false,
  messageId: null,
  subject: null,
  response: null,
  sentAt: null,
  firstAttemptAt: null,
  lastAttemptAt: null,
};

/** A pending alert that is due; `anOperatorNotification` for mail of no tenant. The reason belongs to the state. */
export function aNotification(given?: GivenNotification & Readonly<{ state?: 'pending' }>): PendingNotification;
export function aNotification(given?: GivenNotification): TenantNotification;
export function aNotification({ state = 'pending', ...given }: GivenNotification = {}): TenantNotification {
  return {
    ...UNSENT,
    id: 'notification-1',
    tenantId: 'tenant-1',
    contactId: 'contact-1',
    to: 'jane@bakery.example',
    kind: 'alert',
    state,
    reason: usualReason[state],
    conversationId: 'conversation-1',
    topics: [aTopic()],
    requirePollAfter: null,
    bypassHolds: false,
    ...given,
  } as TenantNotification;
}

export function anOperatorNotification(given: Partial<OperatorNotification> = {}): OperatorNotification {
  return {
    ...UNSENT,
    id: 'operator-notification-1',
    tenantId: null,
    to: 'operator@linkwatch.example',
    kind: 'operator',
    state: 'pending',
    reason: given.report?.about ?? 'outage_began',
    conversationId: null,
    report: { about: 'outage_began', since: NOW - HOUR_MS, failing: 3, polled: 4, kind: 'timeout' },
    ...given,
  };
}

/** Mail that no store takes: its tenant does not exist. */
export function anUnstorableNotification(): OperatorNotification {
  return aNotification({ tenantId: 'nobody' }) as unknown as OperatorNotification;
}

export function aChange(given: Partial<Change> = {}): Change {
  return {
    id: 'change-1',
    tenantId: 'tenant-1',
    connectionId: 'connection-1',
    network: 'facebook',
    accountId: '10223344556677889',
    at: NOW,
    from: 'healthy',
    to: 'broken',
    conditions: ['token_invalid'],
    reason: 'broke',
    ...given,
  };
}

/** Of the tenant: that it was paused. */
export function anEvent(given: Partial<Pick<FeedEvent, 'id' | 'tenantId' | 'at'>> = {}): FeedEvent {
  const tenantId = given.tenantId ?? 'tenant-1';
  const tenant = { id: tenantId, externalId: null, name: tenantId, state: 'paused' } as const;
  const nothing = { connection: null, changed: [], reason: null, conditions: [], action: 'none' } as const;
  return {
    id: 'event-1',
    tenantId,
    at: NOW,
    ...given,
    type: 'tenant.paused',
    data: { tenant, ...nothing, since: NOW },
  };
}

export function aPoll(given: Partial<Poll> = {}): Poll {
  return {
    tenantId: 'tenant-1',
    at: NOW,
    durationMs: 120,
    result: { outcome: 'observed', connections: [anObservedConnection()], isPartial: false },
    ...given,
  };
}

export function aFailedPoll(kind: PollFailureKind, given: Partial<Poll> = {}): Poll {
  const failure = { kind, detail: `${kind} while asking`, requestId: null, retryAfterMs: null };
  return aPoll({ result: { outcome: 'failed', failure }, ...given });
}

/** An outage of Constant Contact, suspected just now. */
export function aFault(given: Partial<Fault> = {}): Fault {
  const cause = { kind: 'upstream', failure: 'timeout' } as const;
  return { id: 'fault-1', cause, since: NOW, confirmedAt: null, endedAt: null, ...given };
}

/** Our access to the whole fleet, lost just now. */
export function lostAccess(failure: PollFailureKind = 'invalid_grant', given: Partial<Fault> = {}): Fault {
  return aFault({ cause: { kind: 'access', failure, tenants: 10 }, since: NOW - HOUR_MS, confirmedAt: NOW, ...given });
}

/** Of a fleet whose Facebook tokens all seem invalid, begun just now. */
export function aHold(given: Partial<Hold> = {}): Hold {
  return {
    id: 'hold-1',
    cause: { kind: 'fleet', network: 'facebook', condition: 'token_invalid' },
    since: NOW - HOUR_MS,
    beganAt: NOW,
    endedAt: null,
    endReason: null,
    tenants: 10,
    sample: [],
    ...given,
  };
}

export function aGrant(given: Partial<NewGrant> = {}): NewGrant {
  return {
    accessToken: 'access-1',
    refreshToken: 'refresh-1',
    expiresAt: NOW + HOUR_MS,
    lifetimeMs: 2 * HOUR_MS,
    ...given,
  };
}

/** Of all tenants, never used, and made just now. */
export function anApiKey(given: Partial<ApiKey> = {}): ApiKey {
  return {
    id: 'key-1',
    name: 'shop',
    prefix: 'lw_5f0c1a2b',
    purpose: 'program',
    role: 'read',
    tenantId: null,
    createdAt: NOW,
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
    ...given,
  };
}

export function anAuditEntry(given: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: 'entry-1',
    at: NOW,
    actor: { kind: 'command_line', id: 'root' },
    action: 'tenant.pause',
    tenantId: 'tenant-1',
    subjects: [],
    count: 1,
    from: null,
    ...given,
  };
}

/** Changes nothing but what is given. */
export function anUpdate(given: Partial<TenantUpdate> = {}): TenantUpdate {
  return { ...noUpdate(given.tenantId ?? 'tenant-1'), ...given };
}

/** As it is where nobody has named another. */
export function aBrand(given: Partial<Brand> = {}): Brand {
  return { name: 'Linkwatch', url: null, color: '#1f5a40', ...given };
}

/** An active endpoint of all tenants and all types. */
export function aWebhook(given: Partial<WebhookEndpoint> = {}): WebhookEndpoint {
  return {
    id: 'webhook-1',
    url: 'https://host.example/hook',
    tenantId: null,
    types: null,
    state: 'active',
    reason: null,
    since: NOW,
    createdAt: NOW,
    formerSecretUntil: null,
    failures: 0,
    failingSince: null,
    restUntil: null,
    lastDeliveredAt: null,
    missedBefore: null,
    ...given,
  };
}

export function aWebhookDelivery(given: Partial<WebhookDelivery> = {}): WebhookDelivery {
  return {
    endpointId: 'webhook-1',
    eventId: 'event-1',
    tenantId: 'tenant-1',
    type: 'tenant.paused',
    state: 'pending',
    reason: null,
    createdAt: NOW,
    dueAt: NOW,
    leaseUntil: null,
    attempts: 0,
    firstAttemptAt: null,
    lastAttemptAt: null,
    ...given,
  };
}
