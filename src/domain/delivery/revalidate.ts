import { actionToAskFor, type Incident, isOperatorsMatter, lastAlertStep, nextAlertStep } from '../model/incident.ts';
import { isActionInDoubt, isFlapping } from '../model/incident-table.ts';
import {
  isAbout,
  isWaiting,
  mayBeKeptBack,
  type PendingNotification,
  type TenantNotification,
} from '../model/notification.ts';
import { layerOf } from '../model/poll.ts';
import type { AlertSettings } from '../model/settings.ts';
import { isLinkGood, type Tenant } from '../model/tenant.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import { isSameStep } from '../model/topic.ts';
import { decideMail } from '../notification/alert-policy.ts';
import { whyNotReminded } from '../notification/recipients.ts';
import { nextAllowedTime } from '../notification/reminder-time.ts';
import { isRecentlyObserved, isSnoozed, reminderStepAt } from '../notification/reminders.ts';
import {
  type About,
  type DeliveryContext,
  type DeliveryDecision,
  postpone,
  sendAbout,
  topicsWithIncidents,
} from './delivery-decision.ts';
import { isHeldAsRestored, withoutHeld } from './leave-out-held.ts';
import { revalidateRecovery } from './revalidate-recovery.ts';

/** Decides again whether a due mail is sent: its tenant's record may have changed since the mail was written. */
export function revalidate(
  mail: PendingNotification,
  record: TenantRecord,
  context: DeliveryContext,
): DeliveryDecision {
  const { now, settings } = context;
  if (!hasRecipient(mail, record)) return { kind: 'cancel', reason: 'recipient_gone' };
  if (isAboutOperatorsMatter(mail, record)) return { kind: 'cancel', reason: 'before_first_good_poll' };
  if (record.tenant.state === 'paused') return postpone('tenant_paused', now + settings.recheckAfterMs);
  if (isHeldByCommand(mail, context)) return { kind: 'hold', reason: 'held_by_command' };
  if (!isFreshEnough(mail, record)) return postpone('awaiting_fresh_poll', now + settings.recheckAfterMs);
  if (isHeldAsRestored(mail, record, context)) return { kind: 'hold', reason: 'held_restored' };
  const decision = withoutHeld(decideByKind(mail, record, context), { mail, record }, context);
  const isBraked = decision.kind === 'send' && context.isBraked && mayBeKeptBack(mail);
  return isBraked ? { kind: 'hold', reason: 'held_brake' } : decision;
}

function decideByKind(mail: PendingNotification, record: TenantRecord, context: DeliveryContext): DeliveryDecision {
  switch (mail.kind) {
    case 'recovered':
      return revalidateRecovery(mail, record, context);
    case 'reminder':
      return revalidateReminder(mail, record, context);
    case 'flapping':
      return revalidateFlapping(mail, record);
    case 'removed':
      return revalidateRemoved(mail, record);
    case 'invitation':
      return revalidateInvitation(mail, record);
    default:
      return revalidateAlert(mail, record, context);
  }
}

/** A mail without a contact goes to the operator, because no contact of the tenant can be reached. */
function hasRecipient({ contactId }: TenantNotification, { contacts }: TenantRecord): boolean {
  return contactId === null || contacts.some(({ id, state }) => id === contactId && state === 'active');
}

/** Written by a version of Linkwatch that told owners of the operator's mistake. */
function isAboutOperatorsMatter(mail: PendingNotification, record: TenantRecord): boolean {
  return topicsWithIncidents(mail, record).some(({ incident }) => isOperatorsMatter(incident, record.tenant));
}

function isHeldByCommand(mail: PendingNotification, { holds }: DeliveryContext): boolean {
  return mayBeKeptBack(mail) && holds.some(({ cause }) => cause.kind === 'command');
}

/**
 * A mail that a hold kept back for hours is sent only after another poll. About our access a refusal is as good as an
 * answer, and a tenant whose grant was refused is not polled at all.
 */
function isFreshEnough(mail: TenantNotification, record: TenantRecord): boolean {
  const { requirePollAfter } = mail;
  if (requirePollAfter === null) return true;
  const { state, failing, lastPolledAt, lastGoodPollAt } = record.tenant;
  const isAboutAccess = topicsWithIncidents(mail, record).some(({ incident }) => incident.connectionId === null);
  if (isAboutAccess && state === 'reauthorize') return true;
  const isRefused = failing !== null && layerOf(failing.kind) === 'access';
  const lookedAt = isAboutAccess && isRefused ? lastPolledAt : lastGoodPollAt;
  return lookedAt !== null && lookedAt >= requirePollAfter;
}

/** An account that somebody has connected since needs no link any more. */
function revalidateInvitation({ createdAt }: PendingNotification, { tenant }: TenantRecord): DeliveryDecision {
  if (!isLinkGood(tenant, createdAt)) return { kind: 'cancel', reason: 'no_longer_true' };
  return { kind: 'send', reason: 'invited', topics: [] };
}

