import type { UpdateOutcome } from '../application.ts';
import { batchesOf } from '../batches.ts';
import type { TenantPatch } from '../tenants/tenant-input.ts';
import { columnOfField } from './changed-fields.ts';
import type { KnownLine } from './file-entry.ts';
import { lineProblem, tokenTaken } from './refused-line.ts';
import type { ChangedLine, Course, Importing, Tally } from './tally.ts';

/** Lines of one batch: they are looked up together and, where no token is to be tried, stored together. */
const BATCH = 100;

/**
 * Lines of tenants that are there already. A token that the tenant was not given before is tried and taken; what else
 * differs is taken when `takesAll`, and else only counted.
 */
export async function updateLines(
  importing: Importing,
  known: readonly KnownLine[],
  { takesAll, ...course }: Course & Readonly<{ takesAll: boolean }>,
): Promise<void> {
  for (const batch of batchesOf(known, BATCH)) {
    const tokens = batch.flatMap(({ grant }) => grant?.refreshToken ?? []);
    const holders =
      tokens.length === 0 ? new Map<string, string>() : await importing.tenants.tokenHolders(importing.viewer, tokens);
    const decided = batch.map((line) => decidedLine(line, holders, takesAll));
    await updateBatch(importing, decided, course);
  }
}

/** What is to be taken of a line, and what of it stays as it is stored. */
type Decided = Readonly<{ line: number; id: string; taken: TenantPatch; left: TenantPatch; holder: string | null }>;

function decidedLine(
  { line, id, patch, grant }: KnownLine,
  holders: ReadonlyMap<string, string>,
  takesAll: boolean,
): Decided {
  const holder = holders.get(grant?.refreshToken ?? '') ?? null;
  const taken = { ...(takesAll && patch), ...(grant !== null && holder === null && { grant }) };
  return { line, id, taken, left: takesAll ? {} : patch, holder };
}

async function updateBatch(importing: Importing, decided: readonly Decided[], { tally, step }: Course): Promise<void> {
  const [good, refused] = parted(decided, ({ id, holder }) => holder === null || holder === id);
  for (const { line, holder } of refused) tally.refused.push({ line, problems: [tokenTaken(holder)] });
  const [changed, others] = parted(good, ({ taken }) => !isEmpty(taken));
  for (const { line, id, left } of others) {
    if (isEmpty(left)) tally.skipped.push({ line, id });
    else tally.differing.push(changedLine(line, id, left));
  }
  const [trying, settings] = parted(changed, ({ taken }) => taken.grant !== undefined);
  const outcomes =
    settings.length === 0
      ? []
      : await importing.tenants.updateSettings(
          importing.viewer,
          settings.map(({ id, taken: patch }) => ({ id, patch })),
        );
  for (const [index, one] of settings.entries()) settle(one, outcomes[index] ?? { outcome: 'not_found' }, tally);
  step(decided.length - trying.length);
  for (const one of trying) {
    settle(one, await importing.tenants.update(importing.viewer, one.id, one.taken), tally);
    step(1);
  }
}

/** All of a line was taken, or nothing. */
function settle({ line, id, taken, left }: Decided, updated: UpdateOutcome, tally: Tally): void {
  if (updated.outcome === 'updated') {
    tally.updated.push(changedLine(line, id, taken));
    if (updated.untried !== null) tally.untried.push({ line, why: updated.untried });
    if (!isEmpty(left)) tally.differing.push(changedLine(line, id, left));
  } else {
    const removed = { field: null, problem: 'its tenant was removed a moment ago' };
    tally.refused.push({ line, problems: [updated.outcome === 'not_found' ? removed : lineProblem(updated)] });
  }
}

/** Those for which it is true, and the others. */
function parted<Item>(items: readonly Item[], isTrue: (item: Item) => boolean): readonly [Item[], Item[]] {
  return [items.filter(isTrue), items.filter((item) => !isTrue(item))];
}

function isEmpty(patch: TenantPatch): boolean {
  return Object.keys(patch).length === 0;
}

function changedLine(line: number, id: string, patch: TenantPatch): ChangedLine {
  const fields = Object.keys(patch) as (keyof TenantPatch)[];
  return { line, id, columns: fields.map((field) => columnOfField[field]) };
}
