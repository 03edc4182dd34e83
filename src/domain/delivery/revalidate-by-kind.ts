import { type Incident, lastAlertStep } from '../model/incident.ts';
import { isFlapping } from '../model/incident-table.ts';
import type { PendingNotification } from '../model/notification.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import { isSameStep } from '../model/topic.ts';
import { decideMail } from '../notification/alert-policy.ts';
import { mailThatAlerted } from '../notification/recipients.ts';
import {
  type About,
  type DeliveryContext,
  type DeliveryDecision,
  postpone,
  topicsWithIncidents,
} from './delivery-decision.ts';

/** Sends an alert about the problems that are still certain. */
export function revalidateAlert(
  mail: PendingNotification,
  record: TenantRecord,
  { now, settings }: DeliveryContext,
): DeliveryDecision {
  const about = topicsWithIncidents(mail, record);
  const certain = latestOfEach(about.filter((item) => isStillToTell(item, settings)));
  const [first] = certain;
  const isSuspended = about.some(({ incident }) => incident.state === 'recovering' && !isFlapping(incident));
  // A mail that may have been read is repeated as a whole, or later: a topic left out now would be told twice.
  if (first !== undefined && !(isSuspended && mail.outcomeUnknown)) {
    // The action is read anew: the problem may have got worse, or easier, since the mail was planned.
    const topics = certain.map(({ topic, incident: { confirmation } }) => ({
      ...topic,
      action: confirmation.certainAction ?? topic.action,
    }));
    const decision = decideMail(first.incident, settings);
    return { kind: 'send', reason: decision.kind === 'alert' ? decision.reason : mail.reason, topics };
  }
  // A mail that a hold let go is sent now or not at all; another break is another alert.
  if (isSuspended && mail.requirePollAfter === null) {
    return postpone('suspended_by_good_poll', now + settings.recheckAfterMs);
  }
  return { kind: 'cancel', reason: 'no_longer_true' };
}

/** The step is the alert that is due, or the one that another contact of the tenant got already. */
function isStillToTell({ topic, incident }: About, settings: AlertSettings): boolean {
  if (incident.state !== 'open' || isFlapping(incident)) return false;
  if (isSameStep(topic.step, lastAlertStep(incident))) return true;
  const decision = decideMail(incident, settings);
  return decision.kind === 'alert' && isSameStep(decision.topic.step, topic.step);
}

/** A contact who missed an alert and then a worse one gets the worse one alone. */
function latestOfEach(about: readonly About[]): readonly About[] {
  return [...new Map(about.map((item) => [item.incident.id, item])).values()];
}

/** Once a connection holds still, its health is told, and no longer that it flapped. */
export function revalidateFlapping(mail: PendingNotification, record: TenantRecord): DeliveryDecision {
  const flapping = topicsWithIncidents(mail, record).filter(
    ({ incident }) => isFlapping(incident) && incident.state !== 'closed',
  );
  return sendAbout(flapping, mail);
}

/** An account that is back, or that another account of its network has replaced, is not missing. */
export function revalidateRemoved(mail: PendingNotification, record: TenantRecord): DeliveryDecision {
  const gone = topicsWithIncidents(mail, record).filter(({ incident }) => isStillGone(incident, record));
  return sendAbout(gone, mail);
}

function isStillGone({ connectionId, openedAt }: Incident, { connections }: TenantRecord): boolean {
  const gone = connections.find(({ id }) => id === connectionId);
  if (gone === undefined || gone.removedAt === null) return false;
  return !connections.some(
    ({ network, firstSeenAt, period }) =>
      network === gone.network && firstSeenAt > openedAt && period !== null && period.health === 'healthy',
  );
}

/** Thanks go only to contacts whom an alert may have reached, and only for what has not broken again since. */
export function revalidateRecovery(mail: PendingNotification, record: TenantRecord): DeliveryDecision {
  const alerted = topicsWithIncidents(mail, record).filter(({ incident }) =>
    mailThatAlerted(incident, record.notifications).some(({ contactId }) => contactId === mail.contactId),
  );
  if (alerted.length === 0) return { kind: 'cancel', reason: 'told_nobody' };
  return sendAbout(
    alerted.filter(({ incident }) => !isBrokenAgain(incident, record)),
    mail,
  );
}

function sendAbout(about: readonly About[], { reason }: PendingNotification): DeliveryDecision {
  if (about.length === 0) return { kind: 'cancel', reason: 'no_longer_true' };
  return { kind: 'send', reason, topics: about.map(({ topic }) => topic) };
}

function isBrokenAgain({ connectionId }: Incident, { incidents }: TenantRecord): boolean {
  return incidents.some((other) => other.connectionId === connectionId && other.state === 'open');
}
