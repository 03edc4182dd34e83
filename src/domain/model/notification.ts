import type { OperatorMailKind, TenantMailKind } from './mail-kind.ts';
import type { OperatorReport } from './operator-report.ts';
import type { FailReason, reasonsByState, SendReason } from './reasons.ts';
import type { Instant } from './time.ts';
import { isSameStep, type Step, type Topic } from './topic.ts';

export const notificationStates = ['pending', 'held', 'sent', 'failed', 'cancelled'] as const;
export type NotificationState = (typeof notificationStates)[number];

/** One e-mail to one address. The row exists before the mail does. */
type Mail = Readonly<{
  id: string;
  to: string;
  createdAt: Instant;
  dueAt: Instant;
  /** While this lies in the future, one worker is sending the mail and no other process touches the row. */
  leaseUntil: Instant | null;
  /** Shared by an alert's notifications to every contact, by its reminders and by its recovery. */
  conversationId: string | null;
  attempts: number;
  /** The last attempt began and no outcome of it is known: the mail may or may not have been accepted. */
  outcomeUnknown: boolean;
  messageId: string | null;
  subject: string | null;
  response: string | null;
  sentAt: Instant | null;
  firstAttemptAt: Instant | null;
  lastAttemptAt: Instant | null;
}>;

/** In these states it is not decided yet whether the mail is sent. */
export const waitingStates = ['pending', 'held'] as const satisfies readonly NotificationState[];

/** Why the mail is sent, is held, has failed or was cancelled. */
export type StateWithReason = {
  [State in NotificationState]: Readonly<{ state: State; reason: (typeof reasonsByState)[State][number] }>;
}[NotificationState];

/** Mail about a tenant's incidents, to one of its contacts. */
export type TenantNotification = Mail &
  StateWithReason &
  Readonly<{
    tenantId: string;
    /** Null when no contact can be reached, so that the operator gets the mail. */
    contactId: string | null;
    kind: TenantMailKind;
    /** Empty in an invitation, which is about no incident. */
    topics: readonly Topic[];
    /** Set when a hold released the mail: it reports only problems that a poll after this moment has shown. */
    requirePollAfter: Instant | null;
    /** Released by command: no hold and no brake keeps the mail back again. */
    bypassHolds: boolean;
  }>;

/** Mail that waits to be sent. */
export type PendingNotification = Extract<TenantNotification, { state: 'pending' }>;

/** Mail after an attempt to send it. */
export type AttemptedNotification = Extract<TenantNotification, { state: 'pending' | 'sent' | 'failed' }>;

/** Mail to the operator. It belongs to no tenant and is never held; only a restored database cancels it. */
export type OperatorNotification = Mail &
  Readonly<{
    tenantId: null;
    kind: OperatorMailKind;
    state: NotificationState;
    reason: OperatorReport['about'] | FailReason;
    report: OperatorReport;
  }>;

export type Notification = TenantNotification | OperatorNotification;

export function isWaiting({ state }: Notification): boolean {
  return waitingStates.some((waiting) => waiting === state);
}

/** The mail waits, no worker has begun to send it, and no reader can have it: its content may still change. */
export function mayBeChanged(mail: Notification): boolean {
  return mail.state === 'pending' && isUnseen(mail);
}

/** No worker sends the mail now, and no reader can have it. */
export function isUnseen({ outcomeUnknown, leaseUntil }: Notification): boolean {
  return !outcomeUnknown && leaseUntil === null;
}

export function isAboutIncident({ topics }: TenantNotification, incidentId: string): boolean {
  return topics.some((topic) => topic.incidentId === incidentId);
}

export function isAbout({ topics }: TenantNotification, incidentId: string, step: Step): boolean {
  return topics.some((topic) => topic.incidentId === incidentId && isSameStep(topic.step, step));
}

type NewMail = Pick<Mail, 'id' | 'to' | 'createdAt' | 'conversationId'>;

type NewTenantNotification = NewMail &
  Pick<TenantNotification, 'tenantId' | 'contactId' | 'kind' | 'topics'> &
  Readonly<{ reason: SendReason }>;

/** A mail that waits, due at once. */
export function beginNotification(begun: NewTenantNotification): PendingNotification {
  return { ...beginMail(begun), ...begun, state: 'pending', requirePollAfter: null, bypassHolds: false };
}

export type OperatorMailContext = Readonly<{
  now: Instant;
  newId: () => string;
  /** Null when no operator is configured: then the report is only logged. */
  operatorEmail: string | null;
  /** Shared by the mails about a beginning and its end; null for a mail that stands alone. */
  conversationId: string | null;
}>;

/** The mail that reports to whoever runs Linkwatch; none when no operator is configured. */
export function beginOperatorMail(
  report: OperatorReport,
  { now, newId, operatorEmail, conversationId }: OperatorMailContext,
): readonly OperatorNotification[] {
  if (operatorEmail === null) return [];
  const kind = report.about === 'digest' ? 'digest' : 'operator';
  const mail = beginMail({ id: newId(), to: operatorEmail, createdAt: now, conversationId });
  return [{ ...mail, tenantId: null, kind, state: 'pending', reason: report.about, report }];
}

function beginMail({ id, to, createdAt, conversationId }: NewMail): Mail {
  return {
    id,
    to,
    createdAt,
    conversationId,
    dueAt: createdAt,
    leaseUntil: null,
    attempts: 0,
    outcomeUnknown: false,
    messageId: null,
    subject: null,
    response: null,
    sentAt: null,
    firstAttemptAt: null,
    lastAttemptAt: null,
  };
}

/** A cancelled mail may be written again, except one that the operator discarded. */
export function isLive({ state, reason }: TenantNotification): boolean {
  return state !== 'cancelled' || reason === 'discarded';
}

/** Whether a mail about the step exists, waiting, sent, refused or held: a contact gets each step once. */
export function isWritten(
  notifications: readonly TenantNotification[],
  contactId: string | null,
  { incidentId, step }: Pick<Topic, 'incidentId' | 'step'>,
): boolean {
  return notifications.some((mail) => mail.contactId === contactId && isLive(mail) && isAbout(mail, incidentId, step));
}

/** No hold and no brake keeps back a mail that was released by command, or that may have been read already. */
export function mayBeKeptBack({ bypassHolds, outcomeUnknown }: TenantNotification): boolean {
  return !bypassHolds && !outcomeUnknown;
}
