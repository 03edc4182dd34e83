import type { Command } from 'commander';
import type { Cli } from '../context.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { isFiltered, listTenants, type TenantFilterOptions, withTenantFilters } from '../tenant-filters.ts';
import { tenantsText } from '../text/status-text.ts';

export function addTenantList(group: Command, cli: Cli): void {
  const command = group
    .command('list')
    .summary('all of them')
    .description(
      'All tenants by name, with owner, state, time zone and schedule. `linkwatch status` shows their health.',
    )
    .action(async (options: JsonOption & TenantFilterOptions) => {
      const tenants = await withApp(cli, { purpose: 'read' }, (app) => listTenants(app, options));
      await printAnswer(cli, options, {
        as: 'tenants',
        view: { tenants },
        text: () => tenantsText(cli, tenants, { isFiltered: isFiltered(options) }),
      });
    });
  withExamples(withJson(withTenantFilters(command)), 'tenant list --health broken', 'tenant list --json');
}
