import type { Command } from 'commander';
import type { Application } from '../../monitoring/application.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { unknownTenant } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { tenantIdOf } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';

export function addTenantPause(group: Command, cli: Cli): void {
  const command = group
    .command('pause')
    .summary('do not poll it for a while')
    .description('Do not poll it until `linkwatch tenant resume`. That time counts as not observed.')
    .argument('<tenant>', "the tenant's id, external id or name")
    .action((named: string, options: JsonOption) =>
      change(cli, { named, options, done: 'It is paused.' }, (app, id) => app.tenants.pause(operator, id)),
    );
  withExamples(withJson(command), 'tenant pause 4ba1vqnyqq0hp7ur');
}

export function addTenantResume(group: Command, cli: Cli): void {
  const command = group
    .command('resume')
    .summary('poll it again')
    .description('Poll a paused tenant again.')
    .argument('<tenant>', "the tenant's id, external id or name")
    .action((named: string, options: JsonOption) =>
      change(cli, { named, options, done: 'It is watched again.' }, (app, id) => app.tenants.resume(operator, id)),
    );
  withExamples(withJson(command), 'tenant resume 4ba1vqnyqq0hp7ur');
}

type Change = Readonly<{ named: string; options: JsonOption; done: string }>;

async function change(
  cli: Cli,
  { named, options, done }: Change,
  act: (app: Application, id: string) => Promise<boolean>,
): Promise<void> {
  const id = await withApp(cli, { purpose: 'read' }, async (app) => {
    const tenantId = await tenantIdOf(app, named);
    if (!(await act(app, tenantId))) throw unknownTenant(named);
    return tenantId;
  });
  await printAnswer(cli, options, { as: 'tenantId', view: { id }, text: () => done });
}
