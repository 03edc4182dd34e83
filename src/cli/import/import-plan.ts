import {
  type InputRules,
  type NewTenant,
  readNewTenant,
  type TenantFields,
} from '../../monitoring/tenants/tenant-input.ts';
import type { ExportedTenant } from '../../monitoring/views.ts';
import type { LineProblem } from './file-entry.ts';
import type { TenantFile } from './tenant-file.ts';

export type GoodLine = Readonly<{ line: number; tenant: NewTenant }>;
/** A line whose tenant is stored by this import or was stored before. */
export type StoredLine = Readonly<{ line: number; id: string }>;
/** An imported line of whose token nothing is known, and why. */
export type UntriedLine = Readonly<{ line: number; why: string }>;
export type BadLine = Readonly<{ line: number; problems: readonly LineProblem[] }>;

export type ImportPlan = Readonly<{
  good: readonly GoodLine[];
  /** Tenants that are stored already: skipped, so that a corrected file can be imported again. */
  skipped: readonly StoredLine[];
  bad: readonly BadLine[];
}>;

type Known = Readonly<{ existing: readonly ExportedTenant[]; rules: InputRules }>;

/** Sorts a file's lines before anything is stored. A tenant is known by its name and its owner's address. */
export function planImport({ unit, entries }: TenantFile, { existing, rules }: Known): ImportPlan {
  const ids = new Map(existing.map((tenant) => [personKey(tenant), tenant.id]));
  const plan: { good: GoodLine[]; skipped: StoredLine[]; bad: BadLine[] } = { good: [], skipped: [], bad: [] };
  const repeated = duplicatesIn({ unit, entries });
  for (const { line, fields, problems } of entries) {
    const id = ids.get(personKey(fields));
    const checked = readNewTenant(fields, rules);
    const found = problems.length > 0 || checked.ok ? problems : checked.problems;
    const all = [...found, ...(repeated.get(line) ?? [])];
    if (id !== undefined && problems.length === 0) plan.skipped.push({ line, id });
    else if (all.length === 0 && checked.ok) plan.good.push({ line, tenant: checked.value });
    else plan.bad.push({ line, problems: all });
  }
  return plan;
}

/** By line: what it repeats of an earlier one. A refresh token belongs to one account alone. */
function duplicatesIn({ unit, entries }: TenantFile): ReadonlyMap<number, readonly LineProblem[]> {
  const first = new Map<string, number>();
  const claim = (key: string, line: number): number => {
    const claimed = first.get(key) ?? line;
    first.set(key, claimed);
    return claimed;
  };
  return new Map(
    entries.map(({ line, fields }) => {
      const token = fields.refresh_token?.trim() ?? '';
      const tokenLine = token === '' ? line : claim(`token ${token}`, line);
      const personLine = isPerson(fields) ? claim(personKey(fields), line) : line;
      return [line, problemsOf({ line, tokenLine, personLine }, unit)];
    }),
  );
}

type Claims = Readonly<{ line: number; tokenLine: number; personLine: number }>;

function problemsOf({ line, tokenLine, personLine }: Claims, unit: string): readonly LineProblem[] {
  return [
    ...(tokenLine < line ? [{ field: 'refresh_token', problem: `it is the same as in ${unit} ${tokenLine}` }] : []),
    ...(personLine < line
      ? [{ field: 'name', problem: `name and owner are the same as in ${unit} ${personLine}` }]
      : []),
  ];
}

/** The tenant that is stored already under the same name and owner. */
export function storedTwin({ name, contacts }: NewTenant, existing: readonly ExportedTenant[]): ExportedTenant | null {
  const [owner] = contacts;
  const key = personKey({ name, ...(owner !== undefined && { owner: owner.email }) });
  return existing.find((tenant) => personKey(tenant) === key) ?? null;
}

function isPerson({ name = '', owner = '' }: TenantFields): boolean {
  return name.trim() !== '' && owner.trim() !== '';
}

function personKey({ name = '', owner = '' }: Pick<TenantFields, 'name' | 'owner'>): string {
  return JSON.stringify([name.trim().toLowerCase(), owner.trim().toLowerCase()]);
}
