import { isAlertKind } from '../model/mail-kind.ts';
import type { MessageContent, MessageProblem, MessageRecipient } from '../model/message-content.ts';
import {
  isAbout,
  type Notification,
  type OperatorNotification,
  type TenantNotification,
} from '../model/notification.ts';
import { pageNamesOf } from '../model/pages.ts';
import { missingPartOf } from '../model/poll.ts';
import type { Contact } from '../model/tenant.ts';
import { givenNameOf, type TenantRecord } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import type { Topic } from '../model/topic.ts';
import { incidentOf } from './delivery-decision.ts';

/** Gathers the content of a tenant's mail about its topics. */
export function buildMessageContent(mail: TenantNotification, record: TenantRecord, at: Instant): MessageContent {
  return {
    ...commonContent(mail, at),
    recipient: recipientOf(mail, record),
    problems: mail.topics.flatMap((topic) => problemOf(topic, record) ?? []),
    isLastReminder: mail.reason === 'last_reminder_due',
    threadSubject: threadSubject(mail, record),
  };
}

export function buildOperatorMessageContent(mail: OperatorNotification, at: Instant): MessageContent {
  return { ...commonContent(mail, at), report: mail.report };
}

function commonContent({ id, kind, reason, to, conversationId }: Notification, at: Instant): MessageContent {
  return {
    notificationId: id,
    kind,
    reason,
    to,
    at,
    conversationId,
    recipient: null,
    problems: [],
    isLastReminder: false,
    threadSubject: null,
    report: null,
  };
}

function recipientOf(mail: TenantNotification, record: TenantRecord): MessageRecipient | null {
  const { tenant } = record;
  // The operator knows an account that nobody has named by its address.
  if (mail.contactId === null) return { contact: null, tenant, alsoTo: [] };
  const contact = record.contacts.find(({ id }) => id === mail.contactId);
  if (contact === undefined) return null;
  return {
    contact,
    tenant: { ...tenant, name: givenNameOf(record) },
    alsoTo: otherAddressees(contact, mail, record),
  };
}

function otherAddressees(contact: Contact, mail: TenantNotification, record: TenantRecord): readonly string[] {
  const others = record.notifications.filter(
    (other) =>
      other.kind === mail.kind &&
      other.contactId !== contact.id &&
      other.state !== 'cancelled' &&
      other.topics.some(({ incidentId, step }) => isAbout(mail, incidentId, step)),
  );
  return [...new Set(others.map(({ to }) => to))];
}

function problemOf(topic: Topic, record: TenantRecord): MessageProblem | null {
  const { incidentId, action } = topic;
  const incident = incidentOf(topic, record.incidents);
  if (incident === null) return null;
  const connection = record.connections.find(({ id }) => id === incident.connectionId) ?? null;
  const missing = incident.connectionId === null ? missingPartOf(record.tenant.failing?.kind) : null;
  return {
    incidentId,
    connection,
    action,
    conditions: incident.conditions,
    since: incident.openedAt,
    until: incident.state === 'closed' ? incident.closedAt : null,
    pages: pageNamesOf(connection?.unreachablePages ?? null),
    ...(missing !== null && { missing }),
  };
}

/**
 * The subject of the alert that began this reader's conversation. Mail other than reminders has a subject of its own.
 */
function threadSubject(mail: TenantNotification, { notifications }: TenantRecord): string | null {
  if (mail.kind !== 'reminder') return null;
  const alert = notifications.find(
    (other) =>
      isAlertKind(other.kind) && other.contactId === mail.contactId && other.conversationId === mail.conversationId,
  );
  return alert?.subject ?? null;
}
