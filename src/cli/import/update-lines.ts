import type { Application } from '../../monitoring/application.ts';
import type { TenantPatch } from '../../monitoring/tenants/tenant-input.ts';
import { operator } from '../../monitoring/viewer.ts';
import { columnOfField } from './changed-fields.ts';
import type { KnownLine } from './file-entry.ts';
import { lineProblem, tokenTaken } from './refused-line.ts';
import type { ChangedLine, Course, Tally } from './tally.ts';

/** So many tokens are looked up at once. */
const BATCH = 100;

/**
 * Lines of tenants that are there already. A token that the tenant was not given before is tried and taken; what else
 * differs is taken when `takesAll`, and else only counted.
 */
export async function updateLines(
  app: Application,
  known: readonly KnownLine[],
  { takesAll, ...course }: Course & Readonly<{ takesAll: boolean }>,
): Promise<void> {
  for (let start = 0; start < known.length; start += BATCH) {
    const batch = known.slice(start, start + BATCH);
    const tokens = batch.flatMap(({ grant }) => grant?.refreshToken ?? []);
    const holders = tokens.length === 0 ? new Map<string, string>() : await app.tenants.tokenHolders(operator, tokens);
    for (const line of batch) {
      const holder = holders.get(line.grant?.refreshToken ?? '') ?? null;
      await updateLine(app, line, { holder, takesAll, tally: course.tally });
      course.step(1);
    }
  }
}

type Given = Readonly<{ holder: string | null; takesAll: boolean; tally: Tally }>;

async function updateLine(app: Application, known: KnownLine, { holder, takesAll, tally }: Given): Promise<void> {
  const { line, id, patch, grant } = known;
  if (holder !== null && holder !== id) {
    tally.refused.push({ line, problems: [tokenTaken(holder)] });
    return;
  }
  const taken = { ...(takesAll && patch), ...(grant !== null && holder === null && { grant }) };
  const left = takesAll ? {} : patch;
  if (isEmpty(taken) && isEmpty(left)) tally.skipped.push({ line, id });
  if (!isEmpty(taken) && !(await isTaken(app, known, taken, tally))) return;
  if (!isEmpty(left)) tally.differing.push(changedLine(line, id, left));
}

/** All of it or nothing. */
async function isTaken(app: Application, { line, id }: KnownLine, patch: TenantPatch, tally: Tally): Promise<boolean> {
  const updated = await app.tenants.update(operator, id, patch);
  if (updated.outcome === 'updated') {
    tally.updated.push(changedLine(line, id, patch));
    if (updated.untried !== null) tally.untried.push({ line, why: updated.untried });
    return true;
  }
  const removed = { field: null, problem: 'its tenant was removed a moment ago' };
  tally.refused.push({ line, problems: [updated.outcome === 'not_found' ? removed : lineProblem(updated)] });
  return false;
}

function isEmpty(patch: TenantPatch): boolean {
  return Object.keys(patch).length === 0;
}

function changedLine(line: number, id: string, patch: TenantPatch): ChangedLine {
  const fields = Object.keys(patch) as (keyof TenantPatch)[];
  return { line, id, columns: fields.map((field) => columnOfField[field]) };
}
