import { batchesOf } from '../batches.ts';
import type { FileEntry, NewLine } from './file-entry.ts';
import { newLine } from './import-plan.ts';
import { applicationUnknown, externalIdTaken, lineProblem, tokenTaken } from './refused-line.ts';
import type { Course, Importing, Tally } from './tally.ts';

/** A batch is stored in one transaction. */
const BATCH = 100;

/** Throws at the first batch that cannot be stored; earlier batches stay stored. */
export async function storeBatches(importing: Importing, entries: readonly FileEntry[], course: Course): Promise<void> {
  for (const batch of batchesOf(entries, BATCH)) {
    const lines = batch.map((entry) => newLine(entry, importing.rules));
    await storeBatch(importing, lines, course.tally);
    course.step(batch.length);
  }
}

/** A batch is stored whole or not at all, so it is tried again without the lines that are refused. */
async function storeBatch(importing: Importing, batch: readonly NewLine[], tally: Tally): Promise<void> {
  if (batch.length === 0) return;
  const tenants = batch.map(({ tenant }) => tenant);
  const added = await importing.tenants.add(importing.viewer, tenants);
  if (added.ok) {
    for (const [index, { line }] of batch.entries()) tally.imported.push({ line, id: added.ids[index] ?? '' });
    return;
  }
  const problems = Map.groupBy(
    [
      ...added.taken.map(({ index, holder }) => ({ index, problem: tokenTaken(holder) })),
      ...added.takenExternalIds.map(({ index, holder }) => ({ index, problem: externalIdTaken(holder) })),
      ...added.unknownApplications.map(({ index, application }) => ({
        index,
        problem: applicationUnknown(application),
      })),
    ],
    ({ index }) => batch[index],
  );
  await storeBatch(
    importing,
    batch.filter((line) => !problems.has(line)),
    tally,
  );
  for (const line of batch) {
    const own = problems.get(line);
    if (own !== undefined) tally.refused.push({ line: line.line, problems: own.map(({ problem }) => problem) });
  }
}

/** After so many in a row Constant Contact cannot be reached, and the rest need not wait for it. */
const UNTRIED_IN_A_ROW = 3;

/**
 * Line by line, each token tried and its tenant stored before the next: whatever stops the import, no grant is lost.
 */
export async function storeEachTried(
  importing: Importing,
  entries: readonly FileEntry[],
  course: Course,
): Promise<void> {
  const { tally, step } = course;
  let inARow = 0;
  for (const [index, entry] of entries.entries()) {
    if (inARow === UNTRIED_IN_A_ROW) return await storeUntried(importing, entries.slice(index), course);
    const { line, tenant } = newLine(entry, importing.rules);
    const tried = await importing.tenants.addTried(importing.viewer, tenant, { isOneOfMany: true });
    if (tried.outcome === 'added') {
      const { id, untried: why, sameAccountAs } = tried;
      tally.imported.push({ line, id });
      if (why !== null) tally.untried.push({ line, why });
      if (sameAccountAs !== null) tally.sameAccounts.push({ line, id, sameAccountAs });
      inARow = why === null ? 0 : inARow + 1;
    } else {
      tally.refused.push({ line, problems: [lineProblem(tried)] });
      inARow = 0;
    }
    step(1);
  }
}

async function storeUntried(importing: Importing, rest: readonly FileEntry[], course: Course): Promise<void> {
  const { imported, untried } = course.tally;
  const [before, why] = [imported.length, untried.at(-1)?.why ?? ''];
  try {
    await storeBatches(importing, rest, course);
  } finally {
    for (const { line } of imported.slice(before)) untried.push({ line, why });
  }
}
