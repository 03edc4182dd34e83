import type { Command } from 'commander';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { withExamples } from '../help.ts';
import { withApp } from '../open-app.ts';
import { printLine } from '../print.ts';

export function addStart(parent: Command, cli: Cli): void {
  const command = parent
    .command('start')
    .summary('run the daemon')
    .description(
      'Run the daemon: poll every tenant on schedule, send the mail that is due, answer over HTTP. SIGTERM or Ctrl-C ends it after what is in flight, within 20 s.',
    )
    .action(async () => {
      const signal = cli.stopSignal();
      const onListening = (url: string): void => printLine(cli, `Linkwatch listens on ${url}`);
      await withApp(cli, { purpose: 'start', use: 'daemon', database: 'created' }, (app) =>
        app.operations.start(operator, { signal, onListening }),
      );
    });
  withExamples(command, 'start');
}
