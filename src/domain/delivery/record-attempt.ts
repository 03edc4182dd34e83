import { type Incident, type LastAlert, nextAlertStep, withDecision, withReminders } from '../model/incident.ts';
import { isAlertKind } from '../model/mail-kind.ts';
import type { ComposedMail, DeliveryOutcome } from '../model/message-content.ts';
import type { AttemptedNotification, Notification, TenantNotification } from '../model/notification.ts';
import type { FailReason } from '../model/reasons.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { Contact, Tenant } from '../model/tenant.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import { HOUR_MS, type Instant, SECOND_MS } from '../model/time.ts';
import { isSameStep, type Topic } from '../model/topic.ts';
import { afterReminder, nextReminderAt } from '../notification/reminders.ts';
import { afterAddressRefused, type ContactLeftContext } from './contact-left.ts';
import { topicsWithIncidents } from './delivery-decision.ts';
import { retryDelayMs } from './retry-delay.ts';

/** A mail without an answer may have arrived, so the mail is repeated seldom. */
export const mailRetries = {
  deferred: { firstMs: 30 * SECOND_MS, longestMs: HOUR_MS },
  unknown: { firstMs: HOUR_MS, longestMs: 6 * HOUR_MS },
} as const;

export type Attempt = Readonly<{
  now: Instant;
  mail: Pick<ComposedMail, 'messageId' | 'subject'>;
  outcome: DeliveryOutcome;
  /** The outcome of an earlier attempt is not known. */
  mayHaveArrived: boolean;
  /** At least 0, below 1. */
  chance: number;
}>;

export type AttemptResult = Pick<
  Notification,
  'messageId' | 'subject' | 'leaseUntil' | 'outcomeUnknown' | 'response' | 'firstAttemptAt' | 'lastAttemptAt'
> &
  (
    | Readonly<{ state: 'sent'; sentAt: Instant }>
    | Readonly<{ state: 'failed'; reason: FailReason }>
    /** `dueAt` is when the next attempt may be made. */
    | Readonly<{ state: 'pending'; dueAt: Instant }>
  );

/** What an attempt changes in the notification. */
export function resultOfAttempt(
  { firstAttemptAt, attempts, createdAt }: Pick<Notification, 'firstAttemptAt' | 'attempts' | 'createdAt'>,
  { now, mail, outcome, mayHaveArrived, chance }: Attempt,
  { mailRetryForMs }: Pick<AlertSettings, 'mailRetryForMs'>,
): AttemptResult {
  const known = {
    messageId: mail.messageId,
    subject: mail.subject,
    leaseUntil: null,
    outcomeUnknown: outcome.outcome === 'unknown' || (mayHaveArrived && outcome.outcome !== 'accepted'),
    response: outcome.response,
    firstAttemptAt: firstAttemptAt ?? now,
    lastAttemptAt: now,
  };
  switch (outcome.outcome) {
    case 'accepted':
      return { ...known, state: 'sent', sentAt: now };
    case 'refused':
      return { ...known, state: 'failed', reason: outcome.isAddressBad ? 'address_refused' : 'refused' };
    case 'deferred':
    case 'unknown': {
      const retryAt = now + retryDelayMs(attempts, chance, mailRetries[outcome.outcome]);
      if (retryAt - createdAt > mailRetryForMs) return { ...known, state: 'failed', reason: 'gave_up' };
      return { ...known, state: 'pending', dueAt: retryAt };
    }
  }
}

export type AttemptContext = Omit<ContactLeftContext, 'response'> & Readonly<{ settings: AlertSettings }>;

/** What an attempt to deliver a tenant's mail changes: the mail, as it is `after`, its incidents and its contact. */
export function recordAttempt(
  record: TenantRecord,
  { after, outcome }: Readonly<{ after: AttemptedNotification; outcome: DeliveryOutcome }>,
  { settings, ...context }: AttemptContext,
): TenantUpdate {
  const incidents = topicsWithIncidents(after, record).map(({ incident, topic }) =>
    incidentAfter(incident, topic, { mail: after, tenant: record.tenant, settings }),
  );
  const { contacts, tenant, operatorMail } = recipientAfter(after, record, { ...context, outcome });
  return {
    ...noUpdate(record.tenant.id),
    tenant,
    notifications: [after],
    operatorMail,
    incidents: incidents.filter((incident) => !record.incidents.includes(incident)),
    contacts: [...contacts, ...wokenBy(after, incidents, record)],
  };
}

