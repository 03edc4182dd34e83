import type { Incident } from '../model/incident.ts';
import {
  isAboutIncident,
  isWaiting,
  type PendingNotification,
  type TenantNotification,
} from '../model/notification.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import { mailThatAlerted } from '../notification/recipients.ts';
import {
  type DeliveryContext,
  type DeliveryDecision,
  postpone,
  sendAbout,
  topicsWithIncidents,
} from './delivery-decision.ts';

/**
 * Thanks go only to contacts whom an alert may have reached. While a connection is broken again they wait: either the
 * contact hears of the new break, or the new break ends before, and then the repair is still to be told. They also wait
 * while the end of later trouble, of which the contact has heard, is about to be told: one thanks is enough.
 */
export function revalidateRecovery(
  mail: PendingNotification,
  record: TenantRecord,
  { now, settings }: DeliveryContext,
): DeliveryDecision {
  const alerted = topicsWithIncidents(mail, record).filter(({ incident }) => hasHeardOf(incident, mail, record));
  if (alerted.length === 0) return { kind: 'cancel', reason: 'told_nobody' };
  const repaired = alerted.filter(
    ({ incident }) =>
      !isRemoved(incident, record) &&
      !isThankedSince(incident, mail, record) &&
      // The mail may thank for both: one sentence about a connection is enough.
      !laterTrouble(incident, record).some((other) => alerted.some((also) => also.incident.id === other.id)) &&
      !brokenAgain(incident, record).some((another) => hasHeardOf(another, mail, record)),
  );
  const isUnsettled = repaired.some(
    ({ incident }) => brokenAgain(incident, record).length > 0 || isThankedSoon(incident, mail, record),
  );
  if (isUnsettled) return postpone('broken_again', now + settings.recheckAfterMs);
  return sendAbout(repaired, mail);
}

/** An alert about the incident may have reached the mail's contact. */
function hasHeardOf(incident: Incident, { contactId }: TenantNotification, { notifications }: TenantRecord): boolean {
  return mailThatAlerted(incident, notifications).some((alert) => alert.contactId === contactId);
}

/**
 * A later break of the connection is over as well, and the contact has been thanked for that while this mail was held.
 */
function isThankedSince(incident: Incident, mail: PendingNotification, record: TenantRecord): boolean {
  return laterThanks(incident, mail, record).some(({ state }) => state === 'sent');
}

function isRemoved({ connectionId }: Incident, { connections }: TenantRecord): boolean {
  return connections.some(({ id, removedAt }) => id === connectionId && removedAt !== null);
}

/**
 * The contact has heard of later trouble of the connection, of one that keeps breaking for example, and that is about
 * to be over, or its own thanks wait.
 */
function isThankedSoon(incident: Incident, mail: PendingNotification, record: TenantRecord): boolean {
  const { id, connectionId } = incident;
  const suspended = record.incidents.filter(
    (other) => other.id !== id && other.connectionId === connectionId && other.state === 'recovering',
  );
  return (
    suspended.some((other) => hasHeardOf(other, mail, record)) || laterThanks(incident, mail, record).some(isWaiting)
  );
}

/** Other thanks to the contact, for later trouble of the connection. */
function laterThanks(
  incident: Incident,
  { id, contactId }: PendingNotification,
  record: TenantRecord,
): readonly TenantNotification[] {
  const later = laterTrouble(incident, record);
  return record.notifications.filter(
    (other) =>
      other.kind === 'recovered' &&
      other.id !== id &&
      other.contactId === contactId &&
      later.some((trouble) => isAboutIncident(other, trouble.id)),
  );
}

function laterTrouble({ id, connectionId, closedAt }: Incident, { incidents }: TenantRecord): readonly Incident[] {
  if (closedAt === null) return [];
  return incidents.filter(
    (other) => other.id !== id && other.connectionId === connectionId && other.openedAt >= closedAt,
  );
}

/**
 * Trouble of the connection of an incident that is over: certain, or about to be confirmed or dismissed by another
 * poll.
 */
function brokenAgain({ connectionId }: Incident, { incidents }: TenantRecord): readonly Incident[] {
  return incidents.filter(
    ({ state, action, ...other }) =>
      other.connectionId === connectionId && (state === 'open' || (state === 'suspected' && action !== 'wait')),
  );
}
