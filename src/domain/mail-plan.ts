import { decideMail, type MailDecision } from './alert-policy.ts';
import type { Incident } from './incident.ts';
import {
  beginNotification,
  isAbout,
  isLeased,
  isWritten,
  type MailKind,
  type Notification,
  type Topic,
} from './notification.ts';
import { alertKindOf, alertRecipients, recoveryRecipients } from './recipients.ts';
import type { AlertSettings } from './settings.ts';
import type { Contact } from './tenant.ts';
import type { TenantRecord } from './tenant-record.ts';
import type { Instant } from './time.ts';

export type MailPlanContext = Readonly<{ now: Instant; settings: AlertSettings; newId: () => string }>;

/** What a decision about a tenant's mail changes in its record. */
export type MailPlan = Readonly<{ incidents: readonly Incident[]; notifications: readonly Notification[] }>;

/** One thing that one contact is to hear. */
type News = Readonly<{ contact: Contact; kind: MailKind; conversationId: string | null; reason: string; topic: Topic }>;

/**
 * Turns decisions about incidents into notifications: what is not yet on its way joins the mail that waits for the
 * same contact, or begins one that waits `groupWaitMs` for more of its kind.
 */
export function planMail(record: TenantRecord, context: MailPlanContext): MailPlan {
  const decided = record.incidents.map((incident) => decideFor(incident, record, context.settings));
  const news = decided.flatMap((decision) => decision.news);
  const waiting = regrouped(record, context);
  const notifications = news.reduce<readonly Notification[]>((mail, item) => add(mail, item, record, context), waiting);
  return {
    incidents: decided.map(({ incident }) => incident).filter((incident) => !record.incidents.includes(incident)),
    notifications: notifications.filter((notification) => !record.notifications.includes(notification)),
  };
}

function decideFor(
  incident: Incident,
  record: TenantRecord,
  settings: AlertSettings,
): Readonly<{ incident: Incident; news: readonly News[] }> {
  const decision = decideMail(incident, settings);
  if (decision.kind === 'silent') {
    const reason =
      decision.reason === 'already_told' && hasBounced(incident, record) ? 'mail_bounced' : decision.reason;
    return { incident: withDecision(incident, reason), news: [] };
  }
  const contacts = recipientsOf(decision, incident, record);
  if (contacts.length === 0) {
    const reason = decision.kind === 'recovered' ? 'told_nobody' : 'no_recipient';
    return { incident: withDecision(incident, reason), news: [] };
  }
  const news = contacts
    .filter((contact) => !isWritten(record.notifications, contact.id, decision.topic))
    .map((contact): News => {
      const { reason, topic } = decision;
      if (decision.kind === 'alert')
        return { contact, kind: alertKindOf(incident), conversationId: null, reason, topic };
      return { contact, kind: 'recovered', conversationId: incident.told?.conversationId ?? null, reason, topic };
    });
  const failure = news.length === 0 ? failureOf(decision.topic, record) : null;
  return { incident: withDecision(incident, failure ?? decision.reason), news };
}

/** Why nobody was told although mail was written; null while some of it is on its way or has arrived. */
function failureOf(
  { incidentId, step }: Pick<Topic, 'incidentId' | 'step'>,
  { notifications }: TenantRecord,
): string | null {
  const written = notifications.filter((mail) => mail.state !== 'cancelled' && isAbout(mail, incidentId, step));
  const [first] = written;
  return first !== undefined && written.every(({ state }) => state === 'failed') ? `mail_${first.reason}` : null;
}

/** Every copy of the latest alert came back after a mail server had taken it. */
function hasBounced({ id, alertsTold }: Incident, record: TenantRecord): boolean {
  return failureOf({ incidentId: id, step: `alert:${alertsTold}` }, record) !== null;
}

function recipientsOf(
  decision: Exclude<MailDecision, { kind: 'silent' }>,
  incident: Incident,
  { contacts, notifications }: TenantRecord,
): readonly Contact[] {
  return decision.kind === 'recovered'
    ? recoveryRecipients(contacts, incident, notifications)
    : alertRecipients(contacts, incident);
}

/** Mail that still waits for its group, with the time it is due as things stand after this poll. */
function regrouped(record: TenantRecord, context: MailPlanContext): readonly Notification[] {
  return record.notifications.map((mail) => {
    if (!isOpenForMore(mail, context.now) || mail.attempts > 0) return mail;
    const dueAt = dueAtOf(mail, record, context.settings);
    return dueAt === mail.dueAt ? mail : { ...mail, dueAt };
  });
}

/** An attempt whose outcome is unknown is repeated word for word, so nothing may join it. */
function isOpenForMore(mail: Notification, now: Instant): boolean {
  const isGrouped = mail.kind !== 'reminder' && mail.kind !== 'operator' && mail.kind !== 'digest';
  return isGrouped && mail.state === 'pending' && !mail.outcomeUnknown && !isLeased(mail, now);
}

function add(
  mail: readonly Notification[],
  news: News,
  record: TenantRecord,
  context: MailPlanContext,
): readonly Notification[] {
  const group = mail.find(
    (candidate) =>
      candidate.contactId === news.contact.id &&
      candidate.kind === news.kind &&
      isAboutConnections(candidate, record) === isConnection(news.topic.incidentId, record) &&
      isOpenForMore(candidate, context.now),
  );
  if (group === undefined) return [...mail, begin(mail, news, record, context)];
  return mail.map((candidate) =>
    candidate === group ? { ...group, topics: [...group.topics, news.topic] } : candidate,
  );
}

function begin(
  mail: readonly Notification[],
  { contact, kind, conversationId, reason, topic }: News,
  record: TenantRecord,
  { now, settings, newId }: MailPlanContext,
): Notification {
  const sibling = mail.find((other) => other.kind === kind && isAbout(other, topic.incidentId, topic.step));
  const begun = beginNotification({
    id: newId(),
    tenantId: record.tenant.id,
    contactId: contact.id,
    to: contact.email,
    kind,
    reason,
    createdAt: now,
    conversationId: conversationId ?? sibling?.conversationId ?? newId(),
    topics: [topic],
    report: null,
  });
  return { ...begun, dueAt: dueAtOf(begun, record, settings) };
}

/** A group waits a moment for more of its kind, and up to RECHECK_AFTER longer for a sibling still in doubt. */
function dueAtOf(mail: Notification, record: TenantRecord, settings: AlertSettings): Instant {
  const isDoubtful = mail.kind === 'recovered' ? isToldAndRecovering : isSuspectedBroken;
  const mayGrow = isAboutConnections(mail, record) && record.incidents.some(isDoubtful);
  return mail.createdAt + settings.groupWaitMs + (mayGrow ? settings.recheckAfterMs : 0);
}

function isSuspectedBroken({ state, connectionId, action }: Incident): boolean {
  return state === 'suspected' && connectionId !== null && action !== 'wait';
}

function isToldAndRecovering({ state, connectionId, told }: Incident): boolean {
  return state === 'recovering' && connectionId !== null && told !== null;
}

function isAboutConnections(mail: Notification, record: TenantRecord): boolean {
  return mail.topics.some(({ incidentId }) => isConnection(incidentId, record));
}

function isConnection(incidentId: string, { incidents }: TenantRecord): boolean {
  return incidents.some(({ id, connectionId }) => id === incidentId && connectionId !== null);
}

function withDecision(incident: Incident, decision: string): Incident {
  return incident.decision === decision ? incident : { ...incident, decision };
}
