import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { operator } from '../../monitoring/viewer.ts';
import type { KeyRotation } from '../../monitoring/views.ts';
import type { Cli } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { withProgress } from '../progress.ts';
import { plural } from '../text/plain-text.ts';

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
  const rotation = group
    .command('rotate')
    .summary('seal everything with the first key')
    .description(
      'Seal every stored secret with the first key of ENCRYPTION_KEY, which must list the old one behind it: NEW,OLD. Give every daemon both keys first; then they may run meanwhile. Broken off, it can be run again.',
    )
    .action((options: JsonOption) => rotate(cli, options));
  withExamples(withJson(rotation), 'key rotate');
}

async function rotate(cli: Cli, options: JsonOption): Promise<void> {
  await withApp(cli, { purpose: 'grants' }, async (app) => {
    const view = await withProgress(cli, 'Sealing', (onProgress) => app.operations.rotateKeys(operator, onProgress));
    await printAnswer(cli, options, { as: 'keyRotation', view, text: () => rotationText(view) });
    if (view.unreadable > 0) throw unreadable(view.unreadable);
  });
}

function rotationText({ resealed, keys }: KeyRotation): string {
  const rest = keys.length > 1 ? '' : ' Every other key can be taken out of ENCRYPTION_KEY.';
  return `${plural(resealed, 'value')} sealed anew.${rest}`;
}

function unreadable(values: number): CommandFailure {
  return new CommandFailure(
    `${plural(values, 'value')} could not be opened by any key, and stayed as they are.`,
    'Add the key they were sealed with to ENCRYPTION_KEY, behind the first. `linkwatch doctor` names it.',
  );
}
