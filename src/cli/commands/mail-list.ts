import { type Command, Option } from 'commander';
import { type NotificationState, notificationStates } from '../../domain/model/notification.ts';
import { operator } from '../../monitoring/viewer.ts';
import { countArgument } from '../arguments.ts';
import type { Cli } from '../context.ts';
import { withExamples, withJson } from '../help.ts';
import { assertKnown, tenantIdOf } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { mailListText } from '../text/mail-text.ts';

type ListOptions = JsonOption & Readonly<{ tenant?: string; state?: NotificationState; limit: number }>;

export function addMailList(group: Command, cli: Cli): void {
  const command = group
    .command('list')
    .summary('the outbox')
    .description('The outbox: what was sent, waits, is held, failed or was cancelled, and why. The newest first.')
    .option('--tenant <tenant>', 'about this tenant alone, by id, external id or name')
    .addOption(new Option('--state <state>', 'in this state alone').choices(notificationStates))
    .option('--limit <number>', 'at most so many', countArgument, 50)
    .action(async (options: ListOptions) => {
      const { tenant, state, limit } = options;
      const mail = await withApp(cli, { purpose: 'read' }, async (app) => {
        const tenantId = tenant === undefined ? null : await tenantIdOf(app, tenant);
        const { items } = await app.mail.list(operator, { tenantId, state, limit, cursor: null });
        await assertKnown(tenantId, items, app);
        return items;
      });
      await printAnswer(cli, options, { as: 'mail', view: { mail }, text: () => mailListText(cli, mail) });
    });
  withExamples(withJson(command), 'mail list', 'mail list --state failed --json');
}
