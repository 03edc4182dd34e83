import type { TenantFields } from '../tenants/tenant-input.ts';
import type { LineProblem, TenantFile } from './file-entry.ts';
import { externalIdOf, personKey } from './person-key.ts';

/**
 * The problems of each line that repeats an earlier one, by line number. A refresh token belongs to one account alone,
 * as does an external id.
 */
export function repetitionsIn({ unit, entries }: TenantFile): ReadonlyMap<number, readonly LineProblem[]> {
  const first: Readonly<Record<KeyKind, Map<string, number>>> = {
    token: new Map(),
    externalId: new Map(),
    person: new Map(),
    personWithoutId: new Map(),
  };
  const repetitions = new Map<number, readonly LineProblem[]>();
  for (const { line, fields } of entries) {
    const { refused, taken } = keysOf(fields);
    const repeated = refused.flatMap(({ field, kind, key, what }) => {
      const earlier = first[kind].get(key);
      return earlier === undefined ? [] : [{ field, problem: `${what} the same as in ${unit} ${earlier}` }];
    });
    if (repeated.length > 0) repetitions.set(line, repeated);
    for (const { kind, key } of taken) if (!first[kind].has(key)) first[kind].set(key, line);
  }
  return repetitions;
}

type KeyKind = 'token' | 'externalId' | 'person' | 'personWithoutId';

type Key = Readonly<{ kind: KeyKind; key: string }>;

type Keys = Readonly<{
  /** Keys that are a problem when an earlier line has taken them. */
  refused: readonly (Key & Readonly<{ field: string; what: string }>)[];
  taken: readonly Key[];
}>;

/** Two accounts of one name and owner are two when both have external ids, which then differ. */
function keysOf(fields: TenantFields): Keys {
  const [token, externalId, person] = [fields.refresh_token?.trim() || null, externalIdOf(fields), personKey(fields)];
  const own = [
    ...(token === null ? [] : [{ field: 'refresh_token', kind: 'token', key: token, what: 'it is' } as const]),
    ...(externalId === null
      ? []
      : [{ field: 'external_id', kind: 'externalId', key: externalId, what: 'it is' } as const]),
  ];
  if (person === null) return { refused: own, taken: own };
  const [anybody, withoutId] = [
    { kind: 'person', key: person },
    { kind: 'personWithoutId', key: person },
  ] as const;
  const alike = { field: 'name', ...(externalId === null ? anybody : withoutId), what: 'name and owner are' };
  return { refused: [...own, alike], taken: [...own, anybody, ...(externalId === null ? [withoutId] : [])] };
}
