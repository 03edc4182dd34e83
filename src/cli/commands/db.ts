import type { Command } from 'commander';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';

export function addDb(parent: Command, cli: Cli): void {
  const group = parent.command('db').description('The database.');
  const command = group
    .command('migrate')
    .summary('bring the tables up to date')
    .description('Bring the tables up to date. `linkwatch start` and `poll` do it by themselves.')
    .action((options: JsonOption) => migrate(cli, options));
  withExamples(withJson(command), 'db migrate');
}

async function migrate(cli: Cli, options: JsonOption): Promise<void> {
  const applied = await withApp(cli, { purpose: 'read', database: 'untouched' }, (app) =>
    app.operations.migrate(operator),
  );
  const text = () => (applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`);
  await printAnswer(cli, options, { as: 'plain', view: { applied }, text });
}
