import type { Translated } from '../translated.ts';

/** The words with which an account is connected: the invitation, and the pages that it leads to. */
export const connectEn = {
  'subject.invitation': 'Allow {brand} to check the social accounts of {tenant}',
  'invitation.heading': 'Please connect your Constant Contact account',
  'invitation.intro':
    '{brand} keeps an eye on the social accounts of {tenant} that are connected to Constant Contact, and writes to you when one of them stops working, before a planned post fails. For this, your permission is needed.',
  'invitation.how':
    'The button opens a page that sends you on to Constant Contact. Sign in there as the owner of the account, and allow access. It takes a minute, and we never see your password.',
  'invitation.scope':
    'Constant Contact will ask whether we may use your campaigns, because it has no smaller permission for this. We only look at how your social accounts are doing, and change nothing.',
  'invitation.button': 'Connect the account',
  'invitation.closing':
    'The link works once, and for 7 days. If you did not expect this mail, you need not do anything.',
  'invitation.why': 'You get this mail because whoever set this up for you gave us this address.',
  'access.connect.help':
    'Press the button, sign in to Constant Contact as the owner of the account, and allow access again. It takes a minute.',
  'access.connect.button': 'Renew the permission',
  'connect.heading': 'May {brand} check the social accounts of {tenant}?',
  'connect.how':
    'The button leads to Constant Contact. Sign in there as the owner of the account, and allow access. Then you come back here.',
  'connect.button': 'Continue to Constant Contact',
  'connect.asks.heading': 'Is this the right account?',
  'connect.asks.line': 'You signed in as {found}, but this link is for {tenant}. Nothing has changed so far.',
  'connect.asks.other':
    'The account that you signed in to is checked already. If you go on, its permission is renewed.',
  'connect.asks.take': 'Yes, connect {found}',
  'connect.asks.again': 'Sign in to another account',
  'connect.nameless': 'an account without a name',
  'connect.done.heading': 'Thank you, the account is connected',
  'connect.done.line': '{brand} now keeps an eye on the social accounts of {tenant}.',
  'connect.done.seen': {
    one: 'A first look has found {count} social account.',
    other: 'A first look has found {count} social accounts.',
  },
  'connect.done.broken':
    'At least one of them may need you. Your page says which, and you get a mail once that is certain.',
  'connect.done.later': 'The first look at them follows soon.',
  'connect.denied.heading': 'You did not allow access',
  'connect.denied.line': 'Nothing has changed. You can try again whenever you like.',
  'connect.scopes.heading': 'A permission is missing',
  'connect.scopes.line':
    'Constant Contact has not given everything that is needed ({scopes}), so nothing has changed. Please try again and allow everything. If it happens once more, write to {help}.',
  'connect.failed.heading': 'That did not work',
  'connect.failed.line':
    'Constant Contact did not answer as expected, so nothing has changed. Please try again in a few minutes. If it happens once more, write to {help}.',
  'connect.stale.heading': 'Please begin again',
  'connect.stale.line':
    'This answer belongs to no page that is open in this browser, or the page was open for too long. Nothing has changed. Open the link in our mail once more.',
  'connect.again': 'Try again',
  'connect.used.heading': 'This link has been used',
  'connect.used.line':
    'The account has been connected with it, or with a newer one, so there is nothing you need to do. Each link works once.',
  'connect.expired.line': 'Such a link works for a few days. Write to {help} to get another one.',
} as const;

export type ConnectMessages = Translated<typeof connectEn>;
