import { type Command, Option } from 'commander';
import { isKeyName, type KeyRole, keyRoles, LONGEST_KEY_NAME } from '../../domain/model/api-key.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { Application } from '../../monitoring/application.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { NewApiKeyView } from '../../monitoring/views.ts';
import { futureTimeArgument } from '../arguments.ts';
import type { Cli } from '../context.ts';
import { CommandFailure, unknownTenant, WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { keyNamed, readApiKeys } from '../known-keys.ts';
import { knownTenantId } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { apiKeysText, keyText, newApiKeyText } from '../text/api-key-text.ts';

type CreateOptions = JsonOption & Readonly<{ tenant?: string; role: KeyRole; name?: string; expires?: Instant }>;

export function addApiKey(parent: Command, cli: Cli): void {
  const group = parent.command('api-key').description('Keys with which programs ask Linkwatch over HTTP.');
  addCreate(group, cli);
  addList(group, cli);
  addRevoke(group, cli);
}

function addCreate(group: Command, cli: Cli): void {
  const command = group
    .command('create')
    .summary('a new key')
    .description('Make a key and print its secret, which is shown once and kept nowhere.')
    .option('--tenant <tenant>', 'for this tenant alone, by id, external id or name; all tenants without it')
    .addOption(
      new Option(
        '--role <role>',
        'read looks; operate also changes; admin also purges and, for all tenants, makes keys',
      )
        .choices(keyRoles)
        .default('read'),
    )
    .option('--name <text>', 'by which you will know it in lists')
    .option(
      '--expires <time>',
      'a date, a time, or a duration from now such as 90d; never without it',
      futureTimeArgument(cli.now()),
    )
    .action((options: CreateOptions) => create(cli, options));
  withExamples(
    withJson(command),
    'api-key create --name shop',
    'api-key create --tenant 4ba1vqnyqq0hp7ur --role operate --expires 90d --json',
  );
}

async function create(cli: Cli, options: CreateOptions): Promise<void> {
  const view = await withApp(cli, { purpose: 'read' }, (app) => createdKey(app, options));
  await printAnswer(cli, options, { as: 'newApiKey', view, text: () => newApiKeyText(view) });
}

async function createdKey(app: Application, options: CreateOptions): Promise<NewApiKeyView> {
  const { tenant, role, name = '', expires: expiresAt } = options;
  if (!isKeyName(name.trim())) {
    throw new WrongUsage('--name is no name for a list.', `Write at most ${LONGEST_KEY_NAME} characters, in one line.`);
  }
  const tenantId = tenant === undefined ? undefined : await knownTenantId(app, tenant);
  const made = await app.apiKeys.create(operator, { tenantId, role, name: name.trim() || undefined, expiresAt });
  switch (made.outcome) {
    case 'created':
      return made.key;
    case 'unknown_tenant':
      throw unknownTenant(tenant ?? '');
    case 'expires_in_the_past':
      throw new WrongUsage('--expires is not in the future.', 'Write a later time, such as 90d from now.');
  }
}

function addList(group: Command, cli: Cli): void {
  const command = group
    .command('list')
    .summary('every key, without its secret')
    .description('Every key that was made, the newest first: what it may do, and when it was last used.')
    .action(async (options: JsonOption) => {
      const apiKeys = await withApp(cli, { purpose: 'read' }, readApiKeys);
      await printAnswer(cli, options, { as: 'apiKeys', view: { apiKeys }, text: () => apiKeysText(cli, apiKeys) });
    });
  withExamples(withJson(command), 'api-key list');
}

function addRevoke(group: Command, cli: Cli): void {
  const command = group
    .command('revoke')
    .summary('end a key')
    .description('End a key, at once and for good: from now on it opens nothing.')
    .argument('<id>', "the key's id, or how its secret begins")
    .action((named: string, options: JsonOption) => revoke(cli, named, options));
  withExamples(withJson(command), 'api-key revoke lw_5f0c1a2b', 'api-key revoke 8xk2m0c4v1t7s9qd');
}

async function revoke(cli: Cli, named: string, options: JsonOption): Promise<void> {
  const { id, shown } = await withApp(cli, { purpose: 'read' }, async (app) => {
    const key = keyNamed(await readApiKeys(app), named);
    // A key of a removed tenant is in no list.
    const keyId = key?.id ?? named;
    if (!(await app.apiKeys.revoke(operator, keyId))) throw unknownKey();
    return { id: keyId, shown: key === null ? keyId : keyText(key) };
  });
  const text = () => `${shown} is revoked: it opens nothing any more.`;
  await printAnswer(cli, options, { as: 'apiKeyId', view: { id }, text });
}

/** It is not repeated: it may be a secret. */
function unknownKey(): CommandFailure {
  return new CommandFailure('There is no such API key.', '`linkwatch api-key list` shows them with their ids.');
}
