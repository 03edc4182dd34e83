import type { Incident } from '../model/incident.ts';
import { isAboutIncident, type PendingNotification, type TenantNotification } from '../model/notification.ts';
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
 * contact hears of the new break, or the new break ends before, and then the repair is still to be told. A contact who
 * has heard of later trouble that is not over, of an account that keeps breaking for one, is thanked when that is over.
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
      !notOver(incident, record).some((another) => hasHeardOf(another, mail, record)),
  );
  const isBroken = repaired.some(({ incident }) => brokenAgain(incident, record).length > 0);
  if (isBroken) return postpone('broken_again', now + settings.recheckAfterMs);
  return sendAbout(repaired, mail);
}

/** An alert about the incident may have reached the mail's contact. */
function hasHeardOf(incident: Incident, { contactId }: TenantNotification, { notifications }: TenantRecord): boolean {
  return mailThatAlerted(incident, notifications).some((alert) => alert.contactId === contactId);
}

/**
 * A later break of the connection is over as well, and the contact has been thanked for that while this mail was held.
 */
function isThankedSince(
  { connectionId, closedAt }: Incident,
  { contactId }: PendingNotification,
  { incidents, notifications }: TenantRecord,
): boolean {
  if (closedAt === null) return false;
  const later = incidents.filter((other) => other.connectionId === connectionId && other.openedAt >= closedAt);
  const thanks = notifications.filter(
    (other) => other.kind === 'recovered' && other.state === 'sent' && other.contactId === contactId,
  );
  return later.some(({ id }) => thanks.some((mail) => isAboutIncident(mail, id)));
}

function isRemoved({ connectionId }: Incident, { connections }: TenantRecord): boolean {
  return connections.some(({ id, removedAt }) => id === connectionId && removedAt !== null);
}

/** Later trouble of the connection, suspended by a good poll or not. */
function notOver({ id, connectionId }: Incident, { incidents }: TenantRecord): readonly Incident[] {
  return incidents.filter(
    (other) => other.id !== id && other.connectionId === connectionId && other.state !== 'closed',
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
