import { mayBeKeptBack, type PendingNotification, type TenantNotification } from '../model/notification.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import { isSameStep } from '../model/topic.ts';
import { whyNotReminded } from '../notification/recipients.ts';
import { nextAllowedTime } from '../notification/reminder-time.ts';
import { isFresh, isSnoozed, reminderStepAt } from '../notification/reminders.ts';
import { type DeliveryContext, type DeliveryDecision, postpone, topicsWithIncidents } from './delivery-decision.ts';
import { withoutHeld } from './leave-out-held.ts';
import { revalidateAlert, revalidateFlapping, revalidateRecovery, revalidateRemoved } from './revalidate-by-kind.ts';

/** Decides again whether a due mail is sent: its tenant's record may have changed since the mail was written. */
export function revalidate(
  mail: PendingNotification,
  record: TenantRecord,
  context: DeliveryContext,
): DeliveryDecision {
  const { now, settings } = context;
  if (!hasRecipient(mail, record)) return { kind: 'cancel', reason: 'recipient_gone' };
  if (record.tenant.state === 'paused') return postpone('tenant_paused', now + settings.recheckAfterMs);
  if (isHeldByCommand(mail, context)) return { kind: 'hold', reason: 'held_by_command' };
  if (!isFreshEnough(mail, record)) return postpone('awaiting_fresh_poll', now + settings.recheckAfterMs);
  const decision = withoutHeld(decideByKind(mail, record, context), { mail, record }, context);
  const isBraked = decision.kind === 'send' && context.isBraked && mayBeKeptBack(mail);
  return isBraked ? { kind: 'hold', reason: 'held_brake' } : decision;
}

function decideByKind(mail: PendingNotification, record: TenantRecord, context: DeliveryContext): DeliveryDecision {
  switch (mail.kind) {
    case 'recovered':
      return revalidateRecovery(mail, record);
    case 'reminder':
      return revalidateReminder(mail, record, context);
    case 'flapping':
      return revalidateFlapping(mail, record);
    case 'removed':
      return revalidateRemoved(mail, record);
    default:
      return revalidateAlert(mail, record, context);
  }
}

/** A mail without a contact goes to the operator, because no contact of the tenant can be reached. */
function hasRecipient({ contactId }: TenantNotification, { contacts }: TenantRecord): boolean {
  return contactId === null || contacts.some(({ id, state }) => id === contactId && state === 'active');
}

function isHeldByCommand(mail: PendingNotification, { holds }: DeliveryContext): boolean {
  return mayBeKeptBack(mail) && holds.some(({ cause }) => cause.kind === 'command');
}

/** A mail that a hold kept back for hours is sent only after another poll. */
function isFreshEnough({ requirePollAfter }: TenantNotification, { tenant }: TenantRecord): boolean {
  return requirePollAfter === null || (tenant.lastGoodPollAt !== null && tenant.lastGoodPollAt >= requirePollAfter);
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
  const observed = awake.filter(({ incident }) => isFresh(incident, record, now));
  if (observed.length === 0) return postpone('awaiting_fresh_poll', now + settings.recheckAfterMs);
  const allowedAt = nextAllowedTime(now, settings.reminderHours, record.tenant.timezone);
  if (allowedAt > now) return postpone('outside_reminder_hours', allowedAt);
  const topics = observed.map(({ topic, incident }) => ({ ...topic, action: incident.action }));
  return { kind: 'send', reason: mail.reason, topics };
}
