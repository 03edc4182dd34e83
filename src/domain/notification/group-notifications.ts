import type { Incident } from '../model/incident.ts';
import { beginNotification, isAbout, mayBeChanged, type TenantNotification } from '../model/notification.ts';
import type { HeldReason } from '../model/reasons.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import { type IntentContext, type NotificationIntent, notificationIntents } from './notification-intents.ts';

export type GroupingContext = IntentContext & Readonly<{ now: Instant; newId: () => string }>;

/** What a decision about a tenant's mail changes in its record. */
export type GroupedNotifications = Readonly<{
  incidents: readonly Incident[];
  notifications: readonly TenantNotification[];
}>;

/**
 * Turns decisions about incidents into notifications. Each intent joins the mail that waits for the same contact, or
 * begins a mail that waits `groupWaitMs` for more of its kind.
 */
export function groupNotifications(record: TenantRecord, context: GroupingContext): GroupedNotifications {
  const decided = record.incidents.map((incident) => notificationIntents(incident, record, context));
  const intents = decided.flatMap((decision) => decision.intents);
  const waiting = regrouped(record, context);
  const notifications = intents.reduce<readonly TenantNotification[]>(
    (mail, intent) => add(mail, intent, { ...context, record }),
    waiting,
  );
  return {
    incidents: decided.map(({ incident }) => incident).filter((incident) => !record.incidents.includes(incident)),
    notifications: notifications.filter((notification) => !record.notifications.includes(notification)),
  };
}

/** The record's mail. Mail that still waits for its group has the time at which it is due after this poll. */
function regrouped(record: TenantRecord, context: GroupingContext): readonly TenantNotification[] {
  return record.notifications.map((mail) => {
    if (!isOpenForMore(mail, null) || mail.attempts > 0) return mail;
    const dueAt = dueAtOf(mail, record, context.settings);
    return dueAt === mail.dueAt ? mail : { ...mail, dueAt };
  });
}

/** A mail whose attempt had no known outcome is repeated word for word, so no topic may join it. */
function isOpenForMore(mail: TenantNotification, held: HeldReason | null): boolean {
  if (held !== null) return mail.state === 'held' && mail.reason === held;
  return mail.kind !== 'reminder' && mayBeChanged(mail);
}

type Grouping = GroupingContext & Readonly<{ record: TenantRecord }>;

function add(
  mail: readonly TenantNotification[],
  intent: NotificationIntent,
  grouping: Grouping,
): readonly TenantNotification[] {
  const { record } = grouping;
  const group = mail.find(
    (candidate) =>
      candidate.contactId === intent.to.contactId &&
      candidate.kind === intent.kind &&
      isAboutConnections(candidate, record) === isConnection(intent.topic.incidentId, record) &&
      isOpenForMore(candidate, intent.held),
  );
  if (group === undefined) return [...mail, begin(mail, intent, grouping)];
  return mail.map((candidate) =>
    candidate === group ? { ...group, topics: [...group.topics, intent.topic] } : candidate,
  );
}

function begin(
  mail: readonly TenantNotification[],
  { to, kind, conversationId, reason, topic, held }: NotificationIntent,
  { record, now, settings, newId }: Grouping,
): TenantNotification {
  const sibling = mail.find((other) => other.kind === kind && isAbout(other, topic.incidentId, topic.step));
  const begun = beginNotification({
    id: newId(),
    tenantId: record.tenant.id,
    contactId: to.contactId,
    to: to.email,
    kind,
    reason,
    createdAt: now,
    conversationId: conversationId ?? sibling?.conversationId ?? newId(),
    topics: [topic],
  });
  const waiting = { ...begun, dueAt: dueAtOf(begun, record, settings) };
  return held === null ? waiting : { ...waiting, state: 'held', reason: held };
}

/** A group waits a moment for more of its kind, and RECHECK_AFTER longer while a sibling is in doubt. */
function dueAtOf(mail: TenantNotification, record: TenantRecord, settings: AlertSettings): Instant {
  const isDoubtful = mail.kind === 'recovered' ? isAlertedAndRecovering : isSuspectedBroken;
  // The account that replaces a removed one may take as long to be seen.
  const mayGrow = mail.kind === 'removed' || (isAboutConnections(mail, record) && record.incidents.some(isDoubtful));
  return mail.createdAt + settings.groupWaitMs + (mayGrow ? settings.recheckAfterMs : 0);
}

function isSuspectedBroken({ state, connectionId, action }: Incident): boolean {
  return state === 'suspected' && connectionId !== null && action !== 'wait';
}

function isAlertedAndRecovering({ state, connectionId, alerting }: Incident): boolean {
  return state === 'recovering' && connectionId !== null && alerting.lastAlert !== null;
}

function isAboutConnections(mail: TenantNotification, record: TenantRecord): boolean {
  return mail.topics.some(({ incidentId }) => isConnection(incidentId, record));
}

function isConnection(incidentId: string, { incidents }: TenantRecord): boolean {
  return incidents.some(({ id, connectionId }) => id === incidentId && connectionId !== null);
}
