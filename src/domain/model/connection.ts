import type { Condition, Health } from './condition.ts';
import type { ConnectionStatus } from './connection-status.ts';
import type { PagesSeen, UnreachablePages } from './pages.ts';
import type { Instant } from './time.ts';

/** What identifies a connection within a tenant. Account ids have 17 digits and more: always strings. */
export type ConnectionIdentity = Readonly<{ network: string; accountId: string }>;

/** One entry of a poll's answer. */
export type ObservedConnection = ConnectionIdentity &
  Readonly<{
    displayName: string | null;
    username: string | null;
    status: ConnectionStatus;
  }>;

/** What one look said of a connection's pages. */
export type ConnectionPages = ConnectionIdentity & PagesSeen;

/** The status that one poll shows of a connection, and what follows from it. */
export type Reading = Readonly<{ health: Health; conditions: readonly Condition[]; status: ConnectionStatus }>;

/** A time in which every poll of a connection gave the same reading; extended while nothing changes. */
export type Snapshot = Reading &
  Readonly<{
    id: string;
    connectionId: string;
    from: Instant;
    /** The last poll that gave it. */
    to: Instant;
    /** How long after `to` it still speaks for the connection: twice the tenant's interval. */
    speaksForMs: number;
    polls: number;
  }>;

/** What is remembered of one social account linked to a tenant. */
export type Connection = ConnectionIdentity &
  Readonly<{
    id: string;
    tenantId: string;
    displayName: string | null;
    username: string | null;
    firstSeenAt: Instant;
    /** Seen by the tenant's very first good poll. */
    foundAtBaseline: boolean;
    /** Good polls in a row that did not list it. */
    absentPolls: number;
    removedAt: Instant | null;
    /** Since when no poll has said that it is not rate limited. */
    rateLimitedSince: Instant | null;
    /** Since when every poll has shown `check_failed` together with `token_is_valid: false`. */
    checkFailedInvalidSince: Instant | null;
    /** Since when every poll has shown `check_failed`. */
    checkFailedSince: Instant | null;
    /** Null when the latest look at its pages found none, or there was none. */
    unreachablePages: UnreachablePages | null;
    /** Lately: what flapping is told by. Oldest first. */
    transitions: readonly Transition[];
    /** The latest period; null until the first observation is stored. */
    period: Snapshot | null;
  }>;

/** When trouble became certain, was over, or proved to be none after all. */
export type Transition = Readonly<{ kind: 'opened' | 'closed' | 'dismissed'; at: Instant }>;

/** Networks compare without case. No stored text has a NUL, so two identities never share a key. */
export function identityKey({ network, accountId }: ConnectionIdentity): string {
  return `${network.trim().toLowerCase()}\0${accountId.trim()}`;
}

/** How long a poll speaks for what it saw. */
export function speaksForMs(intervalMs: number): number {
  return 2 * intervalMs;
}

/** A poll at that time comes after one that no longer spoke for the connection. */
export function isAfterGap({ period }: Connection, at: Instant): boolean {
  return period !== null && hasGap(period, at);
}

/** Since the last poll so much time has passed that the period no longer speaks for the connection. */
export function hasGap(period: Snapshot, at: Instant): boolean {
  return at - period.to > period.speaksForMs;
}
