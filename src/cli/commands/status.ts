import { type Command, Option } from 'commander';
import type { Instant } from '../../domain/model/time.ts';
import type { Application } from '../../monitoring/application.ts';
import { readAllPages } from '../../monitoring/pages.ts';
import { MomentOutOfReach } from '../../monitoring/past-moment.ts';
import { operator } from '../../monitoring/viewer.ts';
import { timeArgument } from '../arguments.ts';
import type { Cli } from '../context.ts';
import { CommandFailure, unknownTenant, WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { tenantIdOf } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { isFiltered, listTenants, type TenantFilterOptions, withTenantFilters } from '../tenant-filters.ts';
import { monitorText } from '../text/monitor-text.ts';
import { fleetThenText, tenantThenText } from '../text/past-text.ts';
import { fleetText, tenantText } from '../text/status-text.ts';

type StatusOptions = JsonOption & TenantFilterOptions & Readonly<{ tenant?: string; at?: Instant }>;

export function addStatus(parent: Command, cli: Cli): void {
  const command = parent
    .command('status')
    .summary('the monitor and the health of every tenant')
    .description(
      "Is Linkwatch itself well, and every tenant's health now, the worst last; for one tenant, its connections, what is wrong with them and what the owner is asked to do. With --at, the tenants or the connections as they were, by their history.",
    )
    .addOption(
      new Option('--tenant <tenant>', "one tenant's connections, by id, external id or name").conflicts([
        'health',
        'search',
      ]),
    )
    .option(
      '--at <time>',
      'as it was: a date, a time, or a duration such as 7d for a week ago',
      timeArgument(cli.now()),
    )
    .action((options: StatusOptions) => status(cli, options));
  withExamples(
    withJson(withTenantFilters(command)),
    'status',
    'status --health broken --health waiting',
    'status --tenant 4ba1vqnyqq0hp7ur',
    'status --at 2026-11-01T09:30Z --health broken',
  );
}

async function status(cli: Cli, { at, ...options }: StatusOptions): Promise<void> {
  await withApp(cli, { purpose: 'read' }, async (app) => {
    if (at !== undefined) await withinReach(() => statusThen(cli, app, { ...options, at }));
    else if (options.tenant === undefined) await fleetNow(cli, app, options);
    else await tenantNow(cli, app, { ...options, tenant: options.tenant });
  });
}

async function fleetNow(cli: Cli, app: Application, options: StatusOptions): Promise<void> {
  const tenants = await listTenants(app, options);
  const monitor = await app.operations.monitor(operator);
  const text = () => `${fleetText(cli, tenants, { isFiltered: isFiltered(options) })}\n\n${monitorText(cli, monitor)}`;
  await printAnswer(cli, options, { as: 'fleet', view: { monitor, tenants }, text });
}

async function tenantNow(cli: Cli, app: Application, options: StatusOptions & { tenant: string }): Promise<void> {
  const view = await app.health.status(operator, await tenantIdOf(app, options.tenant));
  if (view === null) throw unknownTenant(options.tenant);
  await printAnswer(cli, options, { as: 'status', view, text: () => tenantText(cli, view) });
}

async function statusThen(cli: Cli, app: Application, options: StatusOptions & { at: Instant }): Promise<void> {
  const { at, tenant, health, search } = options;
  if (tenant === undefined) {
    const asked = { at, health, search };
    const tenants = await readAllPages((page) => app.past.tenants(operator, { ...asked, ...page }));
    const text = () => fleetThenText(cli, at, tenants);
    return await printAnswer(cli, options, { as: 'fleetThen', view: { at, tenants }, text });
  }
  const view = await app.past.tenant(operator, await tenantIdOf(app, tenant), at);
  if (view === null) throw absentTenant(tenant);
  await printAnswer(cli, options, { as: 'statusThen', view, text: () => tenantThenText(cli, view) });
}

function absentTenant(named: string): CommandFailure {
  return new CommandFailure(
    `There was no tenant ${named} at that time.`,
    'One that has been removed since is named by its id; `linkwatch status --at TIME` shows who was there.',
  );
}

async function withinReach(show: () => Promise<void>): Promise<void> {
  try {
    await show();
  } catch (error) {
    if (!(error instanceof MomentOutOfReach)) throw error;
    throw new WrongUsage(`--at: ${error.message}.`, 'Write a date or a time, or a duration such as 7d for a week ago.');
  }
}
