import { type Command, InvalidArgumentError } from 'commander';
import { isEmailAddress } from '../../monitoring/tenants/email-address.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';

export function addMailTest(group: Command, cli: Cli): void {
  const command = group
    .command('test')
    .summary('send a test mail')
    .description('Send one test mail now and show what the server answers.')
    .argument('<address>', 'where to send it', address)
    .action((to: string, options: JsonOption) => test(cli, to, options));
  withExamples(withJson(command), 'mail test me@example.com');
}

async function test(cli: Cli, to: string, options: JsonOption): Promise<void> {
  const result = await withApp(cli, { purpose: 'mail', database: 'untouched' }, (app) => app.mail.test(operator, to));
  if (result.outcome !== 'accepted') {
    const hint =
      result.outcome === 'refused'
        ? 'Check the address and MAIL_FROM.'
        : 'Check SMTP_URL; `linkwatch doctor` tries it.';
    throw new CommandFailure(`The mail was not accepted: ${result.response}`, hint);
  }
  const { outcome, response } = result;
  const text = () => `The server accepted it: ${response}`;
  await printAnswer(cli, options, { as: 'plain', view: { to, outcome, response }, text });
}

function address(text: string): string {
  if (!isEmailAddress(text)) throw new InvalidArgumentError('It is not an e-mail address.');
  return text;
}
