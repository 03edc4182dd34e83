import { isAlertKind } from '../model/mail-kind.ts';
import type { MessageContent, MessageProblem, MessageRecipient } from '../model/message-content.ts';
import { isAbout, type Notification } from '../model/notification.ts';
import type { Contact } from '../model/tenant.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import type { Topic } from '../model/topic.ts';

/** Gathers what a claimed mail says; `topics` are those that were decided to be told. */
export function buildMessageContent(mail: Notification, record: TenantRecord, at: Instant): MessageContent {
  return {
    ...buildOperatorMessageContent(mail, at),
    recipient: recipientOf(mail, record),
    problems: mail.topics.flatMap((topic) => problemOf(topic, record) ?? []),
    isLastReminder: mail.reason === 'last_reminder_due',
    threadSubject: threadSubject(mail, record),
  };
}

/** The operator's mail speaks of no tenant. */
export function buildOperatorMessageContent(mail: Notification, at: Instant): MessageContent {
  return {
    notificationId: mail.id,
    kind: mail.kind,
    reason: mail.reason,
    to: mail.to,
    at,
    recipient: null,
    problems: [],
    isLastReminder: false,
    conversationId: mail.conversationId,
    threadSubject: null,
    report: mail.report,
  };
}

function recipientOf(mail: Notification, record: TenantRecord): MessageRecipient | null {
  const { tenant } = record;
  if (mail.contactId === null) return mail.report === null ? { contact: null, tenant, alsoTo: [] } : null;
  const contact = record.contacts.find(({ id }) => id === mail.contactId);
  return contact === undefined ? null : { contact, tenant, alsoTo: otherAddressees(contact, mail, record) };
}

function otherAddressees(contact: Contact, mail: Notification, record: TenantRecord): readonly string[] {
  const others = record.notifications.filter(
    (other) =>
      other.kind === mail.kind &&
      other.contactId !== contact.id &&
      other.state !== 'cancelled' &&
      other.topics.some(({ incidentId, step }) => isAbout(mail, incidentId, step)),
  );
  return [...new Set(others.map(({ to }) => to))];
}

function problemOf({ incidentId, action }: Topic, record: TenantRecord): MessageProblem | null {
  const incident = record.incidents.find(({ id }) => id === incidentId);
  if (incident === undefined) return null;
  const connection = record.connections.find(({ id }) => id === incident.connectionId) ?? null;
  return {
    incidentId,
    connection,
    action,
    conditions: incident.conditions,
    since: incident.openedAt,
    until: incident.state === 'closed' ? incident.closedAt : null,
  };
}

/** The alert that began this reader's conversation. Other news has a subject of its own, or it would not be seen. */
function threadSubject(mail: Notification, { notifications }: TenantRecord): string | null {
  if (mail.kind !== 'reminder' && mail.kind !== 'recovered') return null;
  const alert = notifications.find(
    (other) =>
      isAlertKind(other.kind) && other.contactId === mail.contactId && other.conversationId === mail.conversationId,
  );
  return alert?.subject ?? null;
}
