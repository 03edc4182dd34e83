import { type Action, actionOf, type Condition, type Health, healths } from '../domain/condition.ts';
import type { Connection } from '../domain/connection.ts';
import { hasGap } from '../domain/connection.ts';
import type { Incident } from '../domain/incident.ts';
import type { Contact, Tenant } from '../domain/tenant.ts';
import type { Instant } from '../domain/time.ts';
import type { TenantOverview } from '../monitoring/ports.ts';

/** What an owner sees of the own account, and of nothing else. */
export type OwnerPage = Readonly<{
  tenant: Pick<Tenant, 'name' | 'timezone' | 'lastGoodPollAt'>;
  contact: Pick<Contact, 'email' | 'state'>;
  /** Worst first, removed ones last. */
  connections: readonly OwnerConnection[];
  /** Set while Linkwatch itself may not look. */
  accessProblem: Readonly<{ action: 'reauthorize' | 'privileges'; since: Instant | null }> | null;
}>;

export type OwnerConnection = Pick<Connection, 'network' | 'accountId' | 'displayName'> &
  Readonly<{
    health: Health;
    action: Action;
    conditions: readonly Condition[];
    /** Since when it is so; for `unobserved`, when it was last seen. Null when it never was. */
    since: Instant | null;
    /** One bad poll is only a suspicion, and no reason to ask somebody to do something. */
    isCertain: boolean;
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
  const accessProblem = accessProblemOf(tenant, incidents);
  return {
    tenant,
    contact,
    accessProblem,
    connections: connections
      .map((connection) => ownerConnection(connection, { incidents, isHidden: accessProblem !== null, now }))
      .toSorted((a, b) => healths.indexOf(a.health) - healths.indexOf(b.health)),
  };
}

function accessProblemOf(tenant: Tenant, incidents: readonly Incident[]): OwnerPage['accessProblem'] {
  if (tenant.state !== 'reauthorize' && tenant.state !== 'access_denied') return null;
  const since = incidents.find(({ connectionId }) => connectionId === null)?.openedAt ?? null;
  return { action: tenant.state === 'reauthorize' ? 'reauthorize' : 'privileges', since };
}

type Seen = Readonly<{ incidents: readonly Incident[]; isHidden: boolean; now: Instant }>;

function ownerConnection(connection: Connection, { incidents, isHidden, now }: Seen): OwnerConnection {
  const { network, accountId, displayName, period } = connection;
  const identity = { network, accountId, displayName };
  const isUnseen = period === null || isHidden || hasGap(period, now);
  if (isUnseen && period?.health !== 'removed') {
    return {
      ...identity,
      health: 'unobserved',
      action: 'none',
      conditions: [],
      since: period?.to ?? null,
      isCertain: true,
    };
  }
  const incident = incidents.find(({ connectionId }) => connectionId === connection.id);
  const isInTrouble = period.health === 'broken' || period.health === 'waiting';
  return {
    ...identity,
    health: period.health,
    action: actionOf(period.conditions),
    conditions: period.conditions,
    since: isInTrouble ? (incident?.openedAt ?? period.from) : period.from,
    isCertain: !isInTrouble || incident === undefined || incident.state !== 'suspected',
  };
}
