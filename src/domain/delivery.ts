import { decideMail } from './alert-policy.ts';
import type { Incident } from './incident.ts';
import type { Notification, Topic } from './notification.ts';
import { whyNotReminded } from './recipients.ts';
import { nextAllowedTime } from './reminder-time.ts';
import { isFresh, isSnoozed, reminderStepAt } from './reminders.ts';
import type { AlertSettings } from './settings.ts';
import type { Contact } from './tenant.ts';
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

export type CancelReason = 'recipient_gone' | 'no_longer_true' | 'told_nobody' | 'snoozed' | 'reminders_off';

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
  if (mail.kind === 'reminder') return decideReminderDelivery({ mail, contact, record }, now, settings);
  return decideAlertDelivery(mail, record, now, settings);
}

function decideAlertDelivery(
  mail: Notification,
  record: TenantRecord,
  now: Instant,
  settings: AlertSettings,
): DeliveryDecision {
  const about = topicsWithIncidents(mail, record);
  const certain = latestOfEach(about.filter((item) => isStillToTell(item, settings)));
  const [first] = certain;
  const isSuspended = about.some(({ incident }) => incident.state === 'recovering');
  // A mail that may have been read is repeated with all it said, or not yet: what it left out would be told twice.
  if (first !== undefined && !(isSuspended && mail.outcomeUnknown)) {
    // What it asks for is read anew: it may have got worse, or easier, since the mail was planned.
    const topics = certain.map(({ topic, incident }) => ({ ...topic, action: incident.certainAction ?? topic.action }));
    const decision = decideMail(first.incident, settings);
    return { kind: 'send', reason: decision.kind === 'alert' ? decision.reason : mail.reason, topics };
  }
  if (isSuspended) return postpone('suspended_by_good_poll', now + settings.recheckAfterMs);
  return { kind: 'cancel', reason: 'no_longer_true' };
}

/** The alert that is due, or the one that another contact of the same tenant has been told already. */
function isStillToTell({ topic, incident }: About, settings: AlertSettings): boolean {
  if (incident.state !== 'open') return false;
  if (topic.step === `alert:${incident.alertsTold}`) return true;
  const decision = decideMail(incident, settings);
  return decision.kind === 'alert' && decision.topic.step === topic.step;
}

/** A contact who missed an alert and then a worse one is told the worse one alone. */
function latestOfEach(about: readonly About[]): readonly About[] {
  return [...new Map(about.map((item) => [item.incident.id, item])).values()];
}

function decideReminderDelivery(
  { mail, contact, record }: Readonly<{ mail: Notification; contact: Contact; record: TenantRecord }>,
  now: Instant,
  settings: AlertSettings,
): DeliveryDecision {
  // A later slot, or the clock of a newer alert, has overtaken the others: they become one reminder.
  const about = topicsWithIncidents(mail, record).filter(
    ({ topic, incident }) => topic.step === reminderStepAt(incident, now, settings),
  );
  const broken = about.filter(({ incident }) => incident.state === 'open' && incident.action !== 'wait');
  if (broken.length > 0 && !contact.wantsReminders) return { kind: 'cancel', reason: 'reminders_off' };
  const awake = broken.filter(
    ({ incident }) => !isSnoozed(incident, now) && whyNotReminded(contact, incident, now) === null,
  );
  if (awake.length === 0) return { kind: 'cancel', reason: broken.length > 0 ? 'snoozed' : 'no_longer_true' };
  const observed = awake.filter(({ incident }) => isFresh(incident, record, now));
  if (observed.length === 0) return postpone('awaiting_fresh_poll', now + settings.recheckAfterMs);
  const allowedAt = nextAllowedTime(now, settings.reminderHours, record.tenant.timezone);
  if (allowedAt > now) return postpone('outside_reminder_hours', allowedAt);
  const topics = observed.map(({ topic, incident }) => ({ ...topic, action: incident.action }));
  return { kind: 'send', reason: mail.reason, topics };
}

/** Thanks only to whom an alert reached, or may have reached, and only for what has not broken again since. */
function decideRecovery(mail: Notification, record: TenantRecord): DeliveryDecision {
  const told = topicsWithIncidents(mail, record).filter(({ incident }) => mayKnowOf(mail.contactId, incident, record));
  if (told.length === 0) return { kind: 'cancel', reason: 'told_nobody' };
  const working = told.filter(({ incident }) => !isBrokenAgain(incident, record));
  if (working.length === 0) return { kind: 'cancel', reason: 'no_longer_true' };
  return { kind: 'send', reason: mail.reason, topics: working.map(({ topic }) => topic) };
}

/** An attempt with an unknown outcome counts as told. */
function mayKnowOf(contactId: string | null, { id }: Incident, { notifications }: TenantRecord): boolean {
  return notifications
    .filter((mail) => mail.contactId === contactId && (mail.state === 'sent' || mail.outcomeUnknown))
    .some(({ topics }) => topics.some(({ incidentId, step }) => incidentId === id && step.startsWith('alert:')));
}

function isBrokenAgain({ connectionId }: Incident, { incidents }: TenantRecord): boolean {
  return incidents.some((other) => other.connectionId === connectionId && other.state === 'open');
}

type About = Readonly<{ topic: Topic; incident: Incident }>;

function topicsWithIncidents({ topics }: Notification, { incidents }: TenantRecord): readonly About[] {
  return topics.flatMap((topic) => {
    const incident = incidents.find(({ id }) => id === topic.incidentId);
    return incident === undefined ? [] : [{ topic, incident }];
  });
}

function postpone(reason: PostponeReason, until: Instant): DeliveryDecision {
  return { kind: 'postpone', reason, until };
}
