import { type Command, Option } from 'commander';
import { operator } from '../../monitoring/viewer.ts';
import type { MailDetail } from '../../monitoring/views.ts';
import type { Cli } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { mailDetailText } from '../text/mail-text.ts';

type ShowOptions = JsonOption & Readonly<{ html?: boolean }>;

export function addMailShow(group: Command, cli: Cli): void {
  const command = group
    .command('show')
    .summary('one mail')
    .description('One mail: why it was sent or not, what the server answered, and its text.')
    .argument('<id>', "the mail's id")
    .addOption(new Option('--html', 'its HTML alone').conflicts('json'))
    .action(async (id: string, options: ShowOptions) => {
      const mail = await withApp(cli, { purpose: 'read' }, (app) => app.mail.find(operator, id));
      if (mail === null) {
        throw new CommandFailure(`There is no mail ${id}.`, '`linkwatch mail list` shows them with their ids.');
      }
      const text = () => (options.html ? htmlOf(mail) : mailDetailText(cli, mail));
      await printAnswer(cli, options, { as: 'mailDetail', view: mail, text });
    });
  withExamples(withJson(command), 'mail show 2h7pq4v9s0e6b1yn', 'mail show 2h7pq4v9s0e6b1yn --html > mail.html');
}

function htmlOf({ id, html }: MailDetail): string {
  if (html !== null) return html;
  throw new CommandFailure(`The HTML of mail ${id} is not there.`, 'It is written when the mail is sent.');
}
