import { type ConnectionNow, connectionNow } from '../connection-now.ts';
import { type Health, healths, isInTrouble } from '../model/condition.ts';
import type { Connection } from '../model/connection.ts';
import type { Incident } from '../model/incident.ts';
import { type MissingPart, missingPartOf } from '../model/poll.ts';
import type { Contact, Tenant } from '../model/tenant.ts';
import { givenNameOf, openIncidentOf, type TenantRecord } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import { troublesOf } from './contact-request.ts';
import { accessActionOf, type Unconfirmed } from './summary.ts';

/** What an owner sees of the own account, and of nothing else. */
export type OwnerPage = Readonly<{
  now: Instant;
  tenant: Pick<
    Tenant,
    'timezone' | 'locale' | 'state' | 'baselinedAt' | 'lastGoodPollAt' | 'reconnectUrl' | 'replyTo' | 'senderName'
  > &
    Readonly<{
      /** Null where nobody has named the account. */
      name: string | null;
    }>;
  contact: Pick<Contact, 'email' | 'role' | 'state' | 'locale' | 'wantsReminders'>;
  /** Worst first, removed ones last. */
  connections: readonly OwnerConnection[];
  /** Set while Constant Contact refuses to show Linkwatch the account, which it once did. */
  accessProblem: Readonly<{
    action: 'reauthorize' | 'privileges';
    /** Null where the cause is not known. */
    missing: MissingPart | null;
    since: Instant | null;
    snoozedUntil: Instant | null;
  }> | null;
  /** Whether there is anything to be reminded of, and whether some of it is silenced for this contact. */
  reminders: 'none' | 'awake' | 'snoozed';
}>;

export type OwnerConnection = Pick<Connection, 'network' | 'accountId' | 'displayName'> &
  Pick<ConnectionNow, 'health' | 'action' | 'conditions' | 'pages' | 'observedAt'> &
  Readonly<{
    /**
     * Since when it is in trouble, unobserved or removed. Null for one that works: its period begins anew whenever we
     * could not look, which says nothing of the account.
     */
    since: Instant | null;
    unconfirmed: Unconfirmed;
    /** It was broken when monitoring began, and may have been so for longer. */
    foundAtBaseline: boolean;
    /** Until when this contact is not reminded of it. */
    snoozedUntil: Instant | null;
  }>;

/** The page of one contact; null when the tenant has no such contact any more. */
export function ownerPageOf(record: TenantRecord, contactId: string, now: Instant): OwnerPage | null {
  const { tenant, contacts, connections } = record;
  const contact = contacts.find(({ id }) => id === contactId);
  if (contact === undefined) return null;
  const reader: Reader = { record, contact, now };
  const troubles = troublesOf(record);
  const isSnoozed = troubles.some((incident) => snoozedUntil(incident, reader) !== null);
  return {
    now,
    tenant: { ...tenant, name: givenNameOf(record) },
    contact,
    accessProblem: accessProblemOf(reader),
    connections: connections
      .map((connection) => ownerConnection(connection, reader))
      .toSorted((a, b) => healths.indexOf(a.health) - healths.indexOf(b.health)),
    reminders: troubles.length === 0 ? 'none' : isSnoozed ? 'snoozed' : 'awake',
  };
}

type Reader = Readonly<{ record: TenantRecord; contact: Contact; now: Instant }>;

function accessProblemOf(reader: Reader): OwnerPage['accessProblem'] {
  const action = accessActionOf(reader.record);
  if (action === null) return null;
  const incident = openIncidentOf(null, reader.record);
  return {
    action,
    missing: missingPartOf(reader.record.tenant.failing?.kind),
    since: incident?.openedAt ?? null,
    snoozedUntil: snoozedUntil(incident, reader),
  };
}

/** An owner's snooze holds for all, a cc's for the cc. */
function snoozedUntil(incident: Incident | null, { contact, now }: Reader): Instant | null {
  if (incident === null) return null;
  const own = contact.snoozes.filter(({ incidentId }) => incidentId === incident.id).map(({ until }) => until);
  const latest = Math.max(incident.reminders.snoozedUntil ?? 0, ...own);
  return latest > now ? latest : null;
}

function ownerConnection(connection: Connection, reader: Reader): OwnerConnection {
  const { network, accountId, displayName } = connection;
  const { health, action, conditions, pages, since, observedAt } = connectionNow(connection, reader.record, reader.now);
  const incident = health === 'unobserved' ? null : openIncidentOf(connection.id, reader.record);
  return {
    network,
    accountId,
    displayName,
    health,
    action,
    conditions,
    pages,
    observedAt,
    since: health === 'healthy' ? null : since,
    unconfirmed: unconfirmedOf(health, incident),
    foundAtBaseline: isInTrouble(health) && incident?.foundAtBaseline === true,
    snoozedUntil: snoozedUntil(incident, reader),
  };
}

export function unconfirmedOf(health: Health, incident: Incident | null): Unconfirmed {
  if (health === 'healthy') return incident?.state === 'recovering' ? 'repair' : null;
  return incident?.state === 'suspected' ? 'break' : null;
}
