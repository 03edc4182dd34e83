import type { TenantFields } from '../tenants/tenant-input.ts';
import type { LineProblem, TenantFile } from './file-entry.ts';
import { externalIdOf, personKey } from './person-key.ts';

/** By line: what it repeats of an earlier one. A refresh token belongs to one account alone, as does an external id. */
export function repetitionsIn({ unit, entries }: TenantFile): ReadonlyMap<number, readonly LineProblem[]> {
  const first = new Map<string, number>();
  const repetitions = new Map<number, readonly LineProblem[]>();
  for (const { line, fields } of entries) {
    const { refused, taken } = keysOf(fields);
    const repeated = refused.flatMap(({ field, key, what }) => {
      const earlier = first.get(key);
      return earlier === undefined ? [] : [{ field, problem: `${what} the same as in ${unit} ${earlier}` }];
    });
    if (repeated.length > 0) repetitions.set(line, repeated);
    for (const key of taken) if (!first.has(key)) first.set(key, line);
  }
  return repetitions;
}

type Keys = Readonly<{
  /** What no earlier line may have taken. */
  refused: readonly Readonly<{ field: string; key: string; what: string }>[];
  taken: readonly string[];
}>;

/** Two accounts of one name and owner are two when both have external ids, which then differ. */
function keysOf(fields: TenantFields): Keys {
  const [token, externalId, person] = [fields.refresh_token?.trim() || null, externalIdOf(fields), personKey(fields)];
  const own = [
    ...(token === null ? [] : [{ field: 'refresh_token', key: `token ${token}`, what: 'it is' }]),
    ...(externalId === null ? [] : [{ field: 'external_id', key: `id ${externalId}`, what: 'it is' }]),
  ];
  if (person === null) return { refused: own, taken: own.map(({ key }) => key) };
  const [anybody, withoutId] = [`person ${person}`, `person without id ${person}`];
  const alike = { field: 'name', key: externalId === null ? anybody : withoutId, what: 'name and owner are' };
  return {
    refused: [...own, alike],
    taken: [...own.map(({ key }) => key), anybody, ...(externalId === null ? [withoutId] : [])],
  };
}
