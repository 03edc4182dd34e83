import type { Instant } from '../../domain/model/time.ts';
import type { TimeWords } from '../../words/time-words.ts';
import { sayToOperator as say } from '../../words/words.ts';
import type { MailView } from '../mail-view.ts';
import { causeWords } from './hold-words.ts';
import { inDigits, operatorMail, type Report } from './operator-mail.ts';

export function holdEndedView(report: Report<'hold_ended'>, time: TimeWords, at: Instant): MailView {
  const { hold, reason } = report;
  const { kind } = hold.cause;
  const endedAt = hold.endedAt ?? at;
  const values = {
    ...causeWords(hold.cause),
    tenants: inDigits(hold.tenants),
    moment: time.moment(hold.beganAt),
    until: time.moment(endedAt),
    duration: time.lasting(endedAt - hold.beganAt),
  };
  const subject = kind === 'fleet' || kind === 'access' ? kind : 'other';
  return {
    ...operatorMail,
    subject: say(`subject.hold_ended.${subject}`, values),
    preview: say(`hold_ended.${reason}`),
    heading: say('hold_ended.heading'),
    intro: [say(`hold_ended.${kind}.intro`, values), say(`hold_ended.${reason}`)],
    closing: whatFollows(report),
  };
}

function whatFollows({ reason, recovered, remaining }: Report<'hold_ended'>): readonly string[] {
  const left = reason === 'discarded' ? 'hold_ended.remaining.discarded' : 'hold_ended.remaining';
  return [
    ...(recovered === 0 ? [] : [say('hold_ended.recovered', { count: recovered })]),
    remaining === 0 ? say('hold_ended.none_remain') : say(left, { count: remaining }),
  ];
}
