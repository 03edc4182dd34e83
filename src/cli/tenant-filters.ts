import { type Command, InvalidArgumentError, Option } from 'commander';
import { type TenantHealth, tenantHealths } from '../domain/model/condition.ts';
import type { Application } from '../monitoring/application.ts';
import { readAllPages } from '../monitoring/pages.ts';
import { operator } from '../monitoring/viewer.ts';
import type { TenantSummary } from '../monitoring/views.ts';

export type TenantFilterOptions = Readonly<{ health?: readonly TenantHealth[]; search?: string }>;

export function withTenantFilters(command: Command): Command {
  return command
    .addOption(
      new Option('--health <health...>', 'of this health alone; may be given several times').choices(tenantHealths),
    )
    .option('--search <text>', 'with this text in the name, in capital or small letters', searchArgument);
}

/** As long as a name may be. */
const LONGEST_SEARCH = 200;

function searchArgument(text: string): string {
  if (text.length > LONGEST_SEARCH)
    throw new InvalidArgumentError(`No name has more than ${LONGEST_SEARCH} characters.`);
  return text;
}

/** Whether the options leave out tenants. */
export function isFiltered({ health, search }: TenantFilterOptions): boolean {
  return health !== undefined || search !== undefined;
}

export function listTenants(
  app: Application,
  { health, search }: TenantFilterOptions,
): Promise<readonly TenantSummary[]> {
  return readAllPages((page) => app.tenants.list(operator, { health, search, ...page }));
}
