import type { Tenant } from '../../domain/model/tenant.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { TakenValue } from '../../domain/tenants/taken-values.ts';
import type { NamedTenant, Page, PageRequest, TenantCounts, TenantFilter, TenantQuery } from '../ports.ts';
import type { NewTenant, TenantPatch } from '../tenants/tenant-input.ts';
import type { Viewer } from '../viewer.ts';
import type { ExportedTenant, TenantDetail, TenantSummary } from '../views.ts';

export type Tenants = Readonly<{
  /** Adds all or none, their tokens untried. For the operator and keys of all tenants, as the one below. */
  add(viewer: Viewer, tenants: readonly NewTenant[]): Promise<AddedTenants>;
  /** Tries the refresh token first, where Constant Contact answers. Once it is tried, it is not to be cut short. */
  /** `isOneOfMany`: the account is asked for its time zone alone, to spare the requests of the day. */
  addTried(viewer: Viewer, tenant: NewTenant, options?: AddTriedOptions): Promise<TriedTenant>;
  /** By id, unless another order is asked for. */
  list(viewer: Viewer, query: Omit<TenantQuery, 'tenantId' | 'now'>): Promise<Page<TenantSummary>>;
  find(viewer: Viewer, id: string): Promise<TenantDetail | null>;
  /** The names of those that the viewer sees, by id. */
  names(viewer: Viewer, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** How many there are. For the operator. */
  count(viewer: Viewer): Promise<number>;
  /** How many of those that the viewer sees, and the filter lets through, have each health. */
  counts(viewer: Viewer, filter?: TenantFilter): Promise<TenantCounts>;
  /** By id. */
  export(viewer: Viewer, page: PageRequest): Promise<Page<ExportedTenant>>;
  /**
   * The tenants that have these refresh tokens, or were given them and have refreshed them since; by token. For viewers
   * who may add.
   */
  tokenHolders(viewer: Viewer, refreshTokens: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** A new grant is tried first, as a new tenant's is. */
  update(viewer: Viewer, id: string, patch: TenantPatch): Promise<UpdateOutcome>;
  /** Many tenants at once, without new grants; the outcomes are in the same order. For whoever may add. */
  updateSettings(viewer: Viewer, updates: readonly SettingsUpdate[]): Promise<readonly UpdateOutcome[]>;
  /** False, here and below: there is no such tenant. */
  pause(viewer: Viewer, id: string): Promise<boolean>;
  /** Changes nothing when the tenant is not paused. */
  resume(viewer: Viewer, id: string): Promise<boolean>;
  /** Tells of each tenant what came of it; of a filter, by id. */
  act(viewer: Viewer, action: TenantAction, selection: TenantSelection): Promise<readonly ActedTenant[]>;
  /** `purge` erases every row of the tenant. */
  remove(viewer: Viewer, id: string, options: Readonly<{ purge: boolean }>): Promise<boolean>;
}>;

/**
 * What is done with many tenants. `poll` makes them due at once: the daemon's next round asks for them. `snooze`
 * silences the reminders of all that is certain about them until then, and `release` lets the mail go that is held.
 */
export type TenantAction =
  | Readonly<{ kind: 'pause' | 'resume' | 'poll' | 'release' }>
  | Readonly<{ kind: 'snooze'; until: Instant }>;

/** Tenants by id, or all that a filter lets through at this moment. */
export type TenantSelection =
  | Readonly<{ kind: 'ids'; ids: readonly string[] }>
  | Readonly<{ kind: 'filter'; filter: TenantFilter }>;

/**
 * `unchanged`: it was so already, or is in a state in which the action means nothing. `changed` are the ids of the
 * incidents that were snoozed, or of the mails that were released.
 */
export type ActedTenant = Readonly<{
  id: string;
  outcome: 'done' | 'unchanged' | 'not_found';
  changed: readonly string[];
}>;

export type SettingsUpdate = Readonly<{ id: string; patch: Omit<TenantPatch, 'grant'> }>;

/**
 * A refresh token that is another tenant's: to present it for both may cost both their grants. It is not repeated here.
 */
type TakenToken = Omit<TakenValue<string>, 'value'>;

/** An external id that another tenant has. */
type TakenExternalId = Omit<TakenValue<Pick<Tenant, 'id' | 'name'>>, 'value'> & Readonly<{ externalId: string }>;

export type AddedTenants =
  /** In the same order. */
  | Readonly<{ ok: true; ids: readonly string[] }>
  | Readonly<{
      ok: false;
      taken: readonly TakenToken[];
      takenExternalIds: readonly TakenExternalId[];
      /** Which of them name an application that is not there. */
      unknownApplications: readonly Readonly<{ index: number; application: string }>[];
    }>;

/** Nothing is stored. */
export type ApplicationProblem =
  | Readonly<{ outcome: 'unknown_application'; application: string }>
  /** A grant belongs to the application that it was given to: with another one, a new grant has to be given. */
  | Readonly<{ outcome: 'grant_of_another_application' }>;

/**
 * Nothing is stored: the refresh token is another tenant's (`holder`, which the operator alone is told), is of another
 * account than the tenant's (`holder`: the tenant that is that account; null when none is, or the viewer may not see
 * it), or is refused.
 */
export type TokenProblem =
  | Readonly<{ outcome: 'token_taken'; holder: string | null }>
  | Readonly<{ outcome: 'token_of_another_account'; holder: string | null }>
  | Readonly<{ outcome: 'token_refused'; detail: string }>;

/** Nothing is stored: another tenant has the external id. `holder` is null where the viewer may not see that one. */
export type ExternalIdProblem = Readonly<{
  outcome: 'external_id_taken';
  externalId: string;
  holder: NamedTenant | null;
}>;

export type AddTriedOptions = Readonly<{ isOneOfMany?: boolean }>;

/**
 * `untried`: why nothing is known of the new token; null when it works. `timezone` is the one that was given or else
 * the account's; null when neither is known. `sameAccountAs`: the tenant by which this account is watched already, as
 * far as the token may tell; both are watched now.
 */
export type TriedTenant =
  | Readonly<{
      outcome: 'added';
      id: string;
      untried: string | null;
      timezone: string | null;
      sameAccountAs: string | null;
    }>
  | TokenProblem
  | ExternalIdProblem
  | ApplicationProblem;

export type UpdateOutcome =
  /** `untried` is null without a new grant, too. */
  | Readonly<{ outcome: 'updated'; untried: string | null }>
  | Readonly<{ outcome: 'not_found' }>
  | TokenProblem
  | ExternalIdProblem
  | ApplicationProblem;
