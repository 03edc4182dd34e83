/** Every word of the operator's mail, which is in English for everybody. */
export const operator = {
  'subject.outage_began': 'Constant Contact: polls fail for {failing} of {polled} accounts',
  'subject.outage_ended': 'Constant Contact answers again',
  'subject.of_application': '{subject} (application {name})',
  'operator.of_application':
    'This is about the application {name} alone. The accounts of your other applications are asked as ever.',

  'subject.quota_exceeded': 'Constant Contact: the day’s requests are used up',
  'quota_exceeded.heading': 'Constant Contact takes no more requests today',
  'quota_exceeded.intro':
    'At {moment} it answered that the key’s requests of the day are used up. Linkwatch has counted {used} of {limit}.',
  'quota_exceeded.no_limit': 'no limit that it knows of',
  'quota_exceeded.meaning':
    'Until 00:00 UTC no account of this key is asked. What breaks meanwhile is found, and its owner told, after that. No owner is told of this.',
  'quota_exceeded.next':
    'If Linkwatch counted far fewer, another program uses the same key, or the key has fewer requests than CONSTANT_CONTACT_REQUESTS_PER_DAY (of a further application: `linkwatch application update`) says. `linkwatch plan` shows what the schedules ask for.',

  'subject.mail_works_again': 'Mail goes out again',
  'mail_works_again.heading': 'Your mail server takes our mail again',
  'mail_works_again.intro': 'From {moment} until {until} ({duration}) it refused everything. It said: {response}',
  'mail_works_again.meaning':
    'Nothing is lost: what waited goes out now, each mail looked at once more before. Owners hear of their problems that much later.',

  'subject.trial': 'Test mail from Linkwatch',

  'operator.began.heading': 'Constant Contact does not answer as it should',
  'operator.began.intro':
    'Since {moment} ({ago}), the latest polls of {failing} of the {polled} accounts polled have failed. Most often: {kind}',
  'operator.began.meaning':
    'No owner is told of this, and no connection is called broken because of it: what cannot be seen counts as not observed.',
  'operator.began.next': 'Linkwatch keeps trying. You will get one more email, when it is over.',
  'operator.ended.heading': 'Constant Contact answers again',
  'operator.ended.intro':
    'Polls failed for much of the fleet from {moment} until {until} ({duration}). Most often: {kind}',
  'operator.ended.meaning':
    'The time between counts as not observed. Real problems that began in it are found by the next polls, and their owners told.',
  'subject.hold_began.fleet': '{network}: {tenants} of {polled} accounts broke at once, so owners’ mail is held',
  'subject.hold_began.access': 'Access refused for {tenants} of {polled} accounts at once: most likely our own fault',
  'subject.hold_began.brake': 'Owners’ mail is held: too much of it at once',
  'subject.hold_began.command': 'Owners’ mail is held by command',
  'hold_began.fleet.heading': '{network} broke for many accounts at once',
  'hold_began.fleet.intro':
    'Since {moment} ({ago}), {tenants} of the {polled} accounts polled show the same on {network}: {condition}. So many at once is the doing of {network} or of Constant Contact, hardly of their owners.',
  'hold_began.fleet.meaning': 'So owners’ mail about it is held. Other problems of the same accounts are told as ever.',
  'hold_began.fleet.next':
    'The hold ends by itself once nine in ten of them work again, and after FLEET_HOLD in any case. Linkwatch then asks for every account anew, tells owners what is still true, drops the rest, and writes to you once more.',
  'hold_began.access.heading': 'Constant Contact refuses us for many accounts at once',
  'hold_began.access.intro':
    'Since {moment} ({ago}), the polls of {tenants} of the {polled} accounts polled fail in the same way: {failure} So many at once is most likely our own fault, not that of their owners.',
  'hold_began.access.meaning':
    'So no owner is told, and no account is marked as one that has to authorize Linkwatch again.',
  'hold_began.access.next':
    'Linkwatch keeps trying. The hold ends by itself once most of the accounts answer again; you will get one more email then.',
  'hold_began.check.title': 'What to check',
  'hold_began.check.client':
    'CONSTANT_CONTACT_CLIENT_ID and its secret: are they those of the application that the accounts authorised? A refresh token works with that application alone.',
  'hold_began.check.copy':
    'Is this an old copy of the database, or does a second Linkwatch use the same tokens? A refresh token that was used elsewhere works no longer here.',
  'hold_began.check.urls':
    'CONSTANT_CONTACT_API_URL and CONSTANT_CONTACT_AUTH_URL: do they belong together? One must take the tokens of the other.',
  'hold_began.check.clock': 'This machine’s clock: `linkwatch doctor` compares it.',
  'hold_began.check.application':
    'The application in Constant Contact’s developer portal: is it still there and active? A deactivated one is refused everywhere.',
  'hold_began.check.scopes': 'Its scopes: looking at social accounts takes campaign_data.',
  'hold_began.brake.heading': 'Too much mail to owners at once',
  'hold_began.brake.intro': 'Since {moment}, owners’ mail beyond MAIL_BRAKE is held.',
  'hold_began.command.heading': 'Owners’ mail is held',
  'hold_began.command.intro': 'Somebody held it with `linkwatch mail hold`, {moment}.',
  'subject.hold_began.restored': 'Owners’ mail that may have been sent before is held: the database was restored',
  'hold_began.restored.heading': 'The database was restored',
  'hold_began.restored.intro':
    'It knows nothing of the time before {moment}, back to the copy. Mail that may have been sent in that time is held.',
  'hold_began.until_command': 'Nothing of it is sent until somebody releases it.',

  'subject.hold_ended.fleet': '{network}: owners’ mail is no longer held',
  'subject.hold_ended.access': 'Access to the accounts: the hold on owners’ mail has ended',
  'subject.hold_ended.other': 'Owners’ mail is no longer held',
  'hold_ended.heading': 'Owners’ mail is no longer held',
  'hold_ended.fleet.intro':
    'It was held from {moment} until {until} ({duration}), because {network} broke for {tenants} accounts at once: {condition}.',
  'hold_ended.access.intro':
    'It was held from {moment} until {until} ({duration}), because the polls of {tenants} accounts failed in the same way: {failure}',
  'hold_ended.brake.intro':
    'It was held from {moment} until {until} ({duration}), because there was more of it than MAIL_BRAKE lets through.',
  'hold_ended.command.intro': 'It was held by command from {moment} until {until} ({duration}).',
  'hold_ended.restored.intro':
    'It was held from {moment} until {until} ({duration}), because the database had been restored from a copy.',
  'hold_ended.mostly_good_again': 'The hold ended by itself, because nine in ten of them work again.',
  'hold_ended.held_long_enough': 'The hold ended by itself, because it had lasted as long as FLEET_HOLD allows.',
  'hold_ended.released': 'Somebody ended the hold with `linkwatch mail release`.',
  'hold_ended.discarded': 'Somebody ended the hold with `linkwatch mail discard`.',
  'hold_ended.recovered': {
    one: '{count} account has recovered: its owner was told nothing, and need not be.',
    other: '{count} accounts have recovered: their owners were told nothing, and need not be.',
  },
  'hold_ended.none_remain': 'No account is left that still shows it.',
  'hold_ended.remaining': {
    one: '{count} account remains. It is asked for anew, and its owner is told what is still true.',
    other: '{count} accounts remain. Each is asked for anew, and its owner is told what is still true.',
  },
  'hold_ended.remaining.discarded': {
    one: '{count} account remains. What was held about it is dropped; while it stays broken, your morning mail lists it.',
    other:
      '{count} accounts remain. What was held about them is dropped; while they stay broken, your morning mail lists them.',
  },

  'subject.brake': {
    one: 'Too much mail to owners at once: {count} email is held',
    other: 'Too much mail to owners at once: {count} emails are held',
  },
  'brake.heading': 'Too much mail to owners at once',
  'brake.intro': {
    one: 'More than {perHour} emails to owners were due within an hour. {count} beyond them is held so far.',
    other: 'More than {perHour} emails to owners were due within an hour. {count} beyond them are held so far.',
  },
  'brake.meaning':
    'So much at once is more often a mistake than the truth. Look at some of it, then release it or discard it: until then nothing of it is sent.',
  'brake.next': 'If your fleet has grown and this is usual now, raise MAIL_BRAKE.',

  'command.held': 'See what is held',
  'command.release': 'Send what is still true',
  'command.discard': 'Drop all of it',
  'command.owner': 'Name somebody else',
  'command.tenant': 'See its settings',

  'subject.gone.undeliverable': 'Mail to {email} ({tenant}) cannot be delivered',
  'subject.gone.unsubscribed': '{email} ({tenant}) has unsubscribed',
  'subject.gone.not_mine': '{email} says that {tenant} is not theirs',
  'gone.heading.undeliverable': 'An address cannot be reached',
  'gone.heading.unsubscribed': 'Somebody has unsubscribed',
  'gone.heading.not_mine': 'Somebody is the wrong person',
  'gone.undeliverable':
    'Mail about {tenant} to {email} has been refused for good, because there is no such address. Linkwatch writes there no longer.',
  'gone.response': 'The mail server said: {response}',
  'gone.unsubscribed': '{email} wants no more mail about {tenant}. Linkwatch writes there no longer.',
  'gone.not_mine':
    '{email} got mail about {tenant}, and says that these accounts are not theirs. Linkwatch writes there no longer.',
  'gone.left': {
    one: '{count} other person still gets mail about {tenant}.',
    other: '{count} other people still get mail about {tenant}.',
  },
  'gone.nobody_left':
    'Nobody of {tenant} gets mail any more. From now on its alerts come to you, until somebody gets them again.',

  'subject.never_worked': {
    one: 'The access to {count} new account has never worked',
    other: 'The access to {count} new accounts has never worked',
  },
  'never_worked.heading': {
    one: '{count} new account cannot be watched',
    other: '{count} new accounts cannot be watched',
  },
  'never_worked.intro': {
    one: 'Constant Contact has refused us for {count} account since it was added: most likely it was given a wrong, used or revoked token.',
    other:
      'Constant Contact has refused us for {count} accounts since they were added: most likely they were given wrong, used or revoked tokens.',
  },
  'never_worked.nobody_told': 'No owner is told: before the first good poll this is your matter alone.',
  'never_worked.tenants': 'Which ({count})',
  'never_worked.next':
    'If CONSTANT_CONTACT_CLIENT_ID or the secret was wrong when they were added, correct it; `linkwatch tenant pause ID` and `linkwatch tenant resume ID` then try the same token once more.',
  'command.new_token': 'Give an account another token',

  'subject.webhook_stopped': 'Events are no longer sent to {host}',
  'webhook_stopped.heading': 'A webhook is stopped',
  'webhook_stopped.failing':
    'Since {moment} the receiver at {host} has taken no event. It has been tried for three days.',
  'webhook_stopped.gone': 'The receiver at {host} has answered with 410, which means that it wants no more events.',
  'webhook_stopped.said': 'The last answer: {response}',
  'webhook_stopped.kept':
    'The events wait, as long as POLL_RETENTION keeps them. Once you enable the webhook again, they are sent in their order.',
  'command.webhook': 'See what it answered',
  'command.webhook_enable': 'Send again',

  'stand_in.subject': '[{tenant}] {subject}',
  'stand_in.intro':
    'This is for whoever looks after {tenant}. It comes to you because nobody there can be reached by mail.',
  'stand_in.why': 'Nobody who is named for {tenant} can be reached, so its mail comes to the operator.',

  'subject.digest': {
    one: 'Linkwatch this morning: {count} thing to look at',
    other: 'Linkwatch this morning: {count} things to look at',
  },
  'digest.heading': {
    one: '{count} thing to look at',
    other: '{count} things to look at',
  },
  'digest.intro': 'As of {moment}, most urgent first. What is over by tomorrow is left out then.',
  'digest.more': 'and {count} more',
  'digest.see': 'See all',
  'digest.tenant': '{tenant} ({id})',
  'digest.connection': '{tenant}: {network}, {account}',
  'digest.held': 'Owners’ mail is held ({count})',
  'digest.held.fleet': '{network}: {condition}',
  'digest.held.access': 'Access refused for many accounts at once',
  'digest.held.brake': 'More than MAIL_BRAKE lets through',
  'digest.held.command': 'Held by command',
  'digest.held.restored': 'May have been sent before the database was restored',
  'digest.held.line': {
    one: '{count} email, held for {duration}.',
    other: '{count} emails, held for {duration}.',
  },
  'digest.unreachable': 'Contacts that get no mail ({count})',
  'digest.unreachable.undeliverable': 'Mail to {email} cannot be delivered.',
  'digest.unreachable.unsubscribed': '{email} has unsubscribed.',
  'digest.unreachable.not_mine': '{email} says that the account is not theirs.',
  'digest.access_lost': 'Access lost ({count})',
  'digest.access_lost.reauthorize': 'For {duration}: its owner has to authorize Linkwatch again.',
  'digest.restored': 'Was the database restored?',
  'digest.restored.count': {
    one: '{count} account is refused since a time without polls.',
    other: '{count} accounts are refused since one time without polls.',
  },
  'digest.restored.line':
    'That time began on {moment}: if the database was restored from a backup, the refresh tokens in it have been replaced since then. Restore a later copy if there is one; else the owners have to authorize again.',
  'digest.access_lost.scope':
    'For {duration}: its permission lacks a scope. The owner has to authorize Linkwatch again, and allow everything.',
  'digest.access_lost.never_worked':
    'For {duration}, since it was added: give it a token that works. No owner is told.',
  'digest.access_lost.privileges': 'For {duration}: a privilege is missing in Constant Contact.',
  'digest.access_lost.privilege_known':
    'For {duration}: the user who gave the permission lacks the privilege campaign:read in Constant Contact.',
  'digest.still_broken': 'Still broken ({count})',
  'digest.still_broken.reconnect': 'To be reconnected, for {duration}.',
  'digest.still_broken.choose_profile': 'Without a page or profile, for {duration}.',
  'digest.still_broken.wait': 'Limited by the network, for {duration}.',
  'digest.still_broken.other': 'In trouble for {duration}.',
  'digest.told.none': 'Told {ago}, no reaction.',
  'digest.told.snoozed': 'Told {ago}; reminders are snoozed.',
  'digest.told.acknowledged': 'Told {ago}; acknowledged.',
  'digest.told.nobody': 'No mail about it has arrived: nobody knows.',
  'digest.mail_failed': 'Mail that failed for good ({count})',
  'digest.mail_failed.line': 'To {to} ({kind}): {reason}.',
  'digest.mail_failed.said': 'To {to} ({kind}): {reason}. The server said: {response}',
  'digest.mail_failed.address_refused': 'the address was refused',
  'digest.mail_failed.bounced': 'it came back',
  'digest.mail_failed.refused': 'the mail was refused',
  'digest.mail_failed.gave_up': 'given up after MAIL_RETRY_FOR',
  'digest.mail_failed.other': 'it could not be delivered',
  'digest.failing': 'Polls of single accounts failing ({count})',
  'digest.failing.line': 'For {duration}: {failure}',
  'digest.checks_failing': 'Networks that do not answer Constant Contact ({count})',
  'digest.checks_failing.line': 'For {duration}. Nobody knows how it is, so nobody is told.',
  'digest.unsettled': 'Suspected again and again, never broken ({count})',
  'digest.unsettled.line': {
    one: '{count} suspicion lately that did not come true. Nobody is told.',
    other: '{count} suspicions lately that did not come true. Nobody is told.',
  },
  'digest.quota': 'Requests of the day',
  'digest.quota.title': '{planned} planned, {perDay} allowed',
  'digest.quota.line':
    'Every account is asked {stretch} times less often than its schedule says. Poll less often, or ask Constant Contact for more.',

  'condition.token_missing': 'permission gone',
  'condition.token_invalid': 'permission no longer accepted',
  'condition.scopes_missing': 'permissions incomplete',
  'condition.no_profile': 'no page or profile',
  'condition.page_unreachable': 'pages out of reach',
  'condition.rate_limited': 'posts limited',
  'condition.check_failed': 'no answer to Constant Contact’s checks',
  'condition.removed': 'no longer connected',

  'operator.trial.heading': 'Mail from Linkwatch arrives here',
  'operator.trial.intro': 'This is only a test: nothing is wrong with any account.',
  'operator.trial.why': 'You get this email because somebody sent a test to this address.',
  'operator.why': 'You get this email because OPERATOR_EMAIL of this Linkwatch names your address.',
  'failure.timeout': 'no answer in time.',
  'failure.dns': 'the name could not be looked up. Check this machine’s DNS.',
  'failure.tls': 'no trusted TLS connection. Check this machine’s clock and certificates.',
  'failure.connection': 'no connection. Check this machine’s network.',
  'failure.throttled': 'too many requests a second. Check CONSTANT_CONTACT_REQUESTS_PER_SECOND.',
  'failure.quota_exceeded': 'the key’s requests for today are used up. They start anew at 00:00 UTC.',
  'failure.client': 'requests refused as wrong (4xx).',
  'failure.server': 'errors on Constant Contact’s side (5xx).',
  'failure.invalid_response': 'answers that are not of the documented form.',
  'failure.invalid_client':
    'our own client id or secret was refused. Check CONSTANT_CONTACT_CLIENT_ID and CONSTANT_CONTACT_CLIENT_SECRET.',
  'failure.unauthorized': 'the access token was refused (401).',
  'failure.forbidden': 'a privilege or a scope is missing, or the application is deactivated (403).',
  'failure.missing_privilege': 'the user who gave the permission lacks the privilege campaign:read.',
  'failure.missing_scope': 'the permission was given without a scope that is needed (campaign_data, offline_access).',
  'failure.application_deactivated':
    'refused (403), though neither a scope nor a privilege is missing. Look at the application in Constant Contact’s developer portal: a deactivated one is refused everywhere.',
  'failure.invalid_grant': 'the refresh token was refused (invalid_grant).',
  'failure.refresh_failed':
    'the token could not be refreshed, five times in a row and for a day. The daemon’s log says what Constant Contact answered.',
  'failure.other': 'polls failed.',
} as const;
