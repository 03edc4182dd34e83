import type { Action, Condition } from './condition.ts';
import type { Instant } from './time.ts';

export const incidentStates = ['suspected', 'open', 'recovering', 'closed'] as const;
export type IncidentState = (typeof incidentStates)[number];

export const closeReasons = ['recovered', 'not_confirmed', 'removed', 'replaced', 'by_command'] as const;
export type CloseReason = (typeof closeReasons)[number];

/** Polls of one kind in a row, counted only when they are at least RECHECK_AFTER apart. */
export type Count = Readonly<{ polls: number; lastCountedAt: Instant }>;

/**
 * A connection's time in trouble, whatever its conditions in turn, from the first bad poll to the confirmed repair.
 * An incident without a connection is about our access to the tenant.
 */
export type Incident = Readonly<{
  id: string;
  tenantId: string;
  connectionId: string | null;
  state: IncidentState;
  /** As the latest bad poll shows it. */
  action: Action;
  conditions: readonly Condition[];
  openedAt: Instant;
  confirmedAt: Instant | null;
  closedAt: Instant | null;
  closeReason: CloseReason | null;
  foundAtBaseline: boolean;
  /** Bad polls towards the confirmation. */
  bad: Count | null;
  /** Bad polls that showed the current action, towards believing a new one. */
  sameAction: Count | null;
  /** Good polls towards the repair. */
  good: Count | null;
  /** The last action that was confirmed; null while suspected. */
  certainAction: Action | null;
  /** The latest alert that a mail server accepted for at least one contact. */
  told: Told | null;
  remindersSent: number;
  /** When the next reminder is due; null when none is. */
  remindAt: Instant | null;
  snoozedUntil: Instant | null;
  acknowledgedAt: Instant | null;
  /** Why mail about it was, or was not, sent when that was last decided. */
  decision: string;
}>;

/** `conversationId` keeps an alert, its reminders and its recovery together in the reader's mail program. */
export type Told = Readonly<{ action: Action; at: Instant; conversationId: string }>;
