import type { Command } from 'commander';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { CommandFailure, WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { planImport } from '../import/import-plan.ts';
import { storeBatches, storeTried } from '../import/store-lines.ts';
import { readTenantFile } from '../import/tenant-file.ts';
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
      'Add many tenants from CSV (its first line names the columns) or JSON. Every bad line is reported and left out, the good ones are imported. Tenants that are there already, by name and owner, are skipped: a corrected file can be imported again. Columns: name, owner, cc (several separated by semicolons), timezone, locale, schedule, sender_name, reply_to, reconnect_url, refresh_token, access_token, expires_in; only name, owner and refresh_token are needed.',
    )
    .argument('<file>', 'a .csv or .json file; - reads stdin')
    .option('--check', 'try each refresh token first: a line whose token is refused is reported and left out')
    .action((path: string, options: ImportOptions) => importFile(cli, path, options));
  withExamples(
    withJson(command),
    ...['tenant import tenants.csv', 'tenant import tenants.csv --check', 'tenant import - < tenants.json'],
  );
}

type ImportOptions = JsonOption & Readonly<{ check?: boolean }>;

async function importFile(cli: Cli, path: string, options: ImportOptions): Promise<void> {
  const file = readTenantFile(path, await readText(cli, path));
  await withApp(cli, { purpose: 'grants', database: 'created' }, async (app) => {
    const plan = planImport(file, { existing: await app.tenants.export(operator), rules: inputRules(cli) });
    const stored = await withProgress(cli, 'Importing', (onProgress) =>
      options.check
        ? storeTried(app, plan.good, { onProgress, signal: cli.stopSignal() })
        : storeBatches(app, plan.good, onProgress),
    );
    const { imported, untried } = stored;
    const errors = [...plan.bad, ...stored.refused].toSorted((a, b) => a.line - b.line);
    const report = { imported: imported.length, tenants: imported, skipped: plan.skipped, untried, errors };
    await printAnswer(cli, options, { as: 'plain', view: report, text: () => importText(cli, file.unit, report) });
    if (stored.failure !== null) throw stored.failure;
    if (errors.length > 0) {
      const hint = 'Correct them and import the file again: what is there already is skipped.';
      throw new CommandFailure(`${errors.length} of ${file.entries.length} were not imported.`, hint);
    }
  });
}

async function readText(cli: Cli, path: string): Promise<string> {
  if (path === '-') return cli.readStdin();
  try {
    return cli.readFile(path);
  } catch (cause) {
    throw new WrongUsage(`${path} cannot be read.`, 'Name a file that is there and that you may read.', { cause });
  }
}
