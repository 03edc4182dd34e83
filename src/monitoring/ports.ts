import type { Change } from '../domain/change.ts';
import type { Connection, ObservedConnection, Snapshot } from '../domain/connection.ts';
import type { Digest } from '../domain/digest.ts';
import type { TimeRange } from '../domain/history.ts';
import type { Hold, HoldCause, HoldProgress } from '../domain/hold.ts';
import type { Incident } from '../domain/incident.ts';
import type { ComposedMail, DeliveryOutcome, Letter } from '../domain/letter.ts';
import type { Notification, NotificationState } from '../domain/notification.ts';
import type { FleetView, Outage } from '../domain/outage.ts';
import type { PollFailure } from '../domain/poll.ts';
import type { Contact, ContactRole, Tenant } from '../domain/tenant.ts';
import type { TenantPast } from '../domain/tenant-past.ts';
import type { TenantRecord, TenantUpdate } from '../domain/tenant-record.ts';
import type { Instant } from '../domain/time.ts';

/** Read once per decision, so that every part of a decision sees the same moment. */
export type Clock = Readonly<{ now(): Instant; sleep(ms: number, signal?: AbortSignal): Promise<void> }>;

export type NewId = () => string;

/** The part of pino that use cases need: a constant message plus fields. */
export type Log = Readonly<Record<'debug' | 'info' | 'warn' | 'error', (fields: object, message: string) => void>>;

/** The one way to change what is remembered of a tenant. */
export interface TenantRecords {
  /**
   * Locks the tenants, loads their records, asks `decide` what changes and saves it, all in one transaction: two
   * processes that decide about the same tenant do it one after the other. Unknown ids are left out of the records.
   * `decide` is pure and may be called again when the database asks for a retry. The mail with `alsoMail` is in its
   * tenant's record even when all that it is about has long been closed.
   */
  change<R>(
    tenantIds: readonly string[],
    decide: (records: readonly TenantRecord[]) => Readonly<{ updates: readonly TenantUpdate[]; result: R }>,
    alsoMail?: string,
  ): Promise<R>;
}

export interface PollQueue {
  /**
   * Tenants due at `now`, longest overdue first; their `nextPollAt` moves to `leaseUntil`, so that no other worker
   * takes them and a crash gives them back. Those last polled while the clock was ahead are due at once.
   */
  claimDueTenants(claim: Readonly<{ now: Instant; leaseUntil: Instant; limit: number }>): Promise<readonly string[]>;
  /** How many tenants that may be polled were last polled (or added) while the clock was ahead of `now`. */
  countPolledAhead(now: Instant): Promise<number>;
  /** Tenants that may be polled (active, access_denied); with `ids`, only those of them. Ordered by id. */
  pollableTenants(ids: readonly string[] | null): Promise<readonly string[]>;
  /** How many of the pollable tenants keep to which schedule; null is the global one. */
  schedules(): Promise<readonly ScheduleUse[]>;
  /**
   * One page, by id, of the pollable tenants on the global schedule: each moves to when `decide` says, or stays where
   * it says null. `after` and `last` are ids, `last` null on the last page.
   */
  replan(
    page: Readonly<{ after: string; limit: number }>,
    decide: (tenant: Tenant) => Instant | null,
  ): Promise<Readonly<{ last: string | null; moved: number }>>;
}

export type ScheduleUse = Pick<Tenant, 'schedule' | 'timezone'> & Readonly<{ tenants: number }>;

/** A tenant's OAuth tokens, decrypted. */
export type Grant = Readonly<{
  accessToken: string | null;
  refreshToken: string;
  /** When the access token stops working; null while there is none. */
  expiresAt: Instant | null;
  /** The access token's whole life in ms, as `expires_in` gave it. */
  lifetimeMs: number | null;
  /** Changes with every stored grant. */
  revision: number;
}>;

export type NewGrant = Omit<Grant, 'revision'>;

export interface GrantStore {
  read(tenantId: string): Promise<Grant | null>;
  /** Stores what a refresh gave, if the grant still has `revision`; false when another process was faster. */
  replace(tenantId: string, revision: number, grant: NewGrant): Promise<boolean>;
  /** True for one caller at a time across all processes, until `leaseUntil` or `unlockRefresh`. */
  lockRefresh(tenantId: string, now: Instant, leaseUntil: Instant): Promise<boolean>;
  unlockRefresh(tenantId: string): Promise<void>;
}

export type ApiResult<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; failure: PollFailure }>;

export type ConnectionsAnswer = Readonly<{ connections: readonly ObservedConnection[]; isPartial: boolean }>;

export type AccountSummary = Readonly<{
  accountId: string | null;
  name: string | null;
  contactEmail: string | null;
  timezone: string | null;
}>;

