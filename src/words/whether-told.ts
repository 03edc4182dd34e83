import { tellsOfTrouble } from '../domain/model/mail-kind.ts';
import type { Instant } from '../domain/model/time.ts';
import type { IncidentDetail, IncidentView, StoryMail } from '../monitoring/views.ts';
import { formatDuration } from './format-time.ts';
import { reasonText } from './reason-words.ts';

/** The answer to "was the owner told?". */
export type WhetherTold = Readonly<{ answer: 'yes' | 'perhaps' | 'not_yet' | 'no'; sentence: string }>;

type Moment = (at: Instant) => string;

/**
 * In one sentence with names and times. Only mail that a mail server took, and that did not come back, has told
 * anybody.
 */
export function whetherTold(incident: IncidentDetail, moment: Moment): WhetherTold {
  const news = incident.mail.filter(({ kind }) => tellsOfTrouble(kind));
  const toOwners = news.filter(({ reader }) => reader === 'owner' || reader === 'unknown');
  const answer = taken(toOwners, incident, moment) ?? untaken(toOwners, moment) ?? unwritten(incident);
  const others = othersText(
    news.filter((mail) => !toOwners.includes(mail)),
    moment,
  );
  return { ...answer, sentence: `${answer.sentence}${others}` };
}

/**
 * Whether mail about an incident was decided and nothing has become of that mail yet, for a list, which has no mail
 * beside it.
 */
export function awaitsMail({ closedAt, notifications, decision }: IncidentView): boolean {
  return closedAt === null && notifications.length > 0 && !decision.startsWith('mail_') && decision !== 'discarded';
}

function taken(mails: readonly StoryMail[], { openedAt }: IncidentDetail, moment: Moment): WhetherTold | null {
  const sent = firstOfEach(mails.filter(({ state }) => state === 'sent'));
  const [first] = sent;
  if (first === undefined) return null;
  const at = first.sentAt ?? first.createdAt;
  const told = sent.map((mail) => `${mail.to.join(', ')} on ${moment(mail.sentAt ?? mail.createdAt)}`).join(', and ');
  const said = first.response === null ? '' : `; the mail server said “${first.response}”`;
  const after = formatDuration(Math.max(0, at - openedAt));
  return { answer: 'yes', sentence: `Yes: ${told}, ${after} after the first poll that showed the problem${said}.` };
}

function firstOfEach(mails: readonly StoryMail[]): readonly StoryMail[] {
  const ordered = mails.toSorted((a, b) => (a.sentAt ?? a.createdAt) - (b.sentAt ?? b.createdAt));
  return [...Map.groupBy(ordered, ({ to }) => to.join(', ')).values()].flatMap(([first]) => first ?? []);
}

/** The nearest to having arrived decides. */
function untaken(mails: readonly StoryMail[], moment: Moment): WhetherTold | null {
  const unknown = mails.find(({ outcomeUnknown }) => outcomeUnknown);
  if (unknown !== undefined) {
    const when = moment(unknown.lastAttemptAt ?? unknown.createdAt);
    const sentence = `Perhaps: an attempt to mail ${unknown.to.join(', ')} on ${when} got no answer, so the mail may have arrived.`;
    return { answer: 'perhaps', sentence };
  }
  const pending = mails.find(({ state }) => state === 'pending');
  if (pending !== undefined) {
    const said = pending.response === null ? '' : `; the mail server last said “${pending.response}”`;
    const sentence = `Not yet: the mail to ${pending.to.join(', ')} waits to be sent, due ${moment(pending.dueAt)}${said}.`;
    return { answer: 'not_yet', sentence };
  }
  const [latest] = mails.toSorted((a, b) => b.createdAt - a.createdAt);
  return latest === undefined ? null : { answer: 'no', sentence: undelivered(latest, moment) };
}

function undelivered({ state, to, reason, response, lastAttemptAt, createdAt }: StoryMail, moment: Moment): string {
  const name = `the mail to ${to.join(', ')}`;
  const why = `because ${reasonText(reason)}`;
  if (state === 'held') return `No: ${name} is held back since ${moment(createdAt)}, ${why}.`;
  if (state === 'cancelled') return `No: ${name} was not sent, ${why}.`;
  const said = response === null ? '' : `: “${response}”`;
  return `No: ${name} was not delivered on ${moment(lastAttemptAt ?? createdAt)}, ${why}${said}.`;
}

function unwritten({ decision, state }: IncidentDetail): WhetherTold {
  const isOpen = state === 'suspected' && decision === 'awaiting_confirmation';
  return isOpen
    ? { answer: 'not_yet', sentence: `Not yet, because ${reasonText(decision)}.` }
    : { answer: 'no', sentence: `No: no mail was written to an owner, because ${reasonText(decision)}.` };
}

function othersText(mails: readonly StoryMail[], moment: Moment): string {
  const sent = firstOfEach(mails.filter(({ state }) => state === 'sent'));
  return sent
    .map((mail) => {
      const who = mail.reader === 'operator' ? 'The operator' : 'A copy to';
      const verb = mail.reader === 'operator' ? `(${mail.to.join(', ')}) was told` : `${mail.to.join(', ')} was sent`;
      return ` ${who} ${verb} on ${moment(mail.sentAt ?? mail.createdAt)}.`;
    })
    .join('');
}
