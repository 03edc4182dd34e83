import type { Action } from './condition.ts';
import type { Instant } from './time.ts';

export const mailKinds = [
  'alert',
  'reminder',
  'recovered',
  'flapping',
  'removed',
  'reauthorize',
  'access_denied',
  'operator',
  'digest',
] as const;
export type MailKind = (typeof mailKinds)[number];

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
  /** The named reason of the latest decision about it. */
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
}>;

/**
 * One step of one incident that a mail tells: `alert:1`, `alert:2` (escalated), `reminder:3`, `recovered`.
 * A step is told to a contact once: the store refuses a second live notification for the same step and contact.
 */
export type Topic = Readonly<{ incidentId: string; step: string; action: Action }>;

/** Facts for the operator alone, about Constant Contact or Linkwatch itself. */
export type OperatorReport =
  | Readonly<{ about: 'outage_began'; since: Instant; failing: number; polled: number; kind: string }>
  | Readonly<{ about: 'outage_ended'; since: Instant; endedAt: Instant; kind: string }>;
