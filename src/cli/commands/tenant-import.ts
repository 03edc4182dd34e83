import type { Command } from 'commander';
import type { Application } from '../../monitoring/application.ts';
import { eachPage } from '../../monitoring/pages.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { CommandFailure, WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { type ImportPlan, planImport } from '../import/import-plan.ts';
import { storeBatches, storeTried } from '../import/store-lines.ts';
import { emptyTally, type Tally } from '../import/tally.ts';
import { readTenantFile } from '../import/tenant-file.ts';
import { updateLines } from '../import/update-lines.ts';
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
        'Columns: external_id, name, owner, cc (several separated by semicolons), timezone, locale, schedule, sender_name, reply_to, reconnect_url, refresh_token, access_token, expires_in. A new tenant needs name, owner and refresh_token.',
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
    ...[
      'tenant import tenants.csv',
      'tenant import tenants.csv --check',
      'tenant import tenants.csv --update',
      'tenant import - < tenants.json',
    ],
  );
}

type ImportOptions = JsonOption & Readonly<{ check?: boolean; update?: boolean }>;

async function importFile(cli: Cli, path: string, options: ImportOptions): Promise<void> {
  const file = readTenantFile(path, await readText(cli, path));
  await withApp(cli, { purpose: 'grants', database: 'created' }, async (app) => {
    const pages = eachPage((page) => app.tenants.export(operator, page));
    const plan = await planImport(file, { pages, rules: inputRules(cli) });
    const tally = emptyTally();
    const failure = await storePlan(cli, app, plan, { ...options, tally });
    const { imported, updated, differing, skipped, untried, refused } = tally;
    const errors = byLine([...plan.bad, ...refused]);
    const report = {
      ...{ imported: imported.length, tenants: imported, updated: byLine(updated), differing: byLine(differing) },
      ...{ skipped, untried, errors },
    };
    await printAnswer(cli, options, { as: 'plain', view: report, text: () => importText(cli, file.unit, report) });
    if (failure !== null) throw failure;
    if (errors.length > 0) {
      const hint = 'Correct them and import the file again: what is there already is skipped.';
      throw new CommandFailure(`${errors.length} of ${file.entries.length} were not imported.`, hint);
    }
  });
}

function byLine<Item extends Readonly<{ line: number }>>(items: readonly Item[]): readonly Item[] {
  return items.toSorted((a, b) => a.line - b.line);
}

/** Gives why it ended before all was stored; null when it did not. */
async function storePlan(
  cli: Cli,
  app: Application,
  { known, good }: ImportPlan,
  { check = false, update = false, tally }: ImportOptions & Readonly<{ tally: Tally }>,
): Promise<CommandFailure | null> {
  const signal = cli.stopSignal();
  const total = known.length + good.length;
  let done = 0;
  try {
    await withProgress(cli, 'Importing', async (onProgress) => {
      const step = (lines: number): void => {
        done += lines;
        onProgress(done, total);
        if (signal.aborted && done < total) throw new Error('the import was stopped');
      };
      await updateLines(app, known, { takesAll: update, tally, step });
      await (check ? storeTried : storeBatches)(app, good, { tally, step });
    });
    return null;
  } catch (cause) {
    const hint = 'Import the file again when that is repaired: what is there already is skipped.';
    return new CommandFailure(`Only ${done} of ${total} could be stored.`, hint, { cause });
  }
}

async function readText(cli: Cli, path: string): Promise<string> {
  if (path === '-') return cli.readStdin();
  try {
    return cli.readFile(path);
  } catch (cause) {
    throw new WrongUsage(`${path} cannot be read.`, 'Name a file that is there and that you may read.', { cause });
  }
}
