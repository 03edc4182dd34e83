import type { ComposedMail, DeliveryOutcome } from '../domain/model/message-content.ts';
import type { NotificationState } from '../domain/model/notification.ts';
import type { Instant } from '../domain/model/time.ts';
import type { MailSelection, MailSelectionOutcome } from './mailing/hold-mail.ts';
import type { PreviewKind } from './mailing/preview-kinds.ts';
import type { NewTenant, TenantPatch } from './tenants/tenant-input.ts';
import type {
  BounceOutcome,
  DoctorCheck,
  ExportedTenant,
  IncidentOutcome,
  IncidentView,
  MailDetail,
  MailView,
  ReplayReport,
  RoundSummary,
  TenantDetail,
  TenantHistory,
  TenantStatus,
  TenantSummary,
} from './views.ts';

/** A wired Linkwatch as the commands use it. Every command that opens one closes it. */
export type App = Daemon & Health & Tenants & Incidents & Mail & Replays & Upkeep;

type Daemon = Readonly<{
  /** Runs until the signal aborts and what was in flight is finished. */
  start(run: DaemonRun): Promise<void>;
  runRound(round: RoundRequest): Promise<RoundSummary>;
}>;

export type DaemonRun = Readonly<{
  signal: AbortSignal;
  onListening(url: string): void;
  /** Told of every round, those without a tenant that was due included. */
  onRound?(round: Omit<RoundSummary, 'mail' | 'requests'>): void;
}>;

export type RoundRequest = Readonly<{
  /** Null: all that may be polled. Unknown ids count as not asked. */
  tenantIds: readonly string[] | null;
  /** Only those whose time has come. */
  dueOnly: boolean;
  /** Aborted: nothing more is begun; what is in flight is finished. */
  signal?: AbortSignal;
  onProgress(done: number, total: number): void;
}>;

type Health = Readonly<{
  readTenantStatus(tenantId: string): Promise<TenantStatus | null>;
  readHistory(request: HistoryRequest): Promise<TenantHistory | null>;
}>;

type HistoryRequest = Readonly<{
  tenantId: string;
  /** Null: all of the tenant's connections. */
  connection: Readonly<{ network: string; accountId: string }> | null;
  from: Instant;
  to: Instant;
}>;

type Tenants = Readonly<{
  /** All or none; their ids, in the same order. */
  addTenants(tenants: readonly NewTenant[]): Promise<readonly string[]>;
  listTenants(): Promise<readonly TenantSummary[]>;
  showTenant(id: string): Promise<TenantDetail | null>;
  exportTenants(): Promise<readonly ExportedTenant[]>;
  /** False, here and below: there is no such tenant. */
  updateTenant(id: string, patch: TenantPatch): Promise<boolean>;
  pauseTenant(id: string): Promise<boolean>;
  /** A tenant that is not paused stays as it is. */
  resumeTenant(id: string): Promise<boolean>;
  removeTenant(id: string, purge: boolean): Promise<boolean>;
}>;

export const incidentFilters = ['open', 'closed', 'all'] as const;
/** `open` is everything that is not closed. */
export type IncidentFilter = (typeof incidentFilters)[number];

type Incidents = Readonly<{
  /** Newest first. */
  listIncidents(filter: Readonly<{ tenantId: string | null; state: IncidentFilter }>): Promise<readonly IncidentView[]>;
  acknowledgeIncident(id: string): Promise<IncidentOutcome>;
  snoozeIncident(id: string, until: Instant): Promise<IncidentOutcome>;
  closeIncident(id: string): Promise<IncidentOutcome>;
}>;

export type MailFilter = Readonly<{ tenantId: string | null; state: NotificationState | null; limit: number }>;

type Mail = Readonly<{
  /** Newest first. */
  listMail(filter: MailFilter): Promise<readonly MailView[]>;
  showMail(id: string): Promise<MailDetail | null>;
  /** Keeps back what waits; `all` also what is still to come. */
  holdMail(selection: MailSelection): Promise<MailSelectionOutcome>;
  releaseMail(selection: MailSelection): Promise<MailSelectionOutcome>;
  /** Nobody ever hears of it. */
  discardMail(selection: MailSelection): Promise<MailSelectionOutcome>;
  /** A mail of that kind about made-up problems, to a reader of that locale (BCP 47). */
  previewMail(kind: PreviewKind, locale: string): Promise<ComposedMail>;
  /** Sends one to the address at once; nothing of it is stored. */
  testMail(address: string): Promise<DeliveryOutcome>;
  /** Takes a returned mail as it came, headers first. */
  recordBounce(source: Uint8Array): Promise<BounceOutcome>;
}>;

type Replays = Readonly<{
  /** What the configured alert rules would have sent over stored history. Only reads. */
  replay(request: ReplayRequest): Promise<ReplayReport>;
}>;

type ReplayRequest = Readonly<{
  /** Null: all. */
  tenantIds: readonly string[] | null;
  from: Instant;
  to: Instant;
  onProgress(done: number, total: number): void;
}>;

type Upkeep = Readonly<{
  doctor(): Promise<readonly DoctorCheck[]>;
  /** The names of the migrations that were applied. */
  migrate(): Promise<readonly string[]>;
  close(): Promise<void>;
}>;
