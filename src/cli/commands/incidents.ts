import { type Command, Option } from 'commander';
import { type IncidentStateFilter, incidentStateFilters } from '../../domain/model/incident.ts';
import { readAllPages } from '../../monitoring/pages.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { withExamples, withJson } from '../help.ts';
import { assertKnown } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { incidentsText } from '../text/incident-text.ts';

type IncidentsOptions = JsonOption & Readonly<{ tenant?: string; state: IncidentStateFilter }>;

export function addIncidents(parent: Command, cli: Cli): void {
  const command = parent
    .command('incidents')
    .summary('what is in trouble')
    .description(
      'Connections in trouble, from the first bad poll to the confirmed repair, and lost access to accounts. The newest first.',
    )
    .option('--tenant <id>', 'of this tenant alone')
    .addOption(
      new Option('--state <state>', 'open is everything that is not closed')
        .choices(incidentStateFilters)
        .default('open'),
    )
    .action(async (options: IncidentsOptions) => {
      const filter = { tenantId: options.tenant ?? null, state: options.state };
      const incidents = await withApp(cli, { purpose: 'read' }, async (app) => {
        const listed = await readAllPages((page) => app.incidents.list(operator, { ...filter, ...page }));
        await assertKnown(filter.tenantId, listed, app);
        return listed;
      });
      await printAnswer(cli, options, {
        as: 'incidents',
        view: { incidents },
        text: () => incidentsText(cli, incidents),
      });
    });
  withExamples(withJson(command), 'incidents', 'incidents --tenant 4ba1vqnyqq0hp7ur --state all --json');
}
