import type { Translated } from './translated.ts';

/**
 * Every word of every owner's mail; the other languages say the same. Each message is a whole sentence, so that another language can order it differently;
 * `{name}` is filled in; one with plural forms chooses by `{count}`.
 */
export const en = {
  /** Ends a line of plain text that what it announces follows. */
  colon: ':',
  'account.unnamed': 'account {accountId}',
  'network.unnamed': 'Social network',
  'tenant.unnamed': 'your account',

  'subject.reconnect': 'Reconnect {network} ({account}) to keep posting',
  'subject.choose_profile': 'Choose a page or profile for {network} ({account}) to keep posting',
  'subject.wait': '{network} ({account}) is limiting posts for now: nothing to do',
  'subject.wait.several': {
    one: '{count} social account of {tenant} is limited for now: nothing to do',
    other: '{count} social accounts of {tenant} are limited for now: nothing to do',
  },
  'subject.several': {
    one: '{count} social account of {tenant} needs you',
    other: '{count} social accounts of {tenant} need you',
  },
  'subject.reminder': 'Reminder: {subject}',
  'subject.recovered': '{network} ({account}) works again',
  'subject.recovered.several': {
    one: '{count} social account of {tenant} works again',
    other: '{count} social accounts of {tenant} work again',
  },
  'subject.flapping': '{network} ({account}) keeps breaking and working again',
  'subject.flapping.several': {
    one: '{count} social account of {tenant} keeps breaking and working again',
    other: '{count} social accounts of {tenant} keep breaking and working again',
  },
  'subject.removed': '{network} ({account}) is no longer connected in Constant Contact',
  'subject.removed.several': {
    one: '{count} social account of {tenant} is no longer connected in Constant Contact',
    other: '{count} social accounts of {tenant} are no longer connected in Constant Contact',
  },
  'subject.reauthorize': 'Linkwatch needs your permission again for {tenant}',
  'subject.privileges': 'Linkwatch may no longer look at the social accounts of {tenant}',
  'subject.access_recovered': 'Linkwatch can see the social accounts of {tenant} again',

  'alert.heading.reconnect': '{network} needs to be reconnected',
  'alert.heading.choose_profile': '{network} needs a page or profile',
  'alert.heading.wait': '{network} is limiting posts for now',
  'alert.heading.several': {
    one: '{count} of your social accounts needs you',
    other: '{count} of your social accounts need you',
  },
  'alert.heading.wait.several': {
    one: '{count} of your social accounts is limited for now',
    other: '{count} of your social accounts are limited for now',
  },
  'alert.intro.reconnect':
    'Constant Contact has lost its connection to one of the social accounts of {tenant}. Only a person can restore it, and it takes a few minutes.',
  'alert.intro.choose_profile':
    'One of the social accounts of {tenant} is connected to Constant Contact, but has no page or profile to post to. Only a person can choose one, and it takes a few minutes.',
  'alert.intro.several':
    'Constant Contact cannot post to some of the social accounts of {tenant}. Only a person can put this right, and it takes a few minutes.',
  'alert.intro.wait': 'There is nothing you need to do. We only want you to know why posts may be late.',
  'alert.intro.baseline':
    'Linkwatch has begun to watch the social accounts of {tenant} in Constant Contact, and found this when monitoring began.',
  'alert.intro.settled_broken':
    'After breaking and working again by turns, this has now stayed broken for hours. It will hardly mend by itself.',
  'alert.closing': 'Once it works again, Linkwatch notices by itself and sends you a short note.',
  'alert.closing.wait':
    'Such a limit usually lifts by itself. Linkwatch keeps watching and sends you a short note when it has.',

  'reminder.heading.reconnect': '{network} still needs to be reconnected',
  'reminder.heading.choose_profile': '{network} still needs a page or profile',
  'reminder.heading.several': {
    one: '{count} of your social accounts still needs you',
    other: '{count} of your social accounts still need you',
  },
  'reminder.intro': 'This has now lasted {duration}, and Constant Contact still cannot post there for {tenant}.',
  'reminder.last':
    'This is the last reminder: Linkwatch will not write about it again until it works. It keeps watching, and sends you a short note when it does.',

  'problem.token_missing': 'Constant Contact no longer holds a permission to use this account.',
  'problem.token_invalid': '{network} no longer accepts the permission that Constant Contact holds for this account.',
  'problem.scopes_missing': 'Constant Contact is missing some of the permissions it needs for this account.',
  'problem.no_profile': 'The account is connected, but no page or profile is chosen for posting.',
  'problem.rate_limited':
    '{network} is limiting how much may be posted, either by this account or by Constant Contact as a whole.',
  'problem.other': 'Constant Contact reports a problem with this account.',
  'problem.since': 'Since {moment} ({ago}).',
  'problem.baseline': 'Found {moment}; it may have been so for longer.',
  'problem.effect.reconnect': 'Posts planned for it will not be published until it is reconnected.',
  'problem.effect.choose_profile': 'Posts planned for it will not be published until one is chosen.',
  'problem.effect.wait': 'Posts planned for it may not be published until the limit is lifted.',
  'problem.effect.none': 'Posts planned for it may not be published.',

  'button.reconnect': 'Reconnect in Constant Contact',
  'button.choose_profile': 'Choose it in Constant Contact',
  'button.several': 'Open Constant Contact',
  'link.check.reconnect': 'I have reconnected: check now',
  'link.check.done': 'It is done: check now',
  'link.snooze': 'Remind me later',
  'steps.title': 'What to do',
  // Nobody documents Constant Contact's menus, so these name none.
  'step.sign_in': 'Sign in to Constant Contact.',
  'step.open_settings': 'Open the settings of your social accounts.',
  'step.reconnect':
    'Reconnect {network} as {account}. Sign in to {network} as the person who manages this account, and allow every permission it asks for.',
  'step.choose_profile': 'For {network}, {account}: choose the page or profile that your posts should go to.',
  'step.connect':
    'Connect {network} as {account} again. Sign in to {network} as the person who manages this account, and allow every permission it asks for.',

  'flapping.heading': '{network} keeps breaking and working again',
  'flapping.heading.several': {
    one: '{count} of your social accounts keeps breaking and working again',
    other: '{count} of your social accounts keep breaking and working again',
  },
  'flapping.intro':
    'Constant Contact can post there for {tenant} at one time, and not at another. It may settle by itself, so there is nothing you need to do yet.',
  'flapping.broke': 'It last broke {moment} ({ago}).',
  'flapping.steps.title': 'If it goes on',
  'flapping.closing':
    'So as not to write to you at every turn, Linkwatch now stays silent about this until it has held still for {duration}. Then it tells you how it is.',

  'removed.heading': '{network} is no longer connected',
  'removed.heading.several': {
    one: '{count} of your social accounts is no longer connected',
    other: '{count} of your social accounts are no longer connected',
  },
  'removed.intro': {
    one: 'Constant Contact no longer lists one of the social accounts of {tenant}, so it cannot post there.',
    other: 'Constant Contact no longer lists {count} of the social accounts of {tenant}, so it cannot post there.',
  },
  'removed.meaning':
    'If this is on purpose, there is nothing you need to do. If it is not, please connect again as described below.',
  'removed.noticed': 'Noticed {moment} ({ago}).',
  'removed.steps.title': 'If it was not on purpose',
  'removed.closing':
    'No reminders of this will follow. If it is connected again, Linkwatch notices by itself and goes on watching it.',

  'recovered.heading': '{network} works again',
  'recovered.heading.several': {
    one: '{count} of your social accounts works again',
    other: '{count} of your social accounts work again',
  },
  'recovered.intro': 'Thank you. Constant Contact can post there again for {tenant}.',
  'recovered.duration': 'Working again since {moment}. It did not work for {duration}.',
  'recovered.closing':
    'Posts that were planned for that time may not have been published. It is worth a look at your calendar in Constant Contact.',

  'reauthorize.heading': 'Linkwatch needs your permission again',
  'reauthorize.heading.still': 'Linkwatch still needs your permission',
  'reauthorize.intro':
    'Since {moment} ({ago}), Constant Contact no longer lets Linkwatch look at the social accounts of {tenant}. This can happen when a permission has run out, or when a user or password has changed.',
  'privileges.heading': 'Linkwatch may no longer look at your social accounts',
  'privileges.heading.still': 'Linkwatch still may not look at your social accounts',
  'privileges.intro':
    'Since {moment} ({ago}), Constant Contact refuses to show Linkwatch the social accounts of {tenant}. This can happen when the person who gave Linkwatch its permission now has another role there.',
  'access.meaning':
    'This says nothing about the accounts themselves: they may be perfectly well. It means that Linkwatch cannot watch them, so it cannot tell you when one of them needs you.',
  'access.reauthorize.help': 'Please write to {help}, and we will help you to give Linkwatch its permission again.',
  'access.privileges.help':
    'Please ask the owner of your Constant Contact account to check that this person may still view campaigns, or write to {help} and we will help you.',
  'access.last':
    'This is the last reminder: Linkwatch will not write about it again until it can see your accounts. It keeps trying, and sends you a short note when it can.',
  'access.button': 'Write to us',
  'access.recovered.heading': 'Linkwatch can see your social accounts again',
  'access.recovered.intro':
    'Thank you. Linkwatch watches the social accounts of {tenant} again since {moment}. It could not for {duration}.',
  'access.recovered.closing': 'If one of them needs you, you will hear from us.',

  'footer.page': 'See how your social accounts are doing now',
  'footer.page.access': 'Open your page at Linkwatch',
  'footer.preferences': 'Language and reminders',
  'footer.not_mine': 'This is not mine',
  'footer.unsubscribe': 'Unsubscribe from these mails',
  'footer.why.owner':
    'You get this mail because Linkwatch watches the social accounts of {tenant} in Constant Contact, and you are named as their owner.',
  'footer.why.cc':
    'You get this mail because Linkwatch watches the social accounts of {tenant} in Constant Contact, and you are named to hear of problems too.',
  'footer.also_to': 'It also went to {others}.',
  'footer.questions': 'Questions? Write to {help}.',
} as const;

/** A language, as mail has it, and the pages some too. */
export type Messages = Translated<typeof en>;
