import type { ExternalIdProblem } from '../application.ts';
import type { Stores } from '../ports.ts';

/** Whether another tenant than the one with this id, null for a new one, has the external id. */
export async function takenExternalId(
  { externalId = null }: Readonly<{ externalId?: string | null }>,
  tenantId: string | null,
  { tenants }: Pick<Stores, 'tenants'>,
): Promise<ExternalIdProblem | null> {
  if (externalId === null) return null;
  const holder = (await tenants.externalIdHolders([externalId])).get(externalId) ?? null;
  return holder === null || holder.id === tenantId ? null : { outcome: 'external_id_taken', externalId, holder };
}
