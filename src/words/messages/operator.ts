/** Every word of the operator's mail, which is in English for everybody. */
export const operator = {
  'subject.outage_began': 'Constant Contact: polls fail for {failing} of {polled} accounts',
  'subject.outage_ended': 'Constant Contact answers again',

  'subject.trial': 'Test mail from Linkwatch',

  'operator.began.heading': 'Constant Contact does not answer as it should',
  'operator.began.intro':
    'Since {moment} ({ago}), the latest polls of {failing} of {polled} accounts have failed. Most often: {kind}',
  'operator.began.meaning':
    'No owner is told of this, and no connection is called broken because of it: what cannot be seen counts as not observed.',
  'operator.began.next': 'Linkwatch keeps trying. You will get one more mail, when it is over.',
  'operator.ended.heading': 'Constant Contact answers again',
  'operator.ended.intro':
    'Polls failed for much of the fleet from {moment} until {until} ({duration}). Most often: {kind}',
  'operator.ended.meaning':
    'The time between counts as not observed. Real problems that began in it are found by the next polls, and their owners told.',
  'operator.trial.heading': 'Mail from Linkwatch arrives here',
  'operator.trial.intro': 'This is only a test: nothing is wrong with any account.',
  'operator.trial.why': 'You get this mail because somebody sent a test to this address.',
  'operator.why': 'You get this mail because OPERATOR_EMAIL of this Linkwatch names your address.',
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
  'failure.other': 'polls failed.',
} as const;
