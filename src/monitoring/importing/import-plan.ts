import { type Checked, type InputRules, type NewTenant, readNewTenant } from '../tenants/tenant-input.ts';
import type { ExportedTenant } from '../views.ts';
import type { BadLine, FileEntry, KnownLine, LineProblem, NewLine, TenantFile } from './file-entry.ts';
import { createMatches, type KnownTenant } from './known-entries.ts';
import { repetitionsIn } from './repeated-entries.ts';

export type ImportPlan = Readonly<{
  /**
   * Those whose tenants are new. Each is read again when it is stored: what is read of all takes more memory than the
   * file.
   */
  newEntries: readonly FileEntry[];
  known: readonly KnownLine[];
  bad: readonly BadLine[];
}>;

type Stored = Readonly<{ pages: AsyncIterable<readonly ExportedTenant[]>; rules: InputRules }>;

/**
 * Sorts a file's lines before anything is stored. A tenant is known by its external id, else by its name and its
 * owner's address. Of the tenants that are stored, no more is kept than what differs from the file.
 */
export async function planImport(file: TenantFile, { pages, rules }: Stored): Promise<ImportPlan> {
  const matches = createMatches(file.entries, rules);
  for await (const page of pages) for (const tenant of page) matches.see(tenant);
  const repetitions = repetitionsIn(file);
  const lineOfTenant = new Map<string, number>();
  const plan: { newEntries: FileEntry[]; known: KnownLine[]; bad: BadLine[] } = { newEntries: [], known: [], bad: [] };
  for (const entry of file.entries) {
    const sorted = sortedEntry(entry, { found: matches.of(entry), repeated: repetitions.get(entry.line) ?? [], rules });
    if ('problems' in sorted) plan.bad.push(sorted);
    else if ('tenant' in sorted) plan.newEntries.push(entry);
    else {
      const first = lineOfTenant.get(sorted.id);
      if (first === undefined) plan.known.push(sorted);
      else plan.bad.push(badLine(entry, `it is the same tenant as in ${file.unit} ${first}`));
      lineOfTenant.set(sorted.id, first ?? entry.line);
    }
  }
  return plan;
}

type Found = Readonly<{ found: readonly KnownTenant[]; repeated: readonly LineProblem[]; rules: InputRules }>;

function sortedEntry(entry: FileEntry, { found, repeated, rules }: Found): BadLine | NewLine | KnownLine {
  const { line, problems } = entry;
  const [first, ...others] = found;
  if (problems.length > 0) return { line, problems: [...problems, ...repeated] };
  if (others.length > 0) {
    const ids = found.map(({ id }) => id).join(' and ');
    return badLine(
      entry,
      `tenants ${ids} have this name and owner: give each an external id, and write it here as well`,
    );
  }
  const bad = (checked: Checked<unknown>): BadLine => ({
    line,
    problems: [...(checked.ok ? [] : checked.problems), ...repeated],
  });
  if (first !== undefined) {
    const { id, difference } = first;
    return difference.ok && repeated.length === 0 ? { line, id, ...difference.value } : bad(difference);
  }
  const added = readLine(entry, rules);
  return added.ok && repeated.length === 0 ? { line, tenant: added.value } : bad(added);
}

/** The tenant of an entry that `planImport` found to be good. */
export function newLine(entry: FileEntry, rules: InputRules): NewLine {
  const added = readLine(entry, rules);
  if (!added.ok) throw new Error(`line ${entry.line} was good before`);
  return { line: entry.line, tenant: added.value };
}

function readLine({ fields }: FileEntry, rules: InputRules): Checked<NewTenant> {
  return readNewTenant(fields, { ...rules, needsToken: true });
}

function badLine({ line }: FileEntry, problem: string): BadLine {
  return { line, problems: [{ field: null, problem }] };
}
