import { type Command, Option } from 'commander';
import { type EventType, eventTypes } from '../../domain/model/event.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { Application } from '../../monitoring/application.ts';
import { readAllPages } from '../../monitoring/pages.ts';
import type { Redelivery } from '../../monitoring/ports.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { NewWebhookView } from '../../monitoring/views.ts';
import { countArgument, timeArgument } from '../arguments.ts';
import type { Cli } from '../context.ts';
import { CommandFailure, unknownTenant, WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { knownTenantId } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { plural } from '../text/plain-text.ts';
import { attemptText, newWebhookText, rotatedText, webhooksText, webhookText } from '../text/webhook-text.ts';

const ID = "the endpoint's id";

export function addWebhook(parent: Command, cli: Cli): void {
  const group = parent.command('webhook').description('Where events are sent to other programs, as they happen.');
  addAdd(group, cli);
  addList(group, cli);
  addShow(group, cli);
  addTest(group, cli);
  addSwitches(group, cli);
  addRemove(group, cli);
  addRedeliver(group, cli);
  addRotate(group, cli);
}

type AddOptions = JsonOption & Readonly<{ url: string; tenant?: string; events?: readonly EventType[] }>;

function addAdd(group: Command, cli: Cli): void {
  const command = group
    .command('add')
    .summary('a new endpoint')
    .description(
      'Send events to an address from now on. Prints the secret that signs them, which is shown once. Linkwatch keeps it encrypted.',
    )
    .requiredOption('--url <url>', 'where the receiver listens: https://...')
    .option('--tenant <tenant>', 'the events of this tenant alone, by id, external id or name; of all without it')
    .addOption(
      new Option('--events <type>', 'these types alone, each with an option of its own; all without it')
        .choices(eventTypes)
        .argParser(eventTypeArgument),
    )
    .action(async (options: AddOptions) => {
      const view = await withApp(cli, { purpose: 'secrets' }, (app) => added(app, options));
      await printAnswer(cli, options, { as: 'newWebhook', view, text: () => newWebhookText(view) });
    });
  withExamples(
    withJson(command),
    'webhook add --url https://shop.example/hooks/linkwatch',
    'webhook add --url https://shop.example/hooks --tenant 4ba1vqnyqq0hp7ur --events connection.broken --events connection.repaired',
  );
}

function eventTypeArgument(text: string, before: readonly EventType[] | undefined): readonly EventType[] {
  const type = eventTypes.find((each) => each === text);
  if (type === undefined)
    throw new WrongUsage(`There is no event type ${text}.`, `The types: ${eventTypes.join(', ')}.`);
  return [...(before ?? []), type];
}

async function added(app: Application, { url, tenant, events }: AddOptions): Promise<NewWebhookView> {
  const tenantId = tenant === undefined ? undefined : await knownTenantId(app, tenant);
  const answer = await app.webhooks.add(operator, { url, tenantId, types: events });
  switch (answer.outcome) {
    case 'added':
      return answer.webhook;
    case 'unknown_tenant':
      throw unknownTenant(tenant ?? '');
    case 'bad_url':
      throw new WrongUsage(`--url: ${answer.problem}.`, 'Write a whole URL, such as https://shop.example/hooks.');
    case 'too_many':
      throw new CommandFailure(`There are ${answer.most} already, and no more are possible.`, 'Remove one first.');
  }
}

function addList(group: Command, cli: Cli): void {
  const command = group
    .command('list')
    .summary('every endpoint, and how it does')
    .description('Every endpoint, the newest first: its state, what waits for it, and what it fails at.')
    .action(async (options: JsonOption) => {
      const webhooks = await withApp(cli, { purpose: 'read' }, (app) =>
        readAllPages((page) => app.webhooks.list(operator, { ...page, tenantId: null })),
      );
      await printAnswer(cli, options, { as: 'webhooks', view: { webhooks }, text: () => webhooksText(cli, webhooks) });
    });
  withExamples(withJson(command), 'webhook list');
}

type ShowOptions = JsonOption & Readonly<{ event?: string; limit: number }>;

function addShow(group: Command, cli: Cli): void {
  const command = group
    .command('show')
    .summary('an endpoint, and what it answered')
    .description('One endpoint, and the latest requests to it: status, time, and how the answer began.')
    .argument('<id>', ID)
    .option('--event <id>', 'the requests with this event (webhook-id) alone')
    .option('--limit <number>', 'at most so many requests', countArgument, 20)
    .action(async (id: string, options: ShowOptions) => {
      const { event: eventId, limit } = options;
      const view = await withApp(cli, { purpose: 'read' }, async (app) => {
        const webhook = known(await app.webhooks.find(operator, id));
        const page = await app.webhooks.attempts(operator, id, { eventId, limit, cursor: null });
        return { webhook, attempts: page?.items ?? [] };
      });
      await printAnswer(cli, options, { as: 'webhook', view, text: () => webhookText(cli, view) });
    });
  withExamples(withJson(command), 'webhook show 7c0q2m8k5x1t9s4d');
}

function addTest(group: Command, cli: Cli): void {
  const command = group
    .command('test')
    .summary('send a test event now')
    .description('Send an event of the type webhook.test at once, and show what the receiver answers.')
    .argument('<id>', ID)
    .action(async (id: string, options: JsonOption) => {
      const view = await withApp(cli, { purpose: 'secrets' }, async (app) =>
        known(await app.webhooks.test(operator, id)),
      );
      await printAnswer(cli, options, { as: 'webhookAttempt', view, text: () => attemptText(view) });
      if (!view.isDelivered)
        throw new CommandFailure('The receiver did not take the event.', 'What it answered stands above.');
    });
  withExamples(withJson(command), 'webhook test 7c0q2m8k5x1t9s4d');
}

const switches = [
  [
    'enable',
    'send again',
    'Send again, beginning with what has happened since it was stopped.',
    'Events are sent again.',
  ],
  [
    'disable',
    'send nothing',
    'Send nothing until it is enabled. Events wait, as long as they are kept.',
    'Nothing is sent any more.',
  ],
] as const;

function addSwitches(group: Command, cli: Cli): void {
  for (const [name, summary, description, done] of switches) {
    const command = group
      .command(name)
      .summary(summary)
      .description(description)
      .argument('<id>', ID)
      .action(async (id: string, options: JsonOption) => {
        const view = await withApp(cli, { purpose: 'read' }, async (app) =>
          known(await app.webhooks[name](operator, id)),
        );
        await printAnswer(cli, options, { as: 'webhookState', view, text: () => done });
      });
    withExamples(withJson(command), `webhook ${name} 7c0q2m8k5x1t9s4d`);
  }
}

function addRemove(group: Command, cli: Cli): void {
  const command = group
    .command('remove')
    .summary('forget an endpoint')
    .description('Forget an endpoint, with what waits for it and what it answered.')
    .argument('<id>', ID)
    .action(async (id: string, options: JsonOption) => {
      const isRemoved = await withApp(cli, { purpose: 'read' }, (app) => app.webhooks.remove(operator, id));
      if (!isRemoved) throw unknownWebhook();
      await printAnswer(cli, options, { as: 'webhookId', view: { id }, text: () => 'The endpoint is removed.' });
    });
  withExamples(withJson(command), 'webhook remove 7c0q2m8k5x1t9s4d');
}

type RedeliverOptions = JsonOption & Readonly<{ event?: string; failed?: boolean; since?: Instant }>;

function addRedeliver(group: Command, cli: Cli): void {
  const command = group
    .command('redeliver')
    .summary('send events once more')
    .description(
      'Send events once more, with the webhook-id that they had: one, all that were given up, or all since a time.',
    )
    .argument('<id>', ID)
    .option('--event <id>', 'this event (webhook-id)')
    .option('--failed', 'all that were given up')
    .option('--since <time>', 'all since a date, a time, or a duration such as 2h', timeArgument(cli.now()))
    .action(async (id: string, options: RedeliverOptions) => {
      const redelivery = redeliveryOf(options);
      const view = await withApp(cli, { purpose: 'read' }, async (app) =>
        known(await app.webhooks.redeliver(operator, id, redelivery)),
      );
      const text = () => `${plural(view.redelivered, 'event')} will be sent once more.`;
      await printAnswer(cli, options, { as: 'redelivered', view, text });
    });
  withExamples(
    withJson(command),
    'webhook redeliver 7c0q2m8k5x1t9s4d --failed',
    'webhook redeliver 7c0q2m8k5x1t9s4d --since 2h',
  );
}

function redeliveryOf({ event, failed, since }: RedeliverOptions): Redelivery {
  const meant: readonly Redelivery[] = [
    ...(event === undefined ? [] : [{ kind: 'event', eventId: event } as const]),
    ...(failed === true ? [{ kind: 'failed' } as const] : []),
    ...(since === undefined ? [] : [{ kind: 'since', since } as const]),
  ];
  const [redelivery] = meant;
  if (redelivery === undefined || meant.length > 1) {
    throw new WrongUsage('It is not clear which events are meant.', 'Give one of --event, --failed and --since.');
  }
  return redelivery;
}

function addRotate(group: Command, cli: Cli): void {
  const command = group
    .command('rotate')
    .summary('a new secret')
    .description(
      'Make a new secret and print it, once. For a day both sign, so that the receiver can be changed meanwhile.',
    )
    .argument('<id>', ID)
    .action(async (id: string, options: JsonOption) => {
      const view = await withApp(cli, { purpose: 'secrets' }, async (app) =>
        known(await app.webhooks.rotate(operator, id)),
      );
      await printAnswer(cli, options, { as: 'rotatedWebhook', view, text: () => rotatedText(view) });
    });
  withExamples(withJson(command), 'webhook rotate 7c0q2m8k5x1t9s4d');
}

function known<T>(found: T | null): T {
  if (found === null) throw unknownWebhook();
  return found;
}

function unknownWebhook(): CommandFailure {
  return new CommandFailure(
    'There is no such webhook endpoint.',
    '`linkwatch webhook list` shows them with their ids.',
  );
}
