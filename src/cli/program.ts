import { Command } from 'commander';
import { addApiKey } from './commands/api-key.ts';
import { addApplication } from './commands/application.ts';
import { addAudit } from './commands/audit.ts';
import { addConfig } from './commands/config.ts';
import { addConnect } from './commands/connect.ts';
import { addDb } from './commands/db.ts';
import { addDemo } from './commands/demo.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExplain } from './commands/explain.ts';
import { addHealth } from './commands/health.ts';
import { addHistory } from './commands/history.ts';
import { addIncident } from './commands/incident.ts';
import { addIncidents } from './commands/incidents.ts';
import { addKey } from './commands/key.ts';
import { addMail } from './commands/mail.ts';
import { addOpen } from './commands/open.ts';
import { addPlan } from './commands/plan.ts';
import { addPoll } from './commands/poll.ts';
import { addReplay } from './commands/replay.ts';
import { addStart } from './commands/start.ts';
import { addStatus } from './commands/status.ts';
import { addTenant } from './commands/tenant.ts';
import { addWebhook } from './commands/webhook.ts';
import { addWorkers } from './commands/workers.ts';
import type { Cli, Output } from './context.ts';
import { withExamples } from './help.ts';

const groups: readonly Readonly<{ heading: string; add: readonly ((parent: Command, cli: Cli) => void)[] }>[] = [
  { heading: 'Begin:', add: [addDemo, addKey, addConfig, addDoctor] },
  { heading: 'Watch:', add: [addConnect, addTenant, addStart, addPoll] },
  {
    heading: 'Look:',
    add: [
      addOpen,
      addStatus,
      addHistory,
      addIncidents,
      addIncident,
      addExplain,
      addMail,
      addReplay,
      addPlan,
      addAudit,
      addWorkers,
    ],
  },
  { heading: 'Keep:', add: [addHealth, addDb, addApplication, addApiKey, addWebhook] },
];

/** The whole command line. It never ends the process: wrong usage and `--help` are thrown as commander's errors. */
export function createProgram(cli: Cli): Command {
  const program = new Command('linkwatch')
    .description(
      "Watches the social-network connections of Constant Contact accounts, and gets a broken one's owner to reconnect it before a scheduled post fails.",
    )
    .version(cli.version)
    // Taken out of the arguments before they come here (env-file-option.ts); for --help.
    .option(
      '--env-file <file>',
      'read the variables from this file; relative paths belong to its folder (default: .env in LINKWATCH_HOME, else in the current folder)',
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => cli.stdout.write(text),
      writeErr: (text) => cli.stderr.write(text),
      // Failures are reported in one place, which also knows of --json.
      outputError: () => undefined,
      getOutHelpWidth: () => widthOf(cli.stdout),
      getErrHelpWidth: () => widthOf(cli.stderr),
      getOutHasColors: () => cli.stdout.hasColour,
      getErrHasColors: () => cli.stderr.hasColour,
    });
  for (const { heading, add } of groups) {
    program.commandsGroup(heading);
    for (const addTo of add) addTo(program, cli);
  }
  return withExamples(program, 'demo', 'tenant add --help', 'status');
}

function widthOf({ columns }: Output): number {
  return Math.min(columns ?? 100, 120);
}
