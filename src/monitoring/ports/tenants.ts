import type { Account } from '../../domain/model/account.ts';
import type { Condition, TenantHealth } from '../../domain/model/condition.ts';
import type { Connection } from '../../domain/model/connection.ts';
import type { FeedEvent } from '../../domain/model/event.ts';
import type { GivenGrant } from '../../domain/model/grant.ts';
import type { Contact, Tenant, TenantOrder, TenantState } from '../../domain/model/tenant.ts';
import type { TenantRecord, TenantUpdate } from '../../domain/model/tenant-record.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { Page, PageRequest } from './pages.ts';

/** What is remembered of a tenant, and the one way to decide about it; `docs/architecture.md` says what else writes. */
export interface RecordStore {
  /**
   * The tenants' records by id, without unknown and removed tenants. Reading waits for no other transaction and makes
   * none wait, so a decision that is stored must not rest on it.
   */
  read(tenantIds: readonly string[]): Promise<readonly TenantRecord[]>;
  /**
   * Locks the tenants (unknown ids are left out), loads their records, asks `decide`, which is pure and may be asked
   * again, and saves what changes: one transaction, so that two processes decide about a tenant one after the other.
   * `leaseNow` is the store's own clock, by which leases are taken.
   */
  change<R>(tenantIds: readonly string[], decide: Decide<R>, also?: AlsoRead): Promise<R>;
}

export type Decide<R> = (
  records: readonly TenantRecord[],
  leaseNow: Instant,
  /** How many mails to tenants' contacts `also.mailSentSince` means; 0 where it is not given. */
  mailSent: number,
) => Readonly<{ updates: readonly TenantUpdate[]; result: R }>;

/** What else a decision rests on. */
export type AlsoRead = Readonly<{
  /** The mail with this id is in its tenant's record even when all that it is about has long been closed. */
  mailId?: string;
  /**
   * Count the mails to tenants' contacts that were sent at this moment or later, or are being sent now. All decisions
   * that ask for this are made one after the other, whatever their tenants: each counts what those before it sent.
   */
  mailSentSince?: Instant;
}>;

export interface TenantStore {
  /** Stores the tenant with its contacts and, when given, its grant and its events, all or nothing. */
  add(tenants: readonly AddedTenant[]): Promise<void>;
  /** The tenants that have these tokens, or that were given them and have refreshed them since; by token. */
  tokenHolders(refreshTokens: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Which tenants an account of Constant Contact belongs to, or may belong to; removed ones are left out. */
  ofAccount(account: Pick<Account, 'accountId' | 'name' | 'contactEmail'>): Promise<TenantsOfAccount>;
  /** Ids of active tenants of which nobody knows the account yet, the newest first. */
  withoutAccount(limit: number): Promise<readonly string[]>;
  /** The tenants that have these external ids, by external id. */
  externalIdHolders(externalIds: readonly string[]): Promise<ReadonlyMap<string, NamedTenant>>;
  /** The names of those that are there, by id. */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** How many of the tenants that the filter lets through have each health at the moment `now`. */
  counts(query: Omit<TenantQuery, keyof PageRequest | 'order'>): Promise<TenantCounts>;
  /** By id, unless another order is asked for. */
  list(query: TenantQuery): Promise<Page<TenantOverview>>;
  /**
   * Erases every row of the tenant, one that was removed before included, and what the operator's mail and the holds
   * say of it, its events included. `events` are all that says of it afterwards. False when there is none.
   */
  erase(id: string, events?: readonly FeedEvent[]): Promise<boolean>;
}

export type AddedTenant = Readonly<{
  tenant: Tenant;
  contacts: readonly Contact[];
  grant: GivenGrant | null;
  events?: readonly FeedEvent[];
}>;

export type TenantsOfAccount = Readonly<{
  /** The tenant that is known to be this account; no other one is looked for then. */
  known: string | null;
  /**
   * Ids of tenants of which nobody knows the account yet, and that have the name, or the address among their contacts.
   */
  similar: readonly string[];
}>;
export type NamedTenant = Pick<Tenant, 'id' | 'name'>;

/** `none`: it is known to have no connection that counts. */
export type TenantCounts = Readonly<Record<TenantHealth | 'none', number>>;

/** A filter that is left out lets everything through. */
export type TenantFilter = Readonly<{
  /** The tenant's own, which is its worst connection's. */
  health?: readonly TenantHealth[] | undefined;
  state?: TenantState | undefined;
  /** The host's own id of it, letter by letter. */
  externalId?: string | undefined;
  /** The network of a connection that is not removed; with a condition, of one that shows it. */
  network?: string | undefined;
  condition?: Condition | undefined;
  /** Part of the name, in capital or small letters. */
  search?: string | undefined;
  /** The whole address of one of its contacts, in capital or small letters. */
  contact?: string | undefined;
  /** Active, and its polls have failed for so long or longer. */
  failingForMs?: number | undefined;
}>;

/** `tenantId` null: all tenants. Health and condition are those of the moment `now`. */
export type TenantQuery = TenantFilter &
  PageRequest &
  Readonly<{ tenantId: string | null; now: Instant; order?: TenantOrder | undefined }>;

export type TenantOverview = Readonly<{
  tenant: Tenant;
  contacts: readonly Contact[];
  connections: readonly Connection[];
}>;
