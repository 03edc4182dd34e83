import type { Action } from '../../domain/model/condition.ts';
import type { MailKind } from '../../domain/model/mail-kind.ts';
import { isLive, type Notification, type NotificationState } from '../../domain/model/notification.ts';
import type { OperatorReport } from '../../domain/model/operator-report.ts';
import { stepFromText, stepToText } from '../../domain/model/topic.ts';
import type { Notification as NotificationRow, NotificationTopic as TopicRow } from '../model.ts';
import type { Table } from './table.ts';
import { dateOf, dateOrNull, instantOrNull } from './values.ts';

export const notificationTable: Table<NotificationRow> = {
  name: 'Notification',
  columns: {
    id: 'text',
    tenantId: 'text',
    contactId: 'text',
    to: 'text',
    kind: 'text',
    state: 'text',
    reason: 'text',
    createdAt: 'time',
    dueAt: 'time',
    leaseUntil: 'time',
    conversationId: 'text',
    report: 'text',
    attempts: 'integer',
    outcomeUnknown: 'boolean',
    messageId: 'text',
    subject: 'text',
    response: 'text',
    sentAt: 'time',
    firstAttemptAt: 'time',
    lastAttemptAt: 'time',
    freshAfter: 'time',
    passesHolds: 'boolean',
  },
};

export const topicTable: Table<TopicRow> = {
  name: 'NotificationTopic',
  columns: {
    notificationId: 'text',
    position: 'integer',
    incidentId: 'text',
    step: 'text',
    action: 'text',
    liveKey: 'text',
  },
};

export function notificationToRow(mail: Notification): NotificationRow {
  return {
    id: mail.id,
    tenantId: mail.tenantId,
    contactId: mail.contactId,
    to: mail.to,
    kind: mail.kind,
    state: mail.state,
    reason: mail.reason,
    createdAt: dateOf(mail.createdAt),
    dueAt: dateOf(mail.dueAt),
    leaseUntil: dateOrNull(mail.leaseUntil),
    conversationId: mail.conversationId,
    report: mail.report === null ? null : JSON.stringify(mail.report),
    attempts: mail.attempts,
    outcomeUnknown: mail.outcomeUnknown,
    messageId: mail.messageId,
    subject: mail.subject,
    response: mail.response,
    sentAt: dateOrNull(mail.sentAt),
    firstAttemptAt: dateOrNull(mail.firstAttemptAt),
    lastAttemptAt: dateOrNull(mail.lastAttemptAt),
    freshAfter: dateOrNull(mail.requirePollAfter),
    passesHolds: mail.bypassHolds,
  };
}

export function topicsToRows(mail: Notification): readonly TopicRow[] {
  const { id, contactId, to, topics } = mail;
  return topics.map(({ incidentId, step, action }, position) => ({
    notificationId: id,
    position,
    incidentId,
    step: stepToText(step),
    action,
    // Unique in the database: a step cannot be told to the same contact by two mails.
    liveKey: !isLive(mail) ? null : `${stepToText(step)}:${incidentId}:${contactId ?? to}`,
  }));
}

type NotificationRowWithTopics = NotificationRow & Readonly<{ topics: readonly TopicRow[] }>;

export function notificationFromRow(row: NotificationRowWithTopics): Notification {
  return {
    id: row.id,
    tenantId: row.tenantId,
    contactId: row.contactId,
    to: row.to,
    kind: row.kind as MailKind,
    state: row.state as NotificationState,
    reason: row.reason,
    createdAt: row.createdAt.getTime(),
    dueAt: row.dueAt.getTime(),
    leaseUntil: instantOrNull(row.leaseUntil),
    conversationId: row.conversationId,
    topics: row.topics
      .toSorted((a, b) => a.position - b.position)
      .map(({ incidentId, step, action }) => ({ incidentId, step: stepFromText(step), action: action as Action })),
    report: row.report === null ? null : (JSON.parse(row.report) as OperatorReport),
    attempts: row.attempts,
    outcomeUnknown: row.outcomeUnknown,
    messageId: row.messageId,
    subject: row.subject,
    response: row.response,
    sentAt: instantOrNull(row.sentAt),
    firstAttemptAt: instantOrNull(row.firstAttemptAt),
    lastAttemptAt: instantOrNull(row.lastAttemptAt),
    requirePollAfter: instantOrNull(row.freshAfter),
    bypassHolds: row.passesHolds,
  };
}
