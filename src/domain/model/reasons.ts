/**
 * Why mail is, or is not, sent, and why an incident closed: decided by the rules, stored, logged and shown. Every list
 * is closed; its words are stored, so a word may be added, but not renamed.
 */

/** A stored word of another version of Linkwatch is read as this one. */
const UNKNOWN_REASON = 'unknown';

export const closeReasons = [
  'recovered',
  'not_confirmed',
  'removed',
  'replaced',
  'by_command',
  'ours',
  UNKNOWN_REASON,
] as const;
export type CloseReason = (typeof closeReasons)[number];

const alertReasons = [
  'first_alert',
  'found_at_baseline',
  'worse_action',
  'profile_missing',
  'settled_broken',
  'privileges_missing',
] as const;
export type AlertReason = (typeof alertReasons)[number];

/** Whether an alert was written for it. */
export function isAlertReason(reason: string): reason is AlertReason {
  return alertReasons.some((alerting) => alerting === reason);
}

/** Why an incident that is not over calls for no mail. */
const silentReasons = [
  'awaiting_confirmation',
  'baseline_is_silent',
  'waiting_at_baseline',
  'suspended_by_good_poll',
  'already_told',
  'lesser_action',
  'unsettled',
  'before_first_good_poll',
  // The operator, in place of the owner, of access that has never worked.
  'operator_told',
] as const;
export type SilentReason = (typeof silentReasons)[number] | Exclude<CloseReason, 'recovered' | 'removed'>;

const reminderReasons = ['reminder_due', 'last_reminder_due'] as const;
export type ReminderReason = (typeof reminderReasons)[number];

const laterReminderReasons = [
  'not_due',
  'flapping',
  'suspended_by_good_poll',
  'snoozed',
  'tenant_paused',
  'nothing_to_do',
  'awaiting_fresh_poll',
  'outside_reminder_hours',
  'told_nobody',
] as const;
export type LaterReminderReason = (typeof laterReminderReasons)[number];

const noReminderReasons = ['not_open', 'before_first_good_poll', 'told_nobody', 'reminders_used_up'] as const;
export type NoReminderReason = (typeof noReminderReasons)[number];

/** Why a mail that waits, or was sent, is sent. `released` stands for the reason that a hold has replaced. */
const sendReasons = [
  ...alertReasons,
  ...reminderReasons,
  'recovered',
  'flapping',
  'removed',
  'invited',
  'released',
  UNKNOWN_REASON,
] as const;
export type SendReason = (typeof sendReasons)[number];

const postponeReasons = [
  'tenant_paused',
  'suspended_by_good_poll',
  'awaiting_fresh_poll',
  'outside_reminder_hours',
  'broken_again',
  'overtaken',
] as const;
export type PostponeReason = (typeof postponeReasons)[number];

const heldReasons = ['held_fleet', 'held_brake', 'held_by_command', 'held_restored'] as const;
export type HeldReason = (typeof heldReasons)[number];

const cancelReasons = [
  'recipient_gone',
  'no_longer_true',
  'told_nobody',
  'snoozed',
  'reminders_off',
  'discarded',
  'ours',
  'before_first_good_poll',
  'tenant_removed',
] as const;
export type CancelReason = (typeof cancelReasons)[number];

export const failReasons = ['refused', 'address_refused', 'gave_up', 'bounced', UNKNOWN_REASON] as const;
export type FailReason = (typeof failReasons)[number];

/** Why a tenant's mail is in its state. */
export const reasonsByState = {
  pending: sendReasons,
  held: [...heldReasons, UNKNOWN_REASON],
  sent: sendReasons,
  failed: failReasons,
  cancelled: [...cancelReasons, UNKNOWN_REASON],
} as const;

/** Why mail about an incident was, or was not, sent when that was last decided. */
export const incidentDecisions = [
  ...sendReasons,
  ...silentReasons,
  ...closeReasons,
  ...heldReasons,
  ...postponeReasons,
  ...laterReminderReasons,
  ...noReminderReasons,
  ...failReasons.map((reason) => `mail_${reason}` as const),
  'recipient_gone',
  'no_recipient',
  'reminders_off',
  'discarded',
] as const;
export type IncidentDecision = (typeof incidentDecisions)[number];

/** Reads a stored reason, whichever version of Linkwatch has stored it. */
export function reasonFromText<Reason extends string>(
  known: readonly Reason[],
  text: string,
): Reason | typeof UNKNOWN_REASON {
  return known.find((reason) => reason === text) ?? UNKNOWN_REASON;
}
