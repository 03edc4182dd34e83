import { type Command, InvalidArgumentError } from 'commander';
import type { Application, ChangedApplication } from '../../monitoring/application.ts';
import { type ApplicationFields, USUAL_LIMITS } from '../../monitoring/applications/application-input.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { ApplicationView } from '../../monitoring/views.ts';
import type { Cli } from '../context.ts';
import { CommandFailure, unknownApplication, WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { readSecret } from '../read-secret.ts';
import { applicationsText, applicationText } from '../text/application-text.ts';
import { plain } from '../text/plain-text.ts';

/** `clientSecret` false: none any more. */
type FieldOptions = JsonOption & Omit<ApplicationFields, 'clientSecret'> & Readonly<{ clientSecret?: string | false }>;

export function addApplication(parent: Command, cli: Cli): void {
  const group = parent
    .command('application')
    .description(
      'Further API keys of Constant Contact, each with its own limits and tenants. The one in .env is the default.',
    );
  addAdd(group, cli);
  addList(group, cli);
  addUpdate(group, cli);
  addRemove(group, cli);
}

function withFieldOptions(command: Command): Command {
  const { requestsPerSecond, requestsPerDay, tokenRequestsPerSecond } = USUAL_LIMITS;
  return command
    .option('--name <name>', 'by which tenants are assigned to it')
    .option('--client-id <key>', 'the API key')
    .option('--client-secret <secret>', 'none for a PKCE client; - reads stdin, @FILE a file')
    .option('--requests-per-second <number>', `its limit; 0 = none (${requestsPerSecond})`, limitArgument)
    .option('--requests-per-day <number>', `its limit; 0 = none (${requestsPerDay})`, limitArgument)
    .option(
      '--token-requests-per-second <number>',
      `the token endpoint's limit; 0 = none (${tokenRequestsPerSecond})`,
      limitArgument,
    )
    .option('--reserve <percent>', "share of the day's requests kept for re-checks (10%)", shareArgument);
}

function addAdd(group: Command, cli: Cli): void {
  const command = group
    .command('add')
    .summary('one more API key')
    .description('Add an application that is registered with Constant Contact. Needs --name and --client-id.')
    .action((options: FieldOptions) => add(cli, options));
  withExamples(
    withJson(withFieldOptions(command)),
    'application add --name "Brand B" --client-id 7d1c0a4e --client-secret @secret.txt',
    'application add --name "Reseller" --client-id 91ffa3b2 --client-secret - --requests-per-day 50000 < secret.txt',
  );
}

async function add(cli: Cli, options: FieldOptions): Promise<void> {
  const fields = await fieldsOf(cli, options);
  const changed = await withApp(cli, { purpose: 'grants', database: 'created' }, (app) =>
    app.applications.add(operator, fields),
  );
  await printChanged(cli, options, changed, 'added');
}

function addList(group: Command, cli: Cli): void {
  const command = group
    .command('list')
    .summary('every application, without its secret')
    .description('Every application, that of the configuration first: its limits, and how many tenants it has.')
    .action(async (options: JsonOption) => {
      const applications = await withApp(cli, { purpose: 'read' }, (app) => app.applications.list(operator));
      const text = () => applicationsText(cli, applications);
      await printAnswer(cli, options, { as: 'applications', view: { applications }, text });
    });
  withExamples(withJson(command), 'application list');
}

function addUpdate(group: Command, cli: Cli): void {
  const command = group
    .command('update')
    .summary('change its key, secret or limits')
    .description('Change what is given and nothing else. Running workers go by it within seconds.')
    .argument('<application>', "the application's name or id")
    .action((named: string, options: FieldOptions) => update(cli, named, options));
  withFieldOptions(command).option('--no-client-secret', 'it is a PKCE client from now on');
  withExamples(
    withJson(command),
    'application update "Brand B" --client-secret @new-secret.txt',
    'application update "Brand B" --requests-per-day 50000 --reserve 5%',
  );
}

async function update(cli: Cli, named: string, options: FieldOptions): Promise<void> {
  const fields = await fieldsOf(cli, options);
  if (Object.keys(fields).length === 0) {
    throw new WrongUsage(
      'Nothing is given that could change.',
      '`linkwatch application update --help` shows what can.',
    );
  }
  const changed = await withApp(cli, { purpose: 'grants' }, async (app) =>
    app.applications.update(operator, (await knownApplication(app, named)).id ?? '', fields),
  );
  if (changed.outcome === 'not_found') throw unknownApplication(named);
  await printChanged(cli, options, changed, 'changed');
}

function addRemove(group: Command, cli: Cli): void {
  const command = group
    .command('remove')
    .summary('forget one without tenants')
    .description('Erase an application and its secret. One that still has tenants is refused.')
    .argument('<application>', "the application's name or id")
    .action((named: string, options: JsonOption) => remove(cli, named, options));
  withExamples(withJson(command), 'application remove "Brand B"');
}

async function remove(cli: Cli, named: string, options: JsonOption): Promise<void> {
  const { id, name } = await withApp(cli, { purpose: 'read' }, async (app) => {
    const known = await knownApplication(app, named);
    const removed = await app.applications.remove(operator, known.id ?? '');
    if (removed.outcome === 'not_found') throw unknownApplication(named);
    if (removed.outcome === 'in_use') throw inUse(known.name, removed.tenants);
    return known;
  });
  const text = () => `${plain(name)} is removed, and its secret erased.`;
  await printAnswer(cli, options, { as: 'applicationId', view: { id: id ?? '' }, text });
}

function inUse(name: string, tenants: number): CommandFailure {
  return new CommandFailure(
    `${plain(name)} still has ${tenants === 1 ? '1 tenant' : `${tenants.toLocaleString('en-US')} tenants`}; nothing was removed.`,
    'Their tokens work with this application alone. Have them authorised by another (`linkwatch connect --tenant ID --application NAME`), or remove them (`linkwatch tenant remove`).',
  );
}

async function knownApplication(app: Application, named: string): Promise<ApplicationView> {
  const found = await app.applications.find(operator, named);
  if (found === null) throw unknownApplication(named);
  return found;
}

async function fieldsOf(cli: Cli, { json: _, clientSecret, ...fields }: FieldOptions): Promise<ApplicationFields> {
  if (clientSecret === undefined) return fields;
  return {
    ...fields,
    clientSecret: clientSecret === false ? '' : await readSecret(cli, clientSecret, 'client secret'),
  };
}

async function printChanged(
  cli: Cli,
  options: JsonOption,
  changed: ChangedApplication,
  done: 'added' | 'changed',
): Promise<void> {
  switch (changed.outcome) {
    case 'invalid':
      throw new WrongUsage(
        changed.problems.map(({ field, problem }) => `--${dashed(field)}: ${problem}`).join('\n'),
        'Nothing was changed. `--help` shows what belongs there.',
      );
    case 'taken':
      throw new CommandFailure(
        `Another application has this ${changed.field === 'name' ? 'name' : 'API key'}; nothing was changed.`,
        '`linkwatch application list` shows them.',
      );
    case 'stored': {
      const { application, refusal } = changed;
      const view = { ...application, refusal: refusal?.detail ?? null };
      await printAnswer(cli, options, { as: 'application', view, text: () => applicationText(view, done) });
    }
  }
}

function dashed(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function limitArgument(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number; 0 is no limit.');
  return Number(text);
}

function shareArgument(text: string): number {
  const [, percent] = /^(\d{1,2}(?:\.\d+)?)%$/.exec(text) ?? [];
  if (percent === undefined || Number(percent) > 90) throw new InvalidArgumentError('Write a share from 0% to 90%.');
  return Number(percent) / 100;
}