/** The incidents that their owner had not been told of before. */
export function firstTold({ incidents }: TenantRecord, update: TenantUpdate): readonly Incident[] {
  const untold = new Set(incidents.filter(({ alerting }) => alerting.lastAlert === null).map(({ id }) => id));
  return update.incidents.filter(({ id, alerting }) => untold.has(id) && alerting.lastAlert !== null);
}

function incidentAfter(
  incident: Incident,
  topic: Topic,
  { mail, tenant, settings }: Readonly<{ mail: AttemptedNotification; tenant: Tenant; settings: AlertSettings }>,
): Incident {
  if (mail.state === 'pending') return incident;
  if (mail.kind === 'reminder') return afterReminder(incident, topic.step, { tenant, settings });
  if (mail.kind === 'flapping') return afterFlappingMail(incident, topic, mail);
  const { alerting, reminders } = incident;
  // The first copy that a server accepts is the alert; a further contact's copy changes nothing.
  if (!isAlertKind(mail.kind) || !isSameStep(topic.step, nextAlertStep(incident))) return incident;
  if (mail.state === 'failed') return withDecision(incident, `mail_${mail.reason}`);
  const alerted: Incident = {
    ...incident,
    alerting: {
      ...alerting,
      // Mail about an open incident may have been held or put off meanwhile, and no longer is.
      decision: incident.state === 'open' ? mail.reason : alerting.decision,
      lastAlert: lastAlertOf(mail, topic),
      alertsSent: alerting.alertsSent + 1,
    },
    // A snooze was about the earlier alert; a worse one ends it.
    reminders: { ...reminders, used: 0, snoozedUntil: alerting.lastAlert === null ? reminders.snoozedUntil : null },
  };
  return withReminders(alerted, { nextAt: nextReminderAt(alerted, tenant, settings) });
}

/** The owner has been alerted by it, but no reminder follows while the connection flaps. */
function afterFlappingMail(incident: Incident, topic: Topic, mail: AttemptedNotification): Incident {
  if (mail.state === 'failed') return withDecision(incident, `mail_${mail.reason}`);
  if (incident.alerting.lastAlert !== null) return incident;
  return { ...incident, alerting: { ...incident.alerting, lastAlert: lastAlertOf(mail, topic) } };
}

export function lastAlertOf(mail: TenantNotification, { action }: Topic): LastAlert {
  return { action, at: mail.sentAt ?? mail.createdAt, conversationId: mail.conversationId ?? mail.id };
}

function recipientAfter(
  { contactId }: TenantNotification,
  record: TenantRecord,
  { outcome, ...context }: ContactLeftContext & Readonly<{ outcome: DeliveryOutcome }>,
): TenantUpdate {
  if (outcome.outcome !== 'refused' || !outcome.isAddressBad) return noUpdate(record.tenant.id);
  return afterAddressRefused(record, contactId, { ...context, response: outcome.response });
}

/** A contact's own snooze ends when its incident gets worse. */
function wokenBy(
  mail: AttemptedNotification,
  after: readonly Incident[],
  { incidents, contacts }: TenantRecord,
): readonly Contact[] {
  if (mail.state !== 'sent' || !isAlertKind(mail.kind)) return [];
  const worse = after.filter(
    ({ id, alerting: { alertsSent } }) =>
      alertsSent > 1 && incidents.some((before) => before.id === id && before.alerting.alertsSent < alertsSent),
  );
  const isWorse = (incidentId: string) => worse.some(({ id }) => id === incidentId);
  return contacts
    .filter(({ snoozes }) => snoozes.some(({ incidentId }) => isWorse(incidentId)))
    .map((contact) => ({ ...contact, snoozes: contact.snoozes.filter(({ incidentId }) => !isWorse(incidentId)) }));
}
