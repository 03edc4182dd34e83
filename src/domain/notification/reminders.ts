import { applyUpdate } from '../model/apply-update.ts';
import { hasGap, speaksForMs } from '../model/connection.ts';
import { type Incident, isOperatorsMatter, withDecision, withReminders } from '../model/incident.ts';
import { isFlapping } from '../model/incident-table.ts';
import { beginNotification, isAbout, isWritten, type TenantNotification } from '../model/notification.ts';
import { layerOf } from '../model/poll.ts';
import type { IncidentDecision, LaterReminderReason, NoReminderReason, ReminderReason } from '../model/reasons.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { Contact, Tenant } from '../model/tenant.ts';
import { noUpdate, type TenantRecord } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import type { Step, Topic } from '../model/topic.ts';
import { withNewer } from '../model/with-newer.ts';
import { type GroupedNotifications, type GroupingContext, groupNotifications } from './group-notifications.ts';
import { reminderRecipients, whyNobodyReminded } from './recipients.ts';
import { nextAllowedTime } from './reminder-time.ts';

type ReminderStep = Extract<Step, { kind: 'reminder' }>;

export type ReminderContext = Pick<GroupingContext, 'now' | 'settings' | 'newId'>;

export type ReminderDecision =
  | Readonly<{ kind: 'remind'; reason: ReminderReason; topic: Topic; isLast: boolean }>
  | Readonly<{ kind: 'later'; reason: LaterReminderReason; at: Instant }>
  | Readonly<{ kind: 'never'; reason: NoReminderReason }>;

/** Whether the owner is reminded of the incident now. Missed slots become one reminder, that of the latest slot. */
export function decideReminder(
  incident: Incident,
  record: TenantRecord,
  { now, settings }: Pick<ReminderContext, 'now' | 'settings'>,
): ReminderDecision {
  const retryAt = now + settings.recheckAfterMs;
  const untold = decideUntoldAccess(incident, record.tenant, retryAt);
  if (untold !== null) return untold;
  const never = whyNeverReminded(incident, record.tenant);
  if (never !== null) return { kind: 'never', reason: never };
  const due = nextReminderAt(incident, record.tenant, settings);
  if (due === null) return { kind: 'never', reason: 'reminders_used_up' };
  if (due > now) return later('not_due', due);

  if (isFlapping(incident)) return later('flapping', retryAt);
  if (incident.state === 'recovering') return later('suspended_by_good_poll', retryAt);
  if (record.tenant.state === 'paused') return later('tenant_paused', retryAt);
  if (isSnoozed(incident, now)) return later('snoozed', incident.reminders.snoozedUntil ?? retryAt);
  if (incident.action === 'wait') return later('nothing_to_do', retryAt);
  if (!isRecentlyObserved(incident, record, now)) return later('awaiting_fresh_poll', retryAt);
  const allowedAt = nextAllowedTime(now, settings.reminderHours, record.tenant.timezone);
  if (allowedAt > now) return later('outside_reminder_hours', allowedAt);

  const step = reminderStepAt(incident, now, settings);
  const isLast = step.slot === settings.remindAfterMs.length;
  const topic = { incidentId: incident.id, step, action: incident.action };
  return { kind: 'remind', reason: isLast ? 'last_reminder_due' : 'reminder_due', topic, isLast };
}

function whyNeverReminded(incident: Incident, tenant: Tenant): NoReminderReason | null {
  if (incident.state === 'suspected' || incident.state === 'closed') return 'not_open';
  if (isOperatorsMatter(incident, tenant)) return 'before_first_good_poll';
  return incident.alerting.lastAlert === null ? 'told_nobody' : null;
}

/**
 * Decides about lost access that nobody has heard of, where no poll would write the alert anew; null for any other
 * incident.
 */
