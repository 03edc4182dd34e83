import type { Action } from '../../domain/model/condition.ts';
import type { OperatorMailKind, TenantMailKind } from '../../domain/model/mail-kind.ts';
import {
  isLive,
  type Notification,
  type NotificationState,
  type StateWithReason,
  type TenantNotification,
} from '../../domain/model/notification.ts';
import type { OperatorReport } from '../../domain/model/operator-report.ts';
import { failReasons, reasonFromText, reasonsByState } from '../../domain/model/reasons.ts';
import { stepFromText, stepToText } from '../../domain/model/topic.ts';
import type { Notification as NotificationRow, NotificationTopic as TopicRow } from '../model.ts';
import type { Plain, Table } from './table.ts';

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
  if (mail.tenantId === null) {
    const report = JSON.stringify(mail.report);
    return { ...mail, report, contactId: null, freshAfter: null, passesHolds: false };
  }
  const { topics: _, requirePollAfter, bypassHolds, ...rest } = mail;
  return { ...rest, report: null, freshAfter: requirePollAfter, passesHolds: bypassHolds };
}

export function topicsToRows(mail: Notification): readonly TopicRow[] {
  if (mail.tenantId === null) return [];
  const { id, contactId, to, topics } = mail;
  return topics.map(({ incidentId, step, action }, position) => ({
    notificationId: id,
    position,
    incidentId,
    step: stepToText(step),
    action,
    // Unique in the database: two mails cannot tell the same contact of one step.
    liveKey: !isLive(mail) ? null : `${stepToText(step)}:${incidentId}:${contactId ?? to}`,
  }));
}

type NotificationRowWithTopics = Plain<NotificationRow> & Readonly<{ topics: readonly TopicRow[] }>;

export function notificationFromRow({ topics, ...row }: NotificationRowWithTopics): Notification {
  const { tenantId, contactId, kind, state, reason, report, freshAfter, passesHolds, ...mail } = row;
  if (tenantId === null) return { ...mail, tenantId, ...operatorMailFrom({ kind, state, reason, report }) };
  return {
    ...mail,
    tenantId,
    contactId,
    requirePollAfter: freshAfter,
    bypassHolds: passesHolds,
    ...stateWithReason(state as NotificationState, reason),
    kind: kind as TenantMailKind,
    topics: topics
      .toSorted((a, b) => a.position - b.position)
      .map(({ incidentId, step, action }) => ({ incidentId, step: stepFromText(step), action: action as Action })),
  };
}

/** The tenants' mail alone. */
export function ofTenants(mail: readonly Notification[]): readonly TenantNotification[] {
  return mail.filter((each) => each.tenantId !== null);
}

type StoredOperatorMail = Pick<NotificationRow, 'kind' | 'state' | 'reason' | 'report'>;

function operatorMailFrom({ kind, state, reason, report: text }: StoredOperatorMail) {
  const report = JSON.parse(text ?? '{"about":"trial"}') as OperatorReport;
  return {
    kind: kind as OperatorMailKind,
    state: state as NotificationState,
    report,
    // A mail to the operator is sent because of what it reports; only a failure has a reason of its own.
    reason: state === 'failed' ? reasonFromText(failReasons, reason) : report.about,
  };
}

function stateWithReason(state: NotificationState, reason: string): StateWithReason {
  switch (state) {
    case 'pending':
      return { state, reason: reasonFromText(reasonsByState[state], reason) };
    case 'sent':
      return { state, reason: reasonFromText(reasonsByState[state], reason) };
    case 'held':
      return { state, reason: reasonFromText(reasonsByState[state], reason) };
    case 'failed':
      return { state, reason: reasonFromText(reasonsByState[state], reason) };
    case 'cancelled':
      return { state, reason: reasonFromText(reasonsByState[state], reason) };
  }
}
