import type { Tenants } from '../application.ts';
import { eachPage } from '../pages.ts';
import type { InputRules } from '../tenants/tenant-input.ts';
import { assertOfFleet, type Viewer } from '../viewer.ts';
import type { ImportReport } from '../views.ts';
import type { TenantFile } from './file-entry.ts';
import { planImport } from './import-plan.ts';
import { storeBatches, storeEachTried } from './store-lines.ts';
import { emptyTally, type Importing } from './tally.ts';
import { updateLines } from './update-lines.ts';

export type ImportWish = Readonly<{
  file: TenantFile;
  rules: InputRules;
  /** Also to change what is there already, where a line differs from it. */
  takesAll: boolean;
  /** Also to try the refresh token of each new tenant: a line whose token is refused is left out. */
  triesAll: boolean;
  /** Aborted: nothing more is begun; the line or the batch at work is finished. */
  signal: AbortSignal;
  onProgress?(done: number, total: number): void;
}>;

/** Of the `total` good lines `done` are done. */
export type Imported = Readonly<{
  report: ImportReport;
  done: number;
  total: number;
  /** Why it ended before the last line, an `ImportStopped` when by the signal; null when it came to the end. */
  failure: unknown;
}>;

export class ImportStopped extends Error {
  override readonly name = 'ImportStopped';
}

/**
 * Adds the tenants of a file, and takes what it says anew of those that are there already. 1. Sort its lines, by all
 * that is stored. 2. Give known tenants their new tokens, and what else differs where that is wished for. 3. Store the
 * new ones. Bad lines are reported and left out. Whatever ends it, the report says what was stored, and the same file
 * can be imported again. For the operator, and for keys of all tenants that may change something.
 */
export async function importTenants(tenants: Tenants, viewer: Viewer, wish: ImportWish): Promise<Imported> {
  assertOfFleet(viewer, 'operate');
  const { file, rules, takesAll, triesAll, signal, onProgress } = wish;
  const importing: Importing = { tenants, viewer, rules };
  const plan = await planImport(file, { pages: eachPage((page) => tenants.export(viewer, page)), rules });
  const [tally, total] = [emptyTally(), plan.known.length + plan.newEntries.length];
  let [done, failure]: [number, unknown] = [0, null];
  const step = (lines: number): void => {
    done += lines;
    onProgress?.(done, total);
    if (signal.aborted && done < total) throw new ImportStopped('the import was stopped');
  };
  try {
    await updateLines(importing, plan.known, { takesAll, tally, step });
    await (triesAll ? storeEachTried : storeBatches)(importing, plan.newEntries, { tally, step });
  } catch (error) {
    failure = error;
  }
  const { imported, updated, differing, skipped, untried, sameAccounts, refused } = tally;
  const report = {
    imported: imported.length,
    tenants: imported,
    updated: byLine(updated),
    differing: byLine(differing),
    skipped,
    untried,
    sameAccounts,
    errors: byLine([...plan.bad, ...refused]),
    unfinished: total - done,
  };
  return { report, done, total, failure };
}

function byLine<Item extends Readonly<{ line: number }>>(items: readonly Item[]): readonly Item[] {
  return items.toSorted((a, b) => a.line - b.line);
}
