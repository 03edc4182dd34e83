import type { Account } from '../domain/model/account.ts';
import type { KeyRole } from '../domain/model/api-key.ts';
import type { ConnectionIdentity } from '../domain/model/connection.ts';
import type { EventType } from '../domain/model/event.ts';
import type { ComposedMail, DeliveryOutcome } from '../domain/model/message-content.ts';
import type { PollFailure, PollFailureKind } from '../domain/model/poll.ts';
import type { Contact, Tenant } from '../domain/model/tenant.ts';
import type { Instant } from '../domain/model/time.ts';
import type { Banner } from '../domain/owner/banner.ts';
import type { CheckOutcome } from '../domain/owner/check-outcome.ts';
import type { ContactRequest, ContactRequestOutcome } from '../domain/owner/contact-request.ts';
import type { OwnerPage } from '../domain/owner/owner-page.ts';
import type { Plan } from '../domain/polling/plan-fit.ts';
import type { Effect } from '../domain/reports/effect.ts';
import type { Invitation } from '../domain/tenants/invite.ts';
import type { TakenExternalId } from '../domain/tenants/taken-external-ids.ts';
import type { TakenToken } from '../domain/tenants/taken-tokens.ts';
import type { PreviewKind } from './mailing/preview-kinds.ts';
import type {
  ApiResult,
  AuditFilter,
  AuthorizationRequest,
  ConnectionCount,
  DeviceRequest,
  FleetChanges,
  IncidentQuery,
  MailQuery,
  NamedTenant,
  Page,
  PageRequest,
  PersonInDemand,
  Redelivery,
  ReturnedBrowser,
  TenantCounts,
  TenantFilter,
  TenantQuery,
} from './ports.ts';
import type { NewTenant, TenantPatch } from './tenants/tenant-input.ts';
import type { Viewer } from './viewer.ts';
import type {
  ApiKeyView,
  AuditView,
  BounceOutcome,
  DoctorCheck,
  EventsPage,
  Explanation,
  ExportedTenant,
  IncidentDetail,
  IncidentOutcome,
  IncidentView,
  KeyRotation,
  MailDetail,
  MailView,
  MonitorView,
  NewApiKeyView,
  NewWebhookView,
  Redelivered,
  ReplayReport,
  RotatedWebhook,
  RoundSummary,
  TenantDetail,
  TenantHistory,
  TenantStatus,
  TenantSummary,
  WebhookAttemptView,
  WebhookView,
} from './views.ts';

/**
 * Everything that Linkwatch can be asked, by noun. A viewer sees its own tenants alone: another id is answered like
 * one that does not exist, and another tenant's entry is in no list. A viewer that may change nothing gets `NotAllowed`.
 */
export type Application = Readonly<{
  tenants: Tenants;
  health: Health;
  fleet: Fleet;
  incidents: Incidents;
  mail: Mail;
  events: Events;
  rounds: Rounds;
  replays: Replays;
  owner: Owner;
  connecting: Connecting;
  apiKeys: ApiKeys;
  webhooks: Webhooks;
  audit: Audit;
  operations: Operations;
}>;

