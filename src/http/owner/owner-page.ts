import { type Action, actionOf, type Condition, type Health, healths } from '../../domain/model/condition.ts';
import type { Connection } from '../../domain/model/connection.ts';
import { hasGap } from '../../domain/model/connection.ts';
import type { Incident } from '../../domain/model/incident.ts';
import type { Contact, Tenant } from '../../domain/model/tenant.ts';
import type { Instant } from '../../domain/model/time.ts';
import { troublesOf } from '../../domain/owner/contact-request.ts';
import type { TenantOverview } from '../../monitoring/ports.ts';

/** What an owner sees of the own account, and of nothing else. */
export type OwnerPage = Readonly<{
  now: Instant;
  tenant: Pick<
    Tenant,
    'name' | 'timezone' | 'locale' | 'state' | 'baselinedAt' | 'lastGoodPollAt' | 'reconnectUrl' | 'replyTo'
  >;
  contact: Pick<Contact, 'email' | 'role' | 'state' | 'locale' | 'wantsReminders'>;
  /** Worst first, removed ones last. */
  connections: readonly OwnerConnection[];
  /** Set while Linkwatch itself may not look. */
  accessProblem: Readonly<{
    action: 'reauthorize' | 'privileges';
    since: Instant | null;
    snoozedUntil: Instant | null;
  }> | null;
  /** Whether there is anything to be reminded of, and whether some of it is silenced for this contact. */
  reminders: 'none' | 'awake' | 'snoozed';
}>;

export type OwnerConnection = Pick<Connection, 'network' | 'accountId' | 'displayName'> &
  Readonly<{
    health: Health;
    action: Action;
    conditions: readonly Condition[];
    /** Since when it is so; for `unobserved`, when it was last seen. Null when it never was. */
    since: Instant | null;
    /** `suspected`: one bad poll, which is no reason to ask somebody to do something. `recovering`: one good one. */
    doubt: 'suspected' | 'recovering' | null;
    /** It was broken when monitoring began, and may have been so for longer. */
    foundAtBaseline: boolean;
    /** Until when this contact is not reminded of it. */
    snoozedUntil: Instant | null;
  }>;

export type OwnerPageSource = Readonly<{
  overview: TenantOverview;
  /** The tenant's incidents that are not closed. */
  incidents: readonly Incident[];
  contactId: string;
  now: Instant;
}>;

/** The page of one contact; null when the tenant has no such contact any more. */
export function ownerPageOf({ overview, incidents, contactId, now }: OwnerPageSource): OwnerPage | null {
  const { tenant, contacts, connections } = overview;
  const contact = contacts.find(({ id }) => id === contactId);
  if (contact === undefined) return null;
  const seen: Seen = { incidents, contact, now, isHidden: isAccessLost(tenant) };
  const troubles = troublesOf(incidents);
  const isSnoozed = troubles.some((incident) => snoozedUntil(incident, seen) !== null);
  return {
    now,
    tenant,
    contact,
    accessProblem: accessProblemOf(tenant, seen),
    connections: connections
      .map((connection) => ownerConnection(connection, seen))
      .toSorted((a, b) => healths.indexOf(a.health) - healths.indexOf(b.health)),
    reminders: troubles.length === 0 ? 'none' : isSnoozed ? 'snoozed' : 'awake',
  };
}

type Seen = Readonly<{ incidents: readonly Incident[]; contact: Contact; now: Instant; isHidden: boolean }>;

function isAccessLost({ state }: Tenant): boolean {
  return state === 'reauthorize' || state === 'access_denied';
}

function accessProblemOf(tenant: Tenant, seen: Seen): OwnerPage['accessProblem'] {
  if (!seen.isHidden) return null;
  const incident = seen.incidents.find(({ connectionId }) => connectionId === null);
  const action = tenant.state === 'reauthorize' ? 'reauthorize' : 'privileges';
  return { action, since: incident?.openedAt ?? null, snoozedUntil: snoozedUntil(incident, seen) };
}

/** An owner's snooze holds for all, a cc's for the cc. */
function snoozedUntil(incident: Incident | undefined, { contact, now }: Seen): Instant | null {
  if (incident === undefined) return null;
  const own = contact.snoozes.filter(({ incidentId }) => incidentId === incident.id).map(({ until }) => until);
  const latest = Math.max(incident.reminders.snoozedUntil ?? 0, ...own);
  return latest > now ? latest : null;
}

function ownerConnection(connection: Connection, seen: Seen): OwnerConnection {
  const { network, accountId, displayName, period } = connection;
  const identity = { network, accountId, displayName };
  const isUnseen = period === null || seen.isHidden || hasGap(period, seen.now);
  if (isUnseen && period?.health !== 'removed') {
    const since = period?.to ?? null;
    return { ...identity, ...unknown, health: 'unobserved', since };
  }
  const incident = seen.incidents.find(({ connectionId }) => connectionId === connection.id);
  const isInTrouble = period.health === 'broken' || period.health === 'waiting';
  return {
    ...identity,
    health: period.health,
    action: actionOf(period.conditions),
    conditions: period.conditions,
    since: isInTrouble ? (incident?.openedAt ?? period.from) : period.from,
    doubt: doubtOf(period.health, incident),
    foundAtBaseline: isInTrouble && incident?.foundAtBaseline === true,
    snoozedUntil: snoozedUntil(incident, seen),
  };
}

const unknown = { action: 'none', conditions: [], doubt: null, foundAtBaseline: false, snoozedUntil: null } as const;

function doubtOf(health: Health, incident: Incident | undefined): OwnerConnection['doubt'] {
  if (health === 'healthy') return incident?.state === 'recovering' ? 'recovering' : null;
  return incident?.state === 'suspected' ? 'suspected' : null;
}
