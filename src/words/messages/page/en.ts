import type { Translated } from '../translated.ts';

/** Every word of the owner's page that no mail says too; the other languages say the same. See ../en.ts. */
export const pageEn = {
  'page.intro': 'The social accounts of {tenant} in Constant Contact.',
  'page.looked': 'Linkwatch last looked on {moment} ({ago}).',
  'page.never_looked': 'Linkwatch has not looked yet.',

  'page.summary.needs_you': {
    one: 'One of your social accounts needs you',
    other: '{count} of your social accounts need you',
  },
  'page.summary.access': 'Linkwatch cannot see your social accounts at the moment',
  'page.summary.paused': 'Linkwatch is not watching these social accounts at the moment',
  'page.summary.not_yet': 'Linkwatch has not seen your social accounts yet',
  'page.summary.empty': 'No social account is connected to Constant Contact',
  'page.summary.well': 'All of your social accounts work',
  'page.summary.no_need': 'None of your social accounts needs you',
  'page.paused':
    'Watching them is paused: Linkwatch looks at nothing and writes to nobody. If you did not expect that, write to {help}.',

  'page.label.broken': 'Needs you',
  'page.label.waiting': 'Waiting',
  'page.label.unobserved': 'Not seen',
  'page.label.healthy': 'Works',
  'page.label.removed': 'Removed',
  'page.label.suspected': 'Looking again',
  'page.suspected': 'Something may be wrong here. Linkwatch looks again before it asks you to do anything.',
  'page.recovering': 'It works. Linkwatch looks once more to be sure.',
  'page.wait': 'There is nothing you need to do: such a limit usually lifts by itself.',
  'page.check_failed': '{network} did not answer when Constant Contact asked. Linkwatch keeps looking.',
  'page.removed': 'This account is no longer connected to Constant Contact. If that is on purpose, all is well.',
  'page.last_seen': 'Linkwatch last saw it on {moment}.',
  'page.not_seen': 'Linkwatch has not seen it yet.',
  'page.snoozed': 'No reminders about it until {moment}.',
  'page.snoozed_until_fixed': 'No reminders about it until it works.',

  'page.note.unsubscribed': 'You are unsubscribed: Linkwatch sends you no mail about these accounts.',
  'page.note.not_mine': 'You said that these accounts are not yours: Linkwatch sends you no mail about them.',
  'page.note.undeliverable': 'Mail to {email} was refused as undeliverable, so Linkwatch sends you none.',
  'page.note.reminders_off': 'You get no reminders, because you chose so.',

  'page.nav': 'What else you can do',
  'page.link.check': 'I have reconnected: check now',
  'page.link.snooze': 'No reminders for a while',
  'page.link.preferences': 'Language and reminders',
  'page.link.not_mine': 'These accounts are not mine',
  'page.link.unsubscribe': 'Unsubscribe from these mails',
  'page.link.return.unsubscribed': 'I want these mails after all',
  'page.link.return.not_mine': 'They are mine after all',
  'page.link.return.undeliverable': 'Write to me again',
  'page.back': 'Back to your social accounts',
  'page.save': 'Save',

  'page.check.heading': 'Check now?',
  'page.check.line':
    'Linkwatch asks Constant Contact about the social accounts of {tenant} at once, which can take a few seconds. Then you see here what it found.',
  'page.check.button': 'Check now',

  'page.snooze.heading': 'No reminders for a while',
  'page.snooze.owner': 'This is about what needs you now, and holds for everybody who gets reminders of it.',
  'page.snooze.cc': 'This is about what needs somebody now, and holds for you alone.',
  'page.snooze.still': 'You still hear when it works again, and when something worse happens.',
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
  'page.preferences.on': 'Remind me of it now and then',
  'page.preferences.off': 'Tell me once, without reminders',

  'page.not_mine.heading': 'Are these accounts not yours?',
  'page.not_mine.line': 'Linkwatch will no longer write to {email} about the social accounts of {tenant}.',
  'page.not_mine.operator':
    'If nobody else gets these mails, those who run Linkwatch are told, so that they can ask somebody else.',
  'page.not_mine.button': 'They are not mine',

  'page.unsubscribe.heading': 'Unsubscribe?',
  'page.unsubscribe.line':
    'Linkwatch will no longer write to {email} when one of the social accounts of {tenant} needs attention. Posts may then fail without your knowing.',
  'page.unsubscribe.button': 'Unsubscribe',

  'page.return.heading': 'Do you want these mails again?',
  'page.return.line': 'Linkwatch will write to {email} again when one of the social accounts of {tenant} needs you.',
  'page.return.button': 'Yes, write to me',
  'page.return.already': 'You get these mails already.',

  'page.expired.heading': 'This link has expired',
  'page.expired.line': 'Newer mails from Linkwatch carry a newer link.',
  'page.nowhere.heading': 'This link leads nowhere',
  'page.nowhere.line': 'It may be incomplete, or about an account that Linkwatch no longer watches.',
  'page.help': 'If you need help, write to {help}.',
  'page.forged.heading': 'Nothing has changed',
  'page.forged.line': 'What was sent did not come from our page, or the page had been open for too long.',
  'page.forged.again': 'Open the page again, and press the button there',

  'page.done.snoozed_day': 'No reminders about this for a day. You still hear when it works again.',
  'page.done.snoozed_week': 'No reminders about this for a week. You still hear when it works again.',
  'page.done.snoozed_until_fixed': 'No more reminders about this. You still hear when it works again.',
  'page.done.snoozed_ended': 'Linkwatch reminds you again while something needs you.',
  'page.done.nothing_to_snooze': 'Nothing needs you now, so there was no reminder to stop.',
  'page.done.unsubscribed':
    'You are unsubscribed. Linkwatch will not write to you about these social accounts any more.',
  'page.done.not_mine': 'Thank you. Linkwatch will not write to you about these social accounts any more.',
  'page.done.returned': 'Linkwatch writes to you again when one of these social accounts needs you.',
  'page.done.preferred': 'Your choice is saved.',
  'page.done.works': 'Linkwatch has just looked: everything works.',
  'page.done.works_so_far': 'Linkwatch has just looked: it works. To be sure, it looks once more in {duration}.',
  'page.done.needs_you': 'Linkwatch has just looked: something still needs you. It looks again in {duration}.',
  'page.done.suspected':
    'Linkwatch has just looked: something may be wrong. It looks once more in {duration}, before it asks you to do anything.',
  'page.done.limited': 'Linkwatch has just looked: nothing needs you, but a network limits posts for now.',
  'page.done.unsure':
    'Constant Contact has answered, but does not know how every account is. Linkwatch looks once more in {duration}.',
  'page.done.no_answer': 'Constant Contact did not answer, so nothing new is known. Linkwatch keeps trying by itself.',
  'page.done.still_asking': 'Constant Contact has not answered yet. Look at this page again in a minute.',
  'page.done.used_up':
    'Linkwatch has no requests to Constant Contact left for today, so it could not look. It goes on by itself: {moment}.',
  'page.done.asked_just_now':
    'Linkwatch has looked less than a minute ago, so it did not look again. Here is what it saw; you can ask again in a minute.',
  'page.done.paused': 'Linkwatch did not look, because watching these social accounts is paused.',
  'page.done.access_lost':
    'Linkwatch could not look: Constant Contact does not let it see these social accounts at the moment.',
} as const;

export type PageMessages = Translated<typeof pageEn>;
