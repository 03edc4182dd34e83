import type { Command } from 'commander';
import type { Application } from '../../monitoring/application.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { CommandFailure, WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { type GoodLine, planImport, type StoredLine } from '../import/import-plan.ts';
import { readTenantFile } from '../import/tenant-file.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { type OnProgress, withProgress } from '../progress.ts';
import { inputRules } from '../tenant-options.ts';
import { importText } from '../text/import-text.ts';

/** A batch is stored in one transaction. */
const BATCH = 100;

export function addTenantImport(group: Command, cli: Cli): void {
  const command = group
    .command('import')
    .summary('add many from a file')
    .description(
      'Add many tenants from CSV (its first line names the columns) or JSON. Every bad line is reported and left out, the good ones are imported. Tenants that are there already, by name and owner, are skipped: a corrected file can be imported again. Columns: name, owner, cc (several separated by semicolons), timezone, locale, schedule, sender_name, reply_to, reconnect_url, refresh_token, access_token, expires_in; only name, owner and refresh_token are needed.',
    )
    .argument('<file>', 'a .csv or .json file; - reads stdin')
    .action((path: string, options: JsonOption) => importFile(cli, path, options));
  withExamples(withJson(command), 'tenant import tenants.csv', 'tenant import - < tenants.json');
}

async function importFile(cli: Cli, path: string, options: JsonOption): Promise<void> {
  const file = readTenantFile(path, await readText(cli, path));
  await withApp(cli, { purpose: 'grants' }, async (app) => {
    const plan = planImport(file, { existing: await app.tenants.export(operator), rules: inputRules(cli) });
    const stored = await withProgress(cli, 'Importing', (onProgress) => storeBatches(app, plan.good, onProgress));
    const { imported } = stored;
    const report = { imported: imported.length, tenants: imported, skipped: plan.skipped, errors: plan.bad };
    printAnswer(cli, options, report, () => importText(cli, file.unit, report));
    if (stored.failure !== null) throw stored.failure;
    if (plan.bad.length > 0) {
      const hint = 'Correct them and import the file again: what is there already is skipped.';
      throw new CommandFailure(`${plan.bad.length} of ${file.entries.length} were not imported.`, hint);
    }
  });
}

type Stored = Readonly<{ imported: readonly StoredLine[]; failure: CommandFailure | null }>;

/** Stops at the first batch that cannot be stored; earlier batches stay stored. */
async function storeBatches(app: Application, good: readonly GoodLine[], onProgress: OnProgress): Promise<Stored> {
  const imported: StoredLine[] = [];
  for (let start = 0; start < good.length; start += BATCH) {
    const batch = good.slice(start, start + BATCH);
    try {
      const ids = await app.tenants.add(
        operator,
        batch.map(({ tenant }) => tenant),
      );
      imported.push(...batch.map(({ line }, index) => ({ line, id: ids[index] ?? '' })));
    } catch (cause) {
      const message = `Only ${imported.length} of ${good.length} could be stored.`;
      const hint = 'Import the file again when that is repaired: what is there already is skipped.';
      return { imported, failure: new CommandFailure(message, hint, { cause }) };
    }
    onProgress(imported.length, good.length);
  }
  return { imported, failure: null };
}

async function readText(cli: Cli, path: string): Promise<string> {
  if (path === '-') return cli.readStdin();
  try {
    return cli.readFile(path);
  } catch (cause) {
    throw new WrongUsage(`${path} cannot be read.`, 'Name a file that is there and that you may read.', { cause });
  }
}
