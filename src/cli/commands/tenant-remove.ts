import type { Command } from 'commander';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { unknownTenant } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { tenantIdOf } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';

type RemoveOptions = JsonOption & Readonly<{ purge?: boolean }>;

export function addTenantRemove(group: Command, cli: Cli): void {
  const command = group
    .command('remove')
    .summary('stop watching it')
    .description('Stop watching it and erase its tokens. Its history stays, unless --purge erases that too.')
    .argument('<tenant>', "the tenant's id, external id or name")
    .option('--purge', 'erase every row of the tenant, for good')
    .action((named: string, options: RemoveOptions) => remove(cli, named, options));
  withExamples(withJson(command), 'tenant remove 4ba1vqnyqq0hp7ur', 'tenant remove 4ba1vqnyqq0hp7ur --purge');
}

async function remove(cli: Cli, named: string, options: RemoveOptions): Promise<void> {
  const { purge = false } = options;
  const id = await withApp(cli, { purpose: 'read' }, async (app) => {
    const tenantId = await tenantIdOf(app, named);
    if (!(await app.tenants.remove(operator, tenantId, { purge }))) throw unknownTenant(named);
    return tenantId;
  });
  const text = () => (purge ? 'Every row of it is erased.' : 'It is no longer watched.');
  await printAnswer(cli, options, { as: 'tenantId', view: { id }, text });
}
