import type { ApiKey } from '../../src/domain/model/api-key.ts';
import type { AuditEntry } from '../../src/domain/model/audit.ts';
import type { Change } from '../../src/domain/model/change.ts';
import type { StoredApplication } from '../../src/domain/model/client-application.ts';
import { type Connection, identityKey, type Snapshot } from '../../src/domain/model/connection.ts';
import type { FeedEvent } from '../../src/domain/model/event.ts';
import type { Fault } from '../../src/domain/model/fault.ts';
import type { Grant } from '../../src/domain/model/grant.ts';
import type { Hold } from '../../src/domain/model/hold.ts';
import type { Incident } from '../../src/domain/model/incident.ts';
import { isLive, type Notification } from '../../src/domain/model/notification.ts';
import type { Poll } from '../../src/domain/model/poll.ts';
import type { RefreshTrouble } from '../../src/domain/model/refresh.ts';
import type { Rest } from '../../src/domain/model/rest.ts';
import type { Contact, FormerContact, Tenant } from '../../src/domain/model/tenant.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import { stepToText } from '../../src/domain/model/topic.ts';
import type { WebhookAttempt, WebhookDelivery, WebhookEndpoint } from '../../src/domain/model/webhook.ts';
import type { Breaker } from '../../src/domain/polling/breaker.ts';
import type { RequestRate } from '../../src/domain/polling/request-rate.ts';
import type { TenantOverview } from '../../src/monitoring/ports.ts';

export type MemoryGrant = Readonly<{
  grant: Grant;
  given: string;
  /** When a refresh last brought it, and how refreshes have failed since. */
  refreshedAt: Instant | null;
  trouble: RefreshTrouble | null;
  lease: Readonly<{ holder: string; until: Instant }> | null;
}>;
export type MemoryWebhook = Readonly<{
  endpoint: WebhookEndpoint;
  secret: string;
  formerSecret: string | null;
  position: number;
}>;
export type MemoryApplication = StoredApplication & Readonly<{ clientSecret: string | null }>;
export type MemoryDay = Readonly<{ used: number; isExhausted: boolean }>;

type StoredContact = Readonly<{ contact: Contact; removedAt: Instant | null }>;

/** Every table of the store as a map by id; a removed tenant or contact stays, marked. */
export type MemoryState = Readonly<{
  tenants: Map<string, Readonly<{ tenant: Tenant; removedAt: Instant | null }>>;
  /** By tenant; the holder is null where the tenant is put off. */
  pollLeases: Map<string, Readonly<{ holder: string | null; until: Instant }>>;
  /** By tenant. */
  rests: Map<string, Rest>;
  contacts: Map<string, StoredContact>;
  /** Their `period` is not kept here but found among the snapshots. */
  connections: Map<string, Connection>;
  snapshots: Map<string, Snapshot>;
  /** Polls have no id: each is its own key. */
  polls: Map<Poll, Poll>;
  changes: Map<string, Change>;
  incidents: Map<string, Incident>;
  notifications: Map<string, Notification>;
  grants: Map<string, MemoryGrant>;
  days: Map<string, MemoryDay>;
  rates: Map<string, RequestRate>;
  breakers: Map<number, Breaker>;
  applications: Map<string, MemoryApplication>;
  faults: Map<string, Fault>;
  holds: Map<string, Hold>;
  digests: Map<string, Instant>;
  apiKeys: Map<string, Readonly<{ key: ApiKey; hash: string }>>;
  audit: Map<string, AuditEntry>;
  /** By their place in the feed. */
  events: Map<number, FeedEvent>;
  feed: Map<'lastPosition' | 'prunedTo', number>;
  webhooks: Map<string, MemoryWebhook>;
  /** By the ids of endpoint and event. */
  webhookDeliveries: Map<string, Readonly<{ delivery: WebhookDelivery; position: number }>>;
  webhookAttempts: Map<string, WebhookAttempt>;
}>;

/** What a database is to the store: the committed state, replaced by each transaction that succeeds. */
export type Memory = { state: MemoryState };

export function emptyMemory(): Memory {
  return {
    state: {
      tenants: new Map(),
      pollLeases: new Map(),
      rests: new Map(),
      contacts: new Map(),
      connections: new Map(),
      snapshots: new Map(),
      polls: new Map(),
      changes: new Map(),
      incidents: new Map(),
      notifications: new Map(),
      grants: new Map(),
      days: new Map(),
      rates: new Map(),
      breakers: new Map(),
      applications: new Map(),
      faults: new Map(),
      holds: new Map(),
      digests: new Map(),
      apiKeys: new Map(),
      audit: new Map(),
      events: new Map(),
      feed: new Map(),
      webhooks: new Map(),
      webhookDeliveries: new Map(),
      webhookAttempts: new Map(),
    },
  };
}

/** All or nothing: what throws leaves the memory as it was. */
export function transact<R>(memory: Memory, work: (state: MemoryState) => R): R {
  const before = memory.state;
  const { copies, next } = copiesOnceAsked(before);
  const result = work(next);
  const after = { ...before, ...copies };
  assertConstraints({ ...emptyMemory().state, ...copies }, after.tenants);
  memory.state = after;
  return result;
}

