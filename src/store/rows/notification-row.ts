import type { Action } from '../../domain/model/condition.ts';
import type { MailKind } from '../../domain/model/mail-kind.ts';
import { isLive, type Notification, type NotificationState } from '../../domain/model/notification.ts';
import type { OperatorReport } from '../../domain/model/operator-report.ts';
import { stepFromText, stepToText } from '../../domain/model/topic.ts';
import type { Notification as NotificationRow, NotificationTopic as TopicRow } from '../model.ts';
import { type Plain, plain, type Table } from './table.ts';

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

export function notificationToRow(mail: Notification): Plain<NotificationRow> {
  const { topics: _, report, requirePollAfter, bypassHolds, ...rest } = mail;
  return {
    ...{ ...rest, freshAfter: requirePollAfter, passesHolds: bypassHolds },
    report: report === null ? null : JSON.stringify(report),
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

export function notificationFromRow({ topics, ...row }: NotificationRowWithTopics): Notification {
  const { report, freshAfter, passesHolds, ...mail } = plain(notificationTable, row);
  return {
    ...{ ...mail, requirePollAfter: freshAfter, bypassHolds: passesHolds },
    kind: mail.kind as MailKind,
    state: mail.state as NotificationState,
    topics: topics
      .toSorted((a, b) => a.position - b.position)
      .map(({ incidentId, step, action }) => ({ incidentId, step: stepFromText(step), action: action as Action })),
    report: report === null ? null : (JSON.parse(report) as OperatorReport),
  };
}
