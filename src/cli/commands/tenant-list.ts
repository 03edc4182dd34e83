import type { Command } from 'commander';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { fleetText } from '../text/status-text.ts';

export function addTenantList(group: Command, cli: Cli): void {
  const command = group
    .command('list')
    .summary('all of them')
    .description('All tenants with their health, connections, states and ids.')
    .action(async (options: JsonOption) => {
      const tenants = await withApp(cli, { purpose: 'read' }, (app) => app.tenants.list(operator));
      await printAnswer(cli, options, { as: 'tenants', view: { tenants }, text: () => fleetText(cli, tenants) });
    });
  withExamples(withJson(command), 'tenant list --json');
}
