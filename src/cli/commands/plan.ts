import type { Command } from 'commander';
import { operator } from '../../monitoring/viewer.ts';
import { countArgument } from '../arguments.ts';
import type { Cli } from '../context.ts';
import { unknownApplication, WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { plansText } from '../text/plan-text.ts';

type PlanOptions = JsonOption & Readonly<{ tenants?: number; schedule?: string; application?: string }>;

export function addPlan(parent: Command, cli: Cli): void {
  const command = parent
    .command('plan')
    .summary('does the schedule fit the quota')
    .description(
      "Of each application's key: whether the schedules fit into its requests of a day, how often each tenant is really asked, and what would make them fit.",
    )
    .option('--tenants <number>', 'as if there were so many', countArgument)
    .option('--schedule <cron>', 'as if all kept to this one, in UTC')
    .option('--application <name>', 'of this one alone; --tenants and --schedule are about the default unless given')
    .action((options: PlanOptions) => plan(cli, options));
  withExamples(withJson(command), 'plan', 'plan --tenants 5000', "plan --schedule '0 */2 * * *' --json");
}

async function plan(cli: Cli, options: PlanOptions): Promise<void> {
  const { tenants, schedule, application } = options;
  const wish = { tenants, schedule, application };
  const answer = await withApp(cli, { purpose: 'read' }, (app) => app.fleet.plan(operator, wish));
  if (answer.outcome === 'unknown_application') throw unknownApplication(application ?? '');
  if (answer.outcome === 'no_schedule') {
    throw new WrongUsage(
      `“${schedule}” is no schedule: ${answer.problem}.`,
      'Write it as cron does, such as 0 */2 * * *.',
    );
  }
  const { plan: view } = answer;
  await printAnswer(cli, options, { as: 'plan', view, text: () => plansText(cli, view.applications) });
}