/** Most transactions ask for few tables; simulated days would be spent on copying the others. */
function copiesOnceAsked(state: MemoryState) {
  const copies: { -readonly [Name in keyof MemoryState]?: MemoryState[Name] } = {};
  const next = new Proxy(state, {
    get: (_, name: keyof MemoryState) => {
      copies[name] ??= new Map<unknown, unknown>(state[name]) as never;
      return copies[name];
    },
  });
  return { copies, next };
}

/** Of the tables that were asked for; the others are as they were. */
function assertConstraints(asked: MemoryState, stored: MemoryState['tenants']): void {
  const { tenants, connections, incidents, notifications, apiKeys, webhooks } = asked;
  assertUnique(
    [...connections.values()].map((c) => `${c.tenantId}:${identityKey(c)}`),
    'connection',
  );
  assertUnique(
    [...tenants.values()].flatMap(({ tenant }) => tenant.externalId ?? []),
    'external id',
  );
  assertUnique([...incidents.values()].flatMap(openKeyOf), 'open incident');
  const accounts = [...tenants.values()].flatMap(({ tenant, removedAt }) =>
    removedAt === null ? (tenant.accountId ?? []) : [],
  );
  assertUnique(accounts, 'account');
  assertUnique([...notifications.values()].flatMap(stepKeysOf), 'step told twice');
  assertUnique(
    [...apiKeys.values()].map(({ hash }) => hash),
    'hash of an API key',
  );
  const keys = [...apiKeys.values()].map(({ key }) => key);
  const endpoints = [...webhooks.values()].map(({ endpoint }) => endpoint);
  const rows = [...connections.values(), ...incidents.values(), ...notifications.values(), ...keys, ...endpoints];
  for (const { tenantId } of rows) {
    if (tenantId !== null && !stored.has(tenantId)) throw new Error(`Foreign key constraint failed: ${tenantId}`);
  }
}

function openKeyOf({ state, tenantId, connectionId }: Incident): readonly string[] {
  return state === 'closed' ? [] : [connectionId ?? `access:${tenantId}`];
}

function stepKeysOf(mail: Notification): readonly string[] {
  if (mail.tenantId === null || !isLive(mail)) return [];
  const { contactId, to, topics } = mail;
  return topics.map(({ step, incidentId }) => `${stepToText(step)}:${incidentId}:${contactId ?? to}`);
}

function assertUnique(keys: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) throw new Error(`Unique constraint failed: ${what} ${key}`);
    seen.add(key);
  }
}

/** Null when unknown or removed. */
export function overviewOf(state: MemoryState, tenantId: string): TenantOverview | null {
  const stored = state.tenants.get(tenantId);
  if (stored === undefined || stored.removedAt !== null) return null;
  const snapshots = [...state.snapshots.values()];
  const contacts = [...state.contacts.values()].filter(({ contact }) => contact.tenantId === tenantId);
  const connections = [...state.connections.values()].filter((connection) => connection.tenantId === tenantId);
  const periodsOf = (id: string) => snapshots.filter(({ connectionId }) => connectionId === id);
  return { tenant: stored.tenant, contacts: inOrder(contacts), connections: withPeriods(connections, periodsOf) };
}

/** Of all tenants that exist: each table is gone through once. */
export function overviewsOf(state: MemoryState): readonly TenantOverview[] {
  const contacts = Map.groupBy(state.contacts.values(), ({ contact }) => contact.tenantId);
  const connections = Map.groupBy(state.connections.values(), ({ tenantId }) => tenantId);
  const snapshots = Map.groupBy(state.snapshots.values(), ({ connectionId }) => connectionId);
  return presentTenants(state).map((tenant) => ({
    tenant,
    contacts: inOrder(contacts.get(tenant.id) ?? []),
    connections: withPeriods(connections.get(tenant.id) ?? [], (id) => snapshots.get(id) ?? []),
  }));
}

/** Owners first, then by address. */
function inOrder(contacts: readonly StoredContact[]): readonly Contact[] {
  return contacts
    .filter(({ removedAt }) => removedAt === null)
    .map(({ contact }) => contact)
    .toSorted((a, b) => ascending(b.role, a.role) || ascending(a.email, b.email));
}

export function formerContactsOf(state: MemoryState, tenantId: string): readonly FormerContact[] {
  const all = [...state.contacts.values()].filter(({ contact }) => contact.tenantId === tenantId);
  return all.flatMap(({ contact, removedAt }) => (removedAt === null ? [] : [{ ...contact, removedAt }]));
}

/** Each with its latest period. */
function withPeriods(
  connections: readonly Connection[],
  periodsOf: (connectionId: string) => readonly Snapshot[],
): readonly Connection[] {
  return connections
    .map((connection) => ({
      ...connection,
      period:
        periodsOf(connection.id)
          .toSorted((a, b) => ascending(a.from, b.from))
          .at(-1) ?? null,
    }))
    .toSorted((a, b) => ascending(a.network, b.network) || ascending(a.accountId, b.accountId));
}

export function ascending<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Tenants that exist for everybody, that is: were not removed. */
export function presentTenants(state: MemoryState): readonly Tenant[] {
  return [...state.tenants.values()].filter(({ removedAt }) => removedAt === null).map(({ tenant }) => tenant);
}
