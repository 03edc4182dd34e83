import { type Command, InvalidArgumentError } from 'commander';
import { type WorkerRole, workerRoles } from '../../domain/model/worker.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { withExamples } from '../help.ts';
import { withApp } from '../open-app.ts';
import { printLine } from '../print.ts';

function rolesArgument(text: string): readonly WorkerRole[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !isRole(name));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(
      `“${unknown}” is no kind of work. Write some of ${workerRoles.join(', ')}, with commas between them.`,
    );
  }
  return workerRoles.filter((role) => names.includes(role));
}

function isRole(name: string): name is WorkerRole {
  return (workerRoles as readonly string[]).includes(name);
}

export function addStart(parent: Command, cli: Cli): void {
  const command = parent
    .command('start')
    .summary('run the daemon')
    .description(
      'Run the daemon: poll every tenant on schedule, send the mail that is due, answer over HTTP. With PostgreSQL any number of them share the work. SIGTERM or Ctrl-C ends it after what is in flight, within 20 s.',
    )
    .option(
      '--only <roles>',
      `do these kinds of work alone, and leave the others to other workers: of ${workerRoles.join(', ')}, with commas between them`,
      rolesArgument,
    )
    .action(async ({ only: roles }: Readonly<{ only?: readonly WorkerRole[] }>) => {
      const signal = cli.stopSignal();
      const onListening = (url: string): void => printLine(cli, `Linkwatch listens on ${url}`);
      await withApp(cli, { purpose: 'start', use: 'daemon', database: 'created' }, (app) =>
        app.operations.start(operator, { signal, roles, onListening }),
      );
    });
  withExamples(command, 'start', 'start --only poll,mail,webhooks', 'start --only http');
}
