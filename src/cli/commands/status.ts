import { type Command, Option } from 'commander';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { unknownTenant } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
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
      "Is Linkwatch itself well, and every tenant's health now, the worst first; for one tenant, its connections, what is wrong with them and what the owner is asked to do.",
    )
    .addOption(new Option('--tenant <id>', "one tenant's connections").conflicts(['health', 'search']))
    .action((options: StatusOptions) => status(cli, options));
  withExamples(
    withJson(withTenantFilters(command)),
    'status',
    'status --health broken --health waiting',
    'status --tenant 4ba1vqnyqq0hp7ur',
  );
}

async function status(cli: Cli, options: StatusOptions): Promise<void> {
  const { tenant: id } = options;
  await withApp(cli, { purpose: 'read' }, async (app) => {
    if (id === undefined) {
      const tenants = await listTenants(app, options);
      const monitor = await app.operations.monitor(operator);
      const text = () => `${fleetText(cli, tenants)}\n\n${monitorText(cli, monitor)}`;
      await printAnswer(cli, options, { as: 'fleet', view: { monitor, tenants }, text });
      return;
    }
    const view = await app.health.status(operator, id);
    if (view === null) throw unknownTenant(id);
    await printAnswer(cli, options, { as: 'status', view, text: () => tenantText(cli, view) });
  });
}
