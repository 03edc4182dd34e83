import { ADDRESS_LENGTH } from '../../domain/model/email-address.ts';
import { sayToOperator as say } from '../../words/words.ts';
import type { MailView } from '../mail-view.ts';
import { readerCommands } from './commands.ts';
import { operatorMail, type Report } from './operator-mail.ts';
import { nameWords, textWords } from './operator-words.ts';

const RESPONSE_LENGTH = 500;

export function recipientGoneView(report: Report<'recipient_gone'>): MailView {
  const { why, response, left } = report;
  const values = { email: textWords(report.email, ADDRESS_LENGTH), tenant: nameWords(report.tenantName), count: left };
  const what = say(`gone.${why}`, values);
  const said = response === null ? [] : [say('gone.response', { response: textWords(response, RESPONSE_LENGTH) })];
  return {
    ...operatorMail,
    subject: say(`subject.gone.${why}`, values),
    preview: what,
    heading: say(`gone.heading.${why}`),
    intro: [what, ...said, say(left === 0 ? 'gone.nobody_left' : 'gone.left', values)],
    // With no contact left the tenant needs a new owner, even when the last contact was a cc.
    commands: readerCommands(report.tenantId, left === 0 ? 'owner' : report.role),
    closing: [],
  };
}
