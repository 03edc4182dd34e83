import type { TimeWords } from '../../words/time-words.ts';
import { sayToOperator as say } from '../../words/words.ts';
import type { MailView } from '../mail-view.ts';
import { operatorMail, type Report } from './operator-mail.ts';
import { aboutApplication, failureWords, subjectOf } from './operator-words.ts';

export function outageBeganView(report: Report<'outage_began'>, time: TimeWords): MailView {
  const { failing, polled, since, application } = report;
  const kind = failureWords(report.kind);
  return {
    ...operatorMail,
    subject: subjectOf(say('subject.outage_began', { failing, polled }), application),
    preview: kind,
    heading: say('operator.began.heading'),
    intro: [
      say('operator.began.intro', { failing, polled, kind, moment: time.moment(since), ago: time.ago(since) }),
      ...aboutApplication(application),
      say('operator.began.meaning'),
    ],
    closing: [say('operator.began.next')],
  };
}

export function outageEndedView(report: Report<'outage_ended'>, time: TimeWords): MailView {
  const { since, endedAt, kind, application } = report;
  const intro = say('operator.ended.intro', {
    moment: time.moment(since),
    until: time.moment(endedAt),
    duration: time.lasting(endedAt - since),
    kind: failureWords(kind),
  });
  return {
    ...operatorMail,
    subject: subjectOf(say('subject.outage_ended'), application),
    preview: intro,
    heading: say('operator.ended.heading'),
    intro: [intro, ...aboutApplication(application)],
    closing: [say('operator.ended.meaning')],
  };
}