export type Tenants = Readonly<{
  /** Adds all or none, their tokens untried. For the operator, as the one below. */
  add(viewer: Viewer, tenants: readonly NewTenant[]): Promise<AddedTenants>;
  /** Tries the refresh token first, where Constant Contact answers. Once it is tried, it is not to be cut short. */
  addTried(viewer: Viewer, tenant: NewTenant): Promise<TriedTenant>;
  /** By id, unless another order is asked for. */
  list(viewer: Viewer, query: Omit<TenantQuery, 'tenantId' | 'now'>): Promise<Page<TenantSummary>>;
  find(viewer: Viewer, id: string): Promise<TenantDetail | null>;
  /** By id, the names of those that the viewer sees. */
  names(viewer: Viewer, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** How many there are. For the operator. */
  count(viewer: Viewer): Promise<number>;
  /** How many of those that the viewer sees, and the filter lets through, have each health. */
  counts(viewer: Viewer, filter?: TenantFilter): Promise<TenantCounts>;
  /** By id. */
  export(viewer: Viewer, page: PageRequest): Promise<Page<ExportedTenant>>;
  /** By refresh token, the tenant that has it, or was given it and has refreshed it since. For the operator. */
  tokenHolders(viewer: Viewer, refreshTokens: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** A new grant is tried first, as a new tenant's is. */
  update(viewer: Viewer, id: string, patch: TenantPatch): Promise<UpdateOutcome>;
  /** Many tenants at once, without new grants; the outcomes are in the same order. For the operator. */
  updateSettings(viewer: Viewer, updates: readonly SettingsUpdate[]): Promise<readonly UpdateOutcome[]>;
  /** False, here and below: there is no such tenant. */
  pause(viewer: Viewer, id: string): Promise<boolean>;
  /** Changes nothing when the tenant is not paused. */
  resume(viewer: Viewer, id: string): Promise<boolean>;
  /** Tells of each tenant what came of it; of a filter, by id. */
  act(viewer: Viewer, action: TenantAction, selection: TenantSelection): Promise<readonly ActedTenant[]>;
  /** `purge` erases every row of the tenant. */
  remove(viewer: Viewer, id: string, options: Readonly<{ purge: boolean }>): Promise<boolean>;
}>;

/** What is done with many tenants. `poll` makes them due at once: the daemon's next round asks for them. */
export type TenantAction = 'pause' | 'resume' | 'poll';

/** Tenants by id, or all that a filter lets through at this moment. */
export type TenantSelection =
  | Readonly<{ kind: 'ids'; ids: readonly string[] }>
  | Readonly<{ kind: 'filter'; filter: TenantFilter }>;

/** `unchanged`: it was so already, or is in a state in which the action means nothing. */
export type ActedTenant = Readonly<{ id: string; outcome: 'done' | 'unchanged' | 'not_found' }>;

export type SettingsUpdate = Readonly<{ id: string; patch: Omit<TenantPatch, 'grant'> }>;

export type AddedTenants =
  /** In the same order. */
  | Readonly<{ ok: true; ids: readonly string[] }>
  | Readonly<{ ok: false; taken: readonly TakenToken[]; takenExternalIds: readonly TakenExternalId[] }>;

/** Nothing is stored: the refresh token is another tenant's, which the operator alone is told, or is refused. */
export type TokenProblem =
  | Readonly<{ outcome: 'token_taken'; holder: string | null }>
  | Readonly<{ outcome: 'token_refused'; detail: string }>;

/** Nothing is stored: another tenant has the external id. `holder` is null where the viewer may not see that one. */
export type ExternalIdProblem = Readonly<{
  outcome: 'external_id_taken';
  externalId: string;
  holder: NamedTenant | null;
}>;

/**
 * `untried`: why nothing is known of the new token; null when it works. `timezone` is the one that was given or else the
 * account's; null when neither is known.
 */
export type TriedTenant =
  | Readonly<{ outcome: 'added'; id: string; untried: string | null; timezone: string | null }>
  | TokenProblem
  | ExternalIdProblem;

export type UpdateOutcome =
  /** `untried` is null without a new grant, too. */
  | Readonly<{ outcome: 'updated'; untried: string | null }>
  | Readonly<{ outcome: 'not_found' }>
  | TokenProblem
  | ExternalIdProblem;

export type Health = Readonly<{
  status(viewer: Viewer, tenantId: string): Promise<TenantStatus | null>;
  /** What a host product shows of a tenant; also for the holder of its badge's address. */
  banner(viewer: Viewer, tenantId: string): Promise<Banner | null>;
  history(viewer: Viewer, request: HistoryRequest): Promise<TenantHistory | null>;
  /** The tenant of a connection; null when there is no such connection. */
  tenantOf(viewer: Viewer, connectionId: string): Promise<string | null>;
}>;

/** All tenants together, for the operator and for keys of all tenants. */
export type Fleet = Readonly<{
  /** As it is, and what the last day has brought; counted anew about once a minute. */
  now(viewer: Viewer): Promise<FleetNow>;
  /** Whoever can end most trouble first. */
  people(viewer: Viewer, page: PageRequest): Promise<Page<PersonInDemand>>;
  /** What mail has brought about in the last three months. */
  effect(viewer: Viewer): Promise<Effect>;
  /** Whether the schedules fit into the day's requests, and what would; also as it would be. */
  plan(viewer: Viewer, wish: WishedPlan): Promise<PlanOutcome>;
}>;

export type FleetNow = FleetChanges & Readonly<{ connections: readonly ConnectionCount[] }>;

export type WishedPlan = Readonly<{ tenants?: number | undefined; schedule?: string | undefined }>;

export type PlanOutcome =
  | Readonly<{ outcome: 'planned'; plan: Plan }>
  /** The wish is no cron expression, or one that never comes. */
  | Readonly<{ outcome: 'no_schedule'; problem: string }>;

export type HistoryRequest = Readonly<{
  tenantId: string;
  /** Null: all of the tenant's connections. */
  connection: ConnectionIdentity | Readonly<{ id: string }> | null;
  from: Instant;
  to: Instant;
}>;

export type Incidents = Readonly<{
  /** Newest first. */
  list(viewer: Viewer, query: IncidentQuery): Promise<Page<IncidentView>>;
  /** Null: there is no such incident. */
  find(viewer: Viewer, id: string): Promise<IncidentDetail | null>;
  acknowledge(viewer: Viewer, id: string): Promise<IncidentOutcome>;
  /** No reminders until then; the recovery is still mailed. */
  snooze(viewer: Viewer, id: string, until: Instant): Promise<IncidentOutcome>;
  /** No mail about the recovery; the next bad poll opens another incident. */
  close(viewer: Viewer, id: string): Promise<IncidentOutcome>;
}>;

/** Since then; what is not over is told from its beginning. */
export type ExplanationRequest = Readonly<{ tenantId: string; from: Instant }>;

/** Owners' mail: single mails, one tenant's, or every tenant's. */
export type MailSelection =
  | Readonly<{ kind: 'ids'; ids: readonly string[] }>
  | Readonly<{ kind: 'tenant'; tenantId: string }>
  | Readonly<{ kind: 'all' }>;

/** `skipped` are the mails that were meant and are unknown, or not in a state that allows the change. */
export type MailSelectionOutcome = Readonly<{ changed: readonly string[]; skipped: readonly string[] }>;

export type Mail = Readonly<{
  /** Newest first. */
  list(viewer: Viewer, query: MailQuery): Promise<Page<MailView>>;
  find(viewer: Viewer, id: string): Promise<MailDetail | null>;
  /** Why the people of a tenant did, or did not, get mail, and what happens next; null when there is no such tenant. */
  explain(viewer: Viewer, request: ExplanationRequest): Promise<Explanation | null>;
  /** Keeps back the mail that waits; `all` of the operator also the mail to come, until it is released. */
  hold(viewer: Viewer, selection: MailSelection): Promise<MailSelectionOutcome>;
  release(viewer: Viewer, selection: MailSelection): Promise<MailSelectionOutcome>;
  /** The mail is never sent. */
  discard(viewer: Viewer, selection: MailSelection): Promise<MailSelectionOutcome>;
  /**
   * A mail of that kind about made-up problems, to a reader of that locale (BCP 47). For the operator, as the two
   * below.
   */
  preview(viewer: Viewer, kind: PreviewKind, locale: string): Promise<ComposedMail>;
  /** Sends a test mail to the address at once; nothing of it is stored. */
  test(viewer: Viewer, address: string): Promise<DeliveryOutcome>;
  /** Takes a returned mail as it came, headers first. */
  recordBounce(viewer: Viewer, source: Uint8Array): Promise<BounceOutcome>;
}>;

/** What changed, in order and without gaps, for programs that keep a picture of the fleet. */
export type Events = Readonly<{
  read(viewer: Viewer, request: EventsRequest): Promise<EventsOutcome>;
}>;

export type EventsRequest = Readonly<{
  /** A cursor that the feed has given; null: from the oldest event that is kept; `latest`: none of those that are there. */
  after: string | null;
  limit: number;
  /** Null: all. */
  types: readonly EventType[] | null;
  /** Null: those that the viewer sees. */
  tenantId: string | null;
  /** How long to wait for an event when there is none; 0: not at all. */
  waitMs: number;
  signal?: AbortSignal | undefined;
}>;

export type EventsOutcome =
  /** The cursor goes past what the filters leave out, so it may move on without an event. */
  | (EventsPage & Readonly<{ outcome: 'events' }>)
  /**
   * The feed does not reach back to the cursor any more, or has never been there, as after a restored backup. Who follows
   * it takes the cursor of now, reads the whole fleet anew, and goes on from that cursor.
   */
  | Readonly<{ outcome: 'gone'; nextCursor: string }>;

export type Rounds = Readonly<{
  /** One round, and the mail that is due. A viewer of one tenant asks for that tenant alone, and the daemon mails. */
  run(viewer: Viewer, round: RoundRequest): Promise<RoundSummary>;
}>;

/** Tenants whose time has come, every tenant that may be polled, or those named; unknown ids are left out. */
export type RoundScope = 'due' | 'all' | readonly string[];

export type RoundRequest = Readonly<{
  tenants: RoundScope;
  /** Aborted when the process is to end: nothing more is begun; what is in flight is finished. */
  signal?: AbortSignal | undefined;
  onProgress(done: number, total: number): void;
}>;

export type Replays = Readonly<{
  /** The mail that the configured alert rules would have sent over stored history. Only reads. */
  run(viewer: Viewer, request: ReplayRequest): Promise<ReplayReport>;
}>;

export type ReplayRequest = Readonly<{
  /** Null: all. */
  tenantIds: readonly string[] | null;
  from: Instant;
  to: Instant;
  onProgress(done: number, total: number): void;
}>;

/** For a contact on its page; null for any other viewer, and when the tenant or the contact is gone. */
export type Owner = Readonly<{
  page(viewer: Viewer): Promise<OwnerPage | null>;
  /** The same request again changes nothing. */
  request(viewer: Viewer, request: ContactRequest): Promise<ContactRequestOutcome | null>;
  /** "I have reconnected": polls at once. An abort ends the wait; the answer is stored all the same. */
  checkNow(viewer: Viewer, signal?: AbortSignal): Promise<CheckOutcome | null>;
}>;

/**
 * Connects an account of Constant Contact by its owner's permission: for the operator, and for whoever holds a link to
 * connect one tenant.
 */
export type Connecting = Readonly<{
  /** What the holder of a link is asked to connect; null when there is no such tenant, and for the operator. */
  invitation(viewer: Viewer): Promise<InvitationView | null>;
  /** Where to send the browser, and what to remember until it comes back. */
  begin(viewer: Viewer, redirectUri: string, options: Readonly<{ prompt: boolean }>): Promise<AuthorizationRequest>;
  /** The browser has come back. A permission that will do is stored, and the tenant is polled at once. */
  finish(viewer: Viewer, returned: ReturnedBrowser, wish: ConnectWish): Promise<ConnectOutcome>;
  /** The answer to what `finish` asks: whether it is the right account. */
  answer(viewer: Viewer, question: string, isRight: boolean): Promise<ConnectOutcome>;
  /** For the operator: a link is opened in a browser, which needs no code. */
  beginDevice(viewer: Viewer): Promise<ApiResult<DeviceRequest>>;
  /** For the operator. Waits until the person has answered elsewhere, or the signal aborts. */
  awaitDevice(viewer: Viewer, device: DeviceRequest, wish: ConnectWish, signal: AbortSignal): Promise<ConnectOutcome>;
  /** Writes the owner of an account a mail with a link to connect it. For the operator, and for keys of all tenants. */
  invite(viewer: Viewer, request: InvitationRequest): Promise<InviteOutcome>;
}>;

export type InvitationRequest = Readonly<{
  email: string;
  /** Null: a tenant that waits for this address, or a new one. */
  tenantId: string | null;
  /** Of a new tenant. */
  name?: string;
  locale?: string;
}>;

export type InviteOutcome =
  | (Invitation & Readonly<{ tenant: Readonly<{ id: string; name: string }> }>)
  | Readonly<{ outcome: 'gone' }>;

/** What is wanted of the account; the holder of a link has no other wish than its tenant. */
export type ConnectWish = Readonly<{
  /** Null: the tenant that it is, or a new one. */
  tenantId: string | null;
  /** In place of what Constant Contact says of a new tenant. */
  name?: string;
  owner?: string;
  locale?: string;
}>;

export type InvitationView = Readonly<{
  isUsed: boolean;
  tenant: Pick<Tenant, 'locale' | 'replyTo' | 'senderName' | 'state'> &
    Readonly<{
      /** Null where nobody has named the account. */
      name: string | null;
    }>;
  contact: Pick<Contact, 'email' | 'locale'>;
}>;

export type ConnectOutcome =
  | Readonly<{
      outcome: 'connected';
      tenant: Readonly<{ id: string; name: string }>;
      /** The name as its owner reads it; null where nobody has named the account. */
      givenName: string | null;
      isNew: boolean;
      /** Constant Contact let us read which account it is. */
      isAccountRead: boolean;
      look: FirstLook;
    }>
  | Readonly<{
      outcome: 'asks';
      question: string;
      found: Pick<Account, 'name' | 'contactEmail'>;
      expected: Readonly<{ id: string; name: string }>;
      /** The account is another tenant's, which would be connected anew. */
      isAnotherTenants: boolean;
    }>
  | Readonly<{ outcome: 'scopes_missing'; scopes: readonly string[] }>
  /** Nobody knows a name and an address for the new tenant. */
  | Readonly<{ outcome: 'unnamed' }>
  | Readonly<{ outcome: 'denied' | 'forged' | 'expired' | 'link_used' | 'gone' | 'nothing_changed' | 'stopped' }>
  | Readonly<{ outcome: 'failed'; failure: PollFailure }>;

/** What the first poll has shown; `none`: the tenant is paused, or no request is left for today. */
export type FirstLook =
  | Readonly<{ poll: 'good'; connections: number; broken: number }>
  | Readonly<{ poll: 'failed'; failure: Readonly<{ kind: PollFailureKind; detail: string }> }>
  | Readonly<{ poll: 'none' }>;

/** For the operator, and for an `admin` key of all tenants. */
export type ApiKeys = Readonly<{
  create(viewer: Viewer, key: NewApiKey): Promise<CreatedApiKey>;
  /** Newest first. */
  list(viewer: Viewer, page: PageRequest): Promise<Page<ApiKeyView>>;
  /** The code for a link that signs in to the dashboard, once, within a minute unless given. For the operator alone. */
  signInLink(viewer: Viewer, lifetimeMs?: number): Promise<string>;
  /** In force at once, everywhere. False: there is no such key. */
  revoke(viewer: Viewer, id: string): Promise<boolean>;
}>;

export type NewApiKey = Readonly<{
  name?: string | undefined;
  /** `read` unless it is given. */
  role?: KeyRole | undefined;
  /** The one tenant that it is to see; all unless it is given. */
  tenantId?: string | undefined;
  /** Never, unless it is given. */
  expiresAt?: Instant | undefined;
}>;

export type CreatedApiKey =
  | Readonly<{ outcome: 'created'; key: NewApiKeyView }>
  | Readonly<{ outcome: 'unknown_tenant' | 'expires_in_the_past' }>;

/**
 * Where events are sent to other programs, as the viewer sees it: a key of one tenant has that tenant's endpoints alone.
 * What shows a secret or says where events go is for an `admin` key, also one of a single tenant.
 */
export type Webhooks = Readonly<{
  /** It gets the events from now on. */
  add(viewer: Viewer, webhook: NewWebhook): Promise<AddedWebhook>;
  /** Newest first. */
  list(viewer: Viewer, query: Readonly<{ tenantId: string | null }> & PageRequest): Promise<Page<WebhookView>>;
  /** Null, here and below: there is no such endpoint. */
  find(viewer: Viewer, id: string): Promise<WebhookView | null>;
  update(viewer: Viewer, id: string, patch: WebhookPatch): Promise<UpdatedWebhook>;
  /** What has happened since it was stopped is sent, as far as the feed reaches back. */
  enable(viewer: Viewer, id: string): Promise<WebhookView | null>;
  disable(viewer: Viewer, id: string): Promise<WebhookView | null>;
  remove(viewer: Viewer, id: string): Promise<boolean>;
  /** The new secret signs from now on, and the former one besides it for a day. */
  rotate(viewer: Viewer, id: string): Promise<RotatedWebhook | null>;
  /** Sends an event of the type `webhook.test` at once, whatever the state of the endpoint. */
  test(viewer: Viewer, id: string): Promise<WebhookAttemptView | null>;
  /** Sends events once more, with the `webhook-id` that they had. */
  redeliver(viewer: Viewer, id: string, redelivery: Redelivery): Promise<Redelivered | null>;
  /** Newest first. */
  attempts(viewer: Viewer, id: string, query: AttemptFilter & PageRequest): Promise<Page<WebhookAttemptView> | null>;
}>;

export type NewWebhook = Readonly<{
  url: string;
  /** The one tenant whose events it gets; all that the viewer sees unless it is given. */
  tenantId?: string | undefined;
  /** All unless they are given. */
  types?: readonly EventType[] | undefined;
}>;

export type WebhookPatch = Readonly<{ url?: string | undefined; types?: readonly EventType[] | null | undefined }>;

/** `problem`: why nothing may be sent there. */
export type AddedWebhook =
  | Readonly<{ outcome: 'added'; webhook: NewWebhookView }>
  | Readonly<{ outcome: 'unknown_tenant' }>
  | Readonly<{ outcome: 'bad_url'; problem: string }>
  | Readonly<{ outcome: 'too_many'; most: number }>;

export type UpdatedWebhook =
  | Readonly<{ outcome: 'updated'; webhook: WebhookView }>
  | Readonly<{ outcome: 'not_found' }>
  | Readonly<{ outcome: 'bad_url'; problem: string }>;

export type AttemptFilter = Readonly<{ eventId?: string | undefined; isDelivered?: boolean | undefined }>;

/** Who did what to whom. For the operator, and for an `admin` key of all tenants. */
export type Audit = Readonly<{
  /** Newest first. */
  list(viewer: Viewer, query: AuditQuery): Promise<Page<AuditView>>;
}>;

export type AuditQuery = AuditFilter & PageRequest;

/** For the operator. */
export type Operations = Readonly<{
  /** The daemon: runs until the signal aborts and what was in flight is finished. */
  start(viewer: Viewer, run: DaemonRun): Promise<void>;
  doctor(viewer: Viewer): Promise<readonly DoctorCheck[]>;
  /** Whether the monitor itself is well. */
  monitor(viewer: Viewer): Promise<MonitorView>;
  /** Seals every stored secret with the first key. */
  rotateKeys(viewer: Viewer, onProgress: (done: number, total: number) => void): Promise<KeyRotation>;
  /** The names of the migrations that were applied. */
  migrate(viewer: Viewer): Promise<readonly string[]>;
  /** Every command that opens an application closes it. */
  close(viewer: Viewer): Promise<void>;
}>;

export type DaemonRun = Readonly<{
  signal: AbortSignal;
  onListening(url: string): void;
  /** Told of every round, those without a tenant that was due included. */
  onRound?(round: RoundTally): void;
}>;

/** The polls of a round; the mail that followed is counted by its delivery. */
export type RoundTally = Omit<RoundSummary, 'mail' | 'requests'>;
