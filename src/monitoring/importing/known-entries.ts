import type { Checked, InputRules } from '../tenants/tenant-input.ts';
import { readTenantPatch } from '../tenants/tenant-input.ts';
import type { ExportedTenant } from '../views.ts';
import { changesOf } from './changed-fields.ts';
import type { FileEntry, KnownLine } from './file-entry.ts';
import { externalIdOf, personKey } from './person-key.ts';

/** A stored tenant that an entry means, and what the entry would change of it. */
export type KnownTenant = Readonly<{ id: string; difference: Checked<Pick<KnownLine, 'patch' | 'grant'>> }>;

export type Matches = Readonly<{
  /** To be told of every tenant that is stored. */
  see(tenant: ExportedTenant): void;
  /** The tenants that the entry may mean: none when it is new. */
  of(entry: FileEntry): readonly KnownTenant[];
}>;

/**
 * Finds the entries that mean a tenant which is stored: by its external id, else by its name and its owner's address.
 */
export function createMatches(entries: readonly FileEntry[], rules: InputRules): Matches {
  const byExternalId = Map.groupBy(entries, ({ fields }) => externalIdOf(fields));
  const byPerson = Map.groupBy(entries, ({ fields }) => personKey(fields));
  // No entry stands in these two for want of an external id, of a name or of an owner.
  byExternalId.delete(null);
  byPerson.delete(null);
  const named = new Map<FileEntry, KnownTenant>();
  const alike = new Map<FileEntry, KnownTenant[]>();
  return {
    see: (tenant) => {
      const knownAs = (entry: FileEntry) => ({ id: tenant.id, difference: differenceOf(tenant, entry, rules) });
      for (const entry of byExternalId.get(tenant.external_id) ?? []) named.set(entry, knownAs(entry));
      const persons = byPerson.get(personKey(tenant)) ?? [];
      for (const entry of persons.filter((one) => mayMean(one, tenant))) {
        alike.set(entry, [...(alike.get(entry) ?? []), knownAs(entry)]);
      }
    },
    of: (entry) => {
      const one = named.get(entry);
      return one === undefined ? (alike.get(entry) ?? []) : [one];
    },
  };
}

/** With another external id it is another account of the same owner. */
function mayMean({ fields }: FileEntry, { external_id }: ExportedTenant): boolean {
  return external_id === null || externalIdOf(fields) === null;
}

function differenceOf(tenant: ExportedTenant, { fields }: FileEntry, rules: InputRules): KnownTenant['difference'] {
  const checked = readTenantPatch(fields, rules);
  if (!checked.ok) return checked;
  const { grant = null, ...patch } = checked.value;
  return { ok: true, value: { grant, patch: changesOf(patch, tenant) } };
}
