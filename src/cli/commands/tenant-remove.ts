import type { Command } from 'commander';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { unknownTenant } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { tenantIdOf } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { plain } from '../text/plain-text.ts';

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
  const { id, name } = await withApp(cli, { purpose: 'read' }, async (app) => {
    const tenantId = await tenantIdOf(app, named);
    const found = await app.tenants.find(operator, tenantId);
    if (!(await app.tenants.remove(operator, tenantId, { purge }))) throw unknownTenant(named);
    return { id: tenantId, name: found?.name ?? null };
  });
  const who = name === null ? id : `${plain(name)} (${id})`;
  const text = () => (purge ? `Every row of ${who} is erased.` : `${who} is no longer watched.`);
  await printAnswer(cli, options, { as: 'tenantId', view: { id }, text });
}
