import { type Command, Option } from 'commander';
import type { Application, RoundRequest } from '../../monitoring/application.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { RoundSummary } from '../../monitoring/views.ts';
import { collect } from '../arguments.ts';
import type { Cli } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { knownTenantIds } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { withProgress } from '../progress.ts';
import { plural } from '../text/plain-text.ts';
import { roundText } from '../text/round-text.ts';

type PollOptions = JsonOption & Readonly<{ tenant?: readonly string[]; due?: boolean }>;

export function addPoll(parent: Command, cli: Cli): void {
  const command = parent
    .command('poll')
    .summary('ask once for every tenant, now')
    .description(
      'Ask Constant Contact once for every tenant, save what it says, and send the mail that is due. It fails only when the round itself could not be finished: tenants that fail are part of the answer.',
    )
    .option('--tenant <tenant>', 'only this tenant, by id, external id or name; may be given several times', collect)
    .addOption(new Option('--due', 'only tenants whose time has come, for a system cron').conflicts('tenant'))
    .action((options: PollOptions) => poll(cli, options));
  withExamples(withJson(command), 'poll', 'poll --tenant 4ba1vqnyqq0hp7ur --json', 'poll --due');
}

async function poll(cli: Cli, options: PollOptions): Promise<void> {
  await withApp(cli, { purpose: 'poll' }, async (app, { mail }) => {
    if (mail.smtpUrl === null) {
      cli.stderr.write('SMTP_URL, MAIL_FROM and OPERATOR_EMAIL are not set: mail stays pending.\n');
    }
    const signal = cli.stopSignal();
    const tenants = options.due ? 'due' : (options.tenant ?? 'all');
    const summary = await runRound(cli, app, { tenants, signal });
    await printAnswer(cli, options, { as: 'round', view: summary, text: () => roundText(cli, summary) });
    if (signal.aborted) throw stopped();
    if (summary.errors > 0) throw unfinished(summary.errors);
  });
}

/** A failing upstream is a valid result of a round; only errors of our own are a failure of the command. */
function unfinished(errors: number): CommandFailure {
  const message = `${plural(errors, 'tenant')} could not be polled, or the answer not stored.`;
  return new CommandFailure(message, 'The log lines above say why; `linkwatch doctor` tries each part.');
}

function stopped(): CommandFailure {
  return new CommandFailure('The round was stopped before its end.', 'The next one goes on with what is left.');
}

async function runRound(cli: Cli, app: Application, round: Omit<RoundRequest, 'onProgress'>): Promise<RoundSummary> {
  const { tenants: named, signal } = round;
  const tenants = typeof named === 'string' ? named : await knownTenantIds(app, named);
  return withProgress(cli, 'Polling', (onProgress) => app.rounds.run(operator, { tenants, signal, onProgress }));
}