function decideUntoldAccess(incident: Incident, tenant: Tenant, retryAt: Instant): ReminderDecision | null {
  if (!isUntoldAccess(incident, tenant)) return null;
  if (tenant.state === 'reauthorize') return later('told_nobody', retryAt);
  return tenant.state === 'paused' ? later('tenant_paused', retryAt) : null;
}

function isUntoldAccess(incident: Incident, tenant: Tenant): boolean {
  const { state, connectionId, alerting } = incident;
  const isUntold = state === 'open' && connectionId === null && alerting.lastAlert === null;
  return isUntold && !isOperatorsMatter(incident, tenant);
}

/**
 * After a poll. A tenant whose grant was refused is not polled any more, so no poll writes the alert anew when its
 * recipient has left, or when it was cancelled. Until somebody was told, the clock of reminders does.
 */
export function putOnClock(incident: Incident, tenant: Tenant, at: Instant): Incident {
  const isDue =
    incident.reminders.nextAt === null && tenant.state === 'reauthorize' && isUntoldAccess(incident, tenant);
  return isDue ? withReminders(incident, { nextAt: at }) : incident;
}

/**
 * The mail for which no poll is waited: reminders that are due and, of a tenant that is not polled, alerts that nobody
 * has got and that no mail waits to tell.
 */
export function planMailByClock(record: TenantRecord, context: GroupingContext): GroupedNotifications {
  const reminders = planReminders(record, context);
  if (record.tenant.state !== 'reauthorize') return reminders;
  const alerts = groupNotifications(applyUpdate(record, { ...noUpdate(record.tenant.id), ...reminders }), context);
  return {
    incidents: withNewer(reminders.incidents, alerts.incidents),
    notifications: [...reminders.notifications, ...alerts.notifications],
  };
}

/** When the next unused slot comes due, within the tenant's hours; null when no slot is left or no alert was sent. */
export function nextReminderAt(incident: Incident, tenant: Tenant, settings: AlertSettings): Instant | null {
  const afterMs = settings.remindAfterMs[incident.reminders.used];
  const { lastAlert } = incident.alerting;
  if (incident.state === 'closed' || lastAlert === null || afterMs === undefined) return null;
  return nextAllowedTime(lastAlert.at + afterMs, settings.reminderHours, tenant.timezone);
}

/** When the slot came, on the clock of the latest alert; null without one. */
export function slotAt(
  { alerting: { lastAlert } }: Incident,
  slot: number,
  { remindAfterMs }: Pick<AlertSettings, 'remindAfterMs'>,
): Instant | null {
  const afterMs = remindAfterMs[slot - 1];
  return lastAlert === null || afterMs === undefined ? null : lastAlert.at + afterMs;
}

/** The latest slot that has come, on the clock of the latest alert. */
export function reminderStepAt(
  { alerting: { lastAlert, alertsSent } }: Incident,
  now: Instant,
  { remindAfterMs }: Pick<AlertSettings, 'remindAfterMs'>,
): ReminderStep {
  const slot = lastAlert === null ? 0 : remindAfterMs.filter((afterMs) => lastAlert.at + afterMs <= now).length;
  return { kind: 'reminder', alert: alertsSent, slot };
}

/**
 * A reminder was sent, or will not be: its slot and those before it are used up, whether or not anybody was reminded.
 * A reminder on the clock of an earlier alert uses up none.
 */
export function afterReminder(
  incident: Incident,
  step: Step,
  { tenant, settings }: Readonly<{ tenant: Tenant; settings: AlertSettings }>,
): Incident {
  if (step.kind !== 'reminder' || step.alert !== incident.alerting.alertsSent) return incident;
  const after = withReminders(incident, { used: Math.max(incident.reminders.used, step.slot) });
  return withReminders(after, { nextAt: nextReminderAt(after, tenant, settings) });
}

export function isSnoozed({ reminders: { snoozedUntil } }: Incident, now: Instant): boolean {
  return snoozedUntil !== null && snoozedUntil > now;
}

