import type { PollFailureKind } from './poll.ts';
import type { Instant } from './time.ts';

export const tenantStates = ['active', 'paused', 'unconnected', 'reauthorize', 'access_denied'] as const;
/** `access_denied` is polled as usual; `unconnected` and `reauthorize` only after a grant; `paused` not at all. */
export type TenantState = (typeof tenantStates)[number];

export function isPolled(state: TenantState): boolean {
  return state === 'active' || state === 'access_denied';
}

/** Constant Contact refuses to show us the account, so nothing is known of its connections. */
export function isAccessLost({ state }: Pick<Tenant, 'state'>): boolean {
  return state === 'reauthorize' || state === 'access_denied';
}

/**
 * Its access has never worked. Until it does, that is the operator's matter alone: a wrong token is no owner's doing.
 */
export function isBeforeFirstGoodPoll({ baselinedAt }: Pick<Tenant, 'baselinedAt'>): boolean {
  return baselinedAt === null;
}

/** The time zone of a tenant for which nobody has named one. */
export const UNKNOWN_TIMEZONE = 'UTC';

/** One Constant Contact account that has authorised Linkwatch. */
export type Tenant = Readonly<{
  id: string;
  /** The host's own id of it; no two tenants have the same. */
  externalId: string | null;
  name: string;
  state: TenantState;
  /** Constant Contact's own id of the account; null until somebody has connected it. No two tenants have the same. */
  accountId: string | null;
  /** IANA name, legacy aliases such as US/Eastern included: Constant Contact uses them. */
  timezone: string;
  /** BCP 47, the language of the tenant's mail. */
  locale: string;
  /** Its own cron expression, in its own time zone; null means the global schedule, in UTC. */
  schedule: string | null;
  createdAt: Instant;
  /** The first good poll, which created its connections. */
  baselinedAt: Instant | null;
  lastPolledAt: Instant | null;
  lastGoodPollAt: Instant | null;
  /** Null while it is not to be polled (`paused`, `unconnected`, `reauthorize`). */
  nextPollAt: Instant | null;
  /** The time between two polls as they are really planned. */
  intervalMs: number;
  /** The next poll settles a doubt, so it goes before those of others. */
  recheckWanted: boolean;
  /** The application whose key asks for the tenant, and whose its tokens are; null: that of the configuration. */
  applicationId: string | null;
  /** When the second witness was last asked about its connections' pages, whatever came of it. */
  pagesAskedAt: Instant | null;
  /** The next poll should ask the second witness, because what it says would settle a doubt. */
  pagesWanted: boolean;
  /** When Constant Contact was last asked which privileges the user has who gave the permission. */
  privilegesAskedAt: Instant | null;
  /** Set while polls fail; `since` is the first failed poll of the run. */
  failing: Readonly<{ kind: PollFailureKind; since: Instant }> | null;
  /** The tenant's own sender and links in its mail; null in each means as configured. */
  senderName: string | null;
  replyTo: string | null;
  reconnectUrl: string | null;
  /** Links to connect the account that were signed up to then are used up. */
  linksSpentAt: Instant | null;
  /** Since when no contact of the tenant can be reached: the operator knows, and gets its alerts. */
  unreachableSince: Instant | null;
}>;

/** The tenant whose planned poll is due at once; null where it is due already, or none is planned. */
export function dueBy(tenant: Tenant, now: Instant): Tenant | null {
  return tenant.nextPollAt !== null && tenant.nextPollAt > now ? { ...tenant, nextPollAt: now } : null;
}

/** The fields of a tenant whose access works again, or is to be tried: it is due at once. */
export function activeFrom(now: Instant): Pick<Tenant, 'state' | 'nextPollAt'> {
  return { state: 'active', nextPollAt: now };
}

/** A tenant that nobody has named goes by the address of a contact, which is no name to speak of. */
export function isUnnamed(name: string, emails: readonly string[]): boolean {
  return emails.some((email) => email.toLowerCase() === name.toLowerCase());
}

/** Whether a link that was signed at that moment can still connect the tenant. */
export function isLinkGood({ linksSpentAt }: Pick<Tenant, 'linksSpentAt'>, signedAt: Instant): boolean {
  return linksSpentAt === null || signedAt > linksSpentAt;
}

/**
 * Orders of a list of tenants; ids decide where two are alike. `longest_broken`: the tenant whose oldest certain
 * trouble began first, and those without any last. A tenant whose place changes between two pages may be on both, or on
 * neither.
 */
export const tenantOrders = ['id', 'worst', 'longest_broken', 'name'] as const;
export type TenantOrder = (typeof tenantOrders)[number];
/** Those of the fleet as it was. */
export const pastOrders = ['id', 'worst'] as const satisfies readonly TenantOrder[];
export type PastOrder = (typeof pastOrders)[number];

export const contactRoles = ['owner', 'cc'] as const;
export type ContactRole = (typeof contactRoles)[number];
export const contactStates = ['active', 'unsubscribed', 'not_mine', 'undeliverable'] as const;
/** Only an `active` contact gets mail; a `not_mine` contact said that the account is another person's. */
export type ContactState = (typeof contactStates)[number];

/** A person of the tenant who receives mail: an owner everything; a cc alerts, the last reminder and recoveries. */
export type Contact = Readonly<{
  id: string;
  tenantId: string;
  email: string;
  role: ContactRole;
  state: ContactState;
  /** Permanent refusals of the address itself (5.1.x) so far; the second makes it undeliverable. */
  refusals: number;
  /** BCP 47; null means the tenant's. */
  locale: string | null;
  wantsReminders: boolean;
  /** Incidents that this contact alone does not want to be reminded of. */
  snoozes: readonly Snooze[];
}>;

/** Taken off its tenant's list; mail that was sent to it still refers to it. */
export type FormerContact = Contact & Readonly<{ removedAt: Instant }>;

export type Snooze = Readonly<{ incidentId: string; until: Instant }>;
