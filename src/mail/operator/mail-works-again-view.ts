import type { TimeWords } from '../../words/time-words.ts';
import { sayToOperator as say } from '../../words/words.ts';
import type { MailView } from '../mail-view.ts';
import { operatorMail, type Report } from './operator-mail.ts';
import { textWords } from './operator-words.ts';

const RESPONSE_LENGTH = 300;

export function mailWorksAgainView(report: Report<'mail_works_again'>, time: TimeWords): MailView {
  const { since, until, response } = report;
  const intro = say('mail_works_again.intro', {
    moment: time.moment(since),
    until: time.moment(until),
    duration: time.lasting(until - since),
    response: textWords(response, RESPONSE_LENGTH),
  });
  return {
    ...operatorMail,
    subject: say('subject.mail_works_again'),
    preview: intro,
    heading: say('mail_works_again.heading'),
    intro: [intro],
    closing: [say('mail_works_again.meaning')],
  };
}
