import type { MailKind } from './mail-kind.ts';
import type { OperatorReport } from './operator-report.ts';
import type { Instant } from './time.ts';
import { isSameStep, type Step, type Topic } from './topic.ts';

export const notificationStates = ['pending', 'held', 'sent', 'failed', 'cancelled'] as const;
export type NotificationState = (typeof notificationStates)[number];

/** One e-mail to one address: due, held, sent, failed or cancelled. The row exists before the mail does. */
export type Notification = Readonly<{
  id: string;
  /** Null for the operator's mail. */
  tenantId: string | null;
  contactId: string | null;
  to: string;
  kind: MailKind;
  state: NotificationState;
  /** Why it is sent; once it failed or was cancelled, why it was not. */
  reason: string;
  createdAt: Instant;
  dueAt: Instant;
  /** While it lies in the future, one worker is sending this mail and nobody else touches the row. */
  leaseUntil: Instant | null;
  /** Shared by an alert's notifications to every contact, by its reminders and by its recovery. */
  conversationId: string | null;
  /** What it is about; empty for the operator's mail. */
  topics: readonly Topic[];
  /** What an operator's mail reports. */
  report: OperatorReport | null;
  attempts: number;
  /** The last attempt began and no outcome of it is known: the mail may or may not have been accepted. */
  outcomeUnknown: boolean;
  messageId: string | null;
  subject: string | null;
  response: string | null;
  sentAt: Instant | null;
  firstAttemptAt: Instant | null;
  lastAttemptAt: Instant | null;
  /** Released from a hold: sent only about what a poll after this has shown. */
  requirePollAfter: Instant | null;
  /** Released by command: no hold and no brake keeps it back again. */
  bypassHolds: boolean;
}>;

/** Of a mail in one of these it is not decided yet whether it is sent. */
export const waitingStates = ['pending', 'held'] as const satisfies readonly NotificationState[];

export function isWaiting({ state }: Notification): boolean {
  return waitingStates.some((waiting) => waiting === state);
}

/** Somebody is sending it right now, or died doing so less than a lease ago. */
export function isLeased({ leaseUntil }: Notification, now: Instant): boolean {
  return leaseUntil !== null && leaseUntil > now;
}

/** It waits, nobody is sending it, and nobody can have read it: what it says may still be changed. */
export function mayBeChanged(mail: Notification, now: Instant): boolean {
  return mail.state === 'pending' && !mail.outcomeUnknown && !isLeased(mail, now);
}

export function isAboutIncident({ topics }: Notification, incidentId: string): boolean {
  return topics.some((topic) => topic.incidentId === incidentId);
}

export function isAbout({ topics }: Notification, incidentId: string, step: Step): boolean {
  return topics.some((topic) => topic.incidentId === incidentId && isSameStep(topic.step, step));
}

export type NewNotification = Pick<
  Notification,
  'id' | 'tenantId' | 'contactId' | 'to' | 'kind' | 'reason' | 'createdAt' | 'conversationId' | 'topics' | 'report'
>;

/** A mail that waits, due at once. */
export function beginNotification(begun: NewNotification): Notification {
  return {
    ...begun,
    state: 'pending',
    dueAt: begun.createdAt,
    leaseUntil: null,
    attempts: 0,
    outcomeUnknown: false,
    messageId: null,
    subject: null,
    response: null,
    sentAt: null,
    firstAttemptAt: null,
    lastAttemptAt: null,
    requirePollAfter: null,
    bypassHolds: false,
  };
}

/** A cancelled mail may be written again, but for one that the operator discarded: nobody is to hear of that. */
export function isLive({ state, reason }: Notification): boolean {
  return state !== 'cancelled' || reason === 'discarded';
}

/** Written already, whether it waits, was sent, was refused or is held: a step is told to a contact once. */
export function isWritten(
  notifications: readonly Notification[],
  contactId: string | null,
  { incidentId, step }: Pick<Topic, 'incidentId' | 'step'>,
): boolean {
  return notifications.some((mail) => mail.contactId === contactId && isLive(mail) && isAbout(mail, incidentId, step));
}

/** What was released by command, or may have been read already, goes out whatever would keep it back. */
export function mayBeKeptBack({ bypassHolds, outcomeUnknown }: Notification): boolean {
  return !bypassHolds && !outcomeUnknown;
}
