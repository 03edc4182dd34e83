import type { AuditAction } from '../domain/model/audit.ts';
import type { CloseReason } from '../domain/model/reasons.ts';
import type { Instant } from '../domain/model/time.ts';
import type { IncidentDetail, StoryMail } from '../monitoring/views.ts';
import { formatDuration } from './format-time.ts';
import { actionText, conditionText } from './operator-wording.ts';
import { reasonText } from './reason-words.ts';

/** One line of an incident's story, with what proves it. */
export type StoryLine = Readonly<{
  at: Instant;
  tone: 'bad' | 'good' | 'mail' | 'person' | 'quiet';
  text: string;
  /** Word for word what a mail server said, with the mail's Message-ID; null where nothing was said. */
  evidence: string | null;
}>;

/**
 * What was wrong, the polls that showed it, mail with the servers' answers, what people did, and the repair; in order.
 */
export function incidentStory(incident: IncidentDetail, moment: (at: Instant) => string): readonly StoryLine[] {
  return [
    ...pollLines(incident, moment),
    ...beginning(incident),
    ...incident.mail.map((mail) => mailLine(mail, moment)),
    ...incident.acts.map((act) => ({ at: act.at, tone: 'person', text: actText(act), evidence: null }) as const),
    ...acknowledgement(incident),
    ...ending(incident),
  ].toSorted((a, b) => a.at - b.at);
}

function pollLines({ polls }: IncidentDetail, moment: (at: Instant) => string): readonly StoryLine[] {
  return polls.map(({ from, to, health, conditions, polls: count }) => {
    const isGood = health === 'healthy';
    const shown = conditions.length === 0 ? health : `${health}: ${conditionText(conditions)}`;
    const how = count === 1 ? 'A poll showed' : `${count} polls until ${moment(to)} showed`;
    return { at: from, tone: isGood ? 'good' : 'bad', text: `${how} it ${shown}.`, evidence: null } as const;
  });
}

/** Where it is about our access, no polls are told one by one. */
function beginning({ connectionId, conditions, openedAt, confirmedAt, action }: IncidentDetail): readonly StoryLine[] {
  const known = conditions.length === 0 ? '' : ` (${conditionText(conditions)})`;
  const opened = connectionId === null ? [bad(openedAt, `The first poll that Constant Contact refused${known}.`)] : [];
  if (confirmedAt === null) return opened;
  return [...opened, bad(confirmedAt, `The problem was certain. The owner is asked to: ${actionText(action)}.`)];
}

function bad(at: Instant, text: string): StoryLine {
  return { at, tone: 'bad', text, evidence: null };
}

const mailNames: Readonly<Partial<Record<StoryMail['kind'], string>>> = {
  alert: 'Alert',
  reauthorize: 'Alert',
  access_denied: 'Alert',
  reminder: 'Reminder',
  recovered: 'Mail about the repair',
  flapping: 'Mail that it breaks and works by turns',
  removed: 'Mail that the account is gone',
  invitation: 'Invitation',
};

export function mailLine(mail: StoryMail, moment: (at: Instant) => string): StoryLine {
  const { state, sentAt, lastAttemptAt, createdAt, dueAt, reason } = mail;
  const name = `${mailNames[mail.kind] ?? 'Mail'} to ${readerText(mail)}`;
  const why = `because ${reasonText(reason)}`;
  const tries = mail.attempts > 1 ? ` at attempt ${mail.attempts}` : '';
  const evidence = evidenceOf(mail);
  switch (state) {
    case 'sent':
      return {
        at: sentAt ?? createdAt,
        tone: 'mail',
        text: `${name}: a mail server took it${tries}, ${why}.`,
        evidence,
      };
    case 'failed':
      return {
        at: lastAttemptAt ?? createdAt,
        tone: 'bad',
        text: `${name}: not delivered, ${why}${perhaps(mail)}.`,
        evidence,
      };
    case 'held':
      return { at: createdAt, tone: 'bad', text: `${name}: held back, ${why}.`, evidence };
    case 'cancelled':
      return { at: createdAt, tone: 'quiet', text: `${name}: written and not sent, ${why}${perhaps(mail)}.`, evidence };
    case 'pending':
      return { at: createdAt, tone: 'quiet', text: `${name}: waits to be sent, due ${moment(dueAt)}.`, evidence };
  }
}

function perhaps({ outcomeUnknown }: StoryMail): string {
  return outcomeUnknown ? '; an attempt got no answer, so it may have arrived' : '';
}

function readerText({ to, reader }: StoryMail): string {
  const roles = { owner: 'owner', cc: 'copy', operator: 'operator', unknown: 'contact' } as const;
  return `${to.join(', ')} (${roles[reader]})`;
}

function evidenceOf({ response, messageId }: StoryMail): string | null {
  const parts = [response, messageId].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}

const actWords: Readonly<Partial<Record<AuditAction, string>>> = {
  'incident.acknowledge': 'acknowledged the incident',
  'incident.snooze': 'snoozed its reminders',
  'incident.close': 'closed it by hand',
  'contact.snooze': 'snoozed reminders on the owner’s page',
  'contact.check': 'had the account checked on the owner’s page',
  'contact.leave': 'asked for no more mail on the owner’s page',
  'contact.return': 'asked for mail again on the owner’s page',
  'contact.prefer': 'changed preferences on the owner’s page',
};

function actText({ action, by }: IncidentDetail['acts'][number]): string {
  return `${actorText(by)} ${actWords[action] ?? action.replaceAll(/[._]/g, ' ')}.`;
}

function actorText({ kind, email }: IncidentDetail['acts'][number]['by']): string {
  const person = email ?? 'a former contact';
  switch (kind) {
    case 'command_line':
      return 'Somebody at the command line';
    case 'key':
      return 'Somebody with an API key';
    case 'guest':
      return `Somebody to whom ${person} passed the page`;
    case 'contact':
    case 'invited':
      return email ?? 'A former contact';
    case 'nobody':
      return 'Somebody';
  }
}

/** The audit names whoever did it, while it is kept. */
function acknowledgement({ acknowledgedAt, acts }: IncidentDetail): readonly StoryLine[] {
  if (acknowledgedAt === null || acts.some(({ action }) => action === 'incident.acknowledge')) return [];
  return [{ at: acknowledgedAt, tone: 'person', text: 'The incident was acknowledged.', evidence: null }];
}

const closeWords: Readonly<Record<CloseReason, string>> = {
  recovered: 'it works again',
  not_confirmed: 'the problem was not confirmed',
  removed: 'the account is no longer listed',
  replaced: 'another account has taken its place',
  by_command: 'it was closed by hand',
  ours: 'the failure was ours',
  unknown: 'of a reason that this version does not know',
};

function ending({ closedAt, closeReason, openedAt }: IncidentDetail): readonly StoryLine[] {
  if (closedAt === null || closeReason === null) return [];
  const text = `Over after ${formatDuration(closedAt - openedAt)}: ${closeWords[closeReason]}.`;
  return [{ at: closedAt, tone: closeReason === 'recovered' ? 'good' : 'quiet', text, evidence: null }];
}
