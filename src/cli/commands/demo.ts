import type { Command } from 'commander';
import type { Cli } from '../context.ts';
import { withExamples } from '../help.ts';

export function addDemo(parent: Command, cli: Cli): void {
  const command = parent
    .command('demo')
    .summary('see it work, with nothing to set up')
    .description(
      'See Linkwatch work, with nothing to set up: a stand-in for Constant Contact, some tenants whose connections break, and a mail catcher that shows every mail. Ctrl-C ends it.',
    )
    .action(() => cli.runDemo({ stdout: cli.stdout, signal: cli.stopSignal() }));
  withExamples(command, 'demo');
}
