import type { ObservedConnection } from '../../domain/model/connection.ts';
import type { Grant, NewGrant } from '../../domain/model/grant.ts';
import type { PollFailure } from '../../domain/model/poll.ts';
import type { Instant } from '../../domain/model/time.ts';

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
