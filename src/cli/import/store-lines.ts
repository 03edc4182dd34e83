import type { Application, TriedTenant } from '../../monitoring/application.ts';
import type { NamedTenant } from '../../monitoring/ports.ts';
import { operator } from '../../monitoring/viewer.ts';
import { CommandFailure } from '../failure.ts';
import type { OnProgress } from '../progress.ts';
import type { LineProblem } from './file-entry.ts';
import type { BadLine, GoodLine, StoredLine, UntriedLine } from './import-plan.ts';

/** A batch is stored in one transaction. */
const BATCH = 100;

/** Refused: another tenant has their refresh token. */
type StoredBatch = Readonly<{ imported: readonly StoredLine[]; refused: readonly BadLine[] }>;
export type Stored = StoredBatch &
  Readonly<{
    /** Lines that were imported although nothing is known of their token. */
    untried: readonly UntriedLine[];
    failure: CommandFailure | null;
  }>;

/** Stops at the first batch that cannot be stored; earlier batches stay stored. */
export async function storeBatches(
  app: Application,
  good: readonly GoodLine[],
  onProgress: OnProgress,
): Promise<Stored> {
  const imported: StoredLine[] = [];
  const refused: BadLine[] = [];
  for (let start = 0; start < good.length; start += BATCH) {
    const batch = good.slice(start, start + BATCH);
    try {
      const stored = await storeBatch(app, batch);
      imported.push(...stored.imported);
      refused.push(...stored.refused);
    } catch (cause) {
      return { imported, refused, untried: [], failure: onlySoMany({ imported }, good, cause) };
    }
    onProgress(imported.length + refused.length, good.length);
  }
  return { imported, refused, untried: [], failure: null };
}

/** A batch is stored whole or not at all, so it is tried again without the lines that are refused. */
async function storeBatch(app: Application, batch: readonly GoodLine[]): Promise<StoredBatch> {
  if (batch.length === 0) return { imported: [], refused: [] };
  const tenants = batch.map(({ tenant }) => tenant);
  const added = await app.tenants.add(operator, tenants);
  if (added.ok)
    return { imported: batch.map(({ line }, index) => ({ line, id: added.ids[index] ?? '' })), refused: [] };
  const problems = [
    ...added.taken.map(({ index, holder }) => ({ index, ...tokenTaken(holder) })),
    ...added.takenExternalIds.map(({ index, holder }) => ({ index, ...externalIdTaken(holder) })),
  ];
  const byLine = Map.groupBy(problems, ({ index }) => batch[index]);
  const { imported, refused } = await storeBatch(
    app,
    batch.filter((line) => !byLine.has(line)),
  );
  const taken = batch.flatMap((good) => {
    const own = byLine.get(good);
    return own === undefined ? [] : [{ line: good.line, problems: own.map(({ index: _, ...problem }) => problem) }];
  });
  return { imported, refused: [...refused, ...taken] };
}

/** After so many in a row Constant Contact cannot be reached, and the rest need not wait for it. */
const UNTRIED_IN_A_ROW = 3;

type Trying = Readonly<{ onProgress: OnProgress; signal: AbortSignal }>;

/**
 * Line by line, each token tried and its tenant stored before the next: whatever stops the import, no grant is lost. The
 * signal ends it after a line.
 */
export async function storeTried(
  app: Application,
  good: readonly GoodLine[],
  { onProgress, signal }: Trying,
): Promise<Stored> {
  let stored: Stored = { imported: [], refused: [], untried: [], failure: null };
  let inARow = 0;
  for (const [index, { line, tenant }] of good.entries()) {
    if (signal.aborted) return { ...stored, failure: onlySoMany(stored, good, new Error('the import was stopped')) };
    if (inARow === UNTRIED_IN_A_ROW) {
      const rest = await storeBatches(app, good.slice(index), onProgress);
      const why = stored.untried.at(-1)?.why ?? '';
      return merged(stored, { ...rest, untried: rest.imported.map((other) => ({ line: other.line, why })) });
    }
    try {
      const one = storedLine(line, await app.tenants.addTried(operator, tenant));
      inARow = one.untried.length === 0 ? 0 : inARow + 1;
      stored = merged(stored, one);
    } catch (cause) {
      return { ...stored, failure: onlySoMany(stored, good, cause) };
    }
    onProgress(index + 1, good.length);
  }
  return stored;
}

function storedLine(line: number, tried: TriedTenant): Stored {
  const nothing = { imported: [], refused: [], untried: [], failure: null };
  const refused = (problem: LineProblem) => ({ ...nothing, refused: [{ line, problems: [problem] }] });
  switch (tried.outcome) {
    case 'token_taken':
      return refused(tokenTaken(tried.holder));
    case 'token_refused':
      return refused({ field: 'refresh_token', problem: `Constant Contact refuses it: ${tried.detail}` });
    case 'external_id_taken':
      return refused(externalIdTaken(tried.holder));
    case 'added': {
      const { id, untried: why } = tried;
      return { ...nothing, imported: [{ line, id }], untried: why === null ? [] : [{ line, why }] };
    }
  }
}

function merged(before: Stored, next: Stored): Stored {
  return {
    imported: [...before.imported, ...next.imported],
    refused: [...before.refused, ...next.refused],
    untried: [...before.untried, ...next.untried],
    failure: next.failure,
  };
}

function tokenTaken(holder: string | null): LineProblem {
  const problem = holder === null ? 'another line has the same' : `it is that of tenant ${holder}`;
  return { field: 'refresh_token', problem };
}

function externalIdTaken(holder: NamedTenant | null): LineProblem {
  const problem = holder === null ? 'another line has the same' : `it is that of ${holder.name} (${holder.id})`;
  return { field: 'external_id', problem };
}

function onlySoMany({ imported }: Pick<Stored, 'imported'>, good: readonly GoodLine[], cause: unknown): CommandFailure {
  const hint = 'Import the file again when that is repaired: what is there already is skipped.';
  return new CommandFailure(`Only ${imported.length} of ${good.length} could be stored.`, hint, { cause });
}
