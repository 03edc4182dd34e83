import type { Connection, ConnectionPages, Snapshot } from './connection.ts';
import type { Incident } from './incident.ts';
import type { TenantNotification } from './notification.ts';
import type { PollFailureKind } from './poll.ts';
import type { Contact, Tenant } from './tenant.ts';
import type { Instant } from './time.ts';

/** What is kept of a poll: its time and outcome. What it showed is in the snapshots. */
export type RecordedPoll = Readonly<{
  at: Instant;
  outcome: 'observed' | 'partial' | 'failed';
  /** How many connections it listed; null when it failed. */
  listed: number | null;
  /** Null unless it failed. */
  failureKind: PollFailureKind | null;
  /** What the second witness said with it; left out when it was not asked. */
  pages?: readonly ConnectionPages[];
}>;

/** What is kept of a tenant's time: all that a policy gets to see, and the mail that was sent. */
export type TenantPast = Readonly<{
  /** The tenant as it is today: earlier names and time zones are not stored. */
  tenant: Tenant;
  /** Those of today, for the same reason. */
  contacts: readonly Contact[];
  connections: readonly Connection[];
  /** The periods that were seen at some time of the range, each whole; oldest first. */
  snapshots: readonly Snapshot[];
  /** In the order in which they were stored. */
  polls: readonly RecordedPoll[];
  /** The incidents that were not closed at some time of the range, or that the mail is about. */
  incidents: readonly Incident[];
  /** Sent in the range, or sent before and about those incidents; oldest first. */
  sent: readonly TenantNotification[];
}>;
