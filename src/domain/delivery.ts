import type { HeldReason, Hold } from './hold.ts';
import { withoutHeld } from './hold-delivery.ts';
import type { Incident } from './incident.ts';
import {
  decideAlertDelivery,
  decideFlappingDelivery,
  decideRecoveryDelivery,
  decideRemovedDelivery,
} from './news-delivery.ts';
import { mayBeKeptBack, type Notification, type Topic } from './notification.ts';
import { whyNotReminded } from './recipients.ts';
import { nextAllowedTime } from './reminder-time.ts';
import { isFresh, isSnoozed, reminderStepAt } from './reminders.ts';
import type { AlertSettings } from './settings.ts';
import type { TenantRecord } from './tenant-record.ts';
import type { Instant } from './time.ts';

/** What becomes of a due mail when it is its turn: decided again on what is true by then. */
export type DeliveryDecision =
  | Readonly<{ kind: 'send'; reason: string; topics: readonly Topic[] }>
  | Readonly<{ kind: 'postpone'; reason: PostponeReason; until: Instant }>
  | Readonly<{ kind: 'hold'; reason: HeldReason }>
  | Readonly<{ kind: 'cancel'; reason: CancelReason }>;

export type PostponeReason =
  | 'tenant_paused'
  | 'suspended_by_good_poll'
  | 'awaiting_fresh_poll'
  | 'outside_reminder_hours'
  | 'held_fleet';

export type CancelReason = 'recipient_gone' | 'no_longer_true' | 'told_nobody' | 'snoozed' | 'reminders_off';

export type DeliveryContext = Readonly<{
  now: Instant;
  settings: AlertSettings;
  /** Those that have not ended. */
  holds: readonly Hold[];
  /** More owners' mail than MAIL_BRAKE has gone out within the hour. */
  isBraked: boolean;
}>;

export function decideDelivery(mail: Notification, record: TenantRecord, context: DeliveryContext): DeliveryDecision {
  const { now, settings } = context;
  if (!hasRecipient(mail, record)) return { kind: 'cancel', reason: 'recipient_gone' };
  if (record.tenant.state === 'paused') return postpone('tenant_paused', now + settings.recheckAfterMs);
  if (isHeldByCommand(mail, context)) return { kind: 'hold', reason: 'held_by_command' };
  if (!isFreshEnough(mail, record)) return postpone('awaiting_fresh_poll', now + settings.recheckAfterMs);
  const decision = withoutHeld(decideByKind(mail, record, context), { mail, record }, context);
  const isBraked = decision.kind === 'send' && context.isBraked && mayBeKeptBack(mail);
  return isBraked ? { kind: 'hold', reason: 'held_brake' } : decision;
}

function decideByKind(mail: Notification, record: TenantRecord, context: DeliveryContext): DeliveryDecision {
  switch (mail.kind) {
    case 'recovered':
      return decideRecoveryDelivery(mail, record);
    case 'reminder':
      return decideReminderDelivery(mail, record, context);
    case 'flapping':
      return decideFlappingDelivery(mail, record);
    case 'removed':
      return decideRemovedDelivery(mail, record);
    default:
      return decideAlertDelivery(mail, record, context);
  }
}

/** Without a contact it goes to the operator, for a tenant whose own contacts cannot be reached. */
function hasRecipient({ contactId }: Notification, { contacts }: TenantRecord): boolean {
  return contactId === null || contacts.some(({ id, state }) => id === contactId && state === 'active');
}

function isHeldByCommand(mail: Notification, { holds }: DeliveryContext): boolean {
  return mayBeKeptBack(mail) && holds.some(({ cause }) => cause.kind === 'command');
}

/** What a hold kept back for hours is told only after another look. */
function isFreshEnough({ freshAfter }: Notification, { tenant }: TenantRecord): boolean {
  return freshAfter === null || (tenant.lastGoodPollAt !== null && tenant.lastGoodPollAt >= freshAfter);
}

function decideReminderDelivery(
  mail: Notification,
  record: TenantRecord,
  { now, settings }: DeliveryContext,
): DeliveryDecision {
  const contact = record.contacts.find(({ id }) => id === mail.contactId);
  if (contact === undefined) return { kind: 'cancel', reason: 'recipient_gone' };
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

export type About = Readonly<{ topic: Topic; incident: Incident }>;

export function topicsWithIncidents({ topics }: Notification, { incidents }: TenantRecord): readonly About[] {
  return topics.flatMap((topic) => {
    const incident = incidents.find(({ id }) => id === topic.incidentId);
    return incident === undefined ? [] : [{ topic, incident }];
  });
}

export function postpone(reason: PostponeReason, until: Instant): DeliveryDecision {
  return { kind: 'postpone', reason, until };
}
