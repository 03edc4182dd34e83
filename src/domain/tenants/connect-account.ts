import type { Account } from '../model/account.ts';
import { LASTING_SCOPE, LOOKING_SCOPE, type NewGrant, type Permission } from '../model/grant.ts';
import { activeFrom, type Tenant, UNKNOWN_TIMEZONE } from '../model/tenant.ts';
import { givenNameOf, noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import { isSameAddress } from './contact-list.ts';

/** Without these nothing can be watched: to look at social connections, and to go on doing so. */
const neededScopes = [LOOKING_SCOPE, LASTING_SCOPE] as const;

/** The scopes that were not granted and are needed; none when the permission will do. */
export function missingScopes({ scopes, refreshToken }: Permission): readonly string[] {
  return neededScopes.filter((scope) => !scopes.includes(scope) || (scope === LASTING_SCOPE && refreshToken === null));
}

/** The name, the address and the time zone of an account are read with this scope. */
export function mayReadAccount({ scopes }: Permission): boolean {
  return scopes.includes('account_read');
}

export type Connecting = Readonly<{
  /** The account that somebody has signed in to. */
  account: Account;
  /** The tenant that was to be connected; null: whichever it turns out to be. */
  target: TenantRecord | null;
  /** The tenant that is known to be this account. */
  known: TenantRecord | null;
  /** Tenants that may be this account, because they look like it and nobody can tell. */
  similar: readonly TenantRecord[];
}>;

export type ConnectDecision =
  /** A tenant that does not exist yet. */
  | Readonly<{ kind: 'add' }>
  | (Taker & Readonly<{ kind: 'update' }>)
  /** It is not certain that the person meant this account; `expected` is the tenant that was meant. */
  | (Taker & Readonly<{ kind: 'ask'; expected: TenantRecord }>);

/** The tenant that takes the grant, and its account as it was known for the decision. */
type Taker = Readonly<{ tenantId: string; accountId: string | null }>;

/**
 * Which tenant an account belongs to. An account that is known stays its tenant's, whoever signed in to it and by which
 * link; an account that cannot be told from the one that was expected is taken for it.
 */
export function decideAccount({ account, target, known, similar }: Connecting): ConnectDecision {
  if (target !== null) {
    if (known !== null && known.tenant.id !== target.tenant.id) {
      return { kind: 'ask', ...takerOf(known), expected: target };
    }
    return known !== null || isExpected(account, target)
      ? { kind: 'update', ...takerOf(target) }
      : { kind: 'ask', ...takerOf(target), expected: target };
  }
  if (known !== null) return { kind: 'update', ...takerOf(known) };
  const [first] = similar;
  if (first === undefined) return { kind: 'add' };
  // Somebody was invited to connect this account, or its grant is lost and cannot tell any more whose it is.
  const same = similar.find((one) => one.tenant.state === 'unconnected' || isAlikeInAll(account, one));
  if (same !== undefined) return { kind: 'update', ...takerOf(same) };
  return { kind: 'ask', ...takerOf(first), expected: first };
}

function takerOf({ tenant: { id, accountId } }: TenantRecord): Taker {
  return { tenantId: id, accountId };
}

/**
 * Whether the account is the tenant's: by its id, or else by its name or an address, as far as either side says them.
 */
function isExpected(account: Account, { tenant, contacts }: TenantRecord): boolean {
  if (tenant.accountId !== null) return account.accountId === tenant.accountId;
  if (account.name === null && account.contactEmail === null) return true;
  return (
    isSameName(account.name, tenant.name) || contacts.some(({ email }) => isSameAddress(email, account.contactEmail))
  );
}

function isAlikeInAll(account: Account, { tenant, contacts }: TenantRecord): boolean {
  return (
    isSameName(account.name, tenant.name) && contacts.some(({ email }) => isSameAddress(email, account.contactEmail))
  );
}

function isSameName(a: string | null, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

/**
 * Writes down which account a tenant is, as its own grant says. A tenant of which that is known by now, or whose
 * account another tenant has (`known`), stays as it is.
 */
export function decideLearned({ tenant }: TenantRecord, accountId: string, known: string | null): TenantUpdate {
  const isLearned = tenant.accountId === null && known === null;
  return isLearned ? { ...noUpdate(tenant.id), tenant: { ...tenant, accountId } } : noUpdate(tenant.id);
}

/**
 * Writes down which account a new tenant is, as its grant says (`account`), and the account's time zone where the
 * tenant was given none (`isZoneGiven`). `known`: the tenant by which the account is watched already.
 */
export function decideFirstLearned(
  record: TenantRecord,
  {
    account: { accountId, timezone },
    known,
    isZoneGiven,
  }: Readonly<{ account: Pick<Account, 'accountId' | 'timezone'>; known: string | null; isZoneGiven: boolean }>,
): TenantUpdate {
  const { tenant } = record;
  const learned = accountId === null ? noUpdate(tenant.id) : decideLearned(record, accountId, known);
  if (isZoneGiven || timezone === null) return learned;
  return { ...learned, tenant: { ...(learned.tenant ?? tenant), timezone } };
}

/**
 * Whose account a new token is, of which it is known (`given`): the tenant's `own`, or nothing says otherwise;
 * `instead` of it, where no poll by the tenant's first token was ever good; or an `other` one, by which the tenant's
 * people would get mail about somebody else's connections.
 */
export function accountOfNewToken(
  { accountId, lastGoodPollAt }: Pick<Tenant, 'accountId' | 'lastGoodPollAt'>,
  given: string,
): 'own' | 'instead' | 'other' {
  if (accountId === null || given === accountId) return 'own';
  return lastGoodPollAt === null ? 'instead' : 'other';
}

export type Connected = Readonly<{
  account: Account;
  grant: NewGrant;
  /** The application that the grant belongs to, and that the tenant is asked for by from now on. */
  applicationId: string | null;
  /** When the link was signed by which the person came; null without one. */
  linkSignedAt: Instant | null;
  now: Instant;
}>;

/**
 * Gives the tenant its new grant, and the account's id. A tenant that nobody had connected takes the account's name and
 * time zone, where nobody has set them. Every link that was sent until now is used up.
 */
export function decideConnected(record: TenantRecord, connected: Connected): TenantUpdate {
  const { tenant } = record;
  const { account, grant, applicationId, linkSignedAt, now } = connected;
  const isFirst = tenant.state === 'unconnected';
  return {
    ...noUpdate(tenant.id),
    grant,
    tenant: {
      ...tenant,
      applicationId,
      accountId: account.accountId ?? tenant.accountId,
      name: isFirst && givenNameOf(record) === null ? (account.name ?? tenant.name) : tenant.name,
      timezone:
        isFirst && tenant.timezone === UNKNOWN_TIMEZONE ? (account.timezone ?? tenant.timezone) : tenant.timezone,
      // The clock of the process that signed the link may be ahead of ours.
      linksSpentAt: Math.max(now, linkSignedAt ?? now),
      ...pollingFrom(tenant, now),
    },
  };
}

/** A paused tenant stays so, and is polled when it is resumed. */
function pollingFrom({ state }: Tenant, now: Instant): Partial<Tenant> {
  return state === 'paused' ? {} : activeFrom(now);
}
