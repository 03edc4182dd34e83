import type { Tenant } from '../model/tenant.ts';

/** An external id that another tenant has. */
export type TakenExternalId = Readonly<{
  /** Among those that were given. */
  index: number;
  externalId: string;
  /** The tenant that has it; null when an earlier one of those that were given is the same. */
  holder: Pick<Tenant, 'id' | 'name'> | null;
}>;

/** Those that must not be stored; null stands for a tenant without one. */
export function takenExternalIds(
  externalIds: readonly (string | null)[],
  holders: ReadonlyMap<string, Pick<Tenant, 'id' | 'name'>>,
): readonly TakenExternalId[] {
  const seen = new Set<string>();
  return externalIds.flatMap((externalId, index): readonly TakenExternalId[] => {
    if (externalId === null) return [];
    const holder = holders.get(externalId) ?? null;
    const isTaken = holder !== null || seen.has(externalId);
    seen.add(externalId);
    return isTaken ? [{ index, externalId, holder }] : [];
  });
}
