import type { RefusedTenant } from '../../domain/faults/restored-backup.ts';
import type { Action, Health } from '../../domain/model/condition.ts';
import type { Instant } from '../../domain/model/time.ts';

/** How the work of all processes gets on, from the rows that they left. */
export interface MonitorStore {
  /** How many tenants there are; those that were removed are left out. */
  tenants(): Promise<number>;
  /** `except`: applications whose tenants wait for requests, and are not counted as due. */
  polls(now: Instant, except?: readonly (string | null)[]): Promise<PollProgress>;
  mail(now: Instant): Promise<MailProgress>;
  grants(now: Instant): Promise<GrantProgress>;
  /**
   * How many connections each network has in each health, as they are at `now`; those of removed tenants are left out.
   */
  connections(now: Instant): Promise<readonly ConnectionCount[]>;
  /** How many incidents are not closed, by what the owner is asked to do. */
  openIncidents(): Promise<ReadonlyMap<Action, number>>;
}

/** How the tenants' grants get on; removed tenants are left out. */
export type GrantProgress = Readonly<{
  /** Refreshes of so many have failed for long, since then; null while none has. */
  failing: Readonly<{ tenants: number; since: Instant }> | null;
  /** Paused tenants whose refresh token is refused, of which no poll can tell. */
  deadWhilePaused: number;
  /** Tenants whose refresh token is refused and once worked, the latest first; a thousand at most. */
  refused: readonly RefusedTenant[];
}>;

export type ConnectionCount = Readonly<{ network: string; health: Health; connections: number }>;

export type PollProgress = Readonly<{
  /** When a tenant was last polled. */
  lastAt: Instant | null;
  /**
   * Tenants that may be polled, are due and claimed by nobody, and since when the first of them is due. They are
   * counted to a thousand; `isMore`: there are more.
   */
  due: Readonly<{ tenants: number; isMore: boolean; since: Instant }> | null;
}>;

export type MailProgress = Readonly<{
  /** When the oldest mail that is pending was written. */
  oldestPendingAt: Instant | null;
  /** Since when mail is due that no process is sending. */
  dueSince: Instant | null;
  /** The first attempt of any mail that is still pending. */
  failingSince: Instant | null;
  lastSentAt: Instant | null;
  /** What the server answered to the latest attempt of a pending mail, or else to the latest mail that it took. */
  lastResponse: string | null;
}>;
