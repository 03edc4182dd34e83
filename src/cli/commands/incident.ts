import type { Command } from 'commander';
import { DAY_MS } from '../../domain/model/time.ts';
import { LONGEST_SNOOZE_MS } from '../../domain/owner/contact-request.ts';
import type { Application } from '../../monitoring/application.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { IncidentOutcome, IncidentView } from '../../monitoring/views.ts';
import { formatMinute } from '../../words/format-time.ts';
import { incidentSubject } from '../../words/operator-wording.ts';
import { durationArgument } from '../arguments.ts';
import type { Cli } from '../context.ts';
import { CommandFailure, WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { incidentText } from '../text/incident-text.ts';
import { plain } from '../text/plain-text.ts';

const DEFAULT_SNOOZE_MS = 7 * DAY_MS;

export function addIncident(parent: Command, cli: Cli): void {
  const group = parent.command('incident').description('Show, acknowledge, snooze or close one incident.');
  addShow(group, cli);
  addAcknowledge(group, cli);
  addSnooze(group, cli);
  addClose(group, cli);
}

function addShow(group: Command, cli: Cli): void {
  const command = group
    .command('show')
    .summary('was the owner told?')
    .description('Was the owner told? What was wrong, the polls that showed it, the mail and the repair, in order.')
    .argument('<id>', "the incident's id")
    .action(async (id: string, options: JsonOption) => {
      const incident = await withApp(cli, { purpose: 'read' }, (app) => app.incidents.find(operator, id));
      if (incident === null) throw unknownIncident(id);
      const text = () => incidentText(cli, incident);
      await printAnswer(cli, options, { as: 'incidentDetail', view: incident, text });
    });
  withExamples(withJson(command), 'incident show 9f3kz0c2m1x8t5wd');
}

function addAcknowledge(group: Command, cli: Cli): void {
  const command = group
    .command('ack')
    .summary('somebody takes care of it')
    .description('Note that somebody takes care of it.')
    .argument('<id>', "the incident's id")
    .action((id: string, options: JsonOption) =>
      change(cli, { id, options, verb: 'is acknowledged' }, (app) => app.incidents.acknowledge(operator, id)),
    );
  withExamples(withJson(command), 'incident ack 9f3kz0c2m1x8t5wd');
}

function addSnooze(group: Command, cli: Cli): void {
  const command = group
    .command('snooze')
    .summary('no reminders for a while')
    .description('Send no reminders for a while. A worse problem and the recovery are still told.')
    .argument('<id>', "the incident's id")
    .option('--for <duration>', 'for how long; 7d without it', durationArgument)
    .action((id: string, options: JsonOption & Readonly<{ for?: number }>) => {
      const { for: forMs = DEFAULT_SNOOZE_MS } = options;
      if (forMs === 0) throw new WrongUsage('--for 0 is no time at all.', 'Write how long, such as 3d.');
      if (forMs > LONGEST_SNOOZE_MS)
        throw new WrongUsage('--for is longer than a year.', 'Write a year at most, such as 30d.');
      const until = cli.now() + forMs;
      const verb = `sends no reminders until ${formatMinute(until)} UTC`;
      return change(cli, { id, options, verb }, (app) => app.incidents.snooze(operator, id, until));
    });
  withExamples(withJson(command), 'incident snooze 9f3kz0c2m1x8t5wd --for 3d');
}

function addClose(group: Command, cli: Cli): void {
  const command = group
    .command('close')
    .summary('close it by hand')
    .description('Close it by hand, without a mail. If the next polls are bad, another one opens.')
    .argument('<id>', "the incident's id")
    .action((id: string, options: JsonOption) =>
      change(cli, { id, options, verb: 'is closed' }, (app) => app.incidents.close(operator, id)),
    );
  withExamples(withJson(command), 'incident close 9f3kz0c2m1x8t5wd');
}

type Change = Readonly<{ id: string; options: JsonOption; verb: string }>;

async function change(
  cli: Cli,
  { id, options, verb }: Change,
  act: (app: Application) => Promise<IncidentOutcome>,
): Promise<void> {
  const incident = incidentOf(id, await withApp(cli, { purpose: 'read' }, act));
  const text = () => plain(`${incident.tenantName}: ${incidentSubject(incident)} ${verb}.`);
  await printAnswer(cli, options, { as: 'incident', view: incident, text });
}

function incidentOf(id: string, result: IncidentOutcome): IncidentView {
  switch (result.outcome) {
    case 'done':
      return result.incident;
    case 'already_closed':
      throw new CommandFailure(`Incident ${id} is closed already.`, '`linkwatch incidents` lists those that are open.');
    case 'not_found':
      throw unknownIncident(id);
  }
}

function unknownIncident(id: string): CommandFailure {
  return new CommandFailure(
    `There is no incident ${id}.`,
    '`linkwatch incidents --state all` lists them with their ids.',
  );
}
