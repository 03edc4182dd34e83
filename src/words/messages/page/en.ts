import type { Translated } from '../translated.ts';

/** Every word of the owner's page that no mail says too; the other languages say the same. See ../en.ts. */
export const pageEn = {
  'access.reauthorize.help': 'Please write to {help}. We will help you renew the permission.',

  'page.intro': '{brand} keeps an eye on the social accounts of {tenant} in Constant Contact.',
  'page.looked': 'Last checked on {moment} ({ago}).',
  'page.never_looked': 'They have not been checked yet.',

  'page.summary.needs_you': {
    one: 'One of your social accounts needs you',
    other: '{count} of your social accounts need you',
  },
  'page.summary.access': 'We cannot see your social accounts at the moment',
  'page.summary.paused': 'These social accounts are not being checked at the moment',
  'page.summary.not_yet': 'Your social accounts have not been checked yet',
  'page.summary.empty': 'No social account is connected to Constant Contact',
  'page.summary.well': 'All of your social accounts work',
  'page.summary.suspected': {
    one: 'One of your social accounts may have a problem: we are checking again',
    other: '{count} of your social accounts may have a problem: we are checking again',
  },
  'page.summary.unknown': {
    one: 'We do not know how one of your social accounts is doing at the moment',
    other: 'We do not know how {count} of your social accounts are doing at the moment',
  },
  'page.paused':
    'Checking is paused: nothing is checked, and nobody gets email. If you did not expect that, write to {help}.',

  'page.label.broken': 'Needs you',
  'page.label.waiting': 'Waiting',
  'page.label.unobserved': 'Not checked',
  'page.label.healthy': 'Works',
  'page.label.removed': 'Removed',
  'page.label.suspected': 'Checking again',
  'page.suspected': 'Something may be wrong here. We will check again before we ask you to do anything.',
  'page.recovering': 'It works. We will check once more to be sure.',
  'page.wait': 'There is nothing you need to do. A limit like this usually lifts on its own.',
  'page.check_failed': '{network} did not answer when Constant Contact asked. We will keep checking.',
  'page.removed': 'This account is no longer connected to Constant Contact. If that is intended, all is well.',
  'page.last_seen': 'Last checked on {moment}.',
  'page.not_seen': 'Not checked yet.',
  'page.snoozed': 'No reminders about it until {moment}.',
  'page.snoozed_until_fixed': 'No reminders about it until it works.',

  'page.range': 'Accounts {from} to {to} of {total}',
  'page.previous': 'Previous accounts',
  'page.next': 'More accounts',
  'page.list': 'Your social accounts',

  'page.guest':
    'This page was passed on to you, so that you can see how these accounts are doing and have them checked. You cannot change anything else.',
  'page.guest.only': 'This page can only be viewed',
  'page.guest.only.line':
    'It was passed on to you, so that you can see how these accounts are doing and have them checked. Only the person who gets the email can do anything else.',

  'page.note.unsubscribed': 'You are unsubscribed: we do not send you any email about these accounts.',
  'page.note.not_mine': 'You told us that these accounts are not yours: we do not send you any email about them.',
  'page.note.undeliverable': 'Email to {email} could not be delivered, so we do not send you any.',
  'page.note.reminders_off': 'You get no reminders, as you chose.',

  'page.nav': 'What else you can do',
  'page.link.check': 'I have reconnected: check now',
  'page.link.snooze': 'Pause reminders',
  'page.link.preferences': 'Language and reminders',
  'page.link.not_mine': 'These accounts are not mine',
  'page.link.unsubscribe': 'Unsubscribe from these emails',
  'page.link.return.unsubscribed': 'I want these emails after all',
  'page.link.return.not_mine': 'They are mine after all',
  'page.link.return.undeliverable': 'Write to me again',
  'page.back': 'Back to your social accounts',
  'page.save': 'Save',

  'page.check.heading': 'Check now?',
  'page.check.line':
    'We will ask Constant Contact about the social accounts of {tenant} right away. This can take a few seconds. You will then see the result here.',
  'page.check.button': 'Check now',

  'page.snooze.heading': 'Pause reminders',
  'page.snooze.owner': 'This is about what needs you now, and applies to everyone who gets reminders of it.',
  'page.snooze.cc': 'This is about what needs attention now, and applies to you alone.',
  'page.snooze.still': 'We will still tell you when it works again, and when something worse happens.',
  'page.snooze.legend': 'For how long?',
  'page.snooze.day': 'One day',
  'page.snooze.week': 'One week',
  'page.snooze.until_fixed': 'Until it is fixed',
  'page.snooze.ended': 'Not at all: remind me again',
  'page.snooze.nothing': 'Nothing needs you now, so there are no reminders.',

  'page.preferences.heading': 'Language and reminders',
  'page.preferences.language': 'Which language do you read?',
  'page.preferences.default': 'As set for the account ({language})',
  'page.preferences.reminders': 'When something stays broken',
  'page.preferences.on': 'Remind me now and then',
  'page.preferences.off': 'Tell me once, without reminders',

  'page.not_mine.heading': 'Are these accounts not yours?',
  'page.not_mine.line': 'We will stop writing to {email} about the social accounts of {tenant}.',
  'page.not_mine.operator': 'If nobody else gets these emails, {brand} is told, so that somebody else can be asked.',
  'page.not_mine.button': 'They are not mine',

  'page.unsubscribe.heading': 'Unsubscribe?',
  'page.unsubscribe.line':
    'We will stop writing to {email} when one of the social accounts of {tenant} needs attention. Posts may then fail without your knowing.',
  'page.unsubscribe.button': 'Unsubscribe',

  'page.return.heading': 'Do you want these emails again?',
  'page.return.line': 'We will write to {email} again when one of the social accounts of {tenant} needs you.',
  'page.return.button': 'Yes, write to me',
  'page.return.already': 'You already get these emails.',

  'page.expired.heading': 'This link has expired',
  'page.expired.line': 'Newer emails from {brand} have a newer link.',
  'page.nowhere.heading': 'This link leads nowhere',
  'page.nowhere.line': 'It may be incomplete, or belong to an account that is no longer looked after here.',
  'page.help': 'If you need help, write to {help}.',
  'page.forged.heading': 'Nothing has changed',
  'page.forged.line': 'What was sent did not come from our page, or the page had been open for too long.',
  'page.forged.again': 'Open the page again and press the button there',

  'page.trouble.away': 'This page cannot be shown right now',
  'page.trouble.failed': 'Something went wrong here, and it is not your doing',
  'page.trouble.line': 'Please try again in a few minutes. Nothing is lost.',
  'page.trouble.form': 'What you asked for may not be done yet. You can ask for it again: asking twice does no harm.',
  'page.trouble.again': 'Try again',

  'page.done.snoozed_day': 'No reminders about this for a day. We will still tell you when it works again.',
  'page.done.snoozed_week': 'No reminders about this for a week. We will still tell you when it works again.',
  'page.done.snoozed_until_fixed': 'No more reminders about this. We will still tell you when it works again.',
  'page.done.snoozed_ended': 'We will remind you again while something needs you.',
  'page.done.nothing_to_snooze': 'Nothing needs you now, so there was no reminder to pause.',
  'page.done.unsubscribed': 'You are unsubscribed. We will not write to you about these social accounts any more.',
  'page.done.not_mine': 'Thank you. We will not write to you about these social accounts any more.',
  'page.done.returned': 'We will write to you again when one of these social accounts needs you.',
  'page.done.preferred': 'Your choice is saved.',
  'page.done.works': 'We have just checked: everything works.',
  'page.done.works_so_far': 'We have just checked: it works. To be sure, we will check once more in {duration}.',
  'page.done.needs_you': 'We have just checked: something still needs you. We will check again in {duration}.',
  'page.done.suspected':
    'We have just checked: something may be wrong. We will check once more in {duration}, before we ask you to do anything.',
  'page.done.limited': 'We have just checked: nothing needs you, but a network is limiting posts for now.',
  'page.done.unsure':
    'Constant Contact has answered, but cannot say how every account is doing. We will check once more in {duration}.',
  'page.done.no_answer': 'Constant Contact did not answer, so we know nothing new. We will keep trying.',
  'page.done.still_asking': 'Constant Contact has not answered yet. Please open this page again in a minute.',
  'page.done.used_up':
    'We have used up our requests to Constant Contact for today, so we could not check. We will go on by ourselves: {moment}.',
  'page.done.asked_just_now':
    'We checked less than a minute ago, so we did not check again. This is what we saw. You can ask again in a minute.',
  'page.done.paused': 'We did not check, because checking these social accounts is paused.',
  'page.done.access_lost':
    'We could not check: Constant Contact does not let us see these social accounts at the moment.',
} as const;

export type PageMessages = Translated<typeof pageEn>;