/** Constant Contact, as one tenant's access token sees it. */
export interface ConstantContact {
  fetchConnections(accessToken: string): Promise<ApiResult<ConnectionsAnswer>>;
  fetchAccount(accessToken: string): Promise<ApiResult<AccountSummary>>;
  /** The refresh token may be a new one, and the old one dead: store it before anything is done with it. */
  refresh(refreshToken: string): Promise<ApiResult<NewGrant>>;
}

/** `poll` may use the day's requests but for the reserve; `recheck` (suspects, look-ups, commands) all of them. */
export type RequestPurpose = 'poll' | 'recheck';

/** The key's requests of one UTC day, counted across restarts. */
export interface RequestQuota {
  /** How many of `count` requests may be sent today; they are counted as used before this returns. */
  reserve(request: Readonly<{ count: number; purpose: RequestPurpose; now: Instant }>): Promise<number>;
  /** Upstream said `quota_exceeded`: nothing is left until 00:00 UTC. */
  exhaust(now: Instant): Promise<void>;
  left(now: Instant): Promise<number>;
  today(now: Instant): Promise<RequestsToday>;
}

export type RequestsToday = Readonly<{
  used: number;
  /** Null: there is none. */
  limit: number | null;
  /** How many of them `poll` may use; null without a limit. */
  forPolls: number | null;
  /** Upstream said so, whatever our own count. */
  isExhausted: boolean;
}>;

export interface MailQueue {
  /** Pending notifications that are due and not leased, oldest first. */
  dueMail(now: Instant, limit: number): Promise<readonly DueMail[]>;
  /** Tenants with an incident whose reminder is due. */
  tenantsWithDueReminders(now: Instant, limit: number): Promise<readonly string[]>;
  counts(): Promise<Readonly<{ pending: number; held: number }>>;
  /** How many mails to tenants' contacts were sent at `since` or later. */
  ownerMailSentSince(since: Instant): Promise<number>;
  /** How many mails MAIL_BRAKE keeps back at present. */
  heldForBrake(): Promise<number>;
}

export type DueMail = Pick<Notification, 'id' | 'tenantId' | 'to'>;

/** Mail to the operator belongs to no tenant, so it is claimed by itself. */
export interface OperatorMail {
  /** The notification with its lease, or null when it is no longer pending or somebody else has it. */
  claim(id: string, now: Instant, leaseUntil: Instant): Promise<Notification | null>;
  save(notification: Notification): Promise<void>;
}

export interface Mailer {
  /** Pure: the same letter gives the same mail, so a retry is the same message. */
  compose(letter: Letter): ComposedMail;
  /** Never throws: what the server said, or did not say, is the outcome. */
  send(mail: ComposedMail): Promise<DeliveryOutcome>;
}

export interface FleetWatch {
  /** The latest poll of each tenant that was polled at `since` or later. */
  view(since: Instant): Promise<FleetView>;
  currentOutage(): Promise<Outage | null>;
  /**
   * Stores the outage's next state together with the operator's mail about it. `before` is what the decision was
   * based on: false, and nothing stored, when another process has moved on since. `next` null forgets a suspicion.
   */
  saveOutage(before: Outage | null, next: Outage | null, mail: readonly Notification[]): Promise<boolean>;
}

/** Times in which mail is held, each with the operator's mail about its begin and its end. */
export interface HoldBook {
  /** Those that have not ended. */
  active(): Promise<readonly Hold[]>;
  /** False, and nothing stored, when one of the same cause is active already. */
  begin(hold: Hold, mail: readonly Notification[]): Promise<boolean>;
  /** False, and nothing stored, when it has ended already. */
  end(hold: Hold, mail: readonly Notification[]): Promise<boolean>;
}

/** A time in which the mail server refuses us, whatever the mail. There is one at most. */
export type MailTrouble = Readonly<{ id: string; since: Instant; response: string }>;

export interface MailTroubleBook {
  current(): Promise<MailTrouble | null>;
  /** False, and nothing stored, when there is one already. */
  begin(trouble: MailTrouble): Promise<boolean>;
  /** False, and nothing stored, when it has ended already. */
  end(id: string, at: Instant, mail: readonly Notification[]): Promise<boolean>;
}

/** A problem that several tenants have at once, and that nobody was told of. */
export type SharedCause = Readonly<{ cause: HoldCause; since: Instant; tenants: number }>;

