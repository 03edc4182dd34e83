import { type Command, Option } from 'commander';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { unknownTenant } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { tenantIdOf } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { listTenants, type TenantFilterOptions, withTenantFilters } from '../tenant-filters.ts';
import { monitorText } from '../text/monitor-text.ts';
import { fleetText, tenantText } from '../text/status-text.ts';

type StatusOptions = JsonOption & TenantFilterOptions & Readonly<{ tenant?: string }>;

export function addStatus(parent: Command, cli: Cli): void {
  const command = parent
    .command('status')
    .summary('the monitor and the health of every tenant')
    .description(
      "Is Linkwatch itself well, and every tenant's health now, the worst last; for one tenant, its connections, what is wrong with them and what the owner is asked to do.",
    )
    .addOption(
      new Option('--tenant <tenant>', "one tenant's connections, by id, external id or name").conflicts([
        'health',
        'search',
      ]),
    )
    .action((options: StatusOptions) => status(cli, options));
  withExamples(
    withJson(withTenantFilters(command)),
    'status',
    'status --health broken --health waiting',
    'status --tenant 4ba1vqnyqq0hp7ur',
  );
}

async function status(cli: Cli, options: StatusOptions): Promise<void> {
  const { tenant } = options;
  await withApp(cli, { purpose: 'read' }, async (app) => {
    if (tenant === undefined) {
      const tenants = await listTenants(app, options);
      const monitor = await app.operations.monitor(operator);
      const text = () => `${fleetText(cli, tenants)}\n\n${monitorText(cli, monitor)}`;
      await printAnswer(cli, options, { as: 'fleet', view: { monitor, tenants }, text });
      return;
    }
    const view = await app.health.status(operator, await tenantIdOf(app, tenant));
    if (view === null) throw unknownTenant(tenant);
    await printAnswer(cli, options, { as: 'status', view, text: () => tenantText(cli, view) });
  });
}
