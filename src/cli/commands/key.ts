import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import type { Cli } from '../context.ts';
import { withExamples, withJson } from '../help.ts';
import { type JsonOption, printAnswer } from '../print.ts';

const KEY_BYTES = 32;

export function addKey(parent: Command, cli: Cli): void {
  const group = parent.command('key').description('The key that encrypts the stored tokens.');
  const command = group
    .command('new')
    .summary('a new encryption key')
    .description('Print a new ENCRYPTION_KEY. Keep it safe: without it the stored tokens cannot be read.')
    .action(async (options: JsonOption) => {
      const key = randomBytes(KEY_BYTES).toString('base64');
      await printAnswer(cli, options, { as: 'plain', view: { key }, text: () => key });
    });
  withExamples(withJson(command), 'key new', 'key new > /etc/linkwatch/encryption-key');
}
