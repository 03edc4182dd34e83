import type { Command } from 'commander';
import { readAllPages } from '../../monitoring/pages.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { workersText } from '../text/workers-text.ts';

export function addWorkers(parent: Command, cli: Cli): void {
  const command = parent
    .command('workers')
    .summary('who is at work')
    .description(
      'Every process of `linkwatch start` on this database: since when it runs, what it does, its version, and how far its clock is from the database’s. One that says nothing for a minute is taken out, and others do what it had claimed.',
    )
    .action(async (options: JsonOption) => {
      const workers = await withApp(cli, { purpose: 'read' }, (app) =>
        readAllPages((page) => app.operations.workers(operator, page)),
      );
      await printAnswer(cli, options, { as: 'workers', view: { workers }, text: () => workersText(cli, workers) });
    });
  withExamples(withJson(command), 'workers', 'workers --json');
}
