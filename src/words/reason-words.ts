import type { CancelReason, FailReason, IncidentDecision } from '../domain/model/reasons.ts';

/** Why mail was, or was not, sent, as the rest of a sentence after "because". */
const reasonWords: Readonly<Record<Exclude<IncidentDecision | CancelReason | FailReason, `mail_${string}`>, string>> = {
  first_alert: 'the problem was certain, and nobody had been told of it',
  found_at_baseline: 'the problem was there when monitoring began',
  worse_action: 'the problem had got worse than the mail before said',
  profile_missing: 'the account was connected again, and a page or profile was still to be chosen',
  settled_broken: 'it had broken and worked by turns, and then stayed broken',
  privileges_missing: 'access was given again, and a privilege was still missing',
  reminder_due: 'the problem was still there when a reminder was due',
  last_reminder_due: 'the problem was still there when the last reminder was due',
  recovered: 'it works again',
  flapping: 'it breaks and works again by turns',
  removed: 'the account is no longer listed',
  invited: 'somebody was invited to connect the account',
  released: 'it was let go after it had been held',
  awaiting_confirmation: 'another poll must confirm the problem first',
  baseline_is_silent: 'the problem was there when monitoring began, and ALERT_ON_BASELINE is off',
  waiting_at_baseline: 'the account was waiting for its network when monitoring began, which passes by itself',
  suspended_by_good_poll: 'the latest poll was good again',
  already_told: 'the mail about it was sent before',
  lesser_action: 'the mail before asked for more than what is left to do',
  unsettled: 'polls suspect trouble again and again, and do not confirm it',
  before_first_good_poll: 'our access has never worked, which is the operator’s matter and not the owner’s',
  operator_told: 'our access has never worked, and the operator was told in place of the owner',
  not_confirmed: 'the next poll did not confirm the problem',
  replaced: 'another account of the network has taken its place',
  by_command: 'the incident was closed by hand',
  ours: 'the failure was ours, and not the account’s',
  not_due: 'the next reminder is not due yet',
  snoozed: 'reminders are snoozed',
  tenant_paused: 'the tenant is paused',
  nothing_to_do: 'the owner can do nothing about it now',
  awaiting_fresh_poll: 'another poll must show first that it is still so',
  outside_reminder_hours: 'it is outside the hours for reminders',
  broken_again: 'the connection is broken again, and the mail about that has not reached this contact',
  overtaken: 'another mail to this contact waits with a later alert about the same problem',
  held_fleet: 'many tenants show the same problem at once, so that it is hardly their owners’ doing',
  held_brake: 'more mail than MAIL_BRAKE allows was due within an hour',
  held_by_command: 'mail is held by command',
  held_restored: 'the database was restored, and the same may have been told in the time that is missing from it',
  not_open: 'the problem is not certain, or is over',
  told_nobody: 'nobody had been told of the problem',
  reminders_used_up: 'all reminders have been sent',
  recipient_gone: 'the recipient gets no mail any more',
  no_recipient: 'the tenant has no contact that can be reached',
  reminders_off: 'the contact wants no reminders',
  discarded: 'it was discarded by command',
  no_longer_true: 'it was no longer true when it was due',
  tenant_removed: 'the tenant was removed',
  refused: 'the mail server refused it',
  address_refused: 'the mail server refused the address',
  gave_up: 'no mail server took it within MAIL_RETRY_FOR',
  bounced: 'it came back after a mail server had taken it',
  unknown: 'of a reason that this version of Linkwatch does not know',
};

/** Words for a reason as it is stored: a mail's own, or an incident's, which says `mail_` before that of its mail. */
export function reasonText(reason: string): string {
  const own = reason.replace(/^mail_/, '');
  return isKnown(own) ? reasonWords[own] : reason.replaceAll('_', ' ');
}

function isKnown(reason: string): reason is keyof typeof reasonWords {
  return Object.hasOwn(reasonWords, reason);
}
