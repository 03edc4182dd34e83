import type { Account } from '../../domain/model/account.ts';
import type { ObservedConnection } from '../../domain/model/connection.ts';
import type { Grant, NewGrant } from '../../domain/model/grant.ts';
import type { PagesAnswer } from '../../domain/model/pages.ts';
import type { PollFailure, PollFailureKind } from '../../domain/model/poll.ts';
import type { RefreshTrouble } from '../../domain/model/refresh.ts';
import type { Instant } from '../../domain/model/time.ts';

export interface GrantStore {
  /** Null when the tenant has no tokens. Throws when no key opens them. */
  read(tenantId: string): Promise<Grant | null>;
  /** Stores what a refresh gave, if the grant still has `revision`; false when another one was stored meanwhile. */
  replace(tenantId: string, revision: number, grant: NewGrant): Promise<boolean>;
  /**
   * Counts a refresh that failed, if the grant still has `revision`: how refreshes have failed since the last good one.
   * Null when another grant was stored meanwhile.
   */
  noteFailure(failed: FailedRefresh): Promise<RefreshTrouble | null>;
  /**
   * Tenants, paused ones included, whose refresh token has not been used for 90 days, or nobody knows when; those whose
   * refreshes fail come last.
   */
  idle(wanted: Readonly<{ now: Instant; limit: number }>): Promise<readonly string[]>;
  /**
   * Takes or renews the lease: true for one holder at a time across all processes, for so long by the store's clock, or
   * until `unlockRefresh`.
   */
  lockRefresh(lease: RefreshLease): Promise<boolean>;
  /** Gives the lease back, if it still is this holder's. */
  unlockRefresh(lease: Pick<RefreshLease, 'tenantId' | 'holder'>): Promise<void>;
}

export type FailedRefresh = Readonly<{ tenantId: string; revision: number; kind: PollFailureKind; now: Instant }>;

export type RefreshLease = Readonly<{ tenantId: string; holder: string; leaseMs: number }>;

export type ApiResult<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; failure: PollFailure }>;

export type ConnectionsAnswer = Readonly<{
  connections: readonly ObservedConnection[];
  /** An entry could not be read; absent connections prove nothing. */
  isPartial: boolean;
  /** SHA-256 of program version and body, 22 characters: two equal digests are the same answer. */
  digest?: string;
}>;

/** An answer that was read before, word for word; reading it again is put off until somebody wants that. */
export type UnchangedAnswer = Readonly<{ digest: string; read(): ConnectionsAnswer }>;

/** Keeps the requests to one endpoint within the key's limit a second, whichever process sends them. */
export interface RequestSlots {
  /** Resolves when one request may be sent, at once. Rejects when the signal aborts, or with what the store throws. */
  take(signal?: AbortSignal): Promise<void>;
  /** Upstream asked to slow down: no request is sent for `ms`, at most 10 s. Resolves when other processes can know. */
  pause(ms: number): Promise<void>;
}

/** What a caller may add when it asks for connections. */
export type AskingForConnections = Readonly<{
  signal?: AbortSignal | undefined;
  /** The digest of the answer that the caller knows; only where it is given may the answer be an `UnchangedAnswer`. */
  knownDigest?: string | undefined;
  /** Called when the wait for a slot is over, and the request is sent. */
  onSend?: () => void;
}>;

export interface ConstantContact {
  /** The signal ends the wait for a slot, here and below, never a request. A call rejects only when it got no slot. */
  fetchConnections(
    accessToken: string,
    asking?: AskingForConnections,
  ): Promise<ApiResult<ConnectionsAnswer | UnchangedAnswer>>;
  /** The second witness: which pages of the connections can be posted to. */
  fetchProfiles(accessToken: string, signal?: AbortSignal): Promise<ApiResult<PagesAnswer>>;
  /** What the user who gave the permission may do, e.g. `campaign:read`; asked to tell one 403 from another. */
  fetchPrivileges(accessToken: string, signal?: AbortSignal): Promise<ApiResult<readonly string[]>>;
  /** `GET /account/summary`. Needs the scope `account_read`; without it the failure is `forbidden`. */
  fetchAccount(accessToken: string): Promise<ApiResult<Account>>;
  /** The address of the account's contact; null when there is none. Needs `account_read`. */
  fetchContactEmail(accessToken: string): Promise<ApiResult<string | null>>;
  /**
   * Spends the refresh token, so the answer is waited for far longer than any other: only what it brings works from
   * then on. Store that before the new refresh token is used. `onSend` is called when the wait for a slot is over.
   */
  refresh(
    refreshToken: string,
    wait?: Readonly<{ signal: AbortSignal; onSend: () => void }>,
  ): Promise<ApiResult<NewGrant>>;
  /** Whether the token endpoint takes our key and secret; null when it does. */
  checkClient(): Promise<PollFailure | null>;
}
