import type { TimeWords } from '../../words/time-words.ts';
import { sayToOperator as say } from '../../words/words.ts';
import type { MailView } from '../mail-view.ts';
import { inDigits, operatorMail, type Report } from './operator-mail.ts';
import { aboutApplication, subjectOf } from './operator-words.ts';

export function quotaExceededView(report: Report<'quota_exceeded'>, time: TimeWords): MailView {
  const { since, used, limit, application } = report;
  const known = limit === null ? say('quota_exceeded.no_limit') : inDigits(limit);
  const intro = say('quota_exceeded.intro', { moment: time.moment(since), used: inDigits(used), limit: known });
  return {
    ...operatorMail,
    subject: subjectOf(say('subject.quota_exceeded'), application),
    preview: intro,
    heading: say('quota_exceeded.heading'),
    intro: [intro, ...aboutApplication(application), say('quota_exceeded.meaning')],
    closing: [say('quota_exceeded.next')],
  };
}