function revalidateReminder(
  mail: PendingNotification,
  record: TenantRecord,
  { now, settings }: DeliveryContext,
): DeliveryDecision {
  const contact = record.contacts.find(({ id }) => id === mail.contactId);
  if (contact === undefined) return { kind: 'cancel', reason: 'recipient_gone' };
  // A later slot, or a newer alert, has overtaken the other reminders: they become one.
  const about = topicsWithIncidents(mail, record).filter(({ topic, incident }) =>
    isSameStep(topic.step, reminderStepAt(incident, now, settings)),
  );
  const broken = about.filter(({ incident }) => incident.state === 'open' && incident.action !== 'wait');
  if (broken.length > 0 && !contact.wantsReminders) return { kind: 'cancel', reason: 'reminders_off' };
  const awake = broken.filter(
    ({ incident }) => !isSnoozed(incident, now) && whyNotReminded(contact, incident, now) === null,
  );
  if (awake.length === 0) return { kind: 'cancel', reason: broken.length > 0 ? 'snoozed' : 'no_longer_true' };
  const notOvertaken = awake.filter(({ incident }) => !laterAlerts(incident, mail, record).some(isWaiting));
  if (notOvertaken.length === 0) return postpone('overtaken', now + settings.recheckAfterMs);
  const observed = notOvertaken.filter(({ incident }) => isRecentlyObserved(incident, record, now));
  if (observed.length === 0) return postpone('awaiting_fresh_poll', now + settings.recheckAfterMs);
  const allowedAt = nextAllowedTime(now, settings.reminderHours, record.tenant.timezone);
  if (allowedAt > now) return postpone('outside_reminder_hours', allowedAt);
  const topics = observed.map(({ topic, incident }) => ({ ...topic, action: incident.action }));
  return { kind: 'send', reason: mail.reason, topics };
}

/** Sends an alert about the problems that are still certain. */
function revalidateAlert(
  mail: PendingNotification,
  record: TenantRecord,
  { now, settings }: DeliveryContext,
): DeliveryDecision {
  const about = topicsWithIncidents(mail, record);
  const certain = latestOfEach(
    about.filter((item) => isStillToTell(item, record.tenant, settings) && isProvenAnew(item, mail, record)),
  );
  const [first] = certain;
  if (certain.some((item) => isUnlisted(item, mail, record))) {
    return postpone('awaiting_fresh_poll', now + settings.recheckAfterMs);
  }
  if (certain.length > 0 && certain.every((item) => isOvertaken(item, mail, record))) {
    return postpone('overtaken', now + settings.recheckAfterMs);
  }
  const isSuspended = about.some(({ incident }) => incident.state === 'recovering' && !isFlapping(incident));
  // A mail that may have been read is repeated as a whole, or later: a topic left out now would be told twice.
  if (first !== undefined && !(isSuspended && mail.outcomeUnknown)) {
    // The action is read anew: the problem may have got worse, or easier, since the mail was planned.
    const topics = certain.map(({ topic, incident }) => ({ ...topic, action: actionToAskFor(incident) }));
    const decision = decideMail(first.incident, record.tenant, settings);
    return { kind: 'send', reason: decision.kind === 'alert' ? decision.reason : mail.reason, topics };
  }
  // A mail that a hold let go is sent now or not at all; another break is another alert.
  if (isSuspended && mail.requirePollAfter === null) {
    return postpone('suspended_by_good_poll', now + settings.recheckAfterMs);
  }
  return { kind: 'cancel', reason: 'no_longer_true' };
}

/** The step is the alert that is due, or the one that another contact of the tenant got already. */
function isStillToTell({ topic, incident }: About, tenant: Tenant, settings: AlertSettings): boolean {
  if (incident.state !== 'open' || isFlapping(incident)) return false;
  if (isSameStep(topic.step, lastAlertStep(incident))) return true;
  const decision = decideMail(incident, tenant, settings);
  return decision.kind === 'alert' && isSameStep(decision.topic.step, topic.step);
}

/** A hold has let the mail go, and the fresh poll did not list the account: another one tells whether it is gone. */
function isUnlisted({ incident }: About, { requirePollAfter }: PendingNotification, record: TenantRecord): boolean {
  if (requirePollAfter === null) return false;
  return record.connections.some(({ id, absentPolls }) => id === incident.connectionId && absentPolls > 0);
}

/** After a hold, only what the fresh poll shows is still true; the polls after it write what is certain then. */
function isProvenAnew(
  { incident }: About,
  { requirePollAfter }: PendingNotification,
  { tenant }: TenantRecord,
): boolean {
  return requirePollAfter === null || !isActionInDoubt(incident, tenant);
}

/** Another mail to the contact waits with a further alert, after which the earlier one is no longer true. */
function isOvertaken({ topic, incident }: About, mail: PendingNotification, record: TenantRecord): boolean {
  if (!isSameStep(topic.step, lastAlertStep(incident))) return false;
  return laterAlerts(incident, mail, record).some(({ state }) => state === 'pending');
}

/** The other mails to the contact with the alert that follows the latest one that was sent. */
function laterAlerts(
  incident: Incident,
  { id, contactId }: PendingNotification,
  { notifications }: TenantRecord,
): readonly TenantNotification[] {
  return notifications.filter(
    (other) => other.id !== id && other.contactId === contactId && isAbout(other, incident.id, nextAlertStep(incident)),
  );
}

/** A contact who missed an alert and then a worse one gets the worse one alone. */
function latestOfEach(about: readonly About[]): readonly About[] {
  return [...new Map(about.map((item) => [item.incident.id, item])).values()];
}

/** Once a connection holds still, its health is told, and no longer that it flapped. */
function revalidateFlapping(mail: PendingNotification, record: TenantRecord): DeliveryDecision {
  const flapping = topicsWithIncidents(mail, record).filter(
    ({ incident }) => isFlapping(incident) && incident.state !== 'closed',
  );
  return sendAbout(flapping, mail);
}

/** An account that is back, or that another account of its network has replaced, is not missing. */
function revalidateRemoved(mail: PendingNotification, record: TenantRecord): DeliveryDecision {
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
