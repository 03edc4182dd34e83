import { decideMail } from './alert-policy.ts';
import type { Incident } from './incident.ts';
import type { Notification, Topic } from './notification.ts';
import { nextAllowedTime } from './reminder-time.ts';
import { isFresh, isSnoozed } from './reminders.ts';
import type { AlertSettings } from './settings.ts';
import type { TenantRecord } from './tenant-record.ts';
import type { Instant } from './time.ts';

/** What becomes of a due mail when it is its turn: decided again on what is true by then. */
export type DeliveryDecision =
  | Readonly<{ kind: 'send'; reason: string; topics: readonly Topic[] }>
  | Readonly<{ kind: 'postpone'; reason: PostponeReason; until: Instant }>
  | Readonly<{ kind: 'cancel'; reason: CancelReason }>;

export type PostponeReason =
  | 'tenant_paused'
  | 'suspended_by_good_poll'
  | 'awaiting_fresh_poll'
  | 'outside_reminder_hours';

export type CancelReason = 'recipient_gone' | 'no_longer_true' | 'told_nobody' | 'snoozed';

export function decideDelivery(
  mail: Notification,
  record: TenantRecord,
  now: Instant,
  settings: AlertSettings,
): DeliveryDecision {
  const contact = record.contacts.find(({ id }) => id === mail.contactId);
  if (contact?.state !== 'active') return { kind: 'cancel', reason: 'recipient_gone' };
  if (record.tenant.state === 'paused') return postpone('tenant_paused', now + settings.recheckAfterMs);
  if (mail.kind === 'recovered') return decideRecovery(mail, record);
  if (mail.kind === 'reminder') return decideReminderDelivery(mail, record, now, settings);
  return decideAlertDelivery(mail, record, now, settings);
}

function decideAlertDelivery(
  mail: Notification,
  record: TenantRecord,
  now: Instant,
  settings: AlertSettings,
): DeliveryDecision {
  const about = topicsWithIncidents(mail, record).filter(({ topic, incident }) => isCurrentAlert(topic, incident));
  const certain = about.filter(({ incident }) => incident.state === 'open');
  if (certain.length > 0) {
    // What it asks for is read anew: it may have got worse, or easier, since the mail was planned.
    const topics = certain.map(({ topic, incident }) => ({ ...topic, action: incident.certainAction ?? topic.action }));
    const [first] = certain;
    const decision = first === undefined ? null : decideMail(first.incident, settings);
    return { kind: 'send', reason: decision?.kind === 'alert' ? decision.reason : mail.reason, topics };
  }
  if (about.length > 0) return postpone('suspended_by_good_poll', now + settings.recheckAfterMs);
  return { kind: 'cancel', reason: 'no_longer_true' };
}

/** The step that is due, or the one that another contact of the same tenant has been told already. */
function isCurrentAlert({ step }: Topic, { state, alertsTold }: Incident): boolean {
  if (state !== 'open' && state !== 'recovering') return false;
  return step === `alert:${alertsTold + 1}` || step === `alert:${alertsTold}`;
}

function decideReminderDelivery(
  mail: Notification,
  record: TenantRecord,
  now: Instant,
  settings: AlertSettings,
): DeliveryDecision {
  const about = topicsWithIncidents(mail, record);
  const broken = about.filter(({ incident }) => incident.state === 'open' && incident.action !== 'wait');
  const awake = broken.filter(({ incident }) => !isSnoozed(incident, now));
  if (awake.length === 0) return { kind: 'cancel', reason: broken.length > 0 ? 'snoozed' : 'no_longer_true' };
  const observed = awake.filter(({ incident }) => isFresh(incident, record, now));
  if (observed.length === 0) return postpone('awaiting_fresh_poll', now + settings.recheckAfterMs);
  const allowedAt = nextAllowedTime(now, settings.reminderHours, record.tenant.timezone);
  if (allowedAt > now) return postpone('outside_reminder_hours', allowedAt);
  const topics = observed.map(({ topic, incident }) => ({ ...topic, action: incident.action }));
  return { kind: 'send', reason: mail.reason, topics };
}

/** Thanks only to whom an alert reached, or may have reached: an attempt with an unknown outcome counts as told. */
function decideRecovery(mail: Notification, record: TenantRecord): DeliveryDecision {
  const told = topicsWithIncidents(mail, record).filter(({ incident }) =>
    record.notifications.some(
      (other) =>
        other.contactId === mail.contactId &&
        other.id !== mail.id &&
        (other.state === 'sent' || other.outcomeUnknown) &&
        other.topics.some(({ incidentId, step }) => incidentId === incident.id && step.startsWith('alert:')),
    ),
  );
  if (told.length === 0) return { kind: 'cancel', reason: 'told_nobody' };
  return { kind: 'send', reason: mail.reason, topics: told.map(({ topic }) => topic) };
}

function topicsWithIncidents(
  { topics }: Notification,
  { incidents }: TenantRecord,
): readonly Readonly<{ topic: Topic; incident: Incident }>[] {
  return topics.flatMap((topic) => {
    const incident = incidents.find(({ id }) => id === topic.incidentId);
    return incident === undefined ? [] : [{ topic, incident }];
  });
}

function postpone(reason: PostponeReason, until: Instant): DeliveryDecision {
  return { kind: 'postpone', reason, until };
}
