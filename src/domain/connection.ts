import type { Condition, Health } from './condition.ts';
import type { Instant } from './time.ts';

/** A boolean that upstream may leave out or send as null: unknown, never false. */
export type Tristate = boolean | null;

/**
 * The seven fields of Constant Contact's `connection_status`, all optional upstream; null means unknown.
 * Source: the published contract, `ConnectionStatusDto` (GET /v3/social/connections).
 */
export type ConnectionStatus = Readonly<{
  hasToken: Tristate;
  /** True when a page or profile is connected; it does not mean that a person is active. */
  isActiveUser: Tristate;
  /** The account's own limit, or that of Constant Contact's application. */
  rateLimited: Tristate;
  tokenHasScopes: Tristate;
  /** The outcome of a live probe, so a hiccup of the network can make it false. */
  tokenIsValid: Tristate;
  error: string | null;
  /** The HTTP status of the social network's API, named `status` upstream. */
  networkStatus: number | null;
}>;

export const UNKNOWN_STATUS: ConnectionStatus = {
  hasToken: null,
  isActiveUser: null,
  rateLimited: null,
  tokenHasScopes: null,
  tokenIsValid: null,
  error: null,
  networkStatus: null,
};

/** What identifies a connection within a tenant. Account ids have 17 digits and more: always strings. */
export type ConnectionIdentity = Readonly<{ network: string; accountId: string }>;

/** One entry of a poll's answer. */
export type ObservedConnection = ConnectionIdentity &
  Readonly<{
    displayName: string | null;
    username: string | null;
    status: ConnectionStatus;
  }>;

/** A time in which every poll of a connection showed the same; extended while nothing changes. */
export type Snapshot = Readonly<{
  id: string;
  connectionId: string;
  from: Instant;
  /** The last poll that showed it. */
  to: Instant;
  /** How long after `to` it still speaks for the connection: twice the tenant's interval. */
  speaksForMs: number;
  health: Health;
  conditions: readonly Condition[];
  status: ConnectionStatus;
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
    /** Lately: what flapping is told by. Oldest first. */
    turns: readonly Turn[];
    /** The latest period; null until the first observation is stored. */
    period: Snapshot | null;
  }>;

/** When trouble became certain, was over, or proved to be none after all. */
export type Turn = Readonly<{ kind: 'opened' | 'closed' | 'dismissed'; at: Instant }>;

export function identityKey(identity: ConnectionIdentity): string {
  return `${identity.network}:${identity.accountId}`;
}

/**
 * Whether two statuses are the same observation. Error texts often carry a request id or a time, so they are
 * compared without any word that has a digit in it: otherwise every poll would start a new period.
 */
export function isSameStatus(a: ConnectionStatus, b: ConnectionStatus): boolean {
  return (
    a.hasToken === b.hasToken &&
    a.isActiveUser === b.isActiveUser &&
    a.rateLimited === b.rateLimited &&
    a.tokenHasScopes === b.tokenHasScopes &&
    a.tokenIsValid === b.tokenIsValid &&
    a.networkStatus === b.networkStatus &&
    withoutVariableWords(a.error) === withoutVariableWords(b.error)
  );
}

function withoutVariableWords(text: string | null): string | null {
  return text === null ? null : text.replaceAll(/\S*\d\S*/g, '#');
}

/** Since the last poll so much time has passed that the period no longer speaks for the connection. */
export function hasGap(period: Snapshot, at: Instant): boolean {
  return at - period.to > period.speaksForMs;
}