/** A reminder says "still", so the latest poll must have shown the trouble, and must not be too old. */
export function isRecentlyObserved(incident: Incident, { tenant, connections }: TenantRecord, now: Instant): boolean {
  if (incident.connectionId === null) return isAccessFailing(tenant, now);
  const period = connections.find(({ id }) => id === incident.connectionId)?.period ?? null;
  return period !== null && period.health === 'broken' && !hasGap(period, now);
}

function isAccessFailing({ state, failing, lastPolledAt, intervalMs }: Tenant, now: Instant): boolean {
  // A tenant whose grant was refused is not polled, and only a new grant can repair its access.
  if (state === 'reauthorize') return true;
  if (failing === null || layerOf(failing.kind) !== 'access') return false;
  return lastPolledAt !== null && now - lastPolledAt <= speaksForMs(intervalMs);
}

function later(reason: LaterReminderReason, at: Instant): ReminderDecision {
  return { kind: 'later', reason, at };
}

type Decided = Readonly<{ incident: Incident; decision: ReminderDecision }>;
type Due = Readonly<{ incident: Incident; decision: Extract<ReminderDecision, { kind: 'remind' }> }>;

/** Writes the reminders that are due, one mail per contact for all of the tenant's problems. */
export function planReminders(record: TenantRecord, context: ReminderContext): GroupedNotifications {
  const decided = record.incidents
    .filter(({ reminders: { nextAt } }) => nextAt !== null && nextAt <= context.now)
    .map((incident) => ({ incident, decision: decideReminder(incident, record, context) }));
  const due = decided.filter((item): item is Due => item.decision.kind === 'remind');
  // Problems of connections and problems of our access are never in one mail.
  const groups = [
    due.filter(({ incident }) => incident.connectionId !== null),
    due.filter(({ incident }) => incident.connectionId === null),
  ];
  const notifications = record.contacts.flatMap((contact) =>
    groups.flatMap((group) => reminderTo(contact, group, { ...context, record }) ?? []),
  );
  const onTheirWay = [...record.notifications, ...notifications].filter(({ state }) => state === 'pending');
  return {
    incidents: decided.map((item) => afterPlanning(item, { ...record, notifications: onTheirWay }, context)),
    notifications,
  };
}

function reminderTo(
  contact: Contact,
  group: readonly Due[],
  { record, now, newId }: ReminderContext & Readonly<{ record: TenantRecord }>,
): TenantNotification | null {
  const items = group
    .filter(({ incident, decision }) => reminderRecipients([contact], incident, { ...decision, now }).length > 0)
    .filter(({ decision }) => !isWritten(record.notifications, contact.id, decision.topic));
  const [first] = items;
  if (first === undefined) return null;
  return beginNotification({
    id: newId(),
    tenantId: record.tenant.id,
    contactId: contact.id,
    to: contact.email,
    kind: 'reminder',
    reason: items.every(({ decision }) => decision.isLast) ? 'last_reminder_due' : 'reminder_due',
    createdAt: now,
    conversationId: first.incident.alerting.lastAlert?.conversationId ?? null,
    topics: items.map(({ decision }) => decision.topic),
  });
}

/** While a reminder is on its way no other is due: its outcome sets the next one. */
function afterPlanning(
  { incident, decision }: Decided,
  { contacts, notifications: onTheirWay }: Pick<TenantRecord, 'contacts' | 'notifications'>,
  { now, settings }: ReminderContext,
): Incident {
  const after = (nextAt: Instant | null, reason: IncidentDecision) =>
    withDecision(withReminders(incident, { nextAt }), reason);
  if (decision.kind === 'later') return after(decision.at, decision.reason);
  if (decision.kind === 'never') return after(null, decision.reason);
  if (onTheirWay.some((mail) => isAbout(mail, incident.id, decision.topic.step))) return after(null, decision.reason);
  return after(now + settings.recheckAfterMs, whyNobodyReminded(contacts, incident, { ...decision, now }));
}
