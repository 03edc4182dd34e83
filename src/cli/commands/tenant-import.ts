import type { Command } from 'commander';
import { TooLarge } from '../../config/read-bounded.ts';
import type { TenantFile } from '../../monitoring/importing/file-entry.ts';
import { type Imported, importTenants } from '../../monitoring/importing/import-tenants.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { ImportReport } from '../../monitoring/views.ts';
import { UnreadableFile } from '../../words/tenant-file/unreadable-file.ts';
import type { Cli } from '../context.ts';
import { CommandFailure, WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { withProgress } from '../progress.ts';
import { inputRules } from '../tenant-options.ts';
import { importText } from '../text/import-text.ts';

export function addTenantImport(group: Command, cli: Cli): void {
  const command = group
    .command('import')
    .summary('add many from a file')
    .description(
      [
        'Add many tenants from CSV (its first line names the columns) or JSON. Every bad line is reported and left out, the good ones are imported.',
        'A tenant that is there already, by external_id, else by name and owner, gets the refresh token of its line when that one is new, after it was tried. What else differs is changed with --update alone; an empty cell changes nothing. What differs in nothing is skipped, so that a file can be imported again.',
        'Columns: external_id, name, owner, cc (several separated by semicolons), timezone, locale, schedule, application, sender_name, reply_to, reconnect_url, refresh_token, access_token, expires_in. A new tenant needs name, owner and refresh_token.',
        'Without timezone a new tenant goes by UTC: the hours of its reminders, the times in its mail, its own schedule. --check reads the zone of its account.',
      ].join('\n\n'),
    )
    .argument('<file>', 'a .csv or .json file; - reads stdin')
    .option('--update', 'also change what is there already, where a line differs from it')
    .option(
      '--check',
      'try the refresh token of each new tenant, too: a line whose token is refused is reported and left out',
    )
    .action((path: string, options: ImportOptions) => importFile(cli, path, options));
  withExamples(
    withJson(command),
    'tenant import tenants.csv',
    'tenant import tenants.csv --check',
    'tenant import tenants.csv --update',
    'tenant import - < tenants.json',
  );
}

type ImportOptions = JsonOption & Readonly<{ check?: boolean; update?: boolean }>;

async function importFile(cli: Cli, path: string, options: ImportOptions): Promise<void> {
  cli.keepHeapSmall();
  const file = await readFile(cli, path);
  await withApp(cli, { purpose: 'grants', database: 'created' }, async (app) => {
    const { check: triesAll = false, update: takesAll = false } = options;
    const wish = { file, rules: inputRules(cli), takesAll, triesAll, signal: cli.stopSignal() };
    const { report, failure, ...course } = await withProgress(cli, 'Importing', (onProgress) =>
      importTenants(app.tenants, operator, { ...wish, onProgress }),
    );
    await printAnswer(cli, options, {
      as: 'importReport',
      view: report,
      text: () => importText(cli, file.unit, report),
    });
    const byUtc = triesAll || options.json === true ? 0 : withoutTimezone(file, report);
    if (byUtc > 0) cli.stderr.write(`${utcText(byUtc)}\n`);
    if (failure !== null) throw brokenOff(course, failure);
    const { errors } = report;
    if (errors.length > 0) {
      const hint = 'Correct them and import the file again: what is there already is skipped.';
      throw new CommandFailure(`${errors.length} of ${file.entries.length} were not imported.`, hint);
    }
  });
}

/** How many of the imported tenants have no time zone. */
function withoutTimezone({ entries }: TenantFile, { tenants }: ImportReport): number {
  const imported = new Set(tenants.map(({ line }) => line));
  return entries.filter(({ line, fields }) => imported.has(line) && (fields.timezone ?? '').trim() === '').length;
}

function utcText(tenants: number): string {
  const who = tenants === 1 ? '1 imported tenant has' : `${tenants} imported tenants have`;
  return `${who} no time zone and ${tenants === 1 ? 'goes' : 'go'} by UTC: the hours of reminders, the times in mail. Give it in the column timezone (with --update for what is there already), or let --check read it from the account.`;
}

function brokenOff({ done, total }: Pick<Imported, 'done' | 'total'>, cause: unknown): CommandFailure {
  const hint = 'Import the file again when that is repaired: what is there already is skipped.';
  return new CommandFailure(`Only ${done} of ${total} could be stored.`, hint, { cause });
}

async function readFile(cli: Cli, path: string): Promise<TenantFile> {
  const text = await readText(cli, path);
  // Loaded by this command alone: its CSV parser, and its rules.
  const { readTenantFile } = await import('../../words/tenant-file/tenant-file.ts');
  try {
    return readTenantFile({ name: path, format: null, text });
  } catch (cause) {
    if (cause instanceof UnreadableFile) throw new WrongUsage(cause.message, cause.hint, { cause });
    throw cause;
  }
}

async function readText(cli: Cli, path: string): Promise<string> {
  if (path === '-') return cli.readStdin();
  try {
    return cli.readFile(path);
  } catch (cause) {
    if (cause instanceof TooLarge) {
      throw new WrongUsage(`${path} is too large: ${cause.message}.`, 'Import it in parts.', { cause });
    }
    throw new WrongUsage(`${path} cannot be read.`, 'Name a file that is there and that you may read.', { cause });
  }
}
