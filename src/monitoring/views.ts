import type { Period, Uptime } from '../domain/history.ts';
import type { Change } from '../domain/model/change.ts';
import type { Action, Condition, Health } from '../domain/model/condition.ts';
import type { ConnectionIdentity } from '../domain/model/connection.ts';
import type { ConnectionStatus } from '../domain/model/connection-status.ts';
import type { Incident } from '../domain/model/incident.ts';
import type { MailKind } from '../domain/model/mail-kind.ts';
import type { Notification } from '../domain/model/notification.ts';
import type { PollFailureKind } from '../domain/model/poll.ts';
import type { Contact, ContactState, Tenant } from '../domain/model/tenant.ts';
import type { Instant } from '../domain/model/time.ts';
import type { MailPair, MailTotal } from '../domain/replay/compare-mail.ts';
import type { RequestsToday } from './ports.ts';

/*
 * The answers that the command line, the API and the pages all give. Field names are the public contract's; times are
 * instants, and become ISO 8601 text only when they are printed (`toJson`).
 */

/** `total` is the sum of the others. */
export type ConnectionCounts = Readonly<{ total: number } & Record<Health, number>>;

export type TenantSummary = Pick<Tenant, 'id' | 'name' | 'state' | 'lastPolledAt' | 'nextPollAt' | 'failing'> &
  Readonly<{
    /** Its worst connection's; null while it has none that count. */
    health: Health | null;
    connections: ConnectionCounts;
  }>;

export type TenantDetail = TenantSummary &
  Pick<Tenant, 'timezone' | 'locale' | 'schedule' | 'senderName' | 'replyTo' | 'reconnectUrl'> &
  Pick<Tenant, 'createdAt' | 'intervalMs'> &
  Readonly<{ contacts: readonly Pick<Contact, 'email' | 'role' | 'state'>[] }>;

export type ConnectionView = ConnectionIdentity &
  Readonly<{
    id: string;
    displayName: string | null;
    health: Health;
    conditions: readonly Condition[];
    action: Action;
    /** When this health began; null while nothing was observed. */
    since: Instant | null;
    observedAt: Instant | null;
    status: ConnectionStatus;
  }>;

export type TenantStatus = Readonly<{ tenant: TenantSummary; connections: readonly ConnectionView[] }>;

export type RoundChange = Omit<Change, 'id'> & Readonly<{ tenantName: string; displayName: string | null }>;

export type RoundFailure = Readonly<{ tenantId: string; tenantName: string; kind: PollFailureKind; detail: string }>;

/**
 * `polled` counts the tenants asked, failures included; `sent` and `failed` mail is this round's, the rest what is
 * left.
 */
export type RoundSummary = Readonly<{
  polled: number;
  failed: number;
  changes: readonly RoundChange[];
  failures: readonly RoundFailure[];
  /** Tenants whose turn it was, and that were not asked because the day's requests are used up. */
  skipped: number;
  /** Tenants that could not be asked, or their answer not stored, for a reason of our own; the log says which. */
  errors: number;
  /** Tenants last polled by a clock that was ahead; what lay in the future was moved back. */
  clockCorrected: number;
  incidents: Readonly<{ opened: number; closed: number }>;
  /** Of the UTC day, for the whole key; null for a viewer of one tenant. */
  requests: RequestsToday | null;
  mail: Readonly<{ sent: number; pending: number; held: number; failed: number }>;
}>;

export type ConnectionHistory = ConnectionIdentity &
  Uptime &
  Readonly<{ id: string; displayName: string | null; periods: readonly Period[] }>;

export type TenantHistory = Readonly<{
  tenant: Pick<Tenant, 'id' | 'name'>;
  from: Instant;
  to: Instant;
  connections: readonly ConnectionHistory[];
}>;

/** Network, account and connection are null when it is about our access to the account. */
export type IncidentView = Pick<
  Incident,
  | 'id'
  | 'tenantId'
  | 'connectionId'
  | 'action'
  | 'conditions'
  | 'state'
  | 'openedAt'
  | 'confirmedAt'
  | 'closedAt'
  | 'closeReason'
  | 'acknowledgedAt'
> &
  Pick<Incident['reminders'], 'snoozedUntil'> &
  Pick<Incident['alerting'], 'decision'> &
  Readonly<{
    tenantName: string;
    network: string | null;
    accountId: string | null;
    displayName: string | null;
    /** Ids of the mail about it. */
    notifications: readonly string[];
  }>;

/** What a command did to an incident. */
export type IncidentOutcome =
  | Readonly<{ outcome: 'done'; incident: IncidentView }>
  | Readonly<{ outcome: 'already_closed' }>
  | Readonly<{ outcome: 'not_found' }>;

export type MailView = Pick<
  Notification,
  | 'id'
  | 'tenantId'
  | 'kind'
  | 'subject'
  | 'state'
  | 'reason'
  | 'attempts'
  | 'firstAttemptAt'
  | 'lastAttemptAt'
  | 'outcomeUnknown'
  | 'response'
  | 'messageId'
  | 'createdAt'
  | 'dueAt'
  | 'sentAt'
> &
  Readonly<{ to: readonly string[] }>;

/** The bodies are null when they can no longer, or not yet, be written. */
export type MailDetail = MailView &
  Readonly<{ incidents: readonly string[]; text: string | null; html: string | null }>;

/** What a returned mail said, and what came of it. */
export type BounceOutcome =
  /** The mail has failed; `isRepeated` when that was known already. Soft: noted on the mail, and no more. */
  | Readonly<
      {
        outcome: 'recorded';
        reason: string;
        isRepeated: boolean;
        /** Whoever the mail was for, as they are now; null for the operator, and for who is a contact no longer. */
        contactState: ContactState | null;
      } & BouncedMail
    >
  | Readonly<{ outcome: 'soft' } & BouncedMail>
  | Readonly<{ outcome: 'unknown'; id: string | null; why: UnknownBounce }>
  | Readonly<{ outcome: 'not_a_bounce'; id: string | null; why: NotABounce }>;

export type UnknownBounce = 'no_address' | 'bad_signature' | 'no_such_mail' | 'never_sent';
export type NotABounce = 'empty' | 'too_large' | 'unreadable' | 'no_report' | 'no_failure';

type BouncedMail = Pick<MailView, 'id' | 'to' | 'kind'> & Readonly<{ status: string; response: string }>;

/** A tenant as it can be imported again, by the names that an import reads; secrets are never exported. */
export type ExportedTenant = Pick<Tenant, 'id' | 'name' | 'state' | 'timezone' | 'locale' | 'schedule'> &
  Readonly<{
    owner: string;
    cc: readonly string[];
    sender_name: string | null;
    reply_to: string | null;
    reconnect_url: string | null;
  }>;

/** One line of `doctor`: it works, or what is wrong and what to do. */
export type DoctorCheck = Readonly<{ name: string; ok: boolean; detail: string; remedy: string | null }>;

/** What other settings would have sent, beside what was sent. */
export type ReplayReport = Readonly<{
  /** Later than asked where older polls are no longer kept. */
  from: Instant;
  to: Instant;
  totals: ReadonlyMap<MailKind, MailTotal>;
  tenantsReplayed: number;
  /** Of the tenants that had any trouble. */
  pollsReplayed: number;
  /** Those with any mail. */
  tenants: readonly ReplayedTenant[];
}>;

export type ReplayedTenant = Pick<Tenant, 'id' | 'name'> & Readonly<{ pairs: readonly MailPair[] }>;
