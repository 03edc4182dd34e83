import type { Translated } from './translated.ts';

/**
 * Every word of every owner's mail; the other languages say the same. Each message is a whole sentence, so that another
 * language can order it differently; `{name}` is filled in, `{brand}` with the name of whoever speaks; one with plural
 * forms chooses by `{count}`.
 */
export const en = {
  /** Stands between a label and what the label announces, on the same line or on the next. */
  colon: ':',
  'account.unnamed': 'account {accountId}',
  'network.unnamed': 'Social network',
  'tenant.unnamed': 'your account',

  'subject.reconnect': 'Reconnect {network} ({account}) to keep posting',
  'subject.choose_profile': 'Choose a page or profile for {network} ({account}) to keep posting',
  'subject.page_unreachable': 'Check the pages of {network} ({account}) to keep posting',
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
  'subject.flapping': '{network} ({account}) keeps losing its connection',
  'subject.flapping.several': {
    one: '{count} social account of {tenant} keeps losing its connection',
    other: '{count} social accounts of {tenant} keep losing their connection',
  },
  'subject.removed': '{network} ({account}) is no longer connected in Constant Contact',
  'subject.removed.several': {
    one: '{count} social account of {tenant} is no longer connected in Constant Contact',
    other: '{count} social accounts of {tenant} are no longer connected in Constant Contact',
  },
  'subject.reauthorize': '{brand} needs your permission again for {tenant}',
  'subject.privileges': '{brand} can no longer view the social accounts of {tenant}',
  'subject.access_recovered': '{brand} can see the social accounts of {tenant} again',

  'alert.heading.reconnect': '{network} needs to be reconnected',
  'alert.heading.choose_profile': '{network} needs a page or profile',
  'alert.heading.page_unreachable': 'Some pages of {network} need you',
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
    'Constant Contact has lost its connection to one of the social accounts of {tenant}, which {brand} keeps an eye on. Someone has to reconnect it by hand, which takes a few minutes.',
  'alert.intro.choose_profile':
    'One of the social accounts of {tenant}, which {brand} keeps an eye on, is connected to Constant Contact but has no page or profile to post to. Someone has to choose one by hand, which takes a few minutes.',
  'alert.intro.page_unreachable':
    'One of the social accounts of {tenant}, which {brand} keeps an eye on, is connected to Constant Contact, but some of its pages can no longer be posted to. Someone has to choose them again by hand, which takes a few minutes.',
  'alert.intro.several':
    'Constant Contact cannot post to some of the social accounts of {tenant}, which {brand} keeps an eye on. Someone has to fix this by hand, which takes a few minutes.',
  'alert.intro.wait': 'There is nothing you need to do. We only want you to know why posts may be late.',
  'alert.intro.baseline':
    '{brand} has just started to keep an eye on the social accounts of {tenant} in Constant Contact, and found this right away.',
  'alert.intro.settled_broken':
    'After working on and off, this account has now been disconnected for hours. It is unlikely to recover on its own.',
  'alert.closing': 'As soon as everything works again, we will see it and send you a short note.',
  'alert.closing.wait':
    'A limit like this usually lifts on its own. We will keep checking, and send you a short note when it does.',

  'reminder.heading.reconnect': '{network} still needs to be reconnected',
  'reminder.heading.choose_profile': '{network} still needs a page or profile',
  'reminder.heading.page_unreachable': 'Some pages of {network} still need you',
  'reminder.heading.several': {
    one: '{count} of your social accounts still needs you',
    other: '{count} of your social accounts still need you',
  },
  'reminder.intro':
    'It has been {duration}, and Constant Contact still cannot post there for {tenant}. {brand} keeps an eye on these accounts.',
  'reminder.last':
    'This is our last reminder. We will not write about this again until it works. We will keep checking, and send you a short note when it does.',

  'problem.token_missing': 'Constant Contact no longer has permission to use this account.',
  'problem.token_invalid': '{network} no longer accepts the permission that Constant Contact has for this account.',
  'problem.scopes_missing': 'Constant Contact is missing some of the permissions it needs for this account.',
  'problem.no_profile': 'The account is connected, but no page or profile has been chosen for posts.',
  'problem.page_unreachable': 'The account is connected, but Constant Contact can no longer post to every page of it.',
  'problem.rate_limited':
    '{network} is limiting how much can be posted, either by this account or by Constant Contact as a whole.',
  'problem.other': 'Constant Contact reports a problem with this account.',
  'problem.pages': { one: 'It concerns this page: {pages}.', other: 'It concerns these pages: {pages}.' },
  'problem.pages.more': { one: '{count} more page', other: '{count} more pages' },
  'problem.since': 'Since {moment} ({ago}).',
  'problem.baseline': 'Found on {moment}. It may have started earlier.',
  'problem.effect.reconnect': 'Scheduled posts will not be published there until the account is reconnected.',
  'problem.effect.choose_profile': 'Scheduled posts will not be published there until a page or profile is chosen.',
  'problem.effect.page_unreachable':
    'Scheduled posts for these pages will not be published until they are chosen again.',
  'problem.effect.wait': 'Scheduled posts may not be published there until the limit is lifted.',
  'problem.effect.none': 'Scheduled posts may not be published there.',

  'list.more': { one: 'and {count} more account', other: 'and {count} more accounts' },

  'button.reconnect': 'Reconnect in Constant Contact',
  'button.choose_profile': 'Choose it in Constant Contact',
  'button.several': 'Open Constant Contact',
  'link.check.reconnect': 'I have reconnected: check now',
  'link.check.done': 'It is done: check now',
  'link.snooze': 'Remind me later',
  'link.forward': 'Not your job? Pass this page on to the right person',
  'steps.title': 'What to do',
  // Nobody documents Constant Contact's menus, so these name none.
  'step.sign_in': 'Sign in to Constant Contact the way you always do.',
  'step.open_settings': 'Open the settings for your social accounts.',
  'step.reconnect':
    'Reconnect {network} as {account}. When {network} asks you to sign in, use the login of a full administrator of that page or account. Allow every permission it asks for.',
  'step.reconnect.several':
    'Reconnect each account listed here that has lost its connection. When its network asks you to sign in, use the login of a full administrator of that page or account. Allow every permission it asks for.',
  'step.choose_profile':
    'For {network} ({account}), choose the page or profile that your posts should go to. Sign in there as its full administrator, and allow every permission it asks for.',
  'step.choose_profile.several':
    'For each account listed here that has no page or profile, choose the one that your posts should go to. Sign in there as its full administrator, and allow every permission it asks for.',
  'step.connect':
    'Connect {network} again as {account}. When {network} asks you to sign in, use the login of a full administrator of that page or account. Allow every permission it asks for.',
  'step.connect.several':
    'Connect each account listed here again. When its network asks you to sign in, use the login of a full administrator of that page or account. Allow every permission it asks for.',
  'facts.title': 'Good to know',
  'facts.who': 'Only a full administrator of the page or account can do this.',
  'facts.keep':
    'Please do not delete the account in Constant Contact and add it again: posts already scheduled for it may be lost.',
  'facts.scheduled':
    'Afterward, look through your scheduled posts in Constant Contact. Those that came due in the meantime may not have been published.',
  'facts.password':
    'We never ask for your password. You only enter it on the websites of Constant Contact and of the social network itself.',

  'flapping.heading': '{network} keeps losing its connection',
  'flapping.heading.several': {
    one: '{count} of your social accounts keeps losing its connection',
    other: '{count} of your social accounts keep losing their connection',
  },
  'flapping.intro':
    'Constant Contact can post there for {tenant} at some times and not at others. {brand} keeps an eye on it. It may settle on its own, so there is nothing you need to do yet.',
  'flapping.broke': 'It was last lost on {moment} ({ago}).',
  'flapping.steps.title': 'If this goes on',
  'flapping.closing':
    'We do not want to write to you at every turn, so you will not hear from us about this until nothing has changed for {duration}. Then we will tell you how it stands.',

  'removed.heading': '{network} is no longer connected',
  'removed.heading.several': {
    one: '{count} of your social accounts is no longer connected',
    other: '{count} of your social accounts are no longer connected',
  },
  'removed.intro': {
    one: 'One of the social accounts of {tenant}, which {brand} keeps an eye on, is no longer in Constant Contact, so Constant Contact cannot post there.',
    other:
      '{count} of the social accounts of {tenant}, which {brand} keeps an eye on, are no longer in Constant Contact, so Constant Contact cannot post there.',
  },
  'removed.meaning':
    'If this is intended, there is nothing you need to do. If it is not, please connect again as described below.',
  'removed.noticed': 'Noticed on {moment} ({ago}).',
  'removed.steps.title': 'If it was not intended',
  'removed.closing':
    'We will not remind you of this. Once the account is connected again, we will keep an eye on it as before.',

  'recovered.heading': '{network} works again',
  'recovered.heading.several': {
    one: '{count} of your social accounts works again',
    other: '{count} of your social accounts work again',
  },
  'recovered.intro':
    'Thank you. Constant Contact can post there again for {tenant}. {brand} keeps an eye on these accounts.',
  'recovered.duration': 'It has worked again since {moment}. It was down for {duration}.',
  'recovered.closing':
    'Posts scheduled for that time may not have been published. Please look through your scheduled posts in Constant Contact.',

  'reauthorize.heading': '{brand} needs your permission again',
  'reauthorize.heading.still': '{brand} still needs your permission',
  'reauthorize.intro':
    'Since {moment} ({ago}), Constant Contact has not let {brand} view the social accounts of {tenant}. This happens when a permission has expired, or when a user or password has changed.',
  'reauthorize.intro.scope':
    'Since {moment} ({ago}), Constant Contact has not let {brand} view the social accounts of {tenant}. The permission that was given leaves out a part that {brand} needs: campaigns, to which the social accounts belong.',
  'privileges.heading': '{brand} can no longer view your social accounts',
  'privileges.heading.still': '{brand} still cannot view your social accounts',
  'privileges.intro':
    'Since {moment} ({ago}), Constant Contact has refused to show {brand} the social accounts of {tenant}. This happens when the person who gave the permission has a different role there now.',
  'privileges.intro.known':
    'Since {moment} ({ago}), Constant Contact has refused to show {brand} the social accounts of {tenant}. The person who gave the permission does not have the privilege to view campaigns there ({privilege}).',
  'access.meaning':
    'This does not mean that anything is wrong with the accounts themselves. It means that we cannot check them, so we cannot tell you when one of them needs you.',
  'access.privileges.help':
    'Please ask the owner of your Constant Contact account to check that this person can still view campaigns, or write to {help} and we will help you.',
  'access.scope.help': 'When Constant Contact asks you what to allow, please allow everything on the list.',
  'access.last':
    'This is our last reminder. We will not write about this again until we can see your accounts. We will keep trying, and send you a short note when we can.',
  'access.button': 'Write to us',
  'access.recovered.heading': '{brand} can see your social accounts again',
  'access.recovered.intro':
    'Thank you. {brand} has been able to check the social accounts of {tenant} again since {moment}. It could not for {duration}.',
  'access.recovered.closing': 'If one of them needs you, we will let you know.',

  'footer.page': 'See how your social accounts are doing now',
  'footer.page.access': 'Open your page at {brand}',
  'footer.preferences': 'Language and reminders',
  'footer.not_mine': 'These accounts are not mine',
  'footer.unsubscribe': 'Unsubscribe from these emails',
  'footer.named.owner':
    '{brand} looks after the social accounts of {tenant} and gave us this address, because you are named as the person responsible for them. This email was sent automatically for {brand}.',
  'footer.named.cc':
    '{brand} looks after the social accounts of {tenant} and gave us this address, so that you also hear of problems. This email was sent automatically for {brand}.',
  'footer.why.owner':
    'Linkwatch checks the social accounts of {tenant} in Constant Contact. Whoever set that up for {tenant} gave us this address, because you are named as the person responsible for them.',
  'footer.why.cc':
    'Linkwatch checks the social accounts of {tenant} in Constant Contact. Whoever set that up for {tenant} gave us this address, so that you also hear of problems.',
  'footer.also_to': 'This email also went to {others}.',
  'footer.and_others': { one: '{count} more', other: '{count} more' },
  'footer.questions': 'Questions? Write to {help}.',
} as const;

/** The messages of one language for mail; the pages use some of them, too. */
export type Messages = Translated<typeof en>;
