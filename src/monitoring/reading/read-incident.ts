import type { AuditEntry } from '../../domain/model/audit.ts';
import type { Snapshot } from '../../domain/model/connection.ts';
import type { Incident } from '../../domain/model/incident.ts';
import type { Notification } from '../../domain/model/notification.ts';
import type { TenantRecord } from '../../domain/model/tenant-record.ts';
import { type Instant, MINUTE_MS } from '../../domain/model/time.ts';
import type { Clock, IncidentEntry, Stores } from '../ports.ts';
import type { IncidentDetail, StoryMail } from '../views.ts';
import { incidentView } from './incident-view.ts';
import { mailView } from './read-mail.ts';

export type ReadIncidentPorts = Pick<Stores, 'mail' | 'records' | 'history' | 'audit'> & Readonly<{ clock: Clock }>;

type People = Pick<TenantRecord, 'contacts' | 'formerContacts'>;

/** Acts that one incident names at most. */
const MOST_ACTS = 500;

/** All that is remembered of an incident; null when its tenant has just been removed. */
export async function readIncident(
  { incident, ...entry }: IncidentEntry,
  { mail, records, history, audit, clock }: ReadIncidentPorts,
): Promise<IncidentDetail | null> {
  const { tenantId, openedAt, closedAt } = incident;
  const [record] = await records.read([tenantId]);
  if (record === undefined) return null;
  const mails = await Promise.all(entry.mail.map(({ id }) => mail.find(id)));
  const snapshots = await history.periods({ tenantId, from: openedAt, to: closedAt ?? clock.now() });
  const acts = await audit.list({ tenantId, from: openedAt, ...until(closedAt), cursor: null, limit: MOST_ACTS });
  return {
    ...incidentView({ incident, ...entry }),
    timezone: record.tenant.timezone,
    mail: mails.filter((each) => each !== null).map((each) => storyMail(each, record)),
    polls: pollsAbout(incident, snapshots),
    acts: acts.items
      .filter((act) => concernsIncident(act, incident))
      .map(({ at, action, actor }) => ({ at, action, by: { kind: actor.kind, email: emailOf(actor, record) } }))
      .toReversed(),
  };
}

/** The audit is written a moment after what it tells. */
function until(closedAt: Instant | null): Readonly<{ to?: Instant }> {
  return closedAt === null ? {} : { to: closedAt + MINUTE_MS };
}

/** What a contact does on its page is about all of the tenant's incidents of that time. */
function concernsIncident({ action, subjects }: AuditEntry, { id }: Incident): boolean {
  return subjects.includes(id) || action.startsWith('contact.');
}

function emailOf({ id }: AuditEntry['actor'], { contacts, formerContacts }: People): string | null {
  return [...contacts, ...formerContacts].find((contact) => contact.id === id)?.email ?? null;
}

export function storyMail(mail: Notification, people: People): StoryMail {
  return { ...mailView(mail), reader: readerOf(mail, people) };
}

function readerOf(mail: Notification, { contacts, formerContacts }: People): StoryMail['reader'] {
  if (mail.tenantId === null || mail.contactId === null) return 'operator';
  return [...contacts, ...formerContacts].find(({ id }) => id === mail.contactId)?.role ?? 'unknown';
}

function pollsAbout({ connectionId, openedAt }: Incident, snapshots: readonly Snapshot[]): IncidentDetail['polls'] {
  return snapshots
    .filter((snapshot) => snapshot.connectionId === connectionId && snapshot.to >= openedAt)
    .map(({ from, to, health, conditions, polls }) => ({ from, to, health, conditions, polls }));
}
