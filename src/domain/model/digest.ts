import type { Action } from './condition.ts';
import type { ReportedCause } from './fault.ts';
import type { MailKind } from './mail-kind.ts';
import type { MissingPart, PollFailureKind } from './poll.ts';
import type { ContactState } from './tenant.ts';
import type { Instant } from './time.ts';

/** What the operator hears of each morning, section by section; one that is empty is not shown. */
export type Digest = Readonly<{
  /** Certain for longer than ESCALATE_AFTER, and still so. */
  stillBroken: Listed<StillBroken>;
  /** Tenants whose account we may no longer look at. */
  accessLost: Listed<
    TenantLine & Readonly<{ action: Action; since: Instant; hasNeverWorked: boolean; missing?: MissingPart }>
  >;
  /** Set when the refused refresh tokens look as if the database had been restored from a backup. */
  restored?: Listed<Readonly<{ tenants: number; since: Instant }>>;
  /** Contacts that get no mail although they are named for it. */
  unreachable: Listed<TenantLine & Readonly<{ email: string; why: ContactState }>>;
  /** Single tenants whose polls have failed for a day, which no outage explains. */
  failing: Listed<TenantLine & Readonly<{ kind: PollFailureKind; since: Instant }>>;
  /** Connections that the network has not answered for in CHECK_FAILED_AFTER. */
  checksFailing: Listed<ConnectionLine & Readonly<{ since: Instant }>>;
  /** Connections suspected again and again without being broken. */
  unsettled: Listed<ConnectionLine & Readonly<{ suspicions: number }>>;
  /** Mail of the last day that failed for good. */
  mailFailed: Listed<TenantLine & Readonly<{ to: string; kind: MailKind; reason: string; response: string | null }>>;
  /** Mail that is kept back. */
  held: Listed<Readonly<{ cause: ReportedCause; since: Instant; mails: number }>>;
  /** Null while the schedules fit into the day's requests. */
  quota: Shortage | null;
  /** The further applications whose schedules do not fit. */
  shortKeys?: Listed<Shortage & Readonly<{ application: string }>>;
}>;

/** The requests of a key's day, what the schedules ask for, and how many times longer that makes all intervals. */
export type Shortage = Readonly<{ perDay: number; planned: number; stretch: number }>;

/** There is nothing to tell. */
export function isEmpty({ quota, ...lists }: Digest): boolean {
  return quota === null && Object.values(lists).every(({ total }) => total === 0);
}

export type DigestReport = Readonly<{ about: 'digest'; digest: Digest }>;

/** The first few of a list, and how many there are in all. */
export type Listed<T> = Readonly<{ items: readonly T[]; total: number }>;

type TenantLine = Readonly<{ tenantId: string; tenantName: string }>;
type ConnectionLine = TenantLine & Readonly<{ network: string; account: string }>;

export type StillBroken = ConnectionLine &
  Readonly<{
    action: Action;
    since: Instant;
    /** When a mail server accepted the alert; null when no contact could be reached. */
    toldAt: Instant | null;
    /** What a person did about it. */
    reaction: 'none' | 'snoozed' | 'acknowledged';
  }>;
