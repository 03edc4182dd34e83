import type { Command } from 'commander';
import { readTenantPatch } from '../../monitoring/tenants/tenant-input.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { deferSignals } from '../defer-signals.ts';
import { refusedTenant, unknownTenant, untriedToken, WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { tenantIdOf } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { checkedValue, fieldsOf, inputRules, type TenantOptions, withTenantOptions } from '../tenant-options.ts';

export function addTenantUpdate(group: Command, cli: Cli): void {
  const command = group
    .command('update')
    .summary('change settings, or give a new grant')
    .description(
      'Change what is given and nothing else. --refresh-token gives a new grant: with it a tenant that lost ours is polled again.',
    )
    .argument('<tenant>', "the tenant's id, external id or name")
    .action((named: string, options: TenantOptions & JsonOption) => update(cli, named, options));
  withTenantOptions(command).option('--no-cc', 'nobody gets copies any more');
  withExamples(
    withJson(command),
    'tenant update 4ba1vqnyqq0hp7ur --owner jane@example.org --schedule "*/30 * * * *"',
    'tenant update 4ba1vqnyqq0hp7ur --refresh-token @token.txt',
    'tenant update 4ba1vqnyqq0hp7ur --sender-name "Jane\'s Agency" --reply-to ""',
  );
}

async function update(cli: Cli, named: string, options: TenantOptions & JsonOption): Promise<void> {
  const patch = checkedValue(readTenantPatch(await fieldsOf(cli, options), inputRules(cli)));
  if (Object.keys(patch).length === 0) {
    throw new WrongUsage('Nothing is given that could change.', '`linkwatch tenant update --help` shows what can.');
  }
  const { id, updated } = await withApp(cli, { purpose: 'grants' }, async (app) => {
    const tenantId = await tenantIdOf(app, named);
    if (patch.grant !== undefined) deferSignals(cli);
    return { id: tenantId, updated: await app.tenants.update(operator, tenantId, patch) };
  });
  if (updated.outcome === 'not_found') throw unknownTenant(named);
  if (updated.outcome !== 'updated') throw refusedTenant(updated);
  const { untried } = updated;
  const changed = `Changed: ${Object.keys(patch).map(plainField).join(', ')}.`;
  const text = () => (untried === null ? changed : `${changed}\n${untriedToken(untried)}`);
  await printAnswer(cli, options, { as: 'givenToken', view: { id, untried }, text });
}

function plainField(field: string): string {
  if (field === 'grant') return 'its tokens';
  return field.replaceAll(/[A-Z]/g, (content) => ` ${content.toLowerCase()}`);
}
