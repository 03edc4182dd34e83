import type { TimeRange } from '../../domain/history.ts';
import type { Change } from '../../domain/model/change.ts';
import type { Action } from '../../domain/model/condition.ts';
import type { Connection, Snapshot } from '../../domain/model/connection.ts';
import type { Incident, IncidentStateFilter } from '../../domain/model/incident.ts';
import type { MailKind } from '../../domain/model/mail-kind.ts';
import type { Notification, NotificationState } from '../../domain/model/notification.ts';
import type { Tenant } from '../../domain/model/tenant.ts';
import type { TenantPast } from '../../domain/model/tenant-past.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { MailOfIncident } from '../../domain/notification/last-told-at.ts';
import type { Page, PageRequest } from './pages.ts';

/** What is known about health in the past. Removed tenants are unknown. */
export interface HistoryStore {
  /** Whose past it is; null when there is no such tenant. */
  subject(tenantId: string): Promise<HistorySubject | null>;
  /**
   * Periods of the tenant's connections, or of those that are named alone, that speak for some of the time asked about;
   * by connection, oldest first.
   */
  periods(query: TimeQuery & Readonly<{ connectionIds?: readonly string[] }>): Promise<readonly Snapshot[]>;
  /** The tenant that a connection belongs to; null when there is no such connection. */
  tenantOf(connectionId: string): Promise<string | null>;
  /** Oldest first. */
  changes(query: TimeQuery): Promise<readonly Change[]>;
}

export type HistorySubject = Readonly<{
  tenant: Pick<Tenant, 'id' | 'name' | 'createdAt'>;
  /** By network and account. */
  connections: readonly Pick<
    Connection,
    'id' | 'network' | 'accountId' | 'displayName' | 'foundAtBaseline' | 'firstSeenAt'
  >[];
}>;

/** Both ends inclusive. */
export type TimeQuery = Readonly<{ tenantId: string; from: Instant; to: Instant }>;

/** What is kept of the past, for a policy to be tried on. Removed tenants are unknown. */
export interface ReplayStore {
  /** Null when no poll is kept. */
  oldestPollAt(): Promise<Instant | null>;
  /**
   * How many tenants there are, of these ids where some are given, and which of them had trouble or mail in that time,
   * by id. Of the others no policy would ever tell anything.
   */
  troubled(query: TimeRange & Readonly<{ tenantIds: readonly string[] | null }>): Promise<TroubledTenants>;
  /** By id. */
  pasts(tenantIds: readonly string[], range: TimeRange): Promise<readonly TenantPast[]>;
}

export type TroubledTenants = Readonly<{ tenants: number; troubled: readonly string[] }>;

export interface IncidentStore {
  /** Newest first. */
  list(query: IncidentQuery): Promise<Page<IncidentEntry>>;
  /** Null when there is none, or its tenant was removed. */
  find(id: string): Promise<IncidentEntry | null>;
}

/** A filter that is left out lets everything through. */
export type IncidentFilter = Readonly<{
  state?: IncidentStateFilter | undefined;
  action?: Action | undefined;
  network?: string | undefined;
  /** Certain and not over, and its owner, who is asked for something, was told in no mail. */
  untold?: true | undefined;
  /** Began then or later, and became certain. */
  brokeSince?: Instant | undefined;
  /** Became certain, and lasted at some time of the range. */
  during?: TimeRange | undefined;
  /** Was over then or later, because it works again. */
  repairedSince?: Instant | undefined;
}>;

/** `tenantId` null: all tenants. */
export type IncidentQuery = IncidentFilter & PageRequest & Readonly<{ tenantId: string | null }>;

export type IncidentEntry = Readonly<{
  incident: Incident;
  tenantName: string;
  /** Null when it is about our access to the tenant. */
  connection: Pick<Connection, 'network' | 'accountId' | 'displayName'> | null;
  /** In the order in which it was written. */
  mail: readonly MailOfIncident[];
}>;

export interface MailStore {
  /** Newest first. */
  list(query: MailQuery): Promise<Page<Notification>>;
  /** Null when there is none. */
  find(id: string): Promise<Notification | null>;
}

/** A filter that is left out lets everything through. */
export type MailFilter = Readonly<{
  state?: NotificationState | undefined;
  kind?: MailKind | undefined;
  /** To a tenant's contacts, and taken by a mail server then or later. */
  mailedSince?: Instant | undefined;
}>;

/** `tenantId` null: the mail to the operator and to the contacts of all tenants. */
export type MailQuery = MailFilter & PageRequest & Readonly<{ tenantId: string | null }>;

export interface RetentionStore {
  /**
   * Erases what is older than asked for, a little at a time, until nothing is left or the signal aborts; what is open,
   * pending or current stays, and events and webhooks are kept as long as polls. Returns rows erased.
   */
  prune(limits: PruneLimits): Promise<PruneCounts>;
}

export type PruneLimits = Readonly<{
  pollsBefore: Instant;
  /** The limit of all that has none of its own, the audit included. */
  historyBefore: Instant;
  /** The limit of the answers to writes that programs may repeat. */
  writesBefore: Instant;
  signal?: AbortSignal | undefined;
}>;

export type PruneCounts = Readonly<{
  polls: number;
  snapshots: number;
  changes: number;
  incidents: number;
  mail: number;
  audit: number;
  writes: number;
  events: number;
  /** Deliveries of webhooks, and attempts at them. */
  webhooks: number;
  /** Sign-ins of operators that ended as long ago as polls are kept. */
  sessions: number;
  /** The book of digests, and the requests of each day. */
  days: number;
  /** Faults and holds that have ended. */
  troubles: number;
}>;
