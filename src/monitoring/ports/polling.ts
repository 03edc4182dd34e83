import type { GrantInUse } from '../../domain/model/grant.ts';
import type { Rest } from '../../domain/model/rest.ts';
import type { Tenant } from '../../domain/model/tenant.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { UnchangedPoll } from '../../domain/polling/at-rest.ts';
import type { TenantToPlan } from '../../domain/polling/poll-plan.ts';
import type { RequestRate } from '../../domain/polling/request-rate.ts';
import type { Quota, RequestsToday } from '../../domain/polling/requests-today.ts';

export interface PollStore {
  /**
   * An application's tenants due at `now` that nobody has, and that this holder never had, the longest overdue first.
   * They are the holder's until a poll of them is stored, or they are given back, or the lease ends by the store's
   * clock: a crash gives them back. Those last polled while the clock was ahead are due at once.
   */
  claimDueTenants(claim: PollClaim): Promise<readonly string[]>;
  /** Ids of due tenants that nobody has, the longest overdue first. They are nobody's by this. */
  dueTenants(due: DueTenants): Promise<readonly string[]>;
  /** Gives back what this holder still has of the tenants: each is due again after its `afterMs`. */
  giveBackTenants(back: TenantsBack): Promise<void>;
  /** How many tenants that may be polled were last polled (or added) while the clock was ahead of `now`. */
  countPolledAhead(now: Instant): Promise<number>;
  /** Tenants that may be polled (active, access_denied); with `ids`, only those of them. Ordered by id. */
  pollableTenants(ids: readonly string[] | null): Promise<readonly PollableTenant[]>;
  /** How many of an application's pollable tenants keep to which schedule; null is the global one. */
  schedules(): Promise<readonly ScheduleUse[]>;
  /** What polls of these tenants start from, in the order of the ids; of those that do not exist, nothing is known. */
  toPoll(tenantIds: readonly string[]): Promise<readonly TenantToPoll[]>;
  /**
   * Stores polls that found nothing new, which ends the claims on their tenants, and returns the ids of those tenants.
   * A poll is left out, and not stored, where anything else was written of its tenant since the tenant was read.
   */
  storeUnchanged(polls: readonly UnchangedPoll[]): Promise<ReadonlySet<string>>;
  /** What is known of why a tenant is refused; null: no such tenant. */
  refusal(tenantId: string): Promise<Pick<Tenant, 'failing' | 'privilegesAskedAt'> | null>;
  /**
   * One page, by id, of the pollable tenants: each moves to the moment that `decide` gives, or stays where that is
   * null, or where it was planned anew meanwhile. `after` and `last` are ids, `last` null on the last page. An embedded
   * database is left to others for a while after each page.
   */
  replan(
    page: Readonly<{ after: string; limit: number }>,
    decide: (tenant: Tenant) => Instant | null,
  ): Promise<Readonly<{ last: string | null; moved: number }>>;
}

/** What a poll knows of its tenant before it asks. */
export type TenantToPoll = Readonly<{
  id: string;
  /** Null: none is stored, or no key opens it, and whoever reads it alone is told which. */
  grant: GrantInUse | null;
  /** What is known of it besides; null: there is no such tenant. */
  known: (TenantToPlan & Pick<Tenant, 'pagesAskedAt' | 'pagesWanted'> & Readonly<{ rest: Rest | null }>) | null;
}>;

export type PollClaim = Readonly<{
  now: Instant;
  holder: string;
  leaseMs: number;
  limit: number;
  applicationId: string | null;
  which: ClaimedTurn;
  /** These alone; left out: all. */
  among?: readonly string[] | undefined;
}>;

/**
 * `recheck`: those whose next poll settles a doubt; `urgent`: these, and those that were never asked; `due`: all;
 * `next`: also one that is not due yet.
 */
export type ClaimedTurn = 'recheck' | 'urgent' | 'due' | 'next';

/** An application's tenants that were due at `now`. */
export type DueTenants = Readonly<{ now: Instant; applicationId: string | null; limit: number }>;

export type PollableTenant = Pick<Tenant, 'id' | 'applicationId'>;

/** `all` is for a holder that does not know which it has, and had no time to poll one: they are due at once. */
export type TenantsBack = Readonly<{
  holder: string;
  tenants: readonly Readonly<{ id: string; afterMs: number }>[] | 'all';
}>;

/** How many tenants of an application keep to a schedule, and the first of them by id. */
export type ScheduleUse = Pick<Tenant, 'applicationId' | 'schedule' | 'timezone'> &
  Readonly<{ tenants: number; firstId: string }>;

/**
 * `regular` polls may use the day's requests but for the reserve; `priority` (suspects, look-ups, commands) all of
 * them.
 */
export type RequestPurpose = 'regular' | 'priority';

/** An API key, and how many requests it has. */
export type KeyQuota = Quota & Readonly<{ key: string }>;

/** Each key's requests of one UTC day, counted across restarts. The day is that of the store's clock. */
export interface QuotaStore {
  /** How many of `count` requests may be sent today; they are counted as used before this returns. */
  reserve(of: KeyQuota, request: RequestsWanted): Promise<number>;
  /** Requests that were reserved on the day of `reservedAt`, and were not sent. */
  giveBack(of: KeyQuota, requests: RequestsBack): Promise<void>;
  /** Upstream said `quota_exceeded`: nothing is left until 00:00 UTC. */
  exhaust(of: KeyQuota, now: Instant): Promise<void>;
  today(of: KeyQuota, now: Instant): Promise<RequestsToday>;
  /** The requests of several keys at once, in the keys' order. */
  todayOfAll(keys: readonly KeyQuota[], now: Instant): Promise<readonly RequestsToday[]>;
}

export type RequestsWanted = Readonly<{ count: number; purpose: RequestPurpose; now: Instant }>;
export type RequestsBack = Readonly<{ count: number; reservedAt: Instant }>;

/**
 * Whose rate: an API key has one limit for the API and one for the token endpoint. `turns` are those of its due
 * tenants; the probes of a Constant Contact that does not answer are all keys' together, under an empty one.
 */
export type RateId = Readonly<{ key: string; endpoint: 'api' | 'token' | 'turns' | 'probe' }>;

/** The rates by which all processes plan their requests, and the one clock that they go by. */
export interface RateStore {
  /** `now` is the store's own clock at the moment of reading. A key that never asked has a rate in the past. */
  read(id: RateId): Promise<RequestRate & Readonly<{ now: Instant }>>;
  /** False when the rate is no longer `before`: another process was faster. */
  replace(id: RateId, before: RequestRate, next: RequestRate): Promise<boolean>;
}
