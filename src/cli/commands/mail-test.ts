import { type Command, InvalidArgumentError } from 'commander';
import { isEmailAddress } from '../../domain/model/email-address.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { CommandFailure, WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { plain } from '../text/plain-text.ts';

export function addMailTest(group: Command, cli: Cli): void {
  const command = group
    .command('test')
    .summary('send a test mail')
    .description('Send one test mail now and show what the server answers.')
    .argument('[address]', 'where to send it; OPERATOR_EMAIL unless given', address)
    .action((to: string | undefined, options: JsonOption) => test(cli, to, options));
  withExamples(withJson(command), 'mail test', 'mail test me@example.com');
}

async function test(cli: Cli, given: string | undefined, options: JsonOption): Promise<void> {
  const result = await withApp(cli, { purpose: 'mail', database: 'untouched' }, (app) =>
    app.mail.test(operator, given ?? null),
  );
  if (result.outcome === 'no_address') {
    throw new WrongUsage('It is not said where to send it.', 'Name an address, or set OPERATOR_EMAIL.');
  }
  if (result.outcome !== 'accepted') {
    const hint =
      result.outcome === 'refused'
        ? 'Check the address and MAIL_FROM.'
        : 'Check SMTP_URL; `linkwatch doctor` tries it.';
    throw new CommandFailure(`The mail was not accepted: ${result.response}`, hint);
  }
  const { to, outcome, response } = result;
  const text = () => `The server accepted the mail to ${plain(to)}: ${plain(response)}`;
  await printAnswer(cli, options, { as: 'plain', view: { to, outcome, response }, text });
}

function address(text: string): string {
  if (!isEmailAddress(text)) throw new InvalidArgumentError('It is not an e-mail address.');
  return text;
}
