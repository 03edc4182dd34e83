import { type Command, Option } from 'commander';
import { type IncidentStateFilter, incidentStateFilters } from '../../domain/model/incident.ts';
import { readAllPages } from '../../monitoring/pages.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { withExamples, withJson } from '../help.ts';
import { assertKnown, tenantIdOf } from '../known-tenants.ts';
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
    .option('--tenant <tenant>', 'of this tenant alone, by id, external id or name')
    .addOption(
      new Option('--state <state>', 'open is everything that is not closed')
        .choices(incidentStateFilters)
        .default('open'),
    )
    .action(async (options: IncidentsOptions) => {
      const { tenant, state } = options;
      const incidents = await withApp(cli, { purpose: 'read' }, async (app) => {
        const tenantId = tenant === undefined ? null : await tenantIdOf(app, tenant);
        const listed = await readAllPages((page) => app.incidents.list(operator, { tenantId, state, ...page }));
        await assertKnown(tenantId, listed, app);
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
