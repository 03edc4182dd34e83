import type { Change } from './change.ts';
import type { Connection, Snapshot } from './connection.ts';
import type { FeedEvent } from './event.ts';
import type { GivenGrant } from './grant.ts';
import type { Incident } from './incident.ts';
import { isAboutIncident, isWaiting, type OperatorNotification, type TenantNotification } from './notification.ts';
import type { Poll } from './poll.ts';
import type { Rest } from './rest.ts';
import { type Contact, type FormerContact, isUnnamed, type Tenant } from './tenant.ts';
import type { Instant } from './time.ts';

/** All that is remembered of one tenant and matters for the next decision. */
export type TenantRecord = Readonly<{
  tenant: Tenant;
  contacts: readonly Contact[];
  formerContacts: readonly FormerContact[];
  /** All of its connections, removed ones included. */
  connections: readonly Connection[];
  /** The tenant's incidents and, below them, the notifications that `recordMembers` picks. */
  incidents: readonly Incident[];
  notifications: readonly TenantNotification[];
}>;

/** The tenant's name, or null while it goes by an address: of a contact, or of somebody who was one. */
export function givenNameOf({
  tenant: { name },
  contacts,
  formerContacts,
}: Pick<TenantRecord, 'tenant' | 'contacts' | 'formerContacts'>): string | null {
  const emails = [...contacts, ...formerContacts].map(({ email }) => email);
  return isUnnamed(name, emails) ? null : name;
}

/** The incident that is not closed; a null `connectionId` asks for the one about our access. */
export function openIncidentOf(
  connectionId: string | null,
  { incidents }: Pick<TenantRecord, 'incidents'>,
): Incident | null {
  return incidents.find((incident) => incident.connectionId === connectionId && incident.state !== 'closed') ?? null;
}

type Members = Pick<TenantRecord, 'incidents' | 'notifications'>;

/**
 * Of a tenant's incidents and mails those that matter for the next decision: incidents that are not closed, or that
 * waiting mail is about; mail that waits, and all mail about these incidents.
 */
export function recordMembers(all: Members): Members {
  const waiting = all.notifications.filter(isWaiting);
  const incidents = all.incidents.filter(
    ({ id, state }) => state !== 'closed' || waiting.some((mail) => isAboutIncident(mail, id)),
  );
  const notifications = all.notifications.filter(
    (mail) => isWaiting(mail) || incidents.some(({ id }) => isAboutIncident(mail, id)),
  );
  return { incidents, notifications };
}

/** What one poll, or one decision about mail, changes in a tenant's record: written in one transaction. */
export type TenantUpdate = Readonly<{
  tenantId: string;
  /** The row of the poll itself; null when the update comes from elsewhere. */
  poll: Poll | null;
  /** The tenant's rest after this; null: it has none, or this ends it. Whoever says nothing of it ends it. */
  rest: Rest | null;
  /** The tenant's new row, or null when it stays. */
  tenant: Tenant | null;
  /** New or changed, or put back on the tenant's list. */
  contacts: readonly Contact[];
  /** Taken off the tenant's list. */
  formerContacts: readonly FormerContact[];
  /** In place of the stored one, and of any that a refresh on its way would store; null when it stays. */
  grant: GivenGrant | null;
  /** Set when the tenant is removed: nothing shows or changes it from then on, and its tokens are erased. */
  removedAt: Instant | null;
  /** New or changed connections; their `period` is not stored from here. */
  connections: readonly Connection[];
  newSnapshots: readonly Snapshot[];
  /** Unchanged periods: `to` moves on and `polls` grows by one. */
  extendedSnapshots: readonly Readonly<{ id: string; to: Instant; speaksForMs: number }>[];
  changes: readonly Change[];
  /** New or changed. */
  incidents: readonly Incident[];
  /** New or changed. */
  notifications: readonly TenantNotification[];
  /** New. */
  operatorMail: readonly OperatorNotification[];
  /** Set when stored times lay in the future and were moved back; null as a rule. */
  clockCorrection: ClockCorrection | null;
  /** What other programs are told of the changes above; `domain/events/` writes it, and no decision does. */
  events: readonly FeedEvent[];
}>;

/** The corrected tenant, connections, incidents and mail are among the update's others. */
export type ClockCorrection = Readonly<{
  /** How far in the future the tenant's last poll lay. */
  aheadMs: number;
  /** Present periods with their new times, stored before they are extended. */
  snapshots: readonly Pick<Snapshot, 'id' | 'from' | 'to' | 'speaksForMs'>[];
}>;

export function noUpdate(tenantId: string): TenantUpdate {
  return {
    tenantId,
    poll: null,
    rest: null,
    tenant: null,
    contacts: [],
    formerContacts: [],
    grant: null,
    removedAt: null,
    connections: [],
    newSnapshots: [],
    extendedSnapshots: [],
    changes: [],
    incidents: [],
    notifications: [],
    operatorMail: [],
    clockCorrection: null,
    events: [],
  };
}
