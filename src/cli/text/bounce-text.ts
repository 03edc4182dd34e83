import type { BounceOutcome, NotABounce, UnknownBounce } from '../../monitoring/views.ts';
import { CommandFailure } from '../failure.ts';
import { plain } from './plain-text.ts';

type Unrecorded = Extract<BounceOutcome, { outcome: 'unknown' | 'not_a_bounce' }>;

/** The text on stdout for a recorded bounce; every other outcome is a failure with a message of its own. */
export function bounceText(outcome: BounceOutcome): string {
  if (outcome.outcome === 'unknown' || outcome.outcome === 'not_a_bounce') return 'Nothing was changed.';
  const { id, to, kind } = outcome;
  const mail = `the ${kind} mail ${id} to ${plain(to.join(', '))}`;
  const said = `${outcome.status}: ${plain(outcome.response)}`;
  if (outcome.outcome === 'soft') return `Noted: ${mail} is not there yet, or may still come.\n${said}`;
  return `${outcome.isRepeated ? 'Known already' : 'Recorded'}: ${mail} came back, ${whyOf(outcome)}.\n${said}`;
}

function whyOf({ reason, contactState }: Extract<BounceOutcome, { outcome: 'recorded' }>): string {
  if (reason !== 'address_refused') return 'it was not delivered';
  if (contactState === 'undeliverable') return 'there is no such address; it gets no more mail';
  return 'there is no such address; a second time makes it undeliverable';
}

/** Why a mail is not a bounce of ours, and what to do about that. */
export function notRecorded(outcome: Unrecorded): CommandFailure {
  const [message, hint] = outcome.outcome === 'unknown' ? unknown(outcome.why, outcome.id) : notABounce[outcome.why];
  return new CommandFailure(message, hint);
}

type Said = readonly [message: string, hint: string];

function unknown(why: UnknownBounce, id: string | null): Said {
  const shown = plain(id ?? '');
  switch (why) {
    case 'no_address':
      return [
        'It is a bounce, but not of a mail of ours: it names none.',
        'Was it sent to MAIL_RETURN_PATH as it arrived here, with its headers? Another program may share the mailbox.',
      ];
    case 'bad_signature':
      return [
        `It came to an address for mail ${shown} whose signature is not ours.`,
        'Is ENCRYPTION_KEY still the one that the mail was sent with? As NEW,OLD the old one counts as well.',
      ];
    case 'no_such_mail':
      return [`It is about mail ${shown}, which is not known here.`, 'Is DATABASE_URL the one that the daemon uses?'];
    case 'never_sent':
      return [`It is about mail ${shown}, which was never sent.`, '`linkwatch mail show` shows what became of it.'];
  }
}

const notABounce: Readonly<Record<NotABounce, Said>> = {
  empty: ['Nothing came in on stdin.', 'Give it a whole mail, headers first: linkwatch mail bounce < returned.eml'],
  too_large: ['It is larger than 10 MiB, which no bounce of ours is.', 'Give it one mail at a time.'],
  unreadable: ['It is not a mail that can be read.', 'Give it a whole mail, headers first, as it lies in a mailbox.'],
  no_report: [
    'It is no bounce that can be read: it holds no delivery status (RFC 3464).',
    'It may be an automatic answer, or from a server that writes its own kind: read it. `linkwatch tenant update` changes an address.',
  ],
  no_failure: ['It reports that the mail was delivered.', 'There is nothing to do.'],
};
