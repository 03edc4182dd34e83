import type { Command } from 'commander';
import type { Application } from '../../monitoring/application.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { CommandFailure, WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { type BadLine, type GoodLine, planImport, type StoredLine } from '../import/import-plan.ts';
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
  await withApp(cli, { purpose: 'grants', database: 'created' }, async (app) => {
    const plan = planImport(file, { existing: await app.tenants.export(operator), rules: inputRules(cli) });
    const stored = await withProgress(cli, 'Importing', (onProgress) => storeBatches(app, plan.good, onProgress));
    const { imported } = stored;
    const errors = [...plan.bad, ...stored.refused].toSorted((a, b) => a.line - b.line);
    const report = { imported: imported.length, tenants: imported, skipped: plan.skipped, errors };
    await printAnswer(cli, options, { as: 'plain', view: report, text: () => importText(cli, file.unit, report) });
    if (stored.failure !== null) throw stored.failure;
    if (errors.length > 0) {
      const hint = 'Correct them and import the file again: what is there already is skipped.';
      throw new CommandFailure(`${errors.length} of ${file.entries.length} were not imported.`, hint);
    }
  });
}

/** Refused: another tenant has their refresh token. */
type StoredBatch = Readonly<{ imported: readonly StoredLine[]; refused: readonly BadLine[] }>;
type Stored = StoredBatch & Readonly<{ failure: CommandFailure | null }>;

/** Stops at the first batch that cannot be stored; earlier batches stay stored. */
async function storeBatches(app: Application, good: readonly GoodLine[], onProgress: OnProgress): Promise<Stored> {
  const imported: StoredLine[] = [];
  const refused: BadLine[] = [];
  for (let start = 0; start < good.length; start += BATCH) {
    const batch = good.slice(start, start + BATCH);
    try {
      const stored = await storeBatch(app, batch);
      imported.push(...stored.imported);
      refused.push(...stored.refused);
    } catch (cause) {
      const message = `Only ${imported.length} of ${good.length} could be stored.`;
      const hint = 'Import the file again when that is repaired: what is there already is skipped.';
      return { imported, refused, failure: new CommandFailure(message, hint, { cause }) };
    }
    onProgress(imported.length + refused.length, good.length);
  }
  return { imported, refused, failure: null };
}

/** A batch is stored whole or not at all, so it is tried again without the lines that are refused. */
async function storeBatch(app: Application, batch: readonly GoodLine[]): Promise<StoredBatch> {
  if (batch.length === 0) return { imported: [], refused: [] };
  const tenants = batch.map(({ tenant }) => tenant);
  const added = await app.tenants.add(operator, tenants);
  if (added.ok)
    return { imported: batch.map(({ line }, index) => ({ line, id: added.ids[index] ?? '' })), refused: [] };
  const holders = new Map(added.taken.map(({ index, holder }) => [batch[index], holder]));
  const { imported, refused } = await storeBatch(
    app,
    batch.filter((line) => !holders.has(line)),
  );
  return { imported, refused: [...refused, ...batch.filter((line) => holders.has(line)).map(refusedLine)] };

  function refusedLine(good: GoodLine): BadLine {
    const holder = holders.get(good) ?? null;
    const problem = holder === null ? 'another line has the same' : `it is that of tenant ${holder}`;
    return { line: good.line, problems: [{ field: 'refresh_token', problem }] };
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
