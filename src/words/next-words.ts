import type { Explanation } from '../monitoring/views.ts';
import { reasonText } from './reason-words.ts';

type Step = Explanation['next'][number];

/** One step of what happens next, as a sentence without its time. `nameOf` names an incident. */
export function nextText(step: Step, nameOf: (incidentId: string) => string): string {
  const about = step.incidentId === null ? '' : ` about ${nameOf(step.incidentId)}`;
  const to = step.to.length === 0 ? 'nobody' : step.to.join(', ');
  const why = reasonText(step.reason ?? 'unknown');
  switch (step.kind) {
    case 'poll':
      return `The next poll${unlessText(step)}.`;
    case 'no_poll':
      return `No poll is planned, because ${noPollWords[step.reason ?? ''] ?? why}.`;
    case 'mail':
      return `The mail to ${to}${about} is sent${unlessText(step)}.`;
    case 'held':
      return `The mail to ${to}${about} stays held, because ${why}, until it is released or the hold ends.`;
    case 'alert':
      return `If a poll confirms it, an alert${about} is written to ${to}, at the earliest with this poll${unlessText(step)}.`;
    case 'reminder':
      return `${step.reason === 'last_reminder_due' ? 'The last reminder' : 'A reminder'}${about} goes to ${to}${unlessText(step)}.`;
    case 'repair':
      return `If further polls are good, mail about the repair of ${step.incidentId === null ? 'it' : nameOf(step.incidentId)} goes to whoever was told of the trouble${unlessText(step)}.`;
    case 'silence':
      return `No further mail${about} is planned, because ${why}.`;
  }
}

const noPollWords: Readonly<Record<string, string>> = {
  paused: 'the tenant is paused',
  unconnected: 'nobody has connected the account yet',
  reauthorize: 'Constant Contact refuses us until the owner authorises again',
  active: 'none has been planned yet',
  access_denied: 'none has been planned yet',
};

const hindranceWords: Readonly<Record<Step['unless'][number], string>> = {
  good_poll: 'a poll shows that it works again',
  bad_poll: 'a poll shows the trouble again',
  pause: 'the tenant is paused',
  hold: 'mail is held',
  snooze: 'reminders are snoozed',
  reminders_off: 'the contact turns reminders off',
  close: 'the incident is closed by hand',
};

function unlessText({ unless }: Step): string {
  if (unless.length === 0) return '';
  const words = unless.map((hindrance) => hindranceWords[hindrance]);
  const last = words.at(-1) ?? '';
  return `, unless ${words.length === 1 ? last : `${words.slice(0, -1).join(', ')} or ${last}`}`;
}
