import type { TimeWords } from '../../words/time-words.ts';
import { sayToOperator as say } from '../../words/words.ts';
import type { MailView } from '../mail-view.ts';
import { operatorMail, type Report } from './operator-mail.ts';
import { textWords } from './operator-words.ts';

const HOST_LENGTH = 200;
const RESPONSE_LENGTH = 300;

export function webhookStoppedView(report: Report<'webhook_stopped'>, time: TimeWords): MailView {
  const { why, endpointId, host, since, response } = report;
  const values = { host: textWords(host, HOST_LENGTH), moment: time.moment(since) };
  const what = say(`webhook_stopped.${why}`, values);
  const said =
    response === null ? [] : [say('webhook_stopped.said', { response: textWords(response, RESPONSE_LENGTH) })];
  return {
    ...operatorMail,
    subject: say('subject.webhook_stopped', values),
    preview: what,
    heading: say('webhook_stopped.heading'),
    intro: [what, ...said, say('webhook_stopped.kept')],
    commands: [
      { label: say('command.webhook'), line: `linkwatch webhook show ${endpointId}` },
      { label: say('command.webhook_enable'), line: `linkwatch webhook enable ${endpointId}` },
    ],
    closing: [],
  };
}
