import type { Command } from 'commander';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { unknownTenant } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';

type RemoveOptions = JsonOption & Readonly<{ purge?: boolean }>;

export function addTenantRemove(group: Command, cli: Cli): void {
  const command = group
    .command('remove')
    .summary('stop watching it')
    .description('Stop watching it and erase its tokens. Its history stays, unless --purge erases that too.')
    .argument('<id>', "the tenant's id")
    .option('--purge', 'erase every row of the tenant, for good')
    .action((id: string, options: RemoveOptions) => remove(cli, id, options));
  withExamples(withJson(command), 'tenant remove 4ba1vqnyqq0hp7ur', 'tenant remove 4ba1vqnyqq0hp7ur --purge');
}

async function remove(cli: Cli, id: string, options: RemoveOptions): Promise<void> {
  const { purge = false } = options;
  if (!(await withApp(cli, { purpose: 'read' }, (app) => app.tenants.remove(operator, id, { purge }))))
    throw unknownTenant(id);
  const text = () => (purge ? 'Every row of it is erased.' : 'It is no longer watched.');
  await printAnswer(cli, options, { as: 'tenantId', view: { id }, text });
}
