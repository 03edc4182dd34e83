import type { Command } from 'commander';
import type { Instant } from '../../domain/model/time.ts';
import type { Application, ReplayRequest } from '../../monitoring/application.ts';
import { viewOfReplay } from '../../monitoring/reading/replay-view.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { ReplayReport } from '../../monitoring/views.ts';
import { formatMinute } from '../../words/format-time.ts';
import { collect, timeArgument } from '../arguments.ts';
import { requireAlertRules } from '../configuration.ts';
import type { Cli } from '../context.ts';
import { WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { knownTenantIds } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { withProgress } from '../progress.ts';
import { replayText } from '../text/replay-text.ts';

const LIMITS = `
What cannot be replayed: polls stay where they were, so an earlier re-check that other rules ask for is not made up;
mail counts as accepted at once; contacts, time zones and languages are those of today; what people clicked, such as
a snooze, is not repeated, but for incidents closed by hand. Mail to the operator and the holding back of mail
(FLEET_..., the brake) are left out.
A mail counts as the same when kind, address and a connection agree and it is at most 12 hours apart; within
5 minutes nothing differs.`;

type ReplayOptions = JsonOption &
  Readonly<{ from?: Instant; to?: Instant; tenant?: readonly string[]; set?: readonly string[] }>;

export function addReplay(parent: Command, cli: Cli): void {
  const time = timeArgument(cli.now());
  const command = parent
    .command('replay')
    .summary('what other alert rules would have sent')
    .description(
      'Apply the alert rules, or others, to the polls that are stored, and show the mail that would have been sent beside the mail that was. Nothing is sent, nothing is changed. Times are in UTC.',
    )
    .option('--from <time>', 'a date, a time, or a duration such as 7d; POLL_RETENTION before --to without it', time)
    .option('--to <time>', 'the same; now without it', time)
    .option('--tenant <tenant>', 'only this tenant, by id, external id or name; may be given several times', collect)
    .option('--set <name=value>', 'another alert rule, written as in .env; may be given several times', collect)
    .addHelpText('after', LIMITS)
    .action((options: ReplayOptions) => replay(cli, options));
  withExamples(
    withJson(command),
    'replay --set CONFIRM_POLLS=3',
    'replay --from 7d --set REMIND_AFTER=1d,3d,7d --set REMINDER_HOURS=08:00-20:00',
    'replay --tenant 4ba1vqnyqq0hp7ur --json',
  );
}

async function replay(cli: Cli, options: ReplayOptions): Promise<void> {
  const settings = requireAlertRules(options.set ?? []);
  const withRules = { ...cli, env: { ...cli.env, ...settings } };
  const { from = null, to = cli.now() } = options;
  if (from !== null && from >= to)
    throw new WrongUsage('--from is not before --to.', 'Exchange them, or leave one out.');
  const request = { tenantIds: options.tenant ?? null, from, to };
  const report = await withApp(withRules, { purpose: 'read' }, (app) => runReplay(cli, app, request));
  if (from !== null && report.from > from) cli.stderr.write(tooEarlyText(report));
  const text = () => replayText(cli, { report, settings });
  await printAnswer(cli, options, { as: 'replay', view: viewOfReplay({ report, settings }), text });
}

type Request = Pick<ReplayRequest, 'tenantIds' | 'from' | 'to'>;

async function runReplay(cli: Cli, app: Application, request: Request): Promise<ReplayReport> {
  const tenantIds = request.tenantIds === null ? null : await knownTenantIds(app, request.tenantIds);
  return withProgress(cli, 'Replaying', (onProgress) =>
    app.replays.run(operator, { ...request, tenantIds, onProgress }),
  );
}

function tooEarlyText({ from }: ReplayReport): string {
  return `The oldest poll that is kept is of ${formatMinute(from)} UTC (POLL_RETENTION): the replay begins there.\n`;
}