/** What many tenants show alike. */
export interface FleetSuspicions {
  /** Problems that began at `since` or later, for at least `atLeast` tenants; what a hold has taken is left out. */
  shared(since: Instant, atLeast: number): Promise<readonly SharedCause[]>;
  /** Tenants asked at `since` or later; with a network, those of them that have an account of it. Counts to `atMost`. */
  polledSince(since: Instant, network: string | null, atMost: number): Promise<number>;
  /** Tenants whose trouble is of the hold's cause and that it has not yet taken; longest in trouble first. */
  toBeHeld(hold: Pick<Hold, 'cause' | 'since'>, limit: number): Promise<readonly string[]>;
  progress(hold: Hold): Promise<HoldProgress>;
  /** Tenants with mail that is still held although the hold it was held for has ended. */
  toBeReleased(limit: number): Promise<readonly string[]>;
}

export interface DigestBook {
  isWritten(day: string): Promise<boolean>;
  /** All but the quota, each list with at most so many lines. */
  read(query: DigestQuery): Promise<Omit<Digest, 'quota'>>;
  /** False, and nothing stored, when the day's digest is written already. */
  write(day: string, at: Instant, mail: readonly Notification[]): Promise<boolean>;
}

export type DigestQuery = Readonly<{
  now: Instant;
  lines: number;
  escalateAfterMs: number;
  checkFailedAfterMs: number;
}>;

/** A dead-man's switch outside: called after each completed round. */
export type Heartbeat = () => Promise<void>;

export type NewContact = Readonly<{ email: string; role: ContactRole }>;

export interface TenantDirectory {
  /** Stores the tenant with its contacts and, when given, its grant, all or nothing. */
  add(
    tenants: readonly Readonly<{ tenant: Tenant; contacts: readonly Contact[]; grant: NewGrant | null }>[],
  ): Promise<void>;
  find(id: string): Promise<Readonly<{ tenant: Tenant; contacts: readonly Contact[] }> | null>;
  /** In pages ordered by id; `after` is the last id of the page before. */
  list(page: Readonly<{ after: string | null; limit: number }>): Promise<readonly TenantOverview[]>;
  update(change: TenantChange): Promise<boolean>;
  /** `purge` erases every row; without it the tenant is no longer shown or polled, and its tokens are erased. */
  remove(id: string, purge: boolean): Promise<boolean>;
}

export type TenantOverview = Readonly<{
  tenant: Tenant;
  contacts: readonly Contact[];
  connections: readonly Connection[];
}>;

export type TenantChange = Readonly<{
  id: string;
  name?: string;
  timezone?: string;
  locale?: string;
  schedule?: string | null;
  senderName?: string | null;
  replyTo?: string | null;
  reconnectUrl?: string | null;
  state?: Tenant['state'];
  nextPollAt?: Instant | null;
  /** The whole new list; addresses that stay keep their contact. */
  contacts?: readonly Contact[];
  grant?: NewGrant;
}>;

/** What is known about health, now and in the past. Removed tenants are unknown. */
export interface HealthHistory {
  tenant(id: string): Promise<TenantOverview | null>;
  /** Periods of the tenant's connections that speak for some of the time asked about; by connection, oldest first. */
  periods(query: TimeQuery): Promise<readonly Snapshot[]>;
  /** Oldest first. */
  changes(query: TimeQuery): Promise<readonly Change[]>;
}

/** Both ends inclusive. */
export type TimeQuery = Readonly<{ tenantId: string; from: Instant; to: Instant }>;

/** What is kept of the past, for a policy to be tried on. Removed tenants are unknown. */
export interface PastArchive {
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

export interface IncidentLog {
  /** Newest first. */
  list(query: IncidentQuery): Promise<readonly IncidentEntry[]>;
  find(id: string): Promise<IncidentEntry | null>;
}

/** `open` is everything not closed. `after` is the last id of the page before. */
export type IncidentQuery = Readonly<{
  tenantId: string | null;
  state: 'open' | 'closed' | 'all';
  after: string | null;
  limit: number;
}>;

export type IncidentEntry = Readonly<{
  incident: Incident;
  /** Null when it is about our access to the tenant. */
  connection: Pick<Connection, 'network' | 'accountId' | 'displayName'> | null;
  notificationIds: readonly string[];
}>;

export interface MailLog {
  /** Newest first. */
  list(query: MailQuery): Promise<readonly Notification[]>;
  find(id: string): Promise<Notification | null>;
}

/** Null means any. `after` is the last id of the page before. */
export type MailQuery = Readonly<{
  tenantId: string | null;
  state: NotificationState | null;
  after: string | null;
  limit: number;
}>;

export interface Retention {
  /** Erases polls and history older than asked for; what is open, pending or current stays. Returns rows erased. */
  prune(limits: Readonly<{ pollsBefore: Instant; historyBefore: Instant }>): Promise<PruneCounts>;
}

export type PruneCounts = Readonly<{
  polls: number;
  snapshots: number;
  changes: number;
  incidents: number;
  mail: number;
}>;
