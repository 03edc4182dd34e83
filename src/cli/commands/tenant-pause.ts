import type { Command } from 'commander';
import type { Application } from '../../monitoring/application.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { unknownTenant } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';

export function addTenantPause(group: Command, cli: Cli): void {
  const command = group
    .command('pause')
    .summary('do not poll it for a while')
    .description('Do not poll it until `linkwatch tenant resume`. That time counts as not observed.')
    .argument('<id>', "the tenant's id")
    .action((id: string, options: JsonOption) =>
      change(cli, { id, options, done: 'It is paused.' }, (app) => app.tenants.pause(operator, id)),
    );
  withExamples(withJson(command), 'tenant pause 4ba1vqnyqq0hp7ur');
}

export function addTenantResume(group: Command, cli: Cli): void {
  const command = group
    .command('resume')
    .summary('poll it again')
    .description('Poll a paused tenant again.')
    .argument('<id>', "the tenant's id")
    .action((id: string, options: JsonOption) =>
      change(cli, { id, options, done: 'It is watched again.' }, (app) => app.tenants.resume(operator, id)),
    );
  withExamples(withJson(command), 'tenant resume 4ba1vqnyqq0hp7ur');
}

type Change = Readonly<{ id: string; options: JsonOption; done: string }>;

async function change(
  cli: Cli,
  { id, options, done }: Change,
  act: (app: Application) => Promise<boolean>,
): Promise<void> {
  if (!(await withApp(cli, { purpose: 'read' }, act))) throw unknownTenant(id);
  await printAnswer(cli, options, { as: 'tenantId', view: { id }, text: () => done });
}
